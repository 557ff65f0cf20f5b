# lc, uc, lcfirst, ucfirst and fc under `use bytes` know ASCII alone (perldoc bytes).
use strict;
use warnings;
use feature 'fc';
use Test::More;

my $text = "\x{c0}\x{100}Bc";
{
    use bytes;
    is unpack('H*', lc $text), 'c380c4806263', 'lc';
    is unpack('H*', uc $text), 'c380c4804243', 'uc';
    is unpack('H*', fc $text), 'c380c4806263', 'fc';
    is unpack('H*', lcfirst "\x{100}A"), 'c48041', 'lcfirst';
    is unpack('H*', ucfirst "a\x{100}"), '41c480', 'ucfirst';
    ok !utf8::is_utf8(lc $text), 'bytes';
}
is lc $text, "\x{e0}\x{101}bc", 'without it';
like "\x{e9}cole", qr/^\p{_Perl_Charname_Begin}\p{_Perl_Charname_Continue}+\z/, 'names of characters';
unlike '-a', qr/^\p{_Perl_Charname_Begin}/;
like 'a (b-c)', qr/^\p{_Perl_Charname_Continue}+\z/;
done_testing;
