package IO::Socket::INET;
# Internet sockets, IPv4 (perldoc IO::Socket::INET).

use strict;
use IO::Socket;
use Socket;
use Exporter;
use Errno ();

our $VERSION = '1.49';
our @ISA     = ('IO::Socket');

IO::Socket::INET->register_domain(AF_INET);

my %type_of = (
    tcp  => SOCK_STREAM,
    udp  => SOCK_DGRAM,
    icmp => SOCK_RAW,
);
# The protocols everybody uses need no look-up.
my %number_of = (tcp => Socket::IPPROTO_TCP(), udp => Socket::IPPROTO_UDP());
my %name_of   = reverse %number_of;

sub new {
    my $class = shift;
    unshift @_, 'PeerAddr' if @_ == 1;
    return $class->SUPER::new(@_);
}

sub _proto_number {
    my ($name) = @_;
    return undef unless defined $name;
    return $number_of{ lc $name } if exists $number_of{ lc $name };
    return $name if $name =~ /^\d+$/;
    my @entry = getprotobyname $name or return undef;
    $name_of{ $entry[2] } = $entry[0];
    return $number_of{ lc $name } = $entry[2];
}

sub _proto_name {
    my ($number) = @_;
    return undef unless defined $number;
    return $name_of{$number} if exists $name_of{$number};
    my @entry = getprotobynumber $number or return undef;
    return $name_of{$number} = $entry[0];
}

