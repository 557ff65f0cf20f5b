package IO::Socket::IP;
# Internet sockets of either family (perldoc IO::Socket::IP).

use 5.006;
use strict;
use warnings;
require IO::Socket;
use Socket qw(getaddrinfo getnameinfo SOCK_STREAM SOCK_DGRAM SOL_SOCKET SO_REUSEADDR SO_REUSEPORT SO_BROADCAST SO_TYPE
    SO_ERROR SO_PROTOCOL AF_INET AF_INET6 PF_INET PF_INET6 IPPROTO_TCP IPPROTO_UDP IPPROTO_IPV6 IPV6_V6ONLY
    AI_PASSIVE AI_ADDRCONFIG AI_NUMERICHOST NI_NUMERICHOST NI_NUMERICSERV NI_DGRAM NIx_NOHOST NIx_NOSERV
    EAI_NONAME EAI_SERVICE EAI_FAMILY);
use Errno qw(EINVAL EINPROGRESS EISCONN ENOTCONN ETIMEDOUT EWOULDBLOCK EOPNOTSUPP);

our $VERSION = '0.41';
our @ISA     = ('IO::Socket');

sub CAN_DISABLE_V6ONLY { 1 }

sub _croak { require Carp; goto &Carp::croak }

sub import {
    my $package = shift;
    my @symbols;
    for my $word (@_) {
        # -register makes IO::Socket use this class.
        if ($word eq '-register') { IO::Socket::IP::_ForINET->register_domain(AF_INET); IO::Socket::IP::_ForINET6->register_domain(AF_INET6) }
        else { push @symbols, $word }
    }
    @_ = ($package, @symbols);
    goto &IO::Socket::import;
}

sub new {
    my $class = shift;
    my %arg = @_ == 1 ? (PeerHost => $_[0]) : @_;
    return $class->SUPER::new(%arg);
}

# "host:port", "[v6]:port" => (host, port)
sub split_addr {
    my ($class, $address) = @_;
    local ($1, $2);
    if ($address =~ /\A\[([0-9A-Fa-f:.%\w]+)\](?::([^\s:]*))?\z/) { return ($1, defined $2 && length $2 ? $2 : undef) }
    if ($address =~ /\A([^\s:]*):([^\s:]*)\z/) { return ($1, length $2 ? $2 : undef) }
    return ($address, undef);
}

sub join_addr {
    my ($class, $host, $port) = @_;
    $host = "[$host]" if $host =~ /:/;
    return defined $port ? "$host:$port" : $host;
}

sub configure {
    my ($self, $arg) = @_;
    for my $pair (['PeerAddr', 'PeerHost'], ['PeerPort', 'PeerService'], ['LocalAddr', 'LocalHost'], ['LocalPort', 'LocalService']) {
        my ($from, $to) = @$pair;
        $arg->{$to} = delete $arg->{$from} if exists $arg->{$from} and !exists $arg->{$to};
    }
    for my $side (qw(Peer Local)) {
        next unless defined(my $host = $arg->{"${side}Host"});
        my ($plain, $service) = $self->split_addr($host);
        if (defined $service) { @{$arg}{"${side}Host", "${side}Service"} = ($plain, $service) }
        else { $arg->{"${side}Host"} = $plain }
    }
    # A given Family that contradicts the class is an error of whoever calls.
    _croak('Cannot disable the MultiHomed parameter') if exists $arg->{MultiHomed} and !$arg->{MultiHomed};
    return $self->_configure($arg);
}

sub _fail {
    my ($self, $text) = @_;
    $@ = $IO::Socket::errstr = "$text";
    return undef;
}

# Addresses for one side; [] where there is nothing to say, undef after an error.
sub _resolve {
    my ($self, $host, $service, $hints) = @_;
    # "http(80)": the number is for systems that do not know the name.
    my $fallback = defined $service && $service =~ s/\((\d+)\)\z// ? $1 : undef;
    my ($error, @found) = getaddrinfo($host, $service, $hints);
    if ($error and defined $fallback) { ($error, @found) = getaddrinfo($host, $fallback, $hints) }
    if ($error) {
        $self->_fail("$error");
        return undef;
    }
    return \@found;
}

