# Arguments are resolved to places when they are evaluated, their values read in the callee.
use strict; use warnings;
use Test::More;
sub f { join ' ', @_ }
my $x = 1;
is(f($x, $x++), '2 1', 'f($x, $x++)');
$x = 1; is(f($x++, $x), '1 2');
$x = 1; is(f($x, ++$x), '2 2', 'pre-increment gives the variable itself');
$x = 1; is(f($x, $x = 5), '5 5', 'assignment gives the variable itself');
$x = 1; is(f("$x", $x = 5), '1 5', 'a string is a value');
$x = 1; is(join(' ', $x, $x++), '2 1', 'list operators too');
my @a = (1, 2, 3); is(f(@a, shift @a), '1 2 3 1') or diag "@a"; 
my $i = 0; my @l = ($i, $i + 1, $i++); is("@l", '1 1 0', 'a list assignment');
my ($p, $q) = (1, 2); ($p, $q) = ($q, $p); is("$p $q", '2 1', 'swap');
done_testing;
