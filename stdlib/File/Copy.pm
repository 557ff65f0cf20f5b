package File::Copy;
# Files copied and moved (perldoc File::Copy).

use 5.035007;
use strict;
use warnings;
no warnings 'newline';
use File::Spec;
use Scalar::Util ();
require Exporter;

our $VERSION   = '2.39';
our @ISA       = ('Exporter');
our @EXPORT    = qw(copy move);
our @EXPORT_OK = qw(cp mv);
our $Too_Big   = 1024 * 1024 * 2;

sub syscopy;
our $Syscopy_is_copy = 1;

sub croak { require Carp; goto &Carp::croak }
sub carp  { require Carp; goto &Carp::carp }

sub _is_handle {
    my ($thing) = @_;
    return ref $thing
        ? ref $thing eq 'GLOB' || UNIVERSAL::isa($thing, 'GLOB') || UNIVERSAL::isa($thing, 'IO::Handle')
        : ref \$thing eq 'GLOB';
}

sub _catname {
    my ($from, $to) = @_;
    require File::Basename;
    return File::Spec->catfile($to, File::Basename::basename($from));
}

# Names may be objects; those without an eq of their own are told apart by their addresses.
sub _same_name {
    my ($from, $to) = @_;
    my $same = eval { $from eq $to };
    return defined $same ? $same : ref $from && ref $to && Scalar::Util::refaddr($from) == Scalar::Util::refaddr($to);
}

# The same file by another name must not be truncated on the way.
sub _same_file {
    my ($from, $to) = @_;
    local $!;
    my @from = stat $from or return 0;
    my @to   = stat $to   or return 0;
    return $from[0] == $to[0] && $from[1] == $to[1] && !-p $from;
}

sub copy {
    croak('Usage: copy(FROM, TO [, BUFFERSIZE]) ') unless @_ == 2 || @_ == 3;
    my ($from, $to, $size) = @_;
    my ($from_handle, $to_handle) = (_is_handle($from), _is_handle($to));

    if (!$from_handle and !$to_handle and _same_name($from, $to)) {
        carp("'$from' and '$to' are identical (not copied)");
        return 0;
    }
    if (!$from_handle and !$to_handle and -d $to and !-d $from) { $to = _catname($from, $to) }
    if (!$from_handle and !$to_handle and _same_file($from, $to)) {
        carp("'$from' and '$to' are identical (not copied)");
        return 0;
    }

    if (defined $size) {
        $size += 0;
        die "Bad buffer size for copy: $_[2]\n" unless $size > 0;
    }
    my ($in, $out, $ok);
    if ($from_handle) { $in = $from }
    else {
        open $in, '<', $from or return 0;
        binmode $in or return 0;
    }
    if ($to_handle) { $out = $to }
    else {
        if (!open $out, '>', $to) {
            my $errno = $!;
            close $in unless $from_handle;
            $! = $errno;
            return 0;
        }
        binmode $out or return 0;
    }
    if (!defined $size) {
        $size = $from_handle && tied *$in ? 0 : -s $in || 0;
        $size = 1024 if $size < 512;
        $size = $Too_Big if $size > $Too_Big;
    }
    my $errno;
    $ok = _pump($in, $out, $size);
    $errno = $! unless $ok;
    if (!$to_handle   and !close $out and $ok) { ($ok, $errno) = (0, $!) }
    if (!$from_handle and !close $in  and $ok) { ($ok, $errno) = (0, $!) }
    $! = $errno unless $ok;
    return $ok ? 1 : 0;
}

sub _pump {
    my ($in, $out, $size) = @_;
    my $buffer;
    # What the handles have buffered comes first.
    local ($\, $,) = ('', '');
    while (1) {
        my $got = sysread $in, $buffer, $size;
        return 0 unless defined $got;
        return 1 unless $got;
        my $at = 0;
        while ($at < $got) {
            my $put = syswrite $out, $buffer, $got - $at, $at;
            return 0 unless $put;
            $at += $put;
        }
    }
}

sub cp {
    my ($from, $to) = @_;
    my (@from_stat, @to_stat);
    if (_is_handle($from)) { @from_stat = stat $from }
    else {
        @from_stat = stat $from or return copy(@_);
    }
    @to_stat = stat $to;
    my $target = $to;
    if (!_is_handle($to) && !_is_handle($from) && -d $to && !-d $from) {
        $target  = _catname($from, $to);
        @to_stat = stat $target;
    }
    my $new = !@to_stat;
    return 0 unless copy(@_);
    my @after = stat $target;
    # Permissions as cp(1) gives them: those of the source, less the umask where the file is new.
    my $permissions = $from_stat[2] & 07777;
    if ($permissions & 06000) {
        # Set-id bits only where the copy belongs to the same user and group.
        my $user  = $> == 0 || $after[4] == $>;
        $permissions &= ~06000 unless $from_stat[4] == $after[4] && $from_stat[5] == $after[5] && $user;
    }
    if ($new) { $permissions &= ~umask }
    else      { return 1 }
    if (_is_handle($target) || @after) {
        my $now = $after[2] & 07777;
        if ($now != $permissions) { chmod $permissions, $target or return 0 }
    }
    return 1;
}

sub move { return _move(@_, \&copy) }
sub mv   { return _move(@_, \&cp) }

sub _move {
    @_ == 3 or croak('Usage: move(FROM, TO) ');
    my ($from, $to, $fallback) = @_;
    if (-d $to and !-d $from) { $to = _catname($from, $to) }
    my $had_target = -e $to;
    return 1 if rename $from, $to;

    # Across file systems: copy, keep the times, remove.
    my $errno = $!;
    local $@;
    my $copied = eval {
        local $SIG{__DIE__};
        $fallback->($from, $to) or die;
        my ($atime, $mtime) = (stat $from)[8, 9];
        utime $atime, $mtime, $to;
        unlink $from or die;
        1;
    };
    return 1 if $copied;
    $errno = $! if $!;
    # Half a copy is worse than none.
    unlink $to if !$had_target and -e $to and -e $from;
    $! = $errno;
    return 0;
}

{
    no warnings 'once';
    *syscopy = \&copy;
}

1;
