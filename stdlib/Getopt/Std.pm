package Getopt::Std;
# Single-letter options (perldoc Getopt::Std).

use strict;
use warnings;
require Exporter;

our $VERSION = '1.13';
our @ISA     = ('Exporter');
our @EXPORT  = qw(getopt getopts);
our ($OUTPUT_HELP_VERSION, $STANDARD_HELP_VERSION);

# $opt_X of main, which the variables are also made visible as.
sub _set {
    my ($hash, $letter, $value) = @_;
    if ($hash) { $hash->{$letter} = $value; return }
    no strict 'refs';
    ${"opt_$letter"} = $value;
    push @EXPORT, "\$opt_$letter";
}

# Every letter of $takes has a value; all others are switches.
sub getopt (;$$) {
    my ($takes, $hash) = @_;
    $takes = '' unless defined $takes;
    local @EXPORT;
    while (@ARGV and $ARGV[0] =~ /^-(.)(.*)/s) {
        my ($letter, $rest) = ($1, $2);
        if ($ARGV[0] eq '--') { shift @ARGV; last }
        shift @ARGV;
        if (index($takes, $letter) >= 0) {
            if ($rest eq '') { $rest = @ARGV ? shift @ARGV : undef }
            _set($hash, $letter, $rest);
        }
        else {
            _set($hash, $letter, 1);
            unshift @ARGV, "-$rest" if $rest ne '';
        }
    }
    unless ($hash) {
        local $Exporter::ExportLevel = 1;
        Getopt::Std->import(@EXPORT) if @EXPORT;
    }
}

# Letters that may appear; a colon behind one says that it has a value.
sub getopts ($;$) {
    my ($spec, $hash) = @_;
    my %takes;
    while ($spec =~ /\G(.)(:?)/gs) { $takes{$1} = $2 ? 1 : 0 }
    my $errors = 0;
    local @EXPORT;
    while (@ARGV and $ARGV[0] =~ /^-(.)(.*)/s) {
        my ($letter, $rest) = ($1, $2);
        if ($ARGV[0] =~ /^--\z/) { shift @ARGV; last }
        if ($letter eq '-') {
            if ($ARGV[0] eq '--help')    { _version_mess(); _help_mess($spec); _try_exit(); shift @ARGV; next }
            if ($ARGV[0] eq '--version') { _version_mess($spec); _try_exit(); shift @ARGV; next }
        }
        if (exists $takes{$letter} and $letter ne ':') {
            if ($takes{$letter}) {
                shift @ARGV;
                if ($rest eq '') {
                    $errors++ unless @ARGV;
                    $rest = shift @ARGV;
                }
                _set($hash, $letter, $rest);
            }
            else {
                _set($hash, $letter, 1);
                if ($rest eq '') { shift @ARGV } else { $ARGV[0] = "-$rest" }
            }
        }
        else {
            warn "Unknown option: $letter\n";
            $errors++;
            if ($rest eq '') { shift @ARGV } else { $ARGV[0] = "-$rest" }
        }
    }
    unless ($hash) {
        local $Exporter::ExportLevel = 1;
        Getopt::Std->import(@EXPORT) if @EXPORT;
    }
    return $errors == 0 ? 1 : '';
}

# --help and --version ----------------------------------------------------------------------------

sub _output { return defined $OUTPUT_HELP_VERSION ? $OUTPUT_HELP_VERSION : $STANDARD_HELP_VERSION ? \*STDOUT : \*STDERR }

sub _try_exit { exit 0 if $STANDARD_HELP_VERSION }

sub _version_mess {
    my ($spec) = @_;
    my $handle = _output();
    if (defined &main::VERSION_MESSAGE) { main::VERSION_MESSAGE($handle, __PACKAGE__, $VERSION, $spec); return }
    my $v = $main::VERSION;
    $v = '[unknown]' unless defined $v;
    my $base = $0;
    $base =~ s{.*/}{}s;
    print $handle "$base version $v calling Getopt::Std::getopts (version $VERSION),\nrunning under Perl version "
        . sprintf('%vd', $^V) . ".\n";
}

sub _help_mess {
    my ($spec) = @_;
    my $handle = _output();
    if (defined &main::HELP_MESSAGE) { main::HELP_MESSAGE($handle, __PACKAGE__, $VERSION, $spec); return }
    my (@with, @without);
    while ($spec =~ /\G(.)(:?)/gs) { $2 ? push(@with, $1) : push(@without, $1) }
    my $base = $0;
    $base =~ s{.*/}{}s;
    my $usage = "\nUsage: $base [-OPTIONS [-MORE_OPTIONS]] [--] [PROGRAM_ARG1 ...]\n\n";
    $usage .= "The following single-character options are accepted:\n";
    $usage .= "\tWith arguments: -" . join(' -', @with) . "\n" if @with;
    $usage .= "\tBoolean (without arguments): -" . join(' -', @without) . "\n" if @without;
    $usage .= "\nOptions may be merged together.  -- stops processing of options.\n";
    $usage .= "Space is not required between options and their arguments.\n" if @with;
    print $handle $usage;
    print $handle <<"END";
  [Now continuing due to backward compatibility and excessive paranoia.
   See 'perldoc Getopt::Std' about \$Getopt::Std::STANDARD_HELP_VERSION.]
END
}

1;
