# while and C-style for with several variables.
use strict;
use warnings;
my ($i, $a, $b) = (0, 0, 1);
while ($i < 2_500_000) { ($a, $b) = ($b, ($a + $b) % 1_000_003); $i++ }
my $x = 0;
for (my $k = 0; $k < 2_500_000; $k++) { next if $k % 3 == 0; $x ^= $k }
print "$a $b $x\n";
