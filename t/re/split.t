# split (perlfunc).
use strict;
use warnings;
use Test::More;

sub pieces { join '', map { defined $_ ? "[$_]" : '[undef]' } @_ }

is(pieces(split /,/, 'a,b,,c,,'), '[a][b][][c]', 'empty fields at the end are dropped');
is(pieces(split /,/, 'a,b,,c,,', -1), '[a][b][][c][][]', 'unless the limit is negative');
is(pieces(split /,/, 'a,b,c,d', 2), '[a][b,c,d]', 'a limit');
is(pieces(split ' ', "  a b\tc \n"), '[a][b][c]', 'awk mode');
is(pieces(split / /, ' a b'), '[][a][b]', 'a single blank as a pattern');
is(pieces(split /\s+/, ' a  b '), '[][a][b]', 'white space');
is(pieces(split //, 'abc'), '[a][b][c]', 'every character');
is(pieces(split //, 'abc', -1), '[a][b][c][]', 'with the end');
is(pieces(split /(-)|,/, 'a-b,c'), '[a][-][b][undef][c]', 'captures are fields');
is(pieces(split /^/, "a\nb\nc\n"), "[a\n][b\n][c\n]", 'lines');
is(pieces(split /b/i, 'aBcbd'), '[a][c][d]', 'folding');
is(pieces(split /(?=b)/, 'abab'), '[a][ba][b]', 'a match of no width');
is(pieces(split /x/, ''), '', 'nothing of nothing');
is(pieces(split /\./, '1.2.3'), '[1][2][3]', 'an escaped character');
is(pieces(split ' ', "\x{2003}a\x{2003}b"), '[a][b]', 'white space of Unicode');
my $pattern = ' ';
is(pieces(split $pattern, ' a b'), '[a][b]', 'a blank in a variable');
my ($first, $second) = split /:/, 'a:b:c:d';
is("$first$second", 'ab', 'a list on the left');
$_ = 'd e';
is(pieces(split), '[d][e]', 'without arguments');
is(scalar(my @n = split /,/, 'a,b,c'), 3, 'counted');

done_testing;
