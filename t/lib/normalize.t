# Unicode::Normalize: the forms, their parts, the checks, the character data.
use strict;
use warnings;
use Test::More;
use Unicode::Normalize qw(:all);

sub shown { join '.', map { sprintf '%x', ord } split //, $_[0] }

my @forms = (
    # text, C, D, KC, KD
    ["\xe9",               'e9',      '65.301',           'e9',      '65.301'],
    ["e\x{301}",           'e9',      '65.301',           'e9',      '65.301'],
    ["\x{fb01}",           'fb01',    'fb01',             '66.69',   '66.69'],
    ["\x{212b}",           'c5',      '41.30a',           'c5',      '41.30a'],
    ["\x{ac01}",           'ac01',    '1100.1161.11a8',   'ac01',    '1100.1161.11a8'],
    ["\x{1100}\x{1161}",   'ac00',    '1100.1161',        'ac00',    '1100.1161'],
    ["a\x{301}\x{323}",    '1ea1.301', '61.323.301',      '1ea1.301', '61.323.301'],
    ["\x{958}",            '915.93c', '915.93c',          '915.93c', '915.93c'],
    ['plain',              shown('plain'), shown('plain'), shown('plain'), shown('plain')],
    ['',                   '',        '',                 '',        ''],
    ["e\x{110099}\x{301}", '65.110099.301', '65.110099.301', '65.110099.301', '65.110099.301'],
);
for my $row (@forms) {
    my ($text, @expected) = @$row;
    my @got = map shown(normalize($_, $text)), qw(C D KC KD);
    is("@got", "@expected", "text " . shown($text));
}
is(NFC("e\x{301}"), "\xe9", 'by name');
is(shown(NFC("a\x{327}\x{301}")) . ' ' . shown(FCC("a\x{327}\x{301}")), 'e1.327 61.327.301', 'neighbours only');
is(shown(FCD("\xe9")), 'e9', 'FCD');
is(shown(reorder("a\x{301}\x{323}")), '61.323.301', 'reorder');
is(shown(compose("a\x{323}\x{302}")), '1ead', 'compose');
is(shown(composeContiguous("a\x{327}\x{301}")), '61.327.301', 'composeContiguous');
is(shown(decompose("\x{fb01}\xe9")) . ' ' . shown(decompose("\x{fb01}\xe9", 1)), 'fb01.65.301 66.69.65.301', 'decompose');
is(join('|', map shown($_), splitOnLastStarter("abc\x{301}")), '61.62|63.301', 'splitOnLastStarter');

my @answer = map { defined $_ ? $_ ? 'yes' : 'no' : 'maybe' } checkNFC("\xe9"), checkNFC("e\x{301}"), checkNFD("\xe9"),
    checkNFKC("\x{fb01}"), checkNFKD('a'), checkFCD("a\x{301}\x{323}"), checkFCC("e\x{301}"), check('NFC', "\x{958}");
is("@answer", 'yes maybe no no yes no maybe no', 'checks');
is(getCombinClass(0x301) . ' ' . getCombinClass(65), '230 0', 'getCombinClass');
is(shown(getCanon(0xe9)), '65.301', 'getCanon');
is(getCanon(65), undef, 'nothing to decompose');
is(shown(getCompat(0xfb01)), '66.69', 'getCompat');
is(getComposite(0x41, 0x300), 0xc0, 'getComposite');
is(getComposite(0x915, 0x93c), 0x958, 'of a character that is never composed');
is(getComposite(0x41, 0x42), undef, 'of none');
is(join('', map { $_ ? 1 : 0 } isExclusion(0x958), isSingleton(0x212b), isNonStDecomp(0x344), isComp2nd(0x301),
    isComp_Ex(0x340), isNFD_NO(0xe9), isNFC_NO(0x958), isNFC_MAYBE(0x301), isNFKC_NO(0xfb01), isNFKD_NO(0xfb01)),
    '1111111111', 'what a character is');
is(join('', map { $_ ? 1 : 0 } isExclusion(65), isSingleton(0xe9), isNonStDecomp(0x340), isComp2nd(65), isComp_Ex(0xe9)),
    '00000', '... and is not');
my $rest = "abe\x{301}";
is(NFC_partial($rest) . '|' . shown($rest), 'ab|e9', 'as much as is certain');
eval { normalize('NFX', 'a') };
like($@, qr/^Unicode::Normalize::normalize: invalid form name: NFX at /, 'no such form');
done_testing;
