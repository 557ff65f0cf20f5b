# Sub calls: Fibonacci.
use strict;
use warnings;
sub fib { my $n = shift; return $n < 2 ? $n : fib($n - 1) + fib($n - 2) }
print fib(26), "\n";
sub add { my ($x, $y) = @_; return $x + $y }
my $s = 0;
$s = add($s, $_) for 1 .. 2_000_000;
print "$s\n";
