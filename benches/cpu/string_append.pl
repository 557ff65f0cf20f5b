# Strings: append, substr, index, length, comparison, case.
use strict;
use warnings;
my $s = '';
for my $i (1 .. 2_500_000) { $s .= 'ab'; $s .= $i % 10 }
my ($n, $pos, $x) = (0, 0, 0);
while (($pos = index($s, '5ab', $pos)) >= 0) { $n++; $pos++ }
for my $i (0 .. 2_000_000) { $x++ if substr($s, $i, 2) eq 'ab' }
my $u      = uc substr($s, 0, 1000);
my $joined = '';
for my $i (1 .. 700_000) { my $k = "key-$i:" . lc($u eq 'x' ? 'A' : 'B'); $joined = $k if $k gt $joined }
print length($s), " $n $x $joined\n";
