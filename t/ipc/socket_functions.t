# Socket's packing functions, names of services and hosts, errors of the socket builtins.
use strict;
use warnings;
use Test::More;
use Socket qw(:DEFAULT :addrinfo inet_pton inet_ntop pack_ip_mreq unpack_ip_mreq pack_ipv6_mreq unpack_ipv6_mreq
    IPPROTO_TCP TCP_NODELAY);
is(inet_ntoa(INADDR_LOOPBACK), '127.0.0.1');
is(inet_aton('127.1'), INADDR_LOOPBACK, 'short forms');
is(inet_ntop(AF_INET6, inet_pton(AF_INET6, '::1')), '::1');
is(inet_pton(AF_INET, '1.2.3'), undef);
is(join(',', (unpack_sockaddr_in(pack_sockaddr_in(80, inet_aton('1.2.3.4'))))[0]), 80);
is(unpack('H*', pack_sockaddr_in(80, 'abcd')), unpack('H*', pack('Sna4x8', AF_INET, 80, 'abcd')));
is(join(',', unpack_sockaddr_in6(pack_sockaddr_in6(80, 'a' x 16, 3, 4))), '80,' . 'a' x 16 . ',3,4');
is(unpack_sockaddr_un(pack_sockaddr_un('/tmp/x')), '/tmp/x');
is(length pack_sockaddr_un('/tmp/x'), 110);
is(unpack('H*', pack_sockaddr_un("\0abc")), '010000616263', 'an abstract name is as long as it is');
is(sockaddr_family(pack_sockaddr_un('x')), AF_UNIX);
is(join(',', unpack_ip_mreq(pack_ip_mreq('abcd', 'efgh'))), 'abcd,efgh');
is((unpack_ipv6_mreq(pack_ipv6_mreq('a' x 16, 5)))[1], 5);
my @errors = (
    ['Usage: Socket::inet_ntoa(ip_address_sv)' => sub { &inet_ntoa() }],
    ['Bad arg length for Socket::inet_ntoa, length is 1, should be 4' => sub { inet_ntoa('x') }],
    ['Wide character in Socket::inet_ntoa' => sub { inet_ntoa("\x{100}") }],
    ['Bad arg length for Socket::pack_sockaddr_in, length is 7, should be 4' => sub { pack_sockaddr_in(80, '1.2.3.4') }],
    ['Undefined address for Socket::pack_sockaddr_in' => sub { pack_sockaddr_in(80, undef) }],
    ['Bad address family for Socket::unpack_sockaddr_un, got 2, should be 1' => sub { unpack_sockaddr_un(pack_sockaddr_in(1, 'abcd')) }],
    ['Bad address length for Socket::inet_ntop on AF_INET6; got 4, should be 16' => sub { inet_ntop(AF_INET6, 'abcd') }],
    ['Bad address family for Socket::inet_pton, got 99, should be either AF_INET or AF_INET6' => sub { inet_pton(99, 'x') }],
    ['hints is not a HASH reference' => sub { getaddrinfo('a', 'b', 'c') }],
);
for my $case (@errors) {
    my ($message, $code) = @$case;
    eval { $code->() };
    is($@ =~ s/ at \S+ line.*//sr, $message);
}
{
    my ($error, @found) = getaddrinfo('127.0.0.1', '80', { socktype => SOCK_STREAM, flags => AI_NUMERICHOST });
    is("$error", '');
    is($error + 0, 0);
    is(scalar @found, 1);
    is(join(',', @{ $found[0] }{qw(family protocol socktype)}), '2,6,1');
    is($found[0]{addr}, pack_sockaddr_in(80, INADDR_LOOPBACK));
    ($error) = getaddrinfo('x y', '80', { flags => AI_NUMERICHOST });
    is($error + 0, EAI_NONAME);
    is("$error", 'Name or service not known');
    my ($none, $host, $service) = getnameinfo(pack_sockaddr_in(80, INADDR_LOOPBACK), NI_NUMERICHOST | NI_NUMERICSERV);
    is("$host $service", '127.0.0.1 80');
    (undef, $host, $service) = getnameinfo(pack_sockaddr_in(80, INADDR_LOOPBACK), NI_NUMERICHOST | NI_NUMERICSERV, NIx_NOSERV);
    is($service, undef);
}
is(getprotobyname('tcp'), IPPROTO_TCP);
is((getprotobynumber(17))[0], 'udp');
is(scalar getservbyname('http', 'tcp'), 80);
is((gethostbyname('127.0.0.1'))[3], 4);
is(scalar gethostbyname('127.0.0.1'), INADDR_LOOPBACK);
{
    my @warnings;
    local $SIG{__WARN__} = sub { push @warnings, $_[0] =~ s/ at \S+ line.*//sr };
    ok(!defined bind(NEVER, 'x'));
    is($! + 0, 9);
    socket(my $socket, PF_INET, SOCK_STREAM, 0) or die;
    close $socket;
    is(send($socket, 'x', 0), undef);
    is(join('|', @warnings), 'bind() on unopened socket NEVER|send() on closed socket $socket');
}
socket(my $server, PF_INET, SOCK_STREAM, 0) or die;
ok(setsockopt($server, SOL_SOCKET, SO_REUSEADDR, 1));
is(unpack('i', getsockopt($server, SOL_SOCKET, SO_REUSEADDR)), 1);
ok(setsockopt($server, IPPROTO_TCP, TCP_NODELAY, pack 'i', 1));
ok(bind($server, pack_sockaddr_in(0, INADDR_LOOPBACK)));
ok(listen($server, 5));
my $name = getsockname $server;
socket(my $client, PF_INET, SOCK_STREAM, 0) or die;
ok(connect($client, $name));
ok(my $peer = accept(my $served, $server));
is($peer, getsockname $client);
is(getpeername $client, $name);
is(send($client, 'hello', 0), 5);
ok(defined recv($served, my $got, 3, 0));
is($got, 'hel');
ok(defined recv($served, $got, 100, MSG_PEEK));
is($got, 'lo');
is(shutdown($client, 1), 1);
recv $served, $got, 100, 0;
recv $served, $got, 100, 0;
is($got, '', 'the end');
eval { recv $served, $got, -1, 0 };
like($@, qr/^Negative length at/);
eval { send $client, "\x{100}", 0 };
like($@, qr/^Wide character in send at/);
done_testing;
