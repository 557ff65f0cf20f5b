# Code in patterns, recursion, conditions, verbs (perlre "Extended Patterns").
use strict;
use warnings;
use Test::More;

my $count = 0;
'aaab' =~ /(?:a(?{ $count++ }))*b/;
is($count, 3, 'code runs once for each round');

my @seen;
'abc' =~ /(?:(\w)(?{ push @seen, $1 }))+/;
is("@seen", 'a b c', 'groups are seen so far');

'12' =~ /(\d)(?{ $1 * 2 })(\d)/;
is($^R, 2, '$^R is the last value');

my $balanced;
$balanced = qr/\((?:[^()]++|(??{ $balanced }))*\)/;
is(('x(a(b)c)y' =~ /($balanced)/)[0], '(a(b)c)', 'a pattern inside itself');
is(('x(a(b)c)y' =~ /(\((?:[^()]++|(?1))*\))/)[0], '(a(b)c)', 'the same by recursion');
is(('aabb' =~ /^(a(?1)?b)$/)[0], 'aabb', 'recursion into a group');

is(join('|', map { /^(?:(<)|\w)\w*(?(1)>|)$/ ? 'y' : 'n' } '<a>', 'a', '<a', 'a>'), 'y|y|n|n', 'condition on a group');
is(('ab' =~ /(?(?=a)(a)|(b))/)[0], 'a', 'condition on a look ahead');
is(('bob' =~ /^(?<l>\w).*\k<l>$/)[0], 'b', 'named groups');
is($+{l}, 'b', 'in %+');
is(join('|', 'x1y2' =~ /(?|x(\d)|y(\d))/g), '1|2', 'branch reset');
is(('foobar' =~ /foo\Kbar/ ? $& : ''), 'bar', '\K');
ok('aaab' !~ /a++ab/, 'possessive');
ok('aaab' !~ /(?>a+)ab/, 'atomic');
is(('aaabaaab' =~ /a+b?(*COMMIT)(*F)/ ? 1 : 0), 0, 'COMMIT');
my @starts;
'aaab' =~ /a+(*SKIP)(?{ push @starts, pos })c/;
is(scalar(@starts), 0, 'code behind text that is not there does not run');
is(join('|', 'price: 12 EUR, 7 USD' =~ /(\d+)(?=\s*USD)/g), '7', 'look ahead');
is(join('|', 'a1 b2 c3' =~ /(?<!b)(\d)/g), '1|3', 'look behind');
is(join('|', 'xay xbbby' =~ /(?<=x(?:a|bb))(\w)/g), 'y|b', 'look behind of two lengths');

eval { 'a' =~ /a(?{ die "from inside\n" })/ };
is($@, "from inside\n", 'dying in code ends the match');

my @stack = ();
my $text = '3 4 + 2 *';
while ($text =~ /\G\s*(?:(\d+)(?{ push @stack, $1 })|([-+*])(?{
        my $b = pop @stack; my $a = pop @stack;
        push @stack, $2 eq '+' ? $a + $b : $2 eq '-' ? $a - $b : $a * $b;
    }))/gc) { }
is("@stack", '14', 'a calculator');

our ($tally, $found) = (0);
'aaaaaaaa' =~ /^(?{ $tally = 0 })(?:a(?{ local $tally = $tally + 1 }))*aaaa(?{ $found = $tally })/;
is($found, 4, 'what code localises goes back with the match');
is($tally, 0, '... and ends with it');
'abc' =~ /a(?{ local $tally = 5 })b(?{ $found = $tally })c/;
is("$found $tally", '5 0', 'it lasts from block to block');
ok('xay' =~ /(?p)a/, '(?p)');
is("${^PREMATCH}-${^MATCH}-${^POSTMATCH}", 'x-a-y', '... keeps what stood around');

done_testing;
