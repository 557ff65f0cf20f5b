# fork and waitpid, one after the other.
use strict;
use warnings;
my $sum = 0;
for my $i (1 .. 700) {
    my $pid = fork // die;
    if (!$pid) { exit $i % 100 }
    waitpid $pid, 0;
    $sum += $? >> 8;
}
print "$sum\n";
