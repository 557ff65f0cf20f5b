package Cwd;
# The current directory (perldoc Cwd). Native: getcwd fastcwd abs_path realpath.

use strict;
require Exporter;
require XSLoader;

our $VERSION   = '3.84';
our @ISA       = ('Exporter');
our @EXPORT    = qw(cwd getcwd fastcwd fastgetcwd);
our @EXPORT_OK = qw(chdir abs_path fast_abs_path realpath fast_realpath);

XSLoader::load();

*cwd           = \&getcwd;
*fastgetcwd    = \&fastcwd;
*realpath      = \&abs_path unless defined &realpath;
*fast_realpath = \&fast_abs_path;

sub fast_abs_path {
    my $path = @_ ? $_[0] : '.';
    return abs_path($path);
}

# `use Cwd 'chdir'` keeps $ENV{PWD} in step.
my $chdir_ready = 0;

sub chdir_init {
    my ($here_dev, $here_ino) = stat '.';
    my ($pwd_dev, $pwd_ino)   = defined $ENV{PWD} ? stat $ENV{PWD} : ();
    unless (defined $pwd_dev and $here_dev == $pwd_dev and $here_ino == $pwd_ino) { $ENV{PWD} = cwd() }
    $chdir_ready = 1;
}

sub chdir {
    my $new = @_ ? shift : '';
    $new =~ s{/{2,}}{/}g unless ref $new;
    chdir_init() unless $chdir_ready;
    return 0 unless CORE::chdir $new;
    if (ref $new or $new eq '') { $ENV{PWD} = cwd() }
    elsif ($new =~ m{^/}s)      { $ENV{PWD} = $new }
    else {
        my @path = split m{/}, $ENV{PWD};
        for my $step (split m{/}, $new) {
            next if $step eq '.' or $step eq '';
            if ($step eq '..') { pop @path if @path > 1 }
            else { push @path, $step }
        }
        $ENV{PWD} = join('/', @path) || '/';
    }
    return 1;
}

1;
