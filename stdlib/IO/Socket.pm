package IO::Socket;
# Sockets as objects, whatever the family (perldoc IO::Socket). Native: sockatmark.

use 5.008_001;
use strict;
use IO::Handle;
use Socket 1.3;
use Errno ();
require Exporter;

our $VERSION   = '1.49';
our @ISA       = ('IO::Handle');
our @EXPORT_OK = qw(sockatmark);
our $errstr;

my @domain_class;

# Both families are part of the module; their files are small.
require IO::Socket::INET;
require IO::Socket::UNIX;

sub croak { require Carp; goto &Carp::croak }

# Everything Socket exports goes to the user as well.
sub import {
    my $package = shift;
    my $target  = caller;
    if (@_ && $_[0] eq 'sockatmark') {
        Exporter::export_to_level('IO::Socket', 1, $package, 'sockatmark');
        shift;
        return unless @_;
    }
    Exporter::export('Socket', $target, @_);
}

sub new {
    my ($class, %arg) = @_;
    my $sock = $class->SUPER::new();
    $sock->autoflush(1);
    ${*$sock}{io_socket_timeout} = delete $arg{Timeout};
    return scalar(%arg) ? $sock->configure(\%arg) : $sock;
}

sub register_domain {
    my ($class, $domain) = @_;
    $domain_class[$domain] = $class;
}

sub configure {
    my ($sock, $arg) = @_;
    my $domain = delete $arg->{Domain};
    croak('IO::Socket: Cannot configure a generic socket') unless defined $domain;
    croak('IO::Socket: Unsupported socket domain') unless defined $domain_class[$domain];
    croak('IO::Socket: Cannot configure socket in domain \'' . $domain . '\'') unless ref $sock eq 'IO::Socket';
    bless $sock, $domain_class[$domain];
    return $sock->configure($arg);
}

sub socket {
    @_ == 4 or croak('usage: $sock->socket(DOMAIN, TYPE, PROTOCOL)');
    my ($sock, $domain, $type, $protocol) = @_;
    socket $sock, $domain, $type, $protocol or return undef;
    @{*$sock}{qw(io_socket_domain io_socket_type io_socket_proto)} = ($domain, $type, $protocol);
    return $sock;
}

sub socketpair {
    @_ == 4 or croak('usage: IO::Socket->socketpair(DOMAIN, TYPE, PROTOCOL)');
    my ($class, $domain, $type, $protocol) = @_;
    my ($one, $two) = ($class->new, $class->new);
    socketpair $one, $two, $domain, $type, $protocol or return ();
    @{*$_}{qw(io_socket_domain io_socket_type io_socket_proto)} = ($domain, $type, $protocol) for $one, $two;
    return ($one, $two);
}

# With a timeout the connection is started without blocking, then waited for.
sub connect {
    @_ == 2 or croak('usage: $sock->connect(NAME)');
    my ($sock, $address) = @_;
    my $timeout  = ${*$sock}{io_socket_timeout};
    my $blocking = $timeout ? $sock->blocking(0) : undef;
    my $error;
    if (!connect $sock, $address) {
        if (defined $timeout and $!{EINPROGRESS} || $!{EWOULDBLOCK}) {
            require IO::Select;
            my $select = IO::Select->new($sock);
            undef $!;
            my ($r, $w, $e) = IO::Select::select(undef, $select, $select, $timeout);
            if (@{ $e || [] } && !@{ $w || [] } || !@{ $w || [] } && !$!) {
                # Nobody answered in time.
                $error = $! + 0 || Errno::ETIMEDOUT();
                $@ = 'connect: timeout';
            }
            elsif (@{ $w || [] } && ($error = $sock->getsockopt(SOL_SOCKET, SO_ERROR))) {
                $! = $error;
                $@ = "connect: $!";
            }
            elsif (!connect $sock, $address and !$!{EISCONN}) {
                # Some systems tell the reason only the second time.
                $error = $! + 0;
                $@ = "connect: $!";
            }
        }
        elsif ($blocking || !$!{EINPROGRESS} && !$!{EWOULDBLOCK}) {
            $error = $! + 0;
            $@ = "connect: $!";
        }
    }
    $sock->blocking(1) if $blocking;
    $! = $error if $error;
    return $error ? undef : $sock;
}

# Native blocking() works on descriptors; sockets have nothing of their own to add.
sub blocking {
    my $sock = shift;
    return $sock->SUPER::blocking(@_);
}

sub close {
    @_ == 1 or croak('usage: $sock->close()');
    my ($sock) = @_;
    ${*$sock}{io_socket_peername} = undef;
    return $sock->SUPER::close();
}

sub bind {
    @_ == 2 or croak('usage: $sock->bind(NAME)');
    my ($sock, $address) = @_;
    return bind($sock, $address) ? $sock : undef;
}

