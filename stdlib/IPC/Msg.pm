package IPC::Msg;
# Message queues as objects (perldoc IPC::Msg). Native: IPC::Msg::stat::unpack.

use strict;
use IPC::SysV qw(IPC_STAT IPC_SET IPC_RMID);

our $VERSION = '2.09';

# Fields of the status, an array behind accessor methods.
{
    package IPC::Msg::stat;
    my @fields = qw(uid gid cuid cgid mode qnum qbytes lspid lrpid stime rtime ctime);
    for my $i (0 .. $#fields) {
        no strict 'refs';
        *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; $self->[$i] };
    }
}

sub new {
    @_ == 3 || do { require Carp; Carp::croak("IPC::Msg->new( KEY , FLAGS )") };
    my $class = shift;
    my $id = msgget $_[0], $_[1];
    return defined $id ? bless(\$id, $class) : undef;
}

sub id { my $self = shift; return $$self }

sub stat {
    my ($self) = @_;
    my $data = '';
    msgctl $$self, IPC_STAT, $data or return undef;
    return IPC::Msg::stat->new->unpack($data);
}

sub IPC::Msg::stat::new { return bless [], shift }

sub set {
    my $self = shift;
    my $stat;
    if (@_ == 1) { $stat = shift }
    else {
        if (@_ % 2) { require Carp; Carp::croak('Bad arg count') }
        my %arg = @_;
        $stat = $self->stat or return undef;
        for my $field (qw(uid gid mode qbytes)) { $stat->$field($arg{$field}) if exists $arg{$field} }
    }
    return msgctl $$self, IPC_SET, $stat->pack;
}

sub remove {
    my ($self) = @_;
    return (msgctl($$self, IPC_RMID, 0), undef $$self)[0];
}

sub rcv {
    @_ <= 5 && @_ >= 3 or do { require Carp; Carp::croak('$msg->rcv( BUF, LEN, TYPE, FLAGS )') };
    my $self = shift;
    my $buffer = '';
    msgrcv $$self, $buffer, $_[1], $_[2] || 0, $_[3] || 0 or return;
    my $type;
    ($type, $_[0]) = unpack 'l! a*', $buffer;
    return $type;
}

sub snd {
    @_ <= 4 && @_ >= 3 or do { require Carp; Carp::croak('$msg->snd( TYPE, BUF, FLAGS )') };
    my $self = shift;
    return msgsnd $$self, pack('l! a*', $_[0], $_[1]), $_[2] || 0;
}

1;
