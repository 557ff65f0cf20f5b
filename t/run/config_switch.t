# -V with names, and what -v says.
use strict;
use warnings;
use Test::More;

is(`$^X -V:ivsize -V:path_sep`, "ivsize='8';\npath_sep=':';\n", 'several -V:NAME');
is(`$^X -V:ivsize: -V::path_sep -V::uvsize: -V:nosuch`, "ivsize='8' ':';\n'8' nosuch='UNKNOWN';\n", 'colons around the name');
is(`$^X '-V:[iu]vsize'`, "ivsize='8';\nuvsize='8';\n", 'a pattern');
is(`$^X '-V::[iu]vsize:' '-V:ivsize;' '-V:[' '-V:no.such:'`, "'8' '8' ivsize;: not found;\n[: not found;\nno.such: not found ",
    'a pattern with colons; those that find nothing');
like(`$^X -v`, qr/\A\nThis is perl 5, version 36, subversion 0 \(v5\.36\.0\)/, 'the version');
like(`$^X -v`, qr/Larry\s+Wall/, 'and whose language it is');

use Data::Dumper;
$Data::Dumper::Useqq  = 1;
$Data::Dumper::Indent = 0;
is(Dumper(12345678901, 1234567890, '12345678901'), q($VAR1 = '12345678901';$VAR2 = 1234567890;$VAR3 = "12345678901";),
    'long integers have single quotes');

done_testing;
