# overload: operators, conversions, fallback, nomethod, dereferencing.
use strict;
use warnings;
use Test::More;
{
    package N;
    use overload
        '+' => sub { N->new($_[0]{v} + (ref $_[1] ? $_[1]{v} : $_[1])) },
        '-' => sub {
        my ($x, $y, $swap) = @_;
        $y = ref $y ? $y->{v} : $y;
        N->new($swap ? $y - $x->{v} : $x->{v} - $y);
        },
        '*'    => sub { N->new($_[0]{v} * (ref $_[1] ? $_[1]{v} : $_[1])) },
        '""'   => sub { "N($_[0]{v})" },
        '=='   => sub { $_[0]{v} == (ref $_[1] ? $_[1]{v} : $_[1]) },
        '<=>'  => sub { my ($x, $y, $s) = @_; my $r = $x->{v} <=> (ref $y ? $y->{v} : $y); $s ? -$r : $r },
        'cmp'  => sub { my ($x, $y, $s) = @_; my $r = "$x" cmp "$y"; $s ? -$r : $r },
        'bool' => sub { $_[0]{v} != 0 },
        'neg'  => sub { N->new(-$_[0]{v}) },
        '++'   => sub { $_[0]{v}++; $_[0] },
        '--'   => sub { $_[0]{v}--; $_[0] },
        'abs'  => sub { N->new(abs $_[0]{v}) },
        '0+'   => sub { $_[0]{v} },
        '='    => sub { N->new($_[0]{v}) };
    sub new { bless { v => $_[1] }, $_[0] }
}
my ($a1, $b1) = (N->new(3), N->new(4));
is($a1 + $b1, 'N(7)');
is($a1 + 1,   'N(4)');
is(1 + $a1,   'N(4)');
is($a1 - $b1, 'N(-1)');
is(10 - $a1,  'N(7)', 'swapped');
is($a1 * 2,   'N(6)');
is("$a1",     'N(3)');
is("x$a1",    'xN(3)');
ok($a1 == 3);
ok($a1 != 4);
ok($a1 < $b1);
ok($a1 <= 3);
ok(5 > $a1);
is(join(',', sort { $a <=> $b } $b1, $a1), 'N(3),N(4)');
ok($a1 ? 1 : 0);
ok(!N->new(0));
is(-$a1, 'N(-3)');
my $c = $a1;
$c++;
is($c, 'N(4)');
is($a1, 'N(3)', 'copied before ++');
$c += 5;
is($c, 'N(9)');
my $p = $c++;
is($p,              'N(9)');
is($c,              'N(10)');
is(abs(N->new(-2)), 'N(2)');
ok($a1 eq 'N(3)');
ok($a1 lt 'N(4)');
is(length $a1,     4);
is(int(N->new(2)), 2);
my @l = (1, 2, 3, 4);
is($l[$a1], 4, 'as an index');
my %h = ($a1 => 1);
ok(exists $h{'N(3)'});
is(join('-', $a1, $b1),                                        'N(3)-N(4)');
is($a1 x 2,                                                    'N(3)N(3)');
is($a1 . '!',                                                  'N(3)!');
is(sprintf('%s %d', $a1, $a1),                                 'N(3) 3');
is(ref($a1 + 1),                                               'N');
is(overload::StrVal($a1) =~ /^N=HASH\(0x[0-9a-f]+\)$/ ? 1 : 0, 1);
ok(overload::Overloaded($a1));
ok(overload::Method($a1,  '+'));
ok(!overload::Method($a1, '/'));
{
    package D;
    use overload
        '@{}'      => sub { $_[0]->()->{a} },
        '%{}'      => sub { $_[0]->()->{h} },
        '${}'      => sub { \ 'scalar' },
        '*{}'      => sub { \*STDOUT },
        'fallback' => 1;
    sub new {
        my $d = { a => [1, 2], h => { k => 'v' } };
        bless sub { $d }, shift;
    }
}
my $d = D->new;
is("@$d",       '1 2');
is($d->[1],     2);
is($d->{k},     'v');
is($$d,         'scalar');
is(fileno(*$d), 1);
push @$d, 3;
is($#$d, 2);
{
    package C;
    use overload '&{}' => sub {
        my $s = shift;
        sub { "called @_ $s->{n}" }
        },
        '<>' => sub { $_[0]{n}++ < 3 ? $_[0]{n} : undef },
        '-X' => sub { "test $_[1]" },
        'qr' => sub { qr/q/ },
        '~~' => sub { 1 };
    sub new { bless { n => $_[1] } }
}
my $cc = C->new(0);
is($cc->(1, 2),   'called 1 2 0');
is(&$cc(5),       'called 5 0');
is(scalar(<$cc>), 1);
my @it;
while (defined(my $x = <$cc>)) { push @it, $x }
is("@it",  '2 3');
is(-e $cc, 'test e');
is(-d $cc, 'test d');
ok('aqb' =~ $cc);
ok('aqb' =~ /a${cc}b/);
{
    package S;
    use overload '""' => sub { $_[0]{s} }, fallback => 1;
    sub new { bless { s => $_[1] }, $_[0] }
}
my $s = S->new('5');
is($s + 1, 6, 'fallback to the string');
is($s . 'x', '5x');
ok($s == 5);
ok($s eq '5');
is(-$s, -5);
$s .= 'y';
is($s, '5y');
ok(!ref $s);
{
    package F0;
    use overload '+' => sub { 'plus' }, fallback => 0;
    sub new { bless [] }
}
my $f = F0->new;
is($f + 1, 'plus');
eval { my $x = $f - 1 };
like($@,
    qr/^Operation "-": no method found,\n\tleft argument in overloaded package F0,\n\tright argument has no overloaded magic at /
);
eval { my $x = "$f" };
like($@, qr/^Operation """": no method found, argument in overloaded package F0 at/);
{
    package FU;
    use overload '+' => sub { 'p' }, '-' => sub { 'm' };
    sub new { bless [] }
}
my $fu = FU->new;
is(-$fu, 'm', 'neg by subtraction');
eval { my $x = $fu * 2 };
like($@, qr/^Operation "\*": no method found,/);
{
    package NM;
    use overload 'nomethod' => sub { "nomethod $_[3]" };
    sub new { bless [] }
}
is(NM->new * 2, 'nomethod *');
is(NM->new / 2, 'nomethod /');
{
    package Base;
    use overload '""' => sub { 'base' }, '+' => 'add';
    sub new { bless [], shift }
    sub add { 'Base::add' }
    package Derived;
    our @ISA = 'Base';
    sub add { 'Derived::add' }
}
is(Derived->new . '', 'base',         'inherited');
is(Derived->new + 1,  'Derived::add', 'by method name');
{
    package Over;
    our @ISA = 'Base';
    use overload '""' => sub { 'over' }
}
is(Over->new . '', 'over');
{
    package Asg;
    use overload
        '+=' => sub { $_[0]{v} += $_[1]; $_[0] },
        '.=' => sub { $_[0]{v} .= $_[1]; $_[0] },
        '""' => sub { $_[0]{v} },
        'x=' => sub { $_[0]{v} x= $_[1]; $_[0] };
    sub new { bless { v => $_[1] } }
}
my $as = Asg->new(1);
$as += 5;
is("$as", 6);
$as .= 'z';
is("$as", '6z');
$as x= 2;
is("$as", '6z6z');
{
    package Cmp;
    use overload
        'cmp' => sub { my ($x, $y, $s) = @_; ($s ? -1 : 1) * ($x->[0] cmp(ref $y ? $y->[0] : $y)) },
        'eq'  => sub { 'eq called' };
    sub new { bless [$_[1]] }
}
ok(Cmp->new('a') lt Cmp->new('b'));
is(Cmp->new('a') eq 'x',                                                        'eq called');
is(join('', map { $_->[0] } sort { $a cmp $b } map { Cmp->new($_) } qw(c a b)), 'abc');
{
    package Const;
    sub import {
        overload::constant(
            integer => sub { "I$_[0]" },
            float   => sub { "F$_[0]" },
            q       => sub { $_[1] =~ /magic/ ? 'Q' : $_[1] });
    }
    sub unimport { overload::remove_constant(integer => 0, float => 0, q => 0) }
    BEGIN { require overload }
}
{
    BEGIN { Const->import }
    my $i  = 42;
    my $f2 = 1.5;
    my $q  = 'magic';
    BEGIN { Const->unimport }
    is($i,  'I42');
    is($f2, 'F1.5');
    is($q,  'Q')
}
is(42, 42);
{
    package Bits;
    use overload
        '&'     => sub { 'and' },
        '|'     => sub { 'or' },
        '^'     => sub { 'xor' },
        '~'     => sub { 'not' },
        '<<'    => sub { 'shl' },
        '>>'    => sub { 'shr' },
        '**'    => sub { 'pow' },
        '%'     => sub { 'mod' },
        '/'     => sub { 'div' },
        '!'     => sub { 'bang' },
        'atan2' => sub { 'at' },
        'cos'   => sub { 'cos' },
        'int'   => sub { 'int' };
}
my $bt = bless [], 'Bits';
is( join(',',
        $bt & 1,
        $bt | 1,
        $bt ^ 1,
        ~$bt,
        $bt << 1,
        $bt >> 1,
        $bt**2,
        $bt % 2,
        $bt / 2,
        !$bt,
        atan2($bt, 1),
        cos($bt),
        int($bt)),
    'and,or,xor,not,shl,shr,pow,mod,div,bang,at,cos,int');
done_testing;
