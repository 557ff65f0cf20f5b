# Which characters a pattern means: byte and Unicode rules, folding, properties (perlre, perlunicode).
use strict;
use warnings;
use Test::More;

sub yes { my ($subject, $pattern, $name) = @_; ok(scalar($subject =~ $pattern), $name) }
sub no_ { my ($subject, $pattern, $name) = @_; ok(!scalar($subject =~ $pattern), $name) }

my $e = "\xe9";
(my $wide = $e) .= "\x{100}";
no_($e, qr/\w/, 'a byte is a word character by ASCII only under /d');
yes($e, qr/\w/u, 'and by Unicode under /u');
no_($e, qr/\w/a, 'but not under /a');
yes($wide, qr/^\w/, 'a UTF-8 string goes by Unicode');
yes("\xc9", qr/\xe9/iu, 'folding of Latin-1 under /u');
no_("\xc9", qr/\xe9/i, 'not under /d');
yes("\x{212a}", qr/k/i, 'the Kelvin sign folds to k');
no_("\x{212a}", qr/k/iaa, 'not under /aa');
yes("stra\xdfe\x{100}", qr/STRASSE/i, 'one character for two');
yes("STRASSE", qr/stra\xdfe/iu, 'two for one');
yes("\x{fb01}le", qr/^file/i, 'a ligature');
yes("\x{3c3}", qr/\x{3a3}/i, 'sigma');
no_("\x{b2}", qr/\w/u, 'superscript two is no word character');
yes("\x{93e}", qr/\w/, 'a vowel sign is one');
is(join('|', "\x{915}\x{93e}\x{915} x" =~ /\b(\w+)\b/g), "\x{915}\x{93e}\x{915}|x", 'so no boundary before it');
yes("\x{661}", qr/^\d$/, 'an Arabic digit');
no_("\x{661}", qr/\d/a, 'not under /a');
yes("\x{2028}", qr/^\s\z/, 'line separator is white space');
yes("\x{3b1}", qr/\p{Greek}/, 'a script');
yes("A", qr/\p{Lu}/, 'a category');
yes("a", qr/\p{Lu}/i, 'cased letters all match under /i');
yes("a", qr/^[[:^upper:]]$/, 'negated POSIX class');
yes("\x{110000}", qr/^\x{110000}$/, 'beyond Unicode');
yes("\x{110000}", qr/^[^a]$/, 'and in a class');
yes("e\x{301}x", qr/^\Xx$/, 'a grapheme cluster');
yes("\r\n", qr/^\R$/, 'a line break');
is(join('|', "ab cd" =~ /\b{wb}(\w+)\b{wb}/g), 'ab|cd', 'word boundaries of Unicode');
sub IsVowel { "61\n65\n69\n6f\n75\n" }
is(join('', "education" =~ /(\p{IsVowel})/g), 'euaio', 'a property of our own');
is(join('', "education" =~ /(\P{IsVowel})/g), 'dctn', 'and its opposite');
{
    no warnings 'experimental';
    is(join('', "a1b2_-" =~ /((?[ \w - [0-9_] ]))/g), 'ab', 'set arithmetic');
}
is(join('|', map { length } "a\x{1F600}b" =~ /(.)/g), '1|1|1', 'characters, not bytes');
"x\x{1F600}yz" =~ /y/;
is("$-[0] $+[0]", '2 3', 'offsets count characters');


# \257 is a character where there are not that many groups, before it is known how far a lookbehind looks
ok("a\257>b" =~ /(?<=\257>)b/, 'an octal number in a lookbehind');
ok(!eval 'qr/(?<=(a)\1)/', 'but no reference');

done_testing;
