# split and join, map, reverse on fields.
use strict;
use warnings;
my @lines = map { join ',', $_, $_ * 2, "name$_", $_ % 7, 'x' x ($_ % 20) } 1 .. 2000;
my ($sum, $len) = (0, 0);
for my $round (1 .. 300) {
    for my $l (@lines) {
        my @f = split /,/, $l;
        $sum += $f[1] + $f[3];
        $len += length join ';', reverse @f;
    }
}
my $words = 0;
for (1 .. 700) { my @w = split ' ', 'the quick brown fox jumps over the lazy dog ' x 40; $words += @w }
print "$sum $len $words\n";