sub _configure {
    my ($self, $arg) = @_;
    my %hints;
    my $listen = $arg->{Listen};
    my ($type, $proto) = @{$arg}{qw(Type Proto)};
    $hints{flags} = defined $arg->{GetAddrInfoFlags} ? $arg->{GetAddrInfoFlags} : AI_ADDRCONFIG;
    $hints{family} = $arg->{Family} if defined $arg->{Family};
    if (defined $proto) {
        if ($proto =~ /\D/) {
            my $number = $proto eq 'tcp' ? IPPROTO_TCP : $proto eq 'udp' ? IPPROTO_UDP : getprotobyname $proto;
            defined $number or return $self->_fail("Unrecognised protocol $proto");
            $proto = $number;
        }
        $hints{protocol} = $proto;
    }
    if (defined $type) { $hints{socktype} = $type }
    elsif (defined $proto) { $hints{socktype} = $proto == IPPROTO_UDP ? SOCK_DGRAM : SOCK_STREAM if $proto == IPPROTO_TCP || $proto == IPPROTO_UDP }
    else { ($hints{socktype}, $hints{protocol}) = (SOCK_STREAM, IPPROTO_TCP) }

    my (@local, @peer);
    if (my $given = $arg->{LocalAddrInfo}) { @local = @$given }
    elsif (defined $arg->{LocalHost} or defined $arg->{LocalService}) {
        my ($host, $service) = @{$arg}{qw(LocalHost LocalService)};
        my $found = $self->_resolve($host, $service, { %hints, flags => _plain_flags($host, $hints{flags}) | AI_PASSIVE }) or return undef;
        @local = @$found;
    }
    if (my $given = $arg->{PeerAddrInfo}) { @peer = @$given }
    elsif (defined $arg->{PeerHost} or defined $arg->{PeerService}) {
        my ($host, $service) = @{$arg}{qw(PeerHost PeerService)};
        my $found = $self->_resolve($host, $service, { %hints, flags => _plain_flags($host, $hints{flags}) }) or return undef;
        @peer = @$found;
    }

    my @options;
    push @options, [SOL_SOCKET, SO_REUSEADDR, 1] if $arg->{ReuseAddr};
    push @options, [SOL_SOCKET, SO_REUSEPORT, 1] if $arg->{ReusePort};
    push @options, [SOL_SOCKET, SO_BROADCAST, 1] if $arg->{Broadcast};
    if (my $more = $arg->{Sockopts}) {
        ref $more eq 'ARRAY' or _croak("Expected 'Sockopts' to be an ARRAY");
        for my $entry (@$more) {
            ref $entry eq 'ARRAY' && @$entry >= 2 && @$entry <= 3 or _croak('Bad Sockopts item - expected ARRAYref of 2 or 3 elements');
            push @options, [@$entry[0, 1], @$entry == 3 ? $entry->[2] : 1];
        }
    }

    # Every pair of addresses of one kind is a candidate.
    my @try;
    for my $l (@local ? @local : undef) {
        for my $p (@peer ? @peer : undef) {
            next if defined $l and defined $p and grep $l->{$_} != $p->{$_}, qw(family socktype protocol);
            my $from = $p || $l;
            next unless $from;
            push @try, { %{$from}{qw(family socktype protocol)}, localaddr => $l && $l->{addr}, peeraddr => $p && $p->{addr} };
        }
    }
    if (!@local and !@peer) {
        # Nothing said: a socket of the family the system prefers.
        my $family = $hints{family};
        if (!defined $family) {
            my ($error, @found) = getaddrinfo('', '0', { socktype => $hints{socktype} || SOCK_STREAM, flags => AI_PASSIVE | $hints{flags} });
            $family = @found ? $found[0]{family} : AF_INET;
        }
        push @try, { family => $family, socktype => $hints{socktype}, protocol => $hints{protocol} };
    }
    if (!@try) { return $self->_fail('No candidates') }

    my $blocking = !exists $arg->{Blocking} || $arg->{Blocking};
    @{*$self}{qw(io_socket_ip_infos io_socket_ip_idx io_socket_ip_errors)} = (\@try, -1, []);
    @{*$self}{qw(io_socket_ip_options io_socket_ip_v6only io_socket_ip_listen)} = (\@options, $arg->{V6Only}, $listen);
    ${*$self}{io_socket_ip_blocking} = $blocking;
    if ($blocking) { return $self->_setup ? $self : undef }
    # Under way; the caller goes on with connect().
    if (!$self->_setup) { return undef unless $! == EINPROGRESS || $! == EWOULDBLOCK }
    return $self;
}

