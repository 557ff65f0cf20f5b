# A sort block is a call of its own; a map block is part of the loop around it.
use strict; no warnings;
use Test::More;
my @seen;
for my $i (1 .. 3) { push @seen, $i; my @x = map { last if $_ == 2; $_ } 1 .. 3; push @seen, 'no' }
is("@seen", '1', 'last in map leaves the loop around');
@seen = (); for my $i (1 .. 3) { push @seen, $i; my @x = grep { next } 1 .. 3; push @seen, 'no' }
is("@seen", '1 2 3', 'next in grep');
eval { for my $i (1) { my @x = sort { last; 0 } 3, 2, 1; } };
like($@, qr/^Can't "last" outside a loop block at/, 'last in a sort block is an error');
sub first_even { map { return $_ if $_ % 2 == 0 } @_; 'none' }
is(first_even(1, 3, 4, 5), 4, 'return in map leaves the sub');
sub returns_in_sort { my @x = sort { return $a <=> $b } 3, 1, 2; "@x" }
is(returns_in_sort(), '1 2 3', 'return in a sort block ends the comparison');
my @nested = map { my $x = $_; map { "$x$_" } 'a' .. 'b' } 1 .. 2; is("@nested", '1a 1b 2a 2b');
eval { my @x = sort { die "cmp\n" } 1, 2 }; is($@, "cmp\n", 'die in a sort block');
done_testing;
