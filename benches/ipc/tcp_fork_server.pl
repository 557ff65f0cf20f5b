# A TCP server that forks for every client.
use strict;
use warnings;
use Socket;
socket my $server, PF_INET, SOCK_STREAM, 0 or die;
setsockopt $server, SOL_SOCKET, SO_REUSEADDR, 1;
bind $server, pack_sockaddr_in(0, INADDR_LOOPBACK) or die;
listen $server, 10 or die;
my ($port) = unpack_sockaddr_in(getsockname $server);
my $clients = 250;
my $pid     = fork // die;
if (!$pid) {
    for (1 .. $clients) {
        accept my $peer, $server or die;
        my $child = fork // die;
        if (!$child) {
            while (sysread $peer, my $b, 100) { syswrite $peer, uc $b }
            exit 0;
        }
        close $peer;
        1 while waitpid(-1, 1) > 0;
    }
    1 while wait > 0;
    exit 0;
}
close $server;
my $sum = 0;
for my $n (1 .. $clients) {
    socket my $s, PF_INET, SOCK_STREAM, 0 or die;
    connect $s, pack_sockaddr_in($port, INADDR_LOOPBACK) or die;
    for (1 .. 5) { syswrite $s, "hello $n"; $sum += sysread $s, my $b, 100 }
    close $s;
}
waitpid $pid, 0;
print "$sum\n";
