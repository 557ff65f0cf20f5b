# cpus: 1
# Datagrams to and fro over UDP.
use strict;
use warnings;
use Socket;
my @s = map { socket my $s, PF_INET, SOCK_DGRAM, 0 or die; bind $s, pack_sockaddr_in(0, INADDR_LOOPBACK) or die; $s } 1, 2;
my $to  = getsockname $s[1];
my $n   = 12_000;
my $pid = fork // die;
if (!$pid) {
    for (1 .. $n) { my $from = recv $s[1], my $b, 100, 0; send $s[1], "re: $b", 0, $from }
    exit 0;
}
my $sum = 0;
for (1 .. $n) { send $s[0], "datagram $_", 0, $to; recv $s[0], my $b, 100, 0; $sum += length $b }
waitpid $pid, 0;
print "$sum\n";
