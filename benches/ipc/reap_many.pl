# Children that die at once, reaped in a SIGCHLD handler.
use strict;
use warnings;
use POSIX ':sys_wait_h';
my $reaped = 0;
$SIG{CHLD} = sub {
    while ((my $p = waitpid -1, WNOHANG) > 0) { $reaped++ }
};
my $n = 0;
for my $round (1 .. 8) {
    for (1 .. 50) { my $pid = fork // die; exit 0 if !$pid; $n++ }
    select undef, undef, undef, 1 while $reaped < $n;
}
print "$reaped\n";
