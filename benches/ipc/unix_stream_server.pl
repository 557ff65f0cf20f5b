# A server on a Unix socket, a connection per request.
use strict;
use warnings;
use Socket;
my $path = "$ENV{TMPDIR}/socket.$$";
socket my $server, PF_UNIX, SOCK_STREAM, 0 or die;
bind $server, pack_sockaddr_un($path) or die;
listen $server, 10 or die;
my $n   = 6_000;
my $pid = fork // die;
if (!$pid) {
    for (1 .. $n) { accept my $peer, $server or die; sysread $peer, my $b, 100; syswrite $peer, "$b$b"; close $peer }
    exit 0;
}
my $sum = 0;
for (1 .. $n) {
    socket my $s, PF_UNIX, SOCK_STREAM, 0 or die;
    connect $s, pack_sockaddr_un($path) or die;
    syswrite $s, "request $_";
    $sum += sysread $s, my $b, 100;
}
waitpid $pid, 0;
unlink $path;
print "$sum\n";
