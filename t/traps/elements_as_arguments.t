# f($h{x}) makes no key unless it is assigned to; values and lists alias.
use strict; use warnings;
use Test::More;
my %h; my @a;
sub look { my $x = $_[0]; defined $x ? 1 : 0 }
sub put { $_[0] = 7 }
look($h{x}); ok(!exists $h{x}, 'no key by looking');
put($h{x}); is($h{x}, 7, 'a key by assigning');
look($a[5]); is(scalar @a, 0, 'no element by looking');
put($a[3]); is(scalar @a, 4); is($a[3], 7, 'an element by assigning');
look($h{deep}{er}); ok(exists $h{deep}, 'the outer level springs up'); ok(!exists $h{deep}{er}, 'the last does not');
%h = (a => 1, b => 2);
sub double { $_ *= 2 for @_ }
double(values %h); is("$h{a} $h{b}", '2 4', 'values alias');
my @l = (1, 2); double(@l); is("@l", '2 4', 'arrays alias');
my ($p, $q) = (5, 6); double($p, $q); is("$p $q", '10 12', 'scalars alias');
double(@h{qw(a b)}); is("$h{a} $h{b}", '4 8', 'slices alias');
$_++ for values %h; is("$h{a} $h{b}", '5 9', 'foreach over values');
$_++ for @h{qw(a)}; is($h{a}, 6, 'foreach over a slice');
sub later { my $r = \$_[0]; delete $h{a}; $$r = 9; exists $h{a} } ok(!later($h{a}), 'deleted meanwhile');
eval { put(1) }; like($@, qr/^Modification of a read-only value attempted/, 'a constant');
done_testing;