# "host:service(port)", port and protocol => address, number, protocol number; empty on failure.
sub _sock_info {
    my ($address, $port, $proto) = @_;
    my $origin = $port;
    if (defined $address and $address =~ s/:([\w()\/]+)$//) { $origin = $port = $1 }
    my $number;
    if (defined $proto and $proto =~ /\D/) {
        $number = _proto_number($proto);
        if (!defined $number) {
            $@ = "Bad protocol '$proto'";
            return;
        }
        $proto = $number;
    }
    if (defined $port) {
        my $default = $port =~ s/\((\d+)\)$// ? $1 : undef;
        my $numeric = $port =~ /^(\d+)$/ ? $1 : undef;
        my @service;
        if (!defined $numeric) {
            my $name = defined $proto && $proto ? _proto_name($proto) : '';
            @service = $name ? getservbyname($port, $name) : (getservbyname($port, 'tcp'));
        }
        $port = @service ? $service[2] : defined $numeric ? $numeric : $default;
        if (!defined $port) {
            $@ = "Bad service '$origin'";
            return;
        }
        if (@service and !$proto) { $proto = _proto_number($service[3]) }
    }
    return ($address || undef, defined $port ? $port : undef, $proto || undef);
}

sub _error {
    my ($sock, $errno, @text) = @_;
    {
        local $!;
        my $title = ref($sock) . ': ';
        $@ = join '', @text && $text[0] =~ /^\Q$title\E/ ? '' : $title, @text;
        $IO::Socket::errstr = $@;
        close $sock if defined fileno $sock;
    }
    $! = $errno;
    return undef;
}

sub _get_addr {
    my ($sock, $name, $multi) = @_;
    my @addresses;
    if ($multi and $name !~ /^\d+(?:\.\d+){3}$/) { (undef, undef, undef, undef, @addresses) = gethostbyname $name }
    else {
        my $address = inet_aton($name);
        push @addresses, $address if defined $address;
    }
    return @addresses;
}

sub configure {
    my ($sock, $arg) = @_;
    for my $side (qw(Local Peer)) {
        $arg->{"${side}Addr"} = $arg->{"${side}Host"}
            if exists $arg->{"${side}Host"} && !exists $arg->{"${side}Addr"};
    }
    my ($local_addr, $local_port, $proto) = _sock_info($arg->{LocalAddr}, $arg->{LocalPort}, $arg->{Proto})
        or return _error($sock, $!, $@);
    $local_addr = defined $local_addr ? inet_aton($local_addr) : INADDR_ANY;
    return _error($sock, Errno::EINVAL(), "Bad hostname '", $arg->{LocalAddr}, "'") unless defined $local_addr;

    my ($peer_addr, $peer_port);
    if (!exists $arg->{Listen}) {
        ($peer_addr, $peer_port, $proto) = _sock_info($arg->{PeerAddr}, $arg->{PeerPort}, $proto)
            or return _error($sock, $!, $@);
    }
    $proto ||= _proto_number('tcp');
    my $type = $arg->{Type} || $type_of{ lc(_proto_name($proto) || '') } || SOCK_STREAM;

    my @peers;
    if (defined $peer_addr) {
        @peers = $sock->_get_addr($peer_addr, $arg->{MultiHomed});
        return _error($sock, Errno::EINVAL(), "Bad hostname '", $arg->{PeerAddr}, "'") unless @peers;
    }

    while (1) {
        $sock->socket(AF_INET, $type, $proto) or return _error($sock, $!, "$!");
        if (defined $arg->{Blocking}) {
            defined $sock->blocking($arg->{Blocking}) or return _error($sock, $!, "$!");
        }
        if ($arg->{Reuse} || $arg->{ReuseAddr}) {
            $sock->sockopt(SO_REUSEADDR, 1) or return _error($sock, $!, "$!");
        }
        if ($arg->{ReusePort}) { $sock->sockopt(Socket::SO_REUSEPORT(), 1) or return _error($sock, $!, "$!") }
        if ($arg->{Broadcast}) { $sock->sockopt(SO_BROADCAST, 1) or return _error($sock, $!, "$!") }
        if ($local_port || $local_addr ne INADDR_ANY || exists $arg->{Listen}) {
            $sock->bind(pack_sockaddr_in($local_port || 0, $local_addr)) or return _error($sock, $!, "$!");
        }
        if (exists $arg->{Listen}) {
            $sock->listen($arg->{Listen} || 5) or return _error($sock, $!, "$!");
            last;
        }
        # Without a peer there is nothing to connect to, and that is all right for any type.
        last unless @peers or $type == SOCK_STREAM and $peer_port || $arg->{PeerAddr};
        if ($type == SOCK_STREAM or @peers) {
            return _error($sock, Errno::EINVAL(), 'Cannot determine remote port') unless $peer_port;
        }
        my $address = shift @peers;
        last unless defined $address;
        undef $@;
        if ($sock->connect(pack_sockaddr_in($peer_port, $address))) { return $sock }
        my $errno = $! + 0 || Errno::EINVAL();
        # Not blocking: on its way.
        if (!@peers) {
            $! = $errno;
            return _error($sock, $errno, $@ || 'Timeout');
        }
    }
    return $sock;
}

sub connect {
    @_ == 2 || @_ == 3 or IO::Socket::croak('usage: $sock->connect(NAME) or $sock->connect(PORT, ADDR)');
    my $sock = shift;
    return $sock->SUPER::connect(@_ == 1 ? shift : pack_sockaddr_in(@_));
}

sub bind {
    @_ == 2 || @_ == 3 or IO::Socket::croak('usage: $sock->bind(NAME) or $sock->bind(PORT, ADDR)');
    my $sock = shift;
    return $sock->SUPER::bind(@_ == 1 ? shift : pack_sockaddr_in(@_));
}

# Either end, taken apart.
for my $end (qw(sock peer)) {
    my $name = "${end}name";
    my %part = (
        addr => sub { (sockaddr_in($_[0]))[1] },
        port => sub { (sockaddr_in($_[0]))[0] },
        host => sub { inet_ntoa((sockaddr_in($_[0]))[1]) },
    );
    for my $what (keys %part) {
        my $take = $part{$what};
        no strict 'refs';
        *{"$end$what"} = sub {
            @_ == 1 or IO::Socket::croak("usage: \$sock->$end$what()");
            my $address = $_[0]->$name or return undef;
            return scalar $take->($address);
        };
    }
}

1;
