# cpus: 1
# One byte to and fro over two pipes.
use strict;
use warnings;
pipe my $r1, my $w1 or die;
pipe my $r2, my $w2 or die;
my $n   = 40_000;
my $pid = fork // die;
if (!$pid) {
    for (1 .. $n) { sysread $r1, my $b, 1; syswrite $w2, $b }
    exit 0;
}
my $sum = 0;
for (1 .. $n) { syswrite $w1, 'x'; $sum += sysread $r2, my $b, 1 }
waitpid $pid, 0;
print "$sum\n";
