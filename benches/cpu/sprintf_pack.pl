# sprintf, pack and unpack.
use strict;
use warnings;
my ($len, $sum) = (0, 0);
for my $i (1 .. 380_000) { my $s = sprintf '%05d|%-10s|%.2f|%x', $i, "n$i", $i / 3, $i; $len += length $s }
for my $i (1 .. 350_000) {
    my $b = pack 'NnCa8', $i, $i & 0xffff, $i & 0xff, "abc$i";
    my ($n, $s, $c, $a) = unpack 'NnCa8', $b;
    $sum += $n + $s + $c + length $a;
}
print "$len $sum\n";
