# Words that are subs here and something else there.
use strict;
use warnings;
use Test::More;

sub given_list { return (3, 1, 2) }
is join(',', sort(given_list(7, 5))), '1,2,3', 'sort(NAME(...)) sorts what the sub gives';
{
    no warnings;
    sub by_number { $a <=> $b }
    is join(',', sort(by_number (10, 9))), '9,10', 'sort(NAME (...)) compares with it';
    is join(',', sort by_number(10, 9)), '9,10', 'sort NAME(...) too';
}

# Imported subs override most builtins, but not those with a syntax of their own.
my %kept = map +($_ => 1), qw(print printf scalar defined delete exists undef pos prototype study split);
for my $word (sort(keys %kept), qw(lc close sleep push ref die)) {
    my $package = "Over_$word";
    our $called = 0;
    eval qq{
        BEGIN { package Giver; no strict 'refs'; *{"${package}::$word"} = sub { \$main::called++; 1 } }
        package $package;
        my (\@list, %hash);
        no warnings;
        my \$code = sub { $word(\$list[0]) };
        open my \$null, '>', '/dev/null';
        my \$before = select \$null;
        { no warnings; \$main::called = 0; eval { \$code->() } }
        select \$before;
        1;
    } or fail("$word: $@");
    is $called, $kept{$word} ? 0 : 1, $kept{$word} ? "$word stays" : "$word is overridden";
}

done_testing;
