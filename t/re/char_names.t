# Characters by name in strings and patterns: translators, loose names (perldoc charnames, perlunicode).
use strict;
use warnings;
use Test::More;

ok chr(0x1180) =~ /^\p{name=hangul jungseong o-e}$/, 'a loose name';
ok chr(0x116C) =~ /^\p{na=Hangul_Jungseong_OE}$/, 'another by its short property';
ok 'a' !~ /\p{name=LATIN CAPITAL LETTER A}/, 'and not another';
ok "\x{17000}" =~ /\p{name=TANGUT IDEOGRAPH-17000}/, 'names that end in the number';
ok !eval q{ 'a' =~ /\p{name=no such name}/; 1 }, 'what is no name';
like $@, qr/^Can't find Unicode property definition "name=no such name" in regex/, '... is told of';
no warnings 'experimental::uniprop_wildcards';
ok "\x{263B}" =~ m!\p{name=/\ABLACK SMILING FACE\z/}!, 'a pattern of names';
{
    package Names;
    sub import { $^H{charnames} = sub { $_[0] eq 'PAIR' ? 'xy' : $_[0] eq 'NONE' ? '' : lc $_[0] } }
}
{
    BEGIN { Names->import }
    is "<\N{WORD}>", '<word>', 'a translator in a string';
    ok 'axyb' =~ /^a\N{PAIR}b$/, 'in a pattern';
    ok 'ab' =~ /^a\N{NONE}b$/, 'it may give nothing';
    ok 'axyb' =~ m'a\N{PAIR}b', 'between single quotes';
}
done_testing;
