# Binary trees: many small arrays built and freed.
use strict;
use warnings;
sub tree  { my $d = shift; return $d ? [tree($d - 1), tree($d - 1)] : [] }
sub check { my $t = shift; return 1 + (@$t ? check($t->[0]) + check($t->[1]) : 0) }
my $max  = 14;
my $long = tree($max);
for (my $d = 4; $d <= $max; $d += 2) {
    my ($n, $c) = (2**($max - $d + 2), 0);
    $c += check(tree($d)) for 1 .. $n;
    print "$n trees of depth $d: $c\n";
}
print 'long lived: ', check($long), "\n";
