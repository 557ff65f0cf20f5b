#!/usr/bin/env perl
# A client and a server that do not care about IPv4 or IPv6: names become addresses of whatever kind there is.
use strict;
use warnings;
use IO::Socket::IP;
use Socket qw(SOCK_STREAM getaddrinfo getnameinfo NI_NUMERICHOST NI_NUMERICSERV NIx_NOSERV AI_NUMERICHOST EAI_NONAME);

my $server = IO::Socket::IP->new(LocalHost => '127.0.0.1', Listen => 1, Type => SOCK_STREAM) or die "listen: $@";
my $pid = fork;
die "fork: $!" unless defined $pid;
if (!$pid) {
    my $client = $server->accept or die "accept: $!";
    print $client 'you are ', $client->peerhost, "\n";
    exit 0;
}
my $client = IO::Socket::IP->new(PeerHost => $server->sockhost, PeerService => $server->sockport, Type => SOCK_STREAM)
    or die "connect: $@";
print scalar <$client>;
waitpid $pid, 0;
my ($error, @found) = getaddrinfo('127.0.0.1', 80, { socktype => SOCK_STREAM, flags => AI_NUMERICHOST });
die $error if $error;
my (undef, $host, $service) = getnameinfo($found[0]{addr}, NI_NUMERICHOST | NI_NUMERICSERV);
print "address $host, service $service, ", scalar @found, " way\n";
($error) = getaddrinfo('no address', undef, { flags => AI_NUMERICHOST });
print 'not an address: ', $error == EAI_NONAME ? 'yes' : 'no', "\n";
