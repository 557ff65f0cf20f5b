# The value of `given` is that of the `when` it left by (perlsyn "Experimental Details on given and when").
use strict;
use warnings;
no warnings;
use feature 'switch';
use Test::More;

sub scalar_of { my ($x) = @_; my $r = do { given ($x) { when ('a') { "first" } when ('b') { "second" } default { "other" } } }; $r }
is(scalar_of('a'), 'first', 'the first when');
is(scalar_of('b'), 'second', 'the second');
is(scalar_of('c'), 'other', 'default');

sub tail_of { given ($_[0]) { when ('a') { return 'returned' } when ('b') { 'value' } when ('l') { (1, 2, 3) } } }
is(tail_of('a'), 'returned', 'return');
is(tail_of('b'), 'value', 'the value of a sub');
is_deeply([tail_of('l')], [1, 2, 3], 'a list');
is(scalar(tail_of('l')), 3, 'its last value');
ok(!defined scalar(tail_of('z')), 'no when that fits');

my @list = do { given ('x') { when ('x') { (4, 5) } default { 6 } } };
is_deeply(\@list, [4, 5], 'do in list context');
my $end = do { given ('x') { when ('y') { 1 } 'the end' } };
is($end, 'the end', 'the last statement');
my $nested = do { given ('x') { when ('x') { do { given ('y') { when ('y') { 'inner' } default { 0 } } } } default { 0 } } };
is($nested, 'inner', 'one in another');
sub looped { for (@_) { when ('a') { 1 } default { 2 } } 'after' }
is(looped('a', 'b'), 'after', 'when in a loop gives nothing');

done_testing;
