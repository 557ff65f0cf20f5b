# Characters and bytes: source, literals, functions, flags, layers.
use strict;
use warnings;
use utf8;
use Test::More;
binmode(Test::More->builder->$_, ':utf8') for qw(output failure_output todo_output);
my $s = 'naïve café ☺';
is(length $s,             12);
is(uc $s,                 'NAÏVE CAFÉ ☺');
is(ucfirst 'éa',          'Éa');
is(scalar reverse('añb'), 'bña');
is(index($s, '☺'),        11);
is(substr($s, -1),        '☺');
is(ord '☺',               0x263a);
is(chr 0x263a,            '☺');
ok($s =~ /^\w+ \w+ \W$/);
{
    my $ref = [1];
    utf8::downgrade($ref);
    is(ref $ref, 'ARRAY', 'a reference is no string to downgrade');
}
is(join(',', $s =~ /(\w+)/g),  'naïve,café');
is(($s          =~ tr/a-zï//), 8);
my $été = 5;
is($été, 5, 'names');
sub größe { 'groß' }
is(größe(), 'groß');
my %h = (clé => 1, 'ñ' => 2);
is($h{clé} + $h{ñ}, 3);
is("\x{e9}",        'é');
is("\xe9",          'é');
is("\N{U+E9}",      'é');
is(lc 'ÀÉ',         'àé');
is(lc 'ΑΣ',         'ας' eq lc('ΑΣ') ? 'ας' : lc 'ΑΣ');
is(fc_('ß'),        fc_('SS'));
sub fc_ { use feature 'fc'; fc shift }
is(sprintf('%5s|', 'é'),         '    é|');
is(sprintf('%s',   "\x{1F600}"), '😀');
is(length "\x{1F600}", 1);
my $bytes = 'é';
utf8::encode($bytes);
is(length $bytes, 2);
ok(!utf8::is_utf8($bytes));
ok(utf8::decode($bytes));
is($bytes, 'é');
my $bad = "\xff\xfe";
ok(!utf8::decode($bad));
my $up = "\xe9";
utf8::upgrade($up);
is($up, "\xe9");
ok(utf8::is_utf8($up));
utf8::downgrade($up);
ok(!utf8::is_utf8($up));
my $wide = "\x{100}";
ok(!utf8::downgrade($wide, 1));
eval { utf8::downgrade($wide) };
like($@, qr/^Wide character in subroutine entry at/);
{ use bytes; is(length 'é☺', 5) }
is(join(' ', map { sprintf '%x', ord } split //, 'aé☺'), '61 e9 263a');
is(join('|', sort 'é', 'z', 'a'),                        'a|z|é');
is('é' x 3,                                              'ééé');
is('é' . "\xe8",                                         "\x{e9}\x{e8}");
ok("\x{e9}" eq 'é');
ok('é' lt '☺');
is(quotemeta('é☺'),              'é\\☺');
is(ucfirst lc 'ÉCOLE',           'École');
is(join(',', unpack 'U*', 'é☺'), '233,9786');
is(pack('U*', 233, 9786),        'é☺');
my $str = '';
open my $o, '>:utf8', \$str or die;
print $o 'é☺';
close $o;
is(length $str, 5);
open my $i, '<:utf8', \$str;
my $l = <$i>;
is($l, 'é☺');
close $i;
open $i, '<', \$str;
$l = <$i>;
is(length $l, 5);
is('ﬀ'   =~ /^\x{fb00}$/ ? 1 : 0, 1);
ok('É'   =~ /é/i);
ok('ΑΒΓ' =~ /^\p{Greek}+$/);
ok('٣'   =~ /^\d$/);
ok('é'   =~ /^[à-ü]$/);
ok('e'   !~ /^[à-ü]$/);
is(join('', 'aéb' =~ /[^a-z]/g), 'é');
(my $t = 'café') =~ s/é/e/;
is($t, 'cafe');
($t = 'cafe') =~ s/e$/é/;
is($t, 'café');
($t = 'éà') =~ tr/éà/ea/;
is($t,                            'ea');
is(join('|', split /é/, 'aébéc'), 'a|b|c');
is(
    <<"É", "corps ☺\n"); is("${\ 'é'}", 'é'); my @é = (1, 2); is("@é $é[1]", '1 2 2'); { no utf8; is(length 'é', 2) } is(__PACKAGE__->can('größe')->(), 'groß'); package Ünï { sub new { bless {} } } is(ref Ünï->new, 'Ünï'); is(eval '"é"', 'é'); is(eval { 'é' }, 'é'); is(eval "use utf8; 'ü'", 'ü'); { use charnames ':full'; is("\N{GREEK SMALL LETTER ALPHA}", 'α'); is(charnames::viacode(0x263a), 'WHITE SMILING FACE') } is(sprintf('%vd', 'é☺'), '233.9786'); is(ord(substr 'xé', 1), 233); is(lc("\x{130}") ne '' ? 1 : 0, 1); is(length(uc 'ß'), 2); is(length "\x{10FFFF}", 1); is(chop(my $c = 'aé'), 'é'); is(join(',', map { length } 'é', 'éé'), '1,2'); is(pos(do { my $p = 'é☺x'; $p =~ /x/g; \$p }->$*) // 'u', 3); { my $k = "\xe9"; my %m = ($k => 1); utf8::upgrade($k); is($m{$k}, 1) } die_test(); sub die_test { eval { die "é\n" }; is($@, "é\n") } done_testing;
corps ☺
É
