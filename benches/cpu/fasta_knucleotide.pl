# A random sequence, and how often its pieces occur.
use strict;
use warnings;
my $seed = 42;
my @acc  = ('a', 'c', 'g', 't');
my $dna  = '';
for (1 .. 1_000_000) { $seed = ($seed * 3877 + 29573) % 139968; $dna .= $acc[$seed * 4 / 139968] }
for my $k (1, 2, 4, 6) {
    my %c;
    my $last = length($dna) - $k;
    for my $i (0 .. $last / ($k > 2 ? 2 : 1)) { $c{ substr $dna, $i, $k }++ }
    my @top = (sort { $c{$b} <=> $c{$a} || $a cmp $b } keys %c)[0 .. 1];
    print "$k: ", join(' ', map { "$_ $c{$_}" } @top), "\n";
}
(my $rev = reverse $dna) =~ tr/acgt/tgca/;
print substr($rev, 0, 30), "\n";
