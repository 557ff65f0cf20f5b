# Hashes: counting, look-up, delete, iteration.
use strict;
use warnings;
my (%count, $seed) = ();
$seed = 42;
for (1 .. 1_900_000) { $seed = ($seed * 1103515245 + 12345) % 2147483648; $count{ 'w' . $seed % 50_000 }++ }
my ($n, $max) = (0, 0);
for my $k (sort keys %count) { $n++; $max = $count{$k} if $count{$k} > $max }
my $gone = 0;
for my $k (1 .. 10_000) { $gone += delete($count{"w$k"}) // 0 }
my $hits = 0;
for my $k (1 .. 900_000) { $hits++ if exists $count{ 'w' . $k % 60_000 } }
my $v = 0;
while (my ($k, $c) = each %count) { $v += $c }
print "$n $max $gone $hits $v\n";