# These need no configured interface.
sub _plain_flags {
    my ($host, $flags) = @_;
    return $flags & ~AI_ADDRCONFIG if defined $host and $host =~ /\A(?:localhost|\d+(?:\.\d+){3})\z/;
    return $flags;
}

# The next candidate that works; false with $! if none does.
sub _setup {
    my ($self) = @_;
    my $try = ${*$self}{io_socket_ip_infos};
    my ($why, $errno);
    while (++${*$self}{io_socket_ip_idx} < @$try) {
        my $info = $try->[ ${*$self}{io_socket_ip_idx} ];
        $self->socket(@{$info}{qw(family socktype protocol)}) or do { ($why, $errno) = ("$!", $!); next };
        $self->blocking(0) unless ${*$self}{io_socket_ip_blocking};
        my $ok = 1;
        for my $option (@{ ${*$self}{io_socket_ip_options} }) {
            my ($level, $name, $value) = @$option;
            setsockopt $self, $level, $name, $value or do { $ok = 0; last };
        }
        if ($ok and defined(my $only = ${*$self}{io_socket_ip_v6only}) and $info->{family} == AF_INET6) {
            $ok = setsockopt $self, IPPROTO_IPV6, IPV6_V6ONLY, $only ? 1 : 0;
        }
        $ok = bind $self, $info->{localaddr} if $ok and defined $info->{localaddr};
        $ok = listen $self, ${*$self}{io_socket_ip_listen} if $ok and defined ${*$self}{io_socket_ip_listen};
        if ($ok and defined $info->{peeraddr}) {
            my $timeout = ${*$self}{io_socket_timeout};
            if (defined $timeout and ${*$self}{io_socket_ip_blocking}) {
                $ok = $self->_connect_within($info->{peeraddr}, $timeout);
            }
            else { $ok = connect $self, $info->{peeraddr} }
            if (!$ok and $! == EINPROGRESS || $! == EWOULDBLOCK) {
                ${*$self}{io_socket_ip_connecting} = 1;
                return 0;
            }
        }
        return 1 if $ok;
        ($why, $errno) = ("$!", $! + 0);
    }
    close $self if defined fileno $self;
    $! = $errno if defined $errno;
    $@ = $IO::Socket::errstr = defined $why ? $why : 'No candidates';
    return 0;
}

sub _connect_within {
    my ($self, $address, $timeout) = @_;
    $self->blocking(0);
    my $ok = connect $self, $address;
    if (!$ok and $! == EINPROGRESS) {
        my $bits = '';
        vec($bits, fileno $self, 1) = 1;
        my $ready = CORE::select(undef, my $w = $bits, my $e = $bits, $timeout);
        if (!$ready) { $! = ETIMEDOUT }
        else {
            my $error = $self->getsockopt(SOL_SOCKET, SO_ERROR);
            if ($error) { $! = $error } else { $ok = 1 }
        }
    }
    my $errno = $! + 0;
    $self->blocking(1);
    $! = $errno unless $ok;
    return $ok;
}

