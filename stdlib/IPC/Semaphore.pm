package IPC::Semaphore;
# Semaphore sets as objects (perldoc IPC::Semaphore). Native: IPC::Semaphore::stat::unpack.

use strict;
use IPC::SysV qw(GETNCNT GETZCNT GETVAL SETVAL GETPID GETALL SETALL IPC_STAT IPC_SET IPC_RMID);

our $VERSION = '2.09';

{
    package IPC::Semaphore::stat;
    my @fields = qw(uid gid cuid cgid mode ctime otime nsems);
    for my $i (0 .. $#fields) {
        no strict 'refs';
        *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; $self->[$i] };
    }
    sub new { return bless [], shift }
}

sub _usage { require Carp; Carp::croak($_[0]) }

sub new {
    @_ == 4 or _usage('IPC::Semaphore->new( KEY, NSEMS, FLAGS )');
    my $class = shift;
    my $id = semget $_[0], $_[1], $_[2];
    return defined $id ? bless(\$id, $class) : undef;
}

sub id { my $self = shift; return $$self }

sub remove {
    my ($self) = @_;
    my $result = semctl $$self, 0, IPC_RMID, 0;
    undef $$self;
    return $result;
}

sub _one {
    my ($self, $n, $what) = @_;
    my $answer = semctl $$self, $n, $what, 0;
    return defined $answer ? 0 + $answer : undef;
}

sub getncnt { @_ == 2 or _usage('$sem->getncnt( SEM )'); return $_[0]->_one($_[1], GETNCNT) }
sub getzcnt { @_ == 2 or _usage('$sem->getzcnt( SEM )'); return $_[0]->_one($_[1], GETZCNT) }
sub getval  { @_ == 2 or _usage('$sem->getval( SEM )');  return $_[0]->_one($_[1], GETVAL) }
sub getpid  { @_ == 2 or _usage('$sem->getpid( SEM )');  return $_[0]->_one($_[1], GETPID) }

sub op {
    @_ >= 4 or _usage('$sem->op( OPLIST )');
    my $self = shift;
    @_ % 3 == 0 or _usage('Bad arg count');
    return semop $$self, pack('s!*', @_);
}

sub stat {
    my ($self) = @_;
    my $data = '';
    semctl $$self, 0, IPC_STAT, $data or return undef;
    return IPC::Semaphore::stat->new->unpack($data);
}

sub set {
    my $self = shift;
    my $stat;
    if (@_ == 1) { $stat = shift }
    else {
        @_ % 2 == 0 or _usage('Bad arg count');
        my %arg = @_;
        $stat = $self->stat or return undef;
        for my $field (qw(uid gid mode)) { $stat->$field($arg{$field}) if exists $arg{$field} }
    }
    return semctl $$self, 0, IPC_SET, $stat->pack;
}

sub getall {
    my ($self) = @_;
    my $data = '';
    semctl $$self, 0, GETALL, $data or return ();
    return unpack 's!*', $data;
}

sub setall {
    my $self = shift;
    return semctl $$self, 0, SETALL, pack('s!*', @_);
}

sub setval {
    @_ == 3 or _usage('$sem->setval( SEM, VAL )');
    my ($self, $n, $value) = @_;
    return semctl $$self, $n, SETVAL, $value;
}

1;
