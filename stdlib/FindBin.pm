package FindBin;
# Where the running script lives (perldoc FindBin).

use strict;
use warnings;
use 5.000;
require Exporter;
use Cwd qw(getcwd cwd abs_path);
use File::Basename;
use File::Spec;

our $VERSION     = '1.53';
our @ISA         = ('Exporter');
our @EXPORT_OK   = qw($Bin $Script $RealBin $RealScript $Dir $RealDir);
our %EXPORT_TAGS = (ALL => [@EXPORT_OK]);

our ($Bin, $Script, $RealBin, $RealScript, $Dir, $RealDir);

sub cwd2 {
    my $dir = getcwd();
    defined $dir or $dir = cwd();
    return $dir;
}

sub init {
    *Dir     = \$Bin;
    *RealDir = \$RealBin;
    if ($0 eq '-e' || $0 eq '-') {
        # No file: the directory it was started in.
        $Script = $RealScript = $0;
        $Bin = $RealBin = cwd2();
        return 1;
    }
    my $script = $0;
    if (!-f $script) { die "Cannot find current script '$0'" }
    $script = File::Spec->catfile(cwd2(), $script) unless File::Spec->file_name_is_absolute($script);
    ($Script, $Bin) = fileparse($script);
    # Links are followed one by one, for the Real names.
    while (my $link = readlink $script) {
        ($RealScript, $RealBin) = fileparse($script);
        $script = File::Spec->file_name_is_absolute($link) ? $link : File::Spec->catfile($RealBin, $link);
    }
    ($RealScript, $RealBin) = fileparse($script);
    if ($Bin) {
        my $old = $Bin;
        $Bin = abs_path($Bin);
        defined $Bin or $Bin = File::Spec->canonpath($old);
    }
    $RealBin = abs_path($RealBin) if $RealBin;
    return 1;
}

BEGIN { init() }

{ no warnings 'once'; *again = \&init; }

1;
