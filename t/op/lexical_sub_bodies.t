# Lexical subs: declared first, completed by sub NAME {}, their names (perlsub "Lexical Subroutines").
use strict;
use warnings;
use feature 'state';
use Test::More;

{
    my sub twice;
    my $ref = \&twice;
    sub twice { 2 * $_[0] }
    is twice(4), 8, 'sub NAME {} completes my sub NAME;';
    is $ref->(5), 10, 'references to the declaration see the body';
    ok !defined &main::twice, 'the package has no such sub';
}
sub outer { 'package' }
{
    my sub outer { $_[0] ? 'lexical of ' . outer() : 'lexical' }
    is outer(1), 'lexical of package', 'without a declaration before, it does not see itself';
}
{
    state sub empty;
    ok !eval { empty(); 1 }, 'a declaration alone cannot be called';
    like $@, qr/^Undefined subroutine &empty called at /, '... and is told of by its name';
}
{
    our sub shared;
    package Other;
    sub shared { 'ours' }
    ::is main::shared(), 'ours', 'our sub NAME; says which package sub NAME {} is for';
}
{
    my sub named { ( caller 0 )[3] }
    is named(), 'named', 'caller shows the name without a package';
    my $warned = '';
    local $SIG{__WARN__} = sub { $warned .= shift };
    eval q{ my sub same { 1 } my sub same { 2 } };
    like $warned, qr/^"my" subroutine &same masks earlier declaration in same scope at /, 'masking is warned of';
}
done_testing;
