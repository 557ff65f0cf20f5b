# fork with a big heap.
use strict;
use warnings;
my @heap = map { "string number $_ of a heap of about a hundred megabytes" } 1 .. 700_000;
my $sum  = 0;
for my $i (1 .. 8) {
    my $pid = fork // die;
    if (!$pid) { exit length($heap[$i]) % 100 }
    waitpid $pid, 0;
    $sum += $? >> 8;
}
print "$sum\n";
