package File::Spec::Unix;
# File names of Unix: text only, the file system is not asked (perldoc File::Spec::Unix).

use strict;
use Cwd ();

our $VERSION = '3.84';

sub canonpath {
    my ($self, $path) = @_;
    return unless defined $path;
    # Exactly two slashes in front mean a node on the few systems that have such; not here.
    $path =~ s{/{2,}}{/}g;
    $path =~ s{(?:/\.)+(?:/|\z)}{/}g;
    $path =~ s{^(?:\./)+}{}s unless $path eq './';
    $path =~ s{^/(?:\.\./)*\.\.\z}{/};
    $path =~ s{^/(?:\.\./)+}{/};
    $path =~ s{/\z}{} unless $path eq '/';
    return $path;
}

sub catdir {
    my $self = shift;
    return $self->canonpath(join '/', @_, '');    # '' makes it a directory even when alone
}

sub catfile {
    my $self = shift;
    my $file = $self->canonpath(pop @_);
    return $file unless @_;
    my $dir = $self->catdir(@_);
    $dir .= '/' unless substr($dir, -1) eq '/';
    return $dir . $file;
}

sub curdir  { '.' }
sub updir   { '..' }
sub rootdir { '/' }
sub devnull { '/dev/null' }

my $tmpdir;
my %tmpdir_env;

sub tmpdir {
    my ($self) = @_;
    # Remembered as long as the environment says the same.
    my $env = defined $ENV{TMPDIR} ? $ENV{TMPDIR} : '';
    return $tmpdir if defined $tmpdir and $tmpdir_env{TMPDIR} eq $env;
    my @try = ($ENV{TMPDIR}, '/tmp');
    {
        no strict 'refs';
        if (${"\cTAINT"}) {
            require Scalar::Util;
            @try = grep !Scalar::Util::tainted($_), @try;
        }
    }
    my $found;
    for my $dir (@try) {
        next unless defined $dir and -d $dir and -w $dir;
        $found = $dir;
        last;
    }
    $found = $self->curdir unless defined $found;
    $found = $self->canonpath($found);
    # A relative one would change its meaning with chdir.
    $found = $self->rel2abs($found) unless $self->file_name_is_absolute($found);
    $tmpdir_env{TMPDIR} = $env;
    return $tmpdir = $found;
}

sub no_upwards {
    my $self = shift;
    return grep !/^\.{1,2}\z/s, @_;
}

sub case_tolerant { 0 }

sub file_name_is_absolute {
    my ($self, $file) = @_;
    return scalar $file =~ m{^/}s;
}

sub path {
    return () unless exists $ENV{PATH};
    return map { $_ eq '' ? '.' : $_ } split /:/, $ENV{PATH};
}

sub join { my $self = shift; return $self->catfile(@_) }

sub splitpath {
    my ($self, $path, $no_file) = @_;
    return ('', $path, '') if $no_file;
    $path =~ m{^((?:.*/(?:\.\.?\z)?)?)([^/]*)}s;
    return ('', $1, $2);
}

sub splitdir { return split m{/}, $_[1], -1 }

sub catpath {
    my ($self, $volume, $dir, $file) = @_;
    if ($dir ne '' and $file ne '' and substr($dir, -1) ne '/' and substr($file, 0, 1) ne '/') { return "$dir/$file" }
    return $dir . $file;
}

sub abs2rel {
    my ($self, $path, $base) = @_;
    $base = Cwd::getcwd() unless defined $base and length $base;
    ($path, $base) = map $self->canonpath($_), $path, $base;

    my ($path_dirs, $base_dirs);
    if (grep $self->file_name_is_absolute($_), $path, $base) {
        ($path, $base) = map $self->rel2abs($_), $path, $base;
        my ($path_volume) = $self->splitpath($path, 1);
        my ($base_volume) = $self->splitpath($base, 1);
        return $path unless $path_volume eq $base_volume;
        $path_dirs = ($self->splitpath($path, 1))[1];
        $base_dirs = ($self->splitpath($base, 1))[1];
        # From the root, everything is below.
        if (!length $base_dirs and $self->file_name_is_absolute($path)) { $base_dirs = $self->rootdir }
    }
    else {
        # Both relative: as if to the current directory, without asking where that is.
        my $here = ($self->splitpath(Cwd::getcwd(), 1))[1];
        $path_dirs = $self->catdir($here, $path);
        $base_dirs = $self->catdir($here, $base);
    }

    my @to   = $self->splitdir($path_dirs);
    my @from = $self->splitdir($base_dirs);
    if ($base_dirs eq $self->rootdir) {
        return $self->curdir if $path_dirs eq $self->rootdir;
        shift @to;
        return $self->canonpath($self->catpath('', $self->catdir(@to), ''));
    }
    my @common;
    while (@to and @from and $to[0] eq $from[0]) {
        push @common, shift @to;
        shift @from;
    }
    return $self->curdir unless @to or @from;

    # Each remaining step of the base is one up, except where the base itself goes up.
    my @up;
    for my $step (@from) {
        if ($step ne $self->updir) { unshift @up, $self->updir; push @common, $step }
        elsif (@common) {
            if (@up and $up[0] eq $self->updir) { shift @up; pop @common }
            else { unshift @up, pop @common }
        }
    }
    return $self->canonpath($self->catpath('', $self->catdir(@up, @to), ''));
}

sub rel2abs {
    my ($self, $path, $base) = @_;
    if (!$self->file_name_is_absolute($path)) {
        if (!defined $base or $base eq '')             { $base = Cwd::getcwd() }
        elsif (!$self->file_name_is_absolute($base))   { $base = $self->rel2abs($base) }
        else                                           { $base = $self->canonpath($base) }
        $path = $self->catdir($base, $path);
    }
    return $self->canonpath($path);
}

1;
