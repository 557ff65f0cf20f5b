# Patterns that reach to the end are looked for near the end only; nobody must notice but the clock.
use strict;
use warnings;
use Test::More;

my $long = "line of text,\n" x 500;
for my $case (
    ['x',         qr/[cx]$/,              'x'],
    ["x\n",       qr/[cx]$/,              'x'],
    ["x\n",       qr/[cx]\Z/,             'x'],
    ["x\n",       qr/[cx]\z/,             undef],
    ["x\n",       qr/[cx]\n\z/,           "x\n"],
    ["x\n\n",     qr/[cx]$/,              undef],
    ['tail.txt',  qr/\.(?:txt|pl)$/,      '.txt'],
    ['tail.pl',   qr/\.(?:txt|pl)\z/,     '.pl'],
    ['abab',      qr/(?:ab){1,3}$/,       'abab'],
    ['abababab',  qr/(?:ab){1,3}$/,       'ababab'],
    ['xy',        qr/(?<=x)y$/,           'y'],
    ['xy',        qr/\by$/,               undef],
    [' y',        qr/\by$/,               'y'],
    ['STRASSE',   qr/stra\x{df}e$/iu,     'STRASSE'],
    ["stra\xdfe", qr/strasse$/iu,         "stra\xdfe"],
    ["\x{100}c",  qr/.c$/,                "\x{100}c"],
    ["\x{10ffff}" x 4, qr/\x{10ffff}{3}$/, "\x{10ffff}" x 3],
    ['ab',        qr/(a|b$)$/,            'b'],
    ["a\nb",      qr/^b$/m,               'b'],
    ["a\nb",      qr/(?m:a$)/,            'a'],
    ['',          qr/$/,                  ''],
    ['abc',       qr/b\Kc$/,              'c'],
    ["\r\n",      qr/\R\z/,               "\r\n"],
    ['aXb',       qr/(?=Xb)X.$/,          'Xb'],
    )
{
    my ($end, $pattern, $expected) = @$case;
    my $text = "$long$end";
    my ($found, $at) = $text =~ $pattern ? ($&, $-[0]) : ();
    is $found, $expected, "$pattern";
    is $at, rindex($text, $expected), '... there' if length $expected;
}
{
    my $text = "${long}ab";
    my @ends = $text =~ /[ab]?$/g;
    is_deeply \@ends, ['b', ''], '//g';
    pos($text) = length $text;
    ok $text !~ /b$/g, 'pos behind it';
    pos($text) = 5;
    ok $text =~ /\G.*?b$/s, '\G';
    (my $cut = $text) =~ s/[ab]{2}$//;
    is $cut, $long;
    is join('|', split /b$/, $text), "${long}a";
    my @all = ("aXbX" =~ /(X)$/, scalar("xx" x 600) =~ /x$/);
    is "@all", 'X 1';
    is $text =~ tr/b//, 1;
    is_deeply [map { "$_\n" =~ /^(\w)$/ ? $1 : () } 'a', 'bc', 'd'], ['a', 'd'];
    like "$text\n" x 3, qr/ab$/;
    is scalar(() = ("$text\n" x 3) =~ /ab$/mg), 3;
}
done_testing;
