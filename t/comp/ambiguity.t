# What a sign means depends on what may come next: regex or division, block or hash, and so on.
use strict;
use warnings;
no warnings 'void';
use Test::More;
my ($x, $y, @a, %h) = (8, 2);
@a = (1 .. 5);
%h = (a => 4, b => 2);
sub five     { 5 }
sub unary($) { $_[0] }
sub none()   { 6 }
is($x / $y,                  4);
is($x / $y / 1,              4);
is($a[1] / 2,                1);
is($h{a} / $h{b},            2);
is((8) / 2,                  4);
is(none / 2,                 3, 'after a constant sub');
is(five() / 5,               1);
is(scalar(split /,/, 'a,b'), 2);
{
    local $_ = 'ab';
    is(scalar(grep /a/, 'a', 'b'), 1);
    ok(/a/ && /b/);
    is((/(a)/)[0], 'a');
    my @m = map { /(.)/ } 'x';
    is("@m", 'x');
    ok((not /z/));
    is(join('', /a/ ? 'y' : 'n'), 'y');
    my $r = /a/;
    ok($r);
    sub return_re { return /a/ }
}
is(time / time, 1);
is($#a / 2,     2);
is(@a / 5,      1);
my $i = 4;
is($i++ / 2, 2);
is($i-- / 5, 1);
is(-$x / 2,  -4);
is($x % $y,  0);
is($x % $y,  0);
my %y = (k => 1);
is($x % keys(%y),   0);
is($x & $y,         0);
is(&five & 4,       4);
is($x * $y,         16);
is($x**2,           64);
is($x < $y ? 1 : 0, 0);
is($x << 1,         16);
is(1 < 2,           1);
is(-f $0 ? 1 : 0,   1);
is(-five,           -5);
is(-five() - 1,     -6);
is($x ? 1  : 0, 1);
is($x ? $y : 0, 2);
is("a" x 3, 'aaa');
is($x x 2,  88);
my @x = (1) x 3;
is("@x",                 '1 1 1');
is(join(',', ('a') x 2), 'a,a');
sub x { 'subx' }
is(x(),    'subx');
is(&x x 2, 'subxsubx');
my %hx = (x => 1, y => 2, q => 3, s => 4, tr => 5, m => 6, print => 7);
is($hx{x} . $hx{y} . $hx{q} . $hx{s} . $hx{tr} . $hx{m} . $hx{print}, '1234567', 'operators as keys');
is($x - 1,                                             7);
is($x - 1,                                             7);
is(none - 1,                                           5);
is(unary -1,                                           -1);
is(ref {},                                             'HASH');
is(ref +{ a => 1 },                                    'HASH');
is(join(',', map { $_ => 1 } 1, 2),                    '1,1,2,1');
is(join(',', map { ; "k$_" => 1 } 1),                  'k1,1');
is(join(',', map { ("k$_", 1) } 1),                    'k1,1');
is(join(',', map +{ n => $_ }->{n}, 1, 2),             '1,2');
is(join(',', map { { n => $_ } } 1) =~ /HASH/ ? 1 : 0, 1);
is(join(',', map { lc($_) => 1 } 'A'),                 'a,1');
is(join(',', map { $_->{n} } { n => 5 }),              5);
sub block_ret { { a => 1 } }
sub hash_ret  { +{ a => 1 } }
sub ret_ret   { return { a => 1 } }
is(ref hash_ret(),  'HASH');
is(ref ret_ret(),   'HASH');
is(ref(do { +{} }), 'HASH');
is( ref(sub { {} }
            ->()
    ),
    'HASH');
my $r = { %h, c => 1 };
is(keys %$r, 3);
my @l = ({}, { a => 1 }, [{}]);
is(@l,                                         3);
is(ref eval { {} },                            'HASH');
is(ref((sub { return {} })->()),               'HASH');
is(scalar(@{ [map { [$_] } 1, 2] }),           2);
is((map { $_ * 2 } grep { $_ > 1 } 1 .. 3)[0], 4);
my @s = sort { $b <=> $a } 1 .. 3;
is("@s", '3 2 1');
print {*STDOUT} '';
print { 1 ? *STDOUT : *STDERR } '';
my $fh = \*STDOUT;
print $fh '';
print STDOUT ('');
is("@{[ %{{ a => 1 }} ]}",       'a 1');
is(${ { a => 5 } }{a},           5);
is(@{ [1, 2] },                  2);
is("${\ 'x'}",                   'x');
is((1, 2, 3)[1],                 2);
is((sort { $a <=> $b } 3, 1)[0], 1);
is([1, 2]->[1],                  2);
is({ a => 1 }->{a},              1);
is(qw(a b c) [1],                'b');
is(join('', (1), 2),             12);
my @p = (print '') + 1;
is($p[0],                                2);
is(length('abc') + 1,                    4);
is(length 'abc' . 'd',                   4, 'named unary binds looser than .');
is(lc 'A' . 'B',                         'ab');
is(ref \$x eq 'SCALAR' ? 1 : 0,          1);
is(defined $x && 1,                      1);
is((defined $h{zz} || 5),                5);
is(join(',', reverse 1, 2),              '2,1');
is((shift @{ [7, 8] }) + 1,              8);
is(push(@a, 6) + 0,                      6);
is(scalar @a + 1,                        7);
is(-s $0 > 10 ? 1 : 0,                   1);
is(uc lc 'aB',                           'AB');
is(!$x + 1,                              1);
is(not(0) . '',                          '1');
is(do { my @q = (not 0, 1); scalar @q }, 1);
is((1 or die),                           1);
my $z = 0 || 5;
is($z, 5);
my @or = (0 or 5);
is("@or", 5);
ok(!(1 xor 1));
is(1 ? 2 : 3 ? 4 : 5, 2);
is(0 ? 2 : 0 ? 4 : 5, 5);
my $t = 1;
($t ? $x : $y) = 9;
is($x,          9);
is(2 + 3 . 'a', '5a');
is(1 <=> 2 || 5, -1);
is(5 <=> 3,      1);
is('a' lt 'b',                    1);
is(join(',', 1 .. 3, 5),          '1,2,3,5');
is(~~ 5,                          5);
is(!!5,                           1);
is(\5 == \5 ? 1 : 0,              0);
is(-'x',                          '-x');
is(- -5,                          5);
is(+5,                            5);
is(+(1, 2)[1],                    2);
is(__PACKAGE__->can('x') ? 1 : 0, 1);
is(main::five,                    5);
is(main::five(),                  5);
is(&main::five(),                 5);
is(&{ \&five }(),                 5);
is("@{[five]}",                   5);
is("${\(five)}",                  5);
{ no strict 'refs'; is(&{'five'}(), 5); is(*{'five'}{CODE}->(), 5); is('main'->can('five')->(), 5) }
sub with_block(&;@) {
    my $c = shift;
    join ',', map { $c->($_) } @_;
}
is((with_block { $_[0] * 2 } 1, 2), '2,4');
sub opt(;$) { defined $_[0] ? "<$_[0]>" : 'none' }
is(opt,    'none');
is(opt(5), '<5>');
my @oo = (opt, 1);
sub list(@) { scalar @_ }
is((list 1, 2, 3), 3);
sub aref(\@) { scalar @{ $_[0] } }
is(aref(@a), 6);
sub two($$) { "$_[0]$_[1]" }
is(two('a', 'b'),  'ab');
is((two 'a', 'b'), 'ab');
sub und(_) { $_[0] }
{ local $_ = 'topic'; is(und, 'topic'); is(und('arg'), 'arg') }
sub star(*) { ref \$_[0] }
is(star(STDOUT) ne '' ? 1 : 0, 1);
sub any(\[$@%]) { ref $_[0] }
is(any(@a) . any(%h) . any($x), 'ARRAYHASHSCALAR');
is(eval q{ 1 if 1; 2 },         2);
is(eval q{ { ; } 3 },           3);
is(eval q{ ;;; 4 },             4);
is(eval { 5 },                  5);
LABEL: { last LABEL; fail('not reached') }
is(eval "if (1) { 6 } # comment",                                6);
is(eval "7 # no newline",                                        7);
is(eval "\n#line 100 \"fake\"\n__LINE__",                        100);
is(eval "8;\n__END__\ngarbage ( [",                              8);
is(eval "9;\n=pod\n\ntext { (\n\n=cut\n\n10",                    10);
is(eval "my \$v = 1;\n=begin x\n\n}\n\n=end x\n\n=cut\n\$v + 1", 2);
is(eval 'package Other { sub p { __PACKAGE__ } } Other::p()',    'Other');
is(eval 'package Blk; __PACKAGE__',                              'Blk');
is(__PACKAGE__,                                                  'main');
is(eval 'use v5.10; say STDERR "" if 0; 11',                     11);
is(eval 'use 5.010; 12',                                         12);
is(eval 'no strict; $undeclared_v = 13',                         13);
is(eval 'sub with_attr :lvalue { my $d } 14',                    14);
is(eval 'my ($p, undef, $q) = (1, 2, 3); $q',                    3);
is(eval 'my $s = "a" . "b" x 2 . "c"; $s',                       'abbc');
is(eval '@{[1,2]}[1]',                                           2);
is(eval 'qw[a b]',                                               'b');
is(eval '-e $0 ? 15 : 0',                                        15);
is(eval 'my %o = (-foo => 1); $o{-foo}',                         1);
is(eval 'my %o = (if => 1, while => 2); $o{if} + $o{while}',     3);
is(eval 'my $o = { q => 1, y => 2 }; $o->{q} + $o->{y}',         3);
is(eval 'sub y_test { "y" } main->y_test',                       'y');
is(eval 'print STDOUT; 16',                                      16) if 0;
is(eval 'my $h = {}; $h->{a}{b}[2] = 17; $$h{a}{b}[2]',          17);
is(eval '(18)',                                                  18);
is(eval '((((19))))',                                            19);
is(eval 'my $c = sub { 20 }; &$c',                               20);
is(eval 'do { 21 } unless 0',                                    21);
is(eval 'my @a = (1) x 3, 5; 22',                                22);
is(eval '1 <=> 2',                                               -1);
is(eval "<<A . 'z'\nx\nA\n",                                     "x\nz");
is(eval 'v1.2 lt v1.10 ? 1 : 0',                                 1);
is(eval '1_000 + 0x_ff',                                         1255);
is(eval '.5 + 1.',                                               1.5);
is(eval '1.5.5 eq "\1\5\5" ? 1 : 0',                             1);
is(eval '"a".."c"; 23',                                          23);
is(eval '$#{[1,2,3]}',                                           2);
is(eval '@$r{qw(a)}',                                            4);
is(eval 'join ",", %$r{a}',                                      'a,4');
done_testing;
