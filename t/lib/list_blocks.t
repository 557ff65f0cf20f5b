# The blocks of List::Util: one frame for all their rounds.
use strict;
use warnings;
use Test::More;
use List::Util qw(all any first none pairfirst pairgrep pairmap reduce reductions);

sub by_argument { first { $_ eq $_[0] } 1 .. 3 }
is by_argument(2), 2, '@_ is that of the sub around';
sub shifting {
    first { shift } 1 .. 3
}
is shifting(0, 0, 7), 3, '... for shift too';
sub folded {
    reduce { $a . $_[0] . $b } 1 .. 3
}
is folded('-'), '1-2-3', '... in reduce';
sub paired {
    join ' ', (pairgrep { $a eq $_[0] } 1 .. 4), pairmap {"$a$_[0]$b"} 5 .. 8
}
is paired(3), '3 4 536 738', '... and for pairs';
my @callers;
sub told {
    first { @callers = ((caller 0)[3, 4], (caller 1)[3, 4]); 1 } 1
}
told();
is join('|', @callers), 'main::__ANON__||main::told|1', 'what caller tells';

my @items = (1, 2, 3);
ok !defined(first { $_++; 0 } @items);
is "@items", '2 3 4', '$_ is the item itself';
my $asked = 0;
first { first { $asked++; 0 } 1, 2; 0 } 1 .. 3;
is $asked, 6, 'a block within a block';

my @closures;
for my $outer (1 .. 2) {
    first { push @closures, sub { $outer . ($_[0] // '') }; 0 } 1 .. 2;
}
is join(' ', map { $_->('!') } @closures), '1! 1! 2! 2!', 'closures made in rounds';
our $global = 'outside';
first { local $global = $_; 0 } 1, 2;
is $global, 'outside', 'what is local ends with the round';
my $found = first { /b(.)/ } qw(abc abd);
is $found, 'abc', 'a match in a round';
is((first { return 0 if $_ == 1; return $_ > 1 } 1 .. 3), 2, 'return ends the round');
sub named { $_ == 2 }
is &first(\&named, 1 .. 3), 2, "a named sub";

is eval { first { die "in a round\n" } 1 .. 3; 1 }, undef, 'a round that dies';
is $@, "in a round\n";
is eval { first { eval { die "caught\n" }; $_ == 2 } 1 .. 3 }, 2, 'a round that catches';
is eval { first { next } 1 .. 3; 1 }, undef;
like $@, qr/^Can't "next" outside a loop block at /, 'next finds no loop';
{

    package Unsure;
    use overload bool => sub { die "don't know\n" };
}
is eval { any { bless [], 'Unsure' } 1; 1 }, undef;
is $@, "don't know\n", 'an answer that dies when asked';
is_deeply [first { $_ > 1 } 1 .. 3], [2], '... and blocks work on';
for my $no ('nosuch', [], undef) {
    is eval { &first($no, 1, 2); 1 }, undef;
    like $@, qr/^Not a subroutine reference at /, 'no block';
}
{
    my $rounds = 0;
    local $SIG{USR1} = sub { die "stopped\n" };
    is eval { first { ++$rounds; kill(USR1 => $$) * 0 } 1 .. 1000; 1 }, undef;
    is $@, "stopped\n", 'a signal reaches a block that calls nothing';
    cmp_ok $rounds, '<', 10, '... at once';
}

is_deeply [reductions { $a + $b } 1 .. 5], [1, 3, 6, 10, 15];
is scalar(reductions { $a + $b } 1 .. 5), 15, 'the last of the steps';
is((reduce {die} ()), undef, 'nothing to fold');
is((reduce {die} 5), 5, 'one item');
is_deeply [pairfirst { $a > 1 } 1 .. 6], [3, 4];
is scalar(pairgrep { $a > 1 } 1 .. 6), 2;
is scalar(pairmap { $a > 1 ? (1, 2, 3) : () } 1 .. 6), 6;
is_deeply [pairmap { [$a, $b] } 1 .. 3], [[1, 2], [3, undef]], 'half a pair';
($a, $b) = ('A', 'B');
() = pairgrep {1} 1, 2;
is "$a$b", 'AB', '$a and $b are as before';

sub deep { my $n = shift; $n ? first { deep($n - 1) } 1 : 1 }
is deep(200), 1, 'rounds within rounds';

done_testing;
