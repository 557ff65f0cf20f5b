package IPC::SharedMem;
# Shared memory segments as objects (perldoc IPC::SharedMem). Native: IPC::SharedMem::stat::unpack.

use strict;
use IPC::SysV qw(IPC_STAT IPC_RMID shmat shmdt memread memwrite);

our $VERSION = '2.09';

{
    package IPC::SharedMem::stat;
    my @fields = qw(uid gid cuid cgid mode segsz lpid cpid nattch atime dtime ctime);
    for my $i (0 .. $#fields) {
        no strict 'refs';
        *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; $self->[$i] };
    }
    sub new { return bless [], shift }
}

sub new {
    @_ == 4 or do { require Carp; Carp::croak('IPC::SharedMem->new(KEY, SIZE, FLAGS)') };
    my ($class, $key, $size, $flags) = @_;
    my $id = shmget $key, $size, $flags or return undef;
    return bless { _id => $id, _addr => undef, _isrm => 0 }, $class;
}

sub id   { $_[0]{_id} }
sub addr { $_[0]{_addr} }

sub stat {
    my ($self) = @_;
    my $data = '';
    shmctl $self->id, IPC_STAT, $data or return undef;
    return IPC::SharedMem::stat->new->unpack($data);
}

sub attach {
    @_ >= 1 && @_ <= 2 or do { require Carp; Carp::croak('$shm->attach([FLAG])') };
    my ($self, $flag) = @_;
    # Once is enough.
    if (defined $self->addr) { return undef }
    my $id = shmat($self->id, undef, $flag || 0);
    return undef unless defined $id;
    $self->{_addr} = $id;
    return 1;
}

sub detach {
    my ($self) = @_;
    defined $self->addr or return undef;
    my $ok = defined shmdt($self->addr);
    undef $self->{_addr} if $ok;
    return $ok;
}

sub remove {
    my ($self) = @_;
    return undef if $self->is_removed;
    my $ok = shmctl $self->id, IPC_RMID, 0;
    $self->{_isrm} = 1 if $ok;
    return $ok;
}

sub is_removed { $_[0]{_isrm} }

sub read {
    @_ == 3 or do { require Carp; Carp::croak('$shm->read(POS, SIZE)') };
    my ($self, $pos, $size) = @_;
    my $data = '';
    if (defined $self->addr) { memread($self->addr, $data, $pos, $size) or return undef }
    else                     { shmread $self->id, $data, $pos, $size or return undef }
    return $data;
}

sub write {
    @_ == 4 or do { require Carp; Carp::croak('$shm->write(STRING, POS, SIZE)') };
    my ($self, $data, $pos, $size) = @_;
    return memwrite($self->addr, $data, $pos, $size) if defined $self->addr;
    return shmwrite $self->id, $data, $pos, $size;
}

1;
