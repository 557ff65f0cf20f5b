# Fannkuch: permutations and flips of an array.
use strict;
use warnings;
sub fannkuch {
    my $n = shift;
    my @p = (0 .. $n - 1);
    my @q;
    my @s = (0 .. $n - 1);
    my ($sign, $max, $sum) = (1, 0, 0);
    while (1) {
        if ((my $q0 = $p[0]) != 0) {
            @q = @p;
            my $flips = 1;
            while (1) {
                my $qq = $q[$q0];
                if ($qq == 0) { $max = $flips if $flips > $max; last }
                $q[$q0] = $q0;
                if ($q0 >= 3) {
                    my ($i, $j) = (1, $q0 - 1);
                    while ($i < $j) { @q[$i, $j] = @q[$j, $i]; $i++; $j-- }
                }
                $q0 = $qq;
                $flips++;
            }
            $sum += $sign * $flips;
        }
        if ($sign == 1) { @p[0, 1] = @p[1, 0]; $sign = -1 }
        else {
            @p[1, 2] = @p[2, 1];
            $sign = 1;
            for my $i (2 .. $n - 1) {
                if ($s[$i] != 0) { $s[$i]--; last }
                return ($sum, $max) if $i == $n - 1;
                $s[$i] = $i;
                my $t = $p[0];
                @p[0 .. $i] = @p[1 .. $i + 1];
                $p[$i + 1] = $t;
            }
        }
    }
}
my ($sum, $max);
($sum, $max) = fannkuch(8) for 1 .. 5;
print "$sum\nPfannkuchen(8) = $max\n";
