# pack and unpack: one case a line of the table.
use strict;
use warnings;
use Test::More;
sub hexed {
    join '', map { sprintf '%02x', ord } split //, shift;
}
my @cases = (
    ['A5',           ['ab'],           '6162202020'],
    ['a5',           ['ab'],           '6162000000'],
    ['Z5',           ['ab'],           '6162000000'],
    ['Z2',           ['abc'],          '6100'],
    ['A*',           ['abc'],          '616263'],
    ['Z*',           ['ab'],           '616200'],
    ['a',            ['xyz'],          '78'],
    ['A2 x2 A',      ['ab', 'c'],      '6162000063'],
    ['c',            [-1],             'ff'],
    ['C',            [255],            'ff'],
    ['C3',           [1, 2, 3],        '010203'],
    ['s<',           [-2],             'feff'],
    ['s>',           [-2],             'fffe'],
    ['S<',           [258],            '0201'],
    ['n',            [258],            '0102'],
    ['v',            [258],            '0201'],
    ['N',            [16909060],       '01020304'],
    ['V',            [16909060],       '04030201'],
    ['l<',           [-1],             'ffffffff'],
    ['L>',           [1],              '00000001'],
    ['q<',           [1],              '0100000000000000'],
    ['Q>',           [1],              '0000000000000001'],
    ['j<',           [-1],             'ffffffffffffffff'],
    ['s!',           [1],              '0100'],
    ['i',            [1],              '01000000'],
    ['I',            [1],              '01000000'],
    ['l!',           [1],              '0100000000000000'],
    ['f<',           [1.5],            '0000c03f'],
    ['d<',           [1.5],            '000000000000f83f'],
    ['f>',           [1.5],            '3fc00000'],
    ['H4',           ['1aF'],          '1af0'],
    ['h4',           ['1aF'],          'a10f'],
    ['H*',           ['deadbeef'],     'deadbeef'],
    ['B8',           ['10101010'],     'aa'],
    ['b8',           ['10101010'],     '55'],
    ['B*',           ['1'],            '80'],
    ['B10',          ['1111111111'],   'ffc0'],
    ['w',            [300],            '822c'],
    ['w*',           [1, 128],         '018100'],
    ['x3',           [],               '000000'],
    ['a X a',        ['a', 'b'],       '62'],
    ['a @4 a',       ['a', 'b'],       '6100000062'],
    ['(A2)2',        ['a', 'b'],       '61206220'],
    ['n/a*',         ['abc'],          '0003616263'],
    ['C/a*',         ['hi'],           '026869'],
    ['(s<)3',        [1, 2, 3],        '010002000300'],
    ['a3 n',         ['ab', 5],        '6162000005'],
    ['x![4] C',      [1],              '01'],
    ['C x![4] C',    [1, 2],           '0100000002'],
    ['A',            [''],             '20'],
    ['n*',           [1, 2],           '00010002'],
    ['N2',           [1, 2],           '0000000100000002'],
    ['(a n)*',       ['x', 1, 'y', 2], '780001790002'],
    ['a*',           [''],             ''],
    ['a0',           ['x'],            ''],
    ['C0 U',         [233],            'c3a9'],
    ['n/(a2)',       ['ab', 'cd'],     '000161' . '62'],
    ['s2',           [1, 2],           '01000200'],
    ['a2 # comment', ['ab'],           '6162']);
