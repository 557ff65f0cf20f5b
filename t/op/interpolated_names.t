# Names in strings: blanks behind the sigil, the last index of the match arrays (perldata, perlvar).
use strict;
use warnings;
use Test::More;

our $x = 5;
my $ref = \$x;
is "<$ x>",       '<5>', 'a blank behind the $';
is "<$ {x}>",     '<5>', 'before a brace';
is "<$ {$ref}>",  '<5>', 'before a block';
is "<$ $ref>",    '<5>', 'between sigils';
is "<@ x>",       '<@ x>', 'not behind an @';
$_ = '123';
s/(1)(2)(3)/$#- $#+ (@-)/;
is $_, '3 3 (0 0 1 2)', 'the last indices of @- and @+';
done_testing;
