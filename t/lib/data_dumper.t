# Data::Dumper's shapes.
use strict;
use warnings;
use Test::More;
use Data::Dumper;
$Data::Dumper::Sortkeys = 1;

is Dumper([1, 'a', undef, { k => [] }]), <<'END', 'lined up';
$VAR1 = [
          1,
          'a',
          undef,
          {
            'k' => []
          }
        ];
END
{
    local $Data::Dumper::Indent = 1;
    is Dumper({ a => { b => 1 } }), "\$VAR1 = {\n  'a' => {\n    'b' => 1\n  }\n};\n";
    local $Data::Dumper::Terse = 1;
    is Dumper('x'), "'x'\n";
}
local $Data::Dumper::Indent = 0;
is Dumper("it's", '5', 5, 1.5, -3), q($VAR1 = 'it\'s';$VAR2 = '5';$VAR3 = 5;$VAR4 = '1.5';$VAR5 = -3;);
is Dumper(bless({ a => 1 }, 'Foo'), \'s', sub { 1 }, qr/a/i), q($VAR1 = bless( {'a' => 1}, 'Foo' );$VAR2 = \'s';$VAR3 = sub { "DUMMY" };$VAR4 = qr/a/i;);
my $shared = [1];
is Dumper([$shared, $shared]), '$VAR1 = [[1],$VAR1->[0]];';
my $loop = [1];
push @$loop, $loop;
is Dumper($loop), '$VAR1 = [1,$VAR1];';
{ local $Data::Dumper::Purity = 1; is Dumper($loop), '$VAR1 = [1,[]];$VAR1->[1] = $VAR1;' }
is(Data::Dumper->Dump([[1], { a => 2 }], [qw(*list *map)]), q(@list = (1);%map = ('a' => 2);));
{ local $Data::Dumper::Useqq = 1; is Dumper("a\n\t\$\x01\x{100}"), qq(\$VAR1 = "a\\n\\t\\\$\\1\\x{100}";) }
{ local $Data::Dumper::Quotekeys = 0; local $Data::Dumper::Pair = ': '; is Dumper({ a => 1, 'b c' => 2 }), q($VAR1 = {a: 1,'b c': 2};) }
{ local $Data::Dumper::Maxdepth = 1; like Dumper([[1]]), qr/^\$VAR1 = \['ARRAY\(0x[0-9a-f]+\)'\];\z/ }
is(Data::Dumper->new([[1, { 2 => 3 }]])->Terse(1)->Indent(0)->Dump, q([1,{'2' => 3}]));
$loop->[1] = undef;
done_testing;