# Without arguments: go on with a connection begun without blocking.
sub connect {
    my $self = shift;
    if (@_) { return $self->SUPER::connect(@_) }
    $! = 0, return 1 if !${*$self}{io_socket_ip_connecting};
    my $bits = '';
    vec($bits, fileno $self, 1) = 1;
    my $ready = CORE::select(undef, my $w = $bits, my $e = $bits, 0);
    if (!$ready) { $! = EINPROGRESS; return 0 }
    my $error = $self->getsockopt(SOL_SOCKET, SO_ERROR);
    if (!$error) {
        delete ${*$self}{io_socket_ip_connecting};
        $! = 0;
        return 1;
    }
    $! = $error;
    delete ${*$self}{io_socket_ip_connecting};
    return $self->_setup;
}

sub connected {
    my ($self) = @_;
    return defined fileno $self && !${*$self}{io_socket_ip_connecting} && defined getpeername $self;
}

# The ends ----------------------------------------------------------------------------------------

sub _name_info {
    my ($self, $address, $numeric, $x) = @_;
    return () unless defined $address;
    my $flags = 0;
    $flags |= NI_DGRAM if $self->socktype == SOCK_DGRAM;
    $flags |= NI_NUMERICHOST | NI_NUMERICSERV if $numeric;
    my ($error, $host, $service) = getnameinfo($address, $flags, $x);
    _croak("getnameinfo - $error") if $error;
    return ($host, $service);
}

for my $end (qw(sock peer)) {
    my $get = "${end}name";
    no strict 'refs';
    *{"${end}host_service"} = sub { my ($self, $numeric) = @_; return $self->_name_info($self->$get, $numeric) };
    *{"${end}host"}     = sub { my ($self) = @_; return scalar(($self->_name_info($self->$get, 1, NIx_NOSERV))[0]) };
    *{"${end}port"}     = sub { my ($self) = @_; return scalar(($self->_name_info($self->$get, 1, NIx_NOHOST))[1]) };
    *{"${end}hostname"} = sub { my ($self) = @_; return scalar(($self->_name_info($self->$get, 0, NIx_NOSERV))[0]) };
    *{"${end}service"}  = sub { my ($self) = @_; return scalar(($self->_name_info($self->$get, 0, NIx_NOHOST))[1]) };
    *{"${end}addr"}     = sub {
        my ($self) = @_;
        my $name = $self->$get;
        my $family = Socket::sockaddr_family($name);
        return $family == AF_INET ? (Socket::unpack_sockaddr_in($name))[1]
            : $family == AF_INET6 ? (Socket::unpack_sockaddr_in6($name))[1]
            : _croak("Unrecognised address family $family");
    };
}

sub accept {
    my $self = shift;
    my ($new, $peer) = $self->SUPER::accept(@_) or return;
    ${*$new}{$_} = ${*$self}{$_} for qw(io_socket_domain io_socket_type io_socket_proto);
    return wantarray ? ($new, $peer) : $new;
}

# As an IO::Socket::INET over the same descriptor.
sub as_inet {
    my ($self) = @_;
    _croak('Cannot downgrade a non-PF_INET socket to IO::Socket::INET') unless $self->sockdomain == AF_INET;
    require IO::Socket::INET;
    return IO::Socket::INET->new_from_fd($self->fileno, 'r+');
}

package IO::Socket::IP::_ForINET;
our @ISA = ('IO::Socket::IP');
sub configure { my ($self, $arg) = @_; bless $self, 'IO::Socket::IP'; return $self->configure({ %$arg, Family => Socket::AF_INET() }) }

package IO::Socket::IP::_ForINET6;
our @ISA = ('IO::Socket::IP');
sub configure { my ($self, $arg) = @_; bless $self, 'IO::Socket::IP'; return $self->configure({ %$arg, Family => Socket::AF_INET6() }) }

1;
