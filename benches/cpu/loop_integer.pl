# An integer loop: addition, modulus, comparison.
use strict;
use warnings;
my ($sum, $odd) = (0, 0);
for my $i (1 .. 4_000_000) {
    $sum += $i % 7;
    $odd++ if $i & 1;
}
print "$sum $odd\n";
