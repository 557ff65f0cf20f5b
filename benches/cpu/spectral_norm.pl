# Spectral norm: floating point in nested loops with sub calls.
use strict;
use warnings;
my $n = 190;
sub A { my ($i, $j) = @_; return 1 / (($i + $j) * ($i + $j + 1) / 2 + $i + 1) }
sub mul {
    my ($v, $t) = @_;
    my @r;
    for my $i (0 .. $n - 1) {
        my $s = 0;
        $s += ($t ? A($_, $i) : A($i, $_)) * $v->[$_] for 0 .. $n - 1;
        push @r, $s;
    }
    return \@r;
}
my $u = [(1) x $n];
my $v;
for (1 .. 8) { $v = mul(mul($u, 0), 1); $u = mul(mul($v, 0), 1) }
my ($vbv, $vv) = (0, 0);
for (0 .. $n - 1) { $vbv += $u->[$_] * $v->[$_]; $vv += $v->[$_]**2 }
printf "%.9f\n", sqrt($vbv / $vv);
