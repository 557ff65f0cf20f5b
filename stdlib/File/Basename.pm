package File::Basename;
# Paths taken apart (perldoc File::Basename). The other systems' syntaxes are kept to what their
# separators need.

use strict;
use 5.006;
use warnings;
require Exporter;

our $VERSION = '2.85';
our @ISA     = ('Exporter');
our @EXPORT  = qw(fileparse fileparse_set_fstype basename dirname);

my $type        = 'Unix';
my $ignore_case = 0;

fileparse_set_fstype($^O);

sub fileparse {
    my ($path, @suffixes) = @_;
    if (!defined $path) {
        require Carp;
        Carp::croak('fileparse(): need a valid pathname');
    }
    my ($dir, $base);
    my $tainted = substr $path, 0, 0;    # taint is kept, if there is any
    if ($type eq 'VMS' and $path =~ m{/}) { ($dir, $base) = $path =~ m{^(.*/)?(.*)}s }
    elsif ($type eq 'VMS') {
        ($dir, $base) = $path =~ /^(.*[:>\]])?(.*)/s;
        $dir ||= '';
    }
    elsif ($type eq 'MSDOS' or $type eq 'DOS' or $type eq 'MSWin32' or $type eq 'Epoc') {
        ($dir, $base) = $path =~ /^((?:.*[:\\\/])?)(.*)/s;
        $dir .= '.\\' unless $dir =~ /[\\\/]\z/;
    }
    elsif ($type eq 'OS2') {
        ($dir, $base) = $path =~ m{^((?:.*[:\\/])?)(.*)}s;
        $dir = './' unless $dir;
        $dir .= '/' unless $dir =~ m{[\\/]\z};
    }
    elsif ($type eq 'MacOS') {
        ($dir, $base) = $path =~ /^(.*:)?(.*)/s;
        $dir = ':' unless $dir;
    }
    elsif ($type eq 'AmigaOS') {
        ($dir, $base) = $path =~ /(.*[:\/])?(.*)/s;
        $dir = './' unless $dir;
    }
    else {
        ($dir, $base) = $path =~ m{^(.*/)?(.*)}s;
        $dir = './' unless defined $dir and length $dir;
    }
    $dir = '' unless defined $dir;

    my $tail = '';
    for my $suffix (@suffixes) {
        my $pattern = ($ignore_case ? '(?i)' : '') . "($suffix)\$";
        if ($base =~ s/$pattern//s) { $tail = $1 . $tail }
    }
    $tail = $tail . $tainted;
    return wantarray ? ($base . $tainted, $dir . $tainted, $tail) : $base . $tainted;
}

sub basename {
    my ($path, @suffixes) = @_;
    # Like basename(1), "/foo/bar/" is "bar".
    _strip_trailing_sep($path);
    my ($base, $dir, $suffix) = fileparse($path, map "\Q$_\E", @suffixes);
    # A suffix that is all there is stays.
    if (length $suffix and !length $base) { $base = $suffix }
    # Only separators: the root.
    if (!length $base) { $base = $dir }
    return $base;
}

sub dirname {
    my ($path) = @_;
    my ($base, $dir) = fileparse($path);
    if ($type eq 'VMS' and $path =~ m{/}) { return _unix_dirname($base, $dir) }
    if ($type eq 'VMS') { return $dir || $ENV{DEFAULT} || '' }
    if ($type eq 'MacOS') {
        if (!length $base && $dir !~ /^[^:]+:\z/) {
            _strip_trailing_sep($dir);
            ($base, $dir) = fileparse($dir);
        }
        $dir .= ':' unless $dir =~ /:\z/;
        return $dir;
    }
    if ($type =~ /^(?:MSDOS|DOS|MSWin32|OS2)\z/) {
        _strip_trailing_sep($dir);
        if (!length $base) {
            ($base, $dir) = fileparse($dir);
            _strip_trailing_sep($dir);
        }
        return $dir;
    }
    if ($type eq 'AmigaOS') {
        return $dir if $dir =~ /:\z/;
        chop $dir;
        $dir =~ s{[^:/]+\z}{} unless length $base;
        return $dir;
    }
    return _unix_dirname($base, $dir);
}

sub _unix_dirname {
    my ($base, $dir) = @_;
    _strip_trailing_sep($dir);
    if (!length $base) {
        ($base, $dir) = fileparse($dir);
        _strip_trailing_sep($dir);
    }
    return $dir;
}

# In place; a lone separator stays.
sub _strip_trailing_sep {
    if    ($type eq 'MacOS') { $_[0] =~ s/([^:]):\z/$1/s }
    elsif ($type =~ /^(?:MSDOS|DOS|MSWin32|OS2)\z/) { $_[0] =~ s/([^:])[\\\/]*\z/$1/ }
    else  { $_[0] =~ s{(.)/*\z}{$1}s }
    return;
}

my %case_blind;    # filled by the first call, which is above

sub fileparse_set_fstype {
    my ($new) = @_;
    my $old = $type;
    if (defined $new) {
        %case_blind = map +($_ => 1), qw(MacOS VMS AmigaOS OS2 RISCOS MSWin32 MSDOS DOS Epoc) unless %case_blind;
        $type = 'Unix';
        for my $known (qw(MacOS VMS AmigaOS OS2 RISCOS MSWin32 MSDOS DOS Epoc)) {
            $type = $known if lc $known eq lc $new;
        }
        $ignore_case = $case_blind{$type} ? 1 : 0;
    }
    return $old;
}

1;
