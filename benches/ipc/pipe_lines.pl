# Lines through a pipe from a child.
use strict;
use warnings;
my $pid = open my $in, '-|';
die unless defined $pid;
if (!$pid) {
    for my $i (1 .. 900_000) { print "line number $i\n" }
    exit 0;
}
my ($n, $len) = (0, 0);
while (my $l = <$in>) { chomp $l; $n++; $len += length $l }
close $in;
print "$n $len\n";
