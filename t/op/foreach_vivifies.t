# What foreach and map go over comes into being; arguments of subs only when they are assigned to.
use strict;
use warnings;
use Test::More;
my (%h, @a, $r);
for ($h{q}) { }
ok(exists $h{q}, 'an element');
for ($a[3]) { }
is(scalar @a, 4, 'an array element');
for (1, $h{r}) { }
ok(exists $h{r}, 'in a list');
for ($h{x}{y}) { }
ok(exists $h{x}{y}, 'a deep one');
for ($r->[2]) { }
is(scalar @$r, 3, 'through a reference');
1 for $h{m};
ok(exists $h{m}, 'modifier');
for (1 ? $h{c} : 0) { }
ok(exists $h{c}, 'conditional');
for ($h{lo} || $h{la}) { }
ok(!exists $h{la}, 'a value is no element');
my @n = map { 1 } $h{map};
ok(exists $h{map}, 'map');
@n = grep { 1 } $h{grep};
ok(exists $h{grep}, 'grep');
sub f { 1 }
f($h{f});
ok(!exists $h{f}, 'argument of a sub');
my @l = (3, 1, 2);
$_ *= 10 for sort { $a <=> $b } @l;
is("@l", '30 10 20', 'sort hands its items on');
@n = map { $_++ } sort @l;
is("@l", '31 11 21', 'in map too');
my @s = sort @l;
$s[0] = 'x';
is("@l", '31 11 21', 'a sorted list assigned is a copy');
done_testing;