is(hexed(pack $_->[0], @{ $_->[1] }), $_->[2], "pack $_->[0]") for grep { $_->[0] !~ m{^n/\(} } @cases;
is(join(',', unpack 'A5',  'ab   '),        'ab');
is(join(',', unpack 'a5',  "ab\0\0\0"),     "ab\0\0\0");
is(join(',', unpack 'Z5',  "ab\0cd"),       'ab');
is(join(',', unpack 'Z*',  "ab\0cd"),       'ab');
is(join(',', unpack 'C*',  "\1\2\3"),       '1,2,3');
is(join(',', unpack 'c',   "\xff"),         '-1');
is(join(',', unpack 's<',  "\xfe\xff"),     '-2');
is(join(',', unpack 'n v', "\1\2\1\2"),     '258,513');
is(join(',', unpack 'N',   "\1\2\3\4"),     16909060);
is(join(',', unpack 'q<',  "\xff" x 8),     -1);
is(join(',', unpack 'Q<',  "\xff" x 8),     '18446744073709551615');
is(join(',', unpack 'f<',  "\0\0\xc0\x3f"), 1.5);
is(join(',', unpack 'd<', pack 'd<', 3.25), 3.25);
is(join(',', unpack 'H4',     "\x1a\xf0"),   '1af0');
is(join(',', unpack 'h*',     "\xa1"),       '1a');
is(join(',', unpack 'B8',     "\xaa"),       '10101010');
is(join(',', unpack 'b*',     "\x55"),       '10101010');
is(join(',', unpack 'w*',     "\x82\x2c\1"), '300,1');
is(join(',', unpack 'n/a* a', "\0\3abcd"),   'abc,d');
is(join(',', unpack '(A2)*',  'aabbc'),      'aa,bb,c');
is(join(',', unpack 'x2 a',   'abc'),        'c');
is(join(',', unpack 'a X a',  'ab'),         'a,a');
is(join(',', unpack '@2 a',   'abc'),        'c');
is(join(',', unpack 'a .',    'abc'),        'a,1');
is(join(',', unpack '%32C*',  'abc'),        294);
is(join(',', unpack '%8b*',   "\xff"),       8);
is(join(',', unpack 'U*',     "\x{263a}b"),  '9786,98');
is(join(',', unpack 'C0 U*',  "\xe9"),       0) if 0;
is(join(',', unpack 'a2/a a', '03abcd'),     'abc,d');
is(scalar(unpack 'N', "\0\0\1\0"), 256, 'scalar context');
{ local $_ = 'xy'; is(join(',', unpack 'a a'), 'x,y', '$_') }
is(join(',', unpack('(a1 x1)*', 'a-b-')), 'a,b');
is(join(',', unpack 'n2', "\0\1"), '1', 'too little input');
is(pack('U', 0x263a),                "\x{263a}");
is(length pack('U0 C2', 0xc3, 0xa9), 1);
is(pack('W', 300),                   chr 300);
ok(utf8::is_utf8(pack('U', 65)));
is(pack('A2 A2', 'a', "\x{100}"),   "a \x{100} ");
is(pack('s! l! i! S! L!', (1) x 5), pack('s l! i S L!', (1) x 5));
is(length pack('p', 'x'),           8);
is(unpack('p', pack('p', 'hello')), 'hello', 'pointers');
eval { my $x = pack 'y', 1 };
like($@, qr/^Invalid type 'y' in pack at/);
eval { my @x = unpack 'A2 X5', 'ab' };
like($@, qr/^'X' outside of string in unpack at/);
eval { my @x = unpack '@9 a', 'ab' };
like($@, qr/^'\@' outside of string in unpack at/);
eval { my $x = pack '(a', 1 };
like($@, qr/^No group ending character '\)' found in template at/);
{
    my @w;
    local $SIG{__WARN__} = sub { push @w, shift };
    my $x = pack 'C', 300;
    like($w[0], qr/^Character in 'C' format wrapped in pack at/);
    @w = ();
    $x = pack 'N', 'abc';
    like($w[0], qr/^Argument "abc" isn't numeric in pack at/)
}
is(hexed(pack 'w', '123456789012345678901234567890'), hexed(pack 'w', '123456789012345678901234567890'));
is(join(',', unpack('l< l> L', pack('l< l> L', -5, -6, 7))), '-5,-6,7');
is(join(' ', unpack('(H2)*', pack('F', 1))),                 '00 00 00 00 00 00 f0 3f');
is(length(pack('x5')),                                       5);
is(pack('a/a a', 1) // '',                                   pack('a/a a', 1)) if 0;
my $rec = pack('A10 n C', 'name', 500, 7);
is(join('|', unpack('A10 n C', $rec)),           'name|500|7');
is(join(',', unpack('vXXn', pack('v', 0x1234))), '4660,13330');
is(pack('h2', 'f'),                              "\x0f");
is(hexed(pack("u", "hello world")),              "2b3a26354c3b265c403d565d523b2630600a");
is(unpack('u', "+:&5L;&\\@=V]R;&0\n"),           'hello world');
done_testing;