sub listen {
    @_ >= 1 && @_ <= 2 or croak('usage: $sock->listen([QUEUE])');
    my ($sock, $queue) = @_;
    $queue = 5 unless $queue && $queue > 0;
    return listen($sock, $queue) ? $sock : undef;
}

sub accept {
    @_ == 1 || @_ == 2 or croak('usage $sock->accept([PKG])');
    my $sock    = shift;
    my $package = shift || $sock;
    my $timeout = ${*$sock}{io_socket_timeout};
    my $new     = $package->new(Timeout => $timeout);
    my $peer;
    if (defined $timeout) {
        require IO::Select;
        my $select = IO::Select->new($sock);
        if (!$select->can_read($timeout)) {
            $@ = 'accept: timeout';
            $! = Errno::ETIMEDOUT();
            return;
        }
    }
    $peer = accept $new, $sock or return;
    ${*$new}{$_} = ${*$sock}{$_} for qw(io_socket_domain io_socket_type io_socket_proto);
    return wantarray ? ($new, $peer) : $new;
}

sub sockname {
    @_ == 1 or croak('usage: $sock->sockname()');
    return getsockname $_[0];
}

sub peername {
    @_ == 1 or croak('usage: $sock->peername()');
    my ($sock) = @_;
    return ${*$sock}{io_socket_peername} ||= getpeername $sock;
}

sub connected {
    @_ == 1 or croak('usage: $sock->connected()');
    return getpeername $_[0];
}

sub send {
    @_ >= 2 && @_ <= 4 or croak('usage: $sock->send(BUF, [FLAGS, [TO]])');
    my $sock  = $_[0];
    my $flags = $_[2] || 0;
    my $peer;
    if ($_[3]) { $peer = $_[3] }
    # The kernel knows where a connected socket leads.
    elsif (!getpeername $sock) {
        $peer = $sock->peername;
        croak('send: Cannot determine peer address') unless defined $peer;
    }
    my $sent = defined $peer ? send($sock, $_[1], $flags, $peer) : send($sock, $_[1], $flags);
    ${*$sock}{io_socket_peername} = $peer if @_ == 4 && defined $sent;
    return $sent;
}

sub recv {
    @_ == 3 || @_ == 4 or croak('usage: $sock->recv(BUF, LEN [, FLAGS])');
    my $sock  = $_[0];
    my $len   = $_[2];
    my $flags = $_[3] || 0;
    return ${*$sock}{io_socket_peername} = recv $sock, $_[1] = '', $len, $flags;
}

sub shutdown {
    @_ == 2 or croak('usage: $sock->shutdown(HOW)');
    my ($sock, $how) = @_;
    ${*$sock}{io_socket_peername} = undef;
    return shutdown $sock, $how;
}

sub setsockopt {
    @_ == 4 or croak('$sock->setsockopt(LEVEL, OPT, OPTVAL)');
    return setsockopt $_[0], $_[1], $_[2], $_[3];
}

my $int_size = length pack 'i', 0;

sub getsockopt {
    @_ == 3 or croak('$sock->getsockopt(LEVEL, OPT)');
    my ($sock, $level, $option) = @_;
    my $value = getsockopt $sock, $level, $option;
    $value = unpack 'i', $value if defined $value and length $value == $int_size;
    return $value;
}

sub sockopt {
    my $sock = shift;
    return @_ == 1 ? $sock->getsockopt(SOL_SOCKET, @_) : $sock->setsockopt(SOL_SOCKET, @_);
}

sub atmark {
    @_ == 1 or croak('usage: $sock->atmark()');
    return sockatmark($_[0]);
}

sub timeout {
    @_ == 1 || @_ == 2 or croak('usage: $sock->timeout([VALUE])');
    my ($sock, $value) = @_;
    my $old = ${*$sock}{io_socket_timeout};
    ${*$sock}{io_socket_timeout} = defined $value ? 0 + $value : $value if @_ == 2;
    return $old;
}

# What new() was told, else what the kernel says.
sub sockdomain {
    @_ == 1 or croak('usage: $sock->sockdomain()');
    my ($sock) = @_;
    if (!defined ${*$sock}{io_socket_domain}) {
        my $address = $sock->sockname;
        ${*$sock}{io_socket_domain} = sockaddr_family($address) if defined $address;
    }
    return ${*$sock}{io_socket_domain};
}

sub socktype {
    @_ == 1 or croak('usage: $sock->socktype()');
    my ($sock) = @_;
    ${*$sock}{io_socket_type} = $sock->sockopt(Socket::SO_TYPE()) unless defined ${*$sock}{io_socket_type};
    return ${*$sock}{io_socket_type};
}

sub protocol {
    @_ == 1 or croak('usage: $sock->protocol()');
    my ($sock) = @_;
    ${*$sock}{io_socket_proto} = $sock->sockopt(Socket::SO_PROTOCOL()) unless defined ${*$sock}{io_socket_proto};
    return ${*$sock}{io_socket_proto};
}

1;
