# Lexical subs are their scope's alone, and go before keywords (perlsub "Lexical Subroutines").
use strict;
use warnings;
use feature 'state';
use Test::More;

sub same { 42 }
{
    state sub same { 3 }
    is same(), 3, 'inside';
    is &same, 3;
    is(main->can('same')->(), 42, 'the package has its own');
}
is same(), 42, 'outside';
{ my sub mine { 1 }     is mine(), 1 }
{ state sub stated { 1 } is stated(), 1 }
ok(!main->can('mine') && !main->can('stated'), 'nothing in the package');
{
    our sub if () { 42 }
    my $x = if if if;
    is $x, 42, 'a keyword as name';
}
done_testing;
