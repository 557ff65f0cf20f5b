package IO::Socket::UNIX;
# Sockets named by paths (perldoc IO::Socket::UNIX).

use strict;
use IO::Socket;

our $VERSION = '1.49';
our @ISA     = ('IO::Socket');

IO::Socket::UNIX->register_domain(AF_UNIX);

sub new {
    my $class = shift;
    unshift @_, 'Peer' if @_ == 1;
    return $class->SUPER::new(@_);
}

sub configure {
    my ($sock, $arg) = @_;
    my $type = $arg->{Type} || SOCK_STREAM;
    $sock->socket(AF_UNIX, $type, 0) or return undef;
    if (exists $arg->{Blocking}) { $sock->blocking($arg->{Blocking}) or return undef if defined $arg->{Blocking} }
    if (exists $arg->{Local}) {
        $sock->bind(pack_sockaddr_un($arg->{Local})) or return undef;
    }
    if (exists $arg->{Listen} && $type != SOCK_DGRAM) {
        $sock->listen($arg->{Listen} || 5) or return undef;
    }
    elsif (exists $arg->{Peer}) {
        $sock->connect(pack_sockaddr_un($arg->{Peer})) or return undef;
    }
    return $sock;
}

sub hostpath {
    @_ == 1 or IO::Socket::croak('usage: $sock->hostpath()');
    my $name = $_[0]->sockname || return undef;
    return (sockaddr_un($name))[0];
}

sub peerpath {
    @_ == 1 or IO::Socket::croak('usage: $sock->peerpath()');
    my $name = $_[0]->peername || return undef;
    return (sockaddr_un($name))[0];
}

1;
