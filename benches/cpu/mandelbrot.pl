# Floating point: the Mandelbrot set.
use strict;
use warnings;
my ($w, $h, $max) = (320, 240, 70);
my $inside = 0;
my $total  = 0;
for my $py (0 .. $h - 1) {
    for my $px (0 .. $w - 1) {
        my ($cr, $ci) = ($px * 3.0 / $w - 2.2, $py * 2.4 / $h - 1.2);
        my ($zr, $zi, $n) = (0, 0, 0);
        while ($n < $max) {
            my ($r2, $i2) = ($zr * $zr, $zi * $zi);
            last if $r2 + $i2 > 4;
            $zi = 2 * $zr * $zi + $ci;
            $zr = $r2 - $i2 + $cr;
            $n++;
        }
        $inside++ if $n == $max;
        $total += $n;
    }
}
print "$inside $total\n";
