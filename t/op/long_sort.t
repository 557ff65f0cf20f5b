# limit: 300
# Lists long enough to be sorted and made in several steps.
use strict;
use warnings;
use Test::More;
my $n = 270_000;
my @n = map { ($_ * 7919 + 13) % 1_000_003 } 1 .. $n;

sub in_order {
    my ($by, $list) = @_;
    for (map 97 * $_, 1 .. $#$list / 97) { return 0 if $by->($list->[$_ - 1], $list->[$_]) > 0 }
    return @$list == $n;
}
ok in_order(sub { $_[0] <=> $_[1] }, [sort { $a <=> $b } @n]), 'numbers';
ok in_order(sub { $_[0] <=> $_[1] }, [sort { $a <=> $b } map { $_ / 7 } @n]), 'fractions';
ok in_order(sub { $_[1] cmp $_[0] }, [sort { $b cmp $a } map "x$_", @n]), 'strings, descending';
my @pairs = sort { $a->[0] <=> $b->[0] } map { [$_ % 10, $_] } 0 .. 20_000;
ok !(grep { $pairs[$_ - 1][0] == $pairs[$_][0] && $pairs[$_ - 1][1] > $pairs[$_][1] } 1 .. $#pairs), 'equals keep their order';
is length('ab' x 10_000_001), 20_000_002, 'a long x';
is substr('abc' x 6_000_000, -4), 'cabc', 'its end';
is length("\x{100}" x 9_000_000), 9_000_000, 'of characters';
my @l = (1, 2, 3) x 50_000;
is "@l[0, 1, -1]" . @l, '1 2 3150000', 'a long list x';
my @r = (1 .. 200_000);
is "$#r $r[65536] $r[-1]", '199999 65537 200000', 'a long range';
my @e = (9223372036854775805 .. 9223372036854775807);
is scalar @e, 3, 'to the last integer';
{
    our ($a, $b) = (5, 6);
    ok !eval { my @x = sort { die "oops\n" if $a == 3 or $b == 3; $a <=> $b } 1 .. 10; 1 }, 'a comparator that dies';
    is "$@$a$b", "oops\n56", '$a and $b are put back';
}
done_testing;
