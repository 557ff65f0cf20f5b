package File::stat;
# stat() with names for its fields (perldoc File::stat).

use 5.006;
use strict;
use warnings;
use warnings::register;

our $VERSION = '1.12';

my @fields;
BEGIN { @fields = qw(dev ino mode nlink uid gid rdev size atime mtime ctime blksize blocks) }
our @EXPORT      = qw(stat lstat);
our @EXPORT_OK   = (map("\$st_$_", @fields), 'stat_cando');
our %EXPORT_TAGS = (FIELDS => [@EXPORT_OK[0 .. $#fields], @EXPORT]);
our ($st_dev, $st_ino, $st_mode, $st_nlink, $st_uid, $st_gid, $st_rdev, $st_size, $st_atime, $st_mtime, $st_ctime,
    $st_blksize, $st_blocks);

require Exporter;
*import = \&Exporter::import;

{
    no strict 'refs';
    for my $i (0 .. $#fields) {
        *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; return $self->[$i] };
    }
}

sub new {
    my ($class, %init) = @_;
    return bless [@init{@fields}], $class;
}

# From a list as stat() gives it; the $st_ variables are set as well.
sub populate {
    return unless @_;
    my $self = bless [@_], 'File::stat';
    ($st_dev, $st_ino, $st_mode, $st_nlink, $st_uid, $st_gid, $st_rdev, $st_size, $st_atime, $st_mtime, $st_ctime,
        $st_blksize, $st_blocks) = @_;
    return $self;
}

sub lstat ($) { return populate(CORE::lstat(shift)) }

sub stat ($) {
    my ($what) = @_;
    my @st = do {
        local $!;
        # A reference or glob is a handle; a bare name may be the name of one.
        CORE::stat($what);
    };
    return populate(@st) if @st;
    my $errno = $!;
    if (!ref $what and ref \$what ne 'GLOB') {
        require Symbol;
        no strict 'refs';
        my $handle = \*{ Symbol::qualify($what, scalar caller) };
        if (defined fileno $handle) { return populate(CORE::stat($handle)) }
    }
    @st = CORE::stat($what);
    return populate(@st);
}

# File tests on the object ------------------------------------------------------------------------

my %type = (
    f => 0100000, d => 0040000, l => 0120000, p => 0010000, S => 0140000, b => 0060000, c => 0020000,
);
my %special = (u => 04000, g => 02000, k => 01000);
my %access  = (r => [0400, 1], w => [0200, 1], x => [0100, 1], R => [0400, 0], W => [0200, 0], X => [0100, 0]);

sub _test {
    my ($s, $op) = @_;
    if (my $kind = $type{$op})    { return ($s->mode & 0170000) == $kind }
    if (my $bit = $special{$op})  { return !!($s->mode & $bit) }
    if (my $spec = $access{$op})  { return $s->cando(@$spec) }
    return 1 if $op eq 'e';
    return $s->uid == $> if $op eq 'o';
    return $s->uid == $< if $op eq 'O';
    return $s->size == 0 if $op eq 'z';
    return $s->size if $op eq 's';
    return ($^T - $s->mtime) / 86400 if $op eq 'M';
    return ($^T - $s->ctime) / 86400 if $op eq 'C';
    return ($^T - $s->atime) / 86400 if $op eq 'A';
    return;
}

use overload
    fallback => 1,
    -X => sub {
        my ($s, $op) = @_;
        if (index('rwxRWX', $op) >= 0 and ((caller 0)[8] || 0) & 0x00400000) {
            warnings::warnif("File::stat ignores use filetest 'access'");
        }
        if (index('tTB', $op) >= 0) {
            require Carp;
            Carp::croak("-$op is not implemented on File::stat objects");
        }
        return _test($s, $op);
    };

# cando(bit of the owner, effective ids?)
sub cando {
    my ($s, $bit, $effective) = @_;
    my ($mode, $uid, @gids) = ($s->mode, $effective ? $> : $<, split ' ', $effective ? $) : $();
    if ($uid == 0) {
        # Root may anything, but execute only what somebody may.
        return 1 unless $bit & 0111;
        return ($mode & 0111 or ($mode & 0170000) == 0040000) ? 1 : '';
    }
    return !!($mode & $bit) if $s->uid == $uid;
    return !!($mode & ($bit >> 3)) if grep $_ == $s->gid, @gids;
    return !!($mode & ($bit >> 6));
}

sub stat_cando { my ($s, @rest) = @_; return $s->cando(@rest) }

1;
