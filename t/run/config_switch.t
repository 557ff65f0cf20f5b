# -V with names, and what -v says.
use strict;
use warnings;
use Test::More;

is(`$^X -V:ivsize -V:path_sep`, "ivsize='8';\npath_sep=':';\n", 'several -V:NAME');
like(`$^X -v`, qr/\A\nThis is perl 5, version 36, subversion 0 \(v5\.36\.0\)/, 'the version');
like(`$^X -v`, qr/Larry\s+Wall/, 'and whose language it is');

use Data::Dumper;
$Data::Dumper::Useqq  = 1;
$Data::Dumper::Indent = 0;
is(Dumper(12345678901, 1234567890, '12345678901'), q($VAR1 = '12345678901';$VAR2 = 1234567890;$VAR3 = "12345678901";),
    'long integers have single quotes');

done_testing;
