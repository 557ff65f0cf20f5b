# Names of characters, both ways.
use strict;
use warnings;
use Test::More;
use charnames ':full';
is(charnames::viacode(0x263a), 'WHITE SMILING FACE');
is(charnames::viacode('U+41'), 'LATIN CAPITAL LETTER A');
is(charnames::viacode(10),     'LINE FEED');
is(charnames::viacode(0x4e00), 'CJK UNIFIED IDEOGRAPH-4E00');
is(charnames::viacode(0xe000), undef);
is(charnames::vianame('GREEK SMALL LETTER ALPHA'), 0x3b1);
is(charnames::vianame('LINE FEED'),                10);
is(charnames::string_vianame('SNOWMAN'),           "\x{2603}");
is("\N{NEXT LINE}",                                "\x85");
like("\x{2603}", qr/^\N{SNOWMAN}$/);
my $text = '\N{SNOWMAN}';
like("\x{2603}", qr/^$text$/, 'in a pattern made at run time');
done_testing;
