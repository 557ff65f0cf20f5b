# A sub that is declared only: it exists and is not defined, however it is named.
use strict;
use warnings;
use Test::More;

sub declared;
sub made { 1 }
no strict 'refs';
my $name = 'declared';
my $ref  = \&declared;
ok(!defined &declared,     'defined &name');
ok(!defined &$name,        'defined &$name');
ok(!defined &{"declared"}, 'defined &{"name"}');
ok(!defined &$ref,         'defined &$reference');
ok(!defined &{ \&nowhere }, 'a reference to a sub that is nowhere');
ok(exists &$name,          'exists &$name');
ok(exists &$ref,           'exists &$reference');
ok(defined &{"made"},      'one with a body');
ok(!exists &{"never_mentioned"}, 'one nobody mentioned');

# local on an entry of a symbol table empties the glob and puts everything back.
{
    local $::{STDOUT};
    ok(!defined fileno STDOUT, 'STDOUT is gone');
}
is(fileno STDOUT, 1, 'and back');

done_testing;
