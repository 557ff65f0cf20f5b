# Arrays: push, shift, splice, slices, map, grep, reverse, a sieve.
use strict;
use warnings;
my @q;
my $sum = 0;
for my $i (1 .. 1_500_000) { push @q, $i; $sum += shift @q if @q > 100 }
my @m = map { $_ * 2 } grep { $_ % 3 == 0 } 1 .. 900_000;
my @r = reverse @m;
$sum += $r[0] + $m[-1] + @m;
my @sieve = (1) x 600_001;
for (my $i = 2; $i * $i <= 600_000; $i++) {
    next unless $sieve[$i];
    for (my $j = $i * $i; $j <= 600_000; $j += $i) { $sieve[$j] = 0 }
}
my $primes = grep { $sieve[$_] } 2 .. 600_000;
my @s      = (1 .. 1000);
for (1 .. 9000) { my @cut = splice @s, $_ % 500, 10; push @s, @cut[reverse 0 .. 9] }
$sum += $s[0] + $s[500];
print "$sum $primes\n";
