# Packages and objects: resolution, SUPER, can, isa, AUTOLOAD, indirect, C3.
use strict;
use warnings;
use Test::More;
{
    package A;
    sub new   { my $c = shift; bless {@_}, ref $c || $c }
    sub name  { 'A' }
    sub hello { my $s = shift; 'hello ' . $s->name }
    sub over  { 'A::over' }
}
{
    package B;
    our @ISA = ('A');
    sub name { 'B' }
    sub over { my $s = shift; 'B>' . $s->SUPER::over(@_) }
}
{
    package C;
    use parent -norequire, 'B';
    sub over { 'C>' . shift->SUPER::over }
}
my $c = C->new(x => 1);
is($c->hello, 'hello B');
is($c->over,  'C>B>A::over');
is(ref $c,    'C');
ok($c->isa('A'));
ok(C->isa('B'));
ok(!A->isa('B'));
ok(UNIVERSAL::isa($c, 'HASH'));
ok(UNIVERSAL::isa([], 'ARRAY'));
is(ref C->can('hello'), 'CODE');
ok(!C->can('nope'));
is($c->can('name')->($c), 'B');
my $m = 'name';
is($c->$m,   'B');
is($c->$m(), 'B');
my $code = sub { "code $_[1]" };
is($c->$code('arg'), 'code arg');
my $class = 'B';
is($class->name,   'B');
is("B"->name,      'B');
is(B::->name,      'B');
is($c->A::name,    'A', 'a qualified name');
is((ref $c)->name, 'B');
my $new = $c->new(y => 2);
is(ref $new,                            'C');
is($new->{y},                           2);
is(A->can('name') == \&A::name ? 1 : 0, 1);
{
    no strict 'refs';
    is("A"->${ \ 'name' }, 'A');
    *{'A::late'} = sub { 'late' }
}
is(C->late, 'late', 'a method added later');
{
    no warnings 'redefine';
    no strict 'refs';
    *{'B::name'} = sub { 'B2' }
}
is($c->name, 'B2', 'a method replaced');
push @B::ISA, 'Extra';
sub Extra::extra { 'extra' }
is($c->extra, 'extra', '@ISA changed');
{
    package Auto;
    our $AUTOLOAD;
    sub new { bless {}, shift }
    sub AUTOLOAD {
        my $s = shift;
        (my $n = $AUTOLOAD) =~ s/.*:://;
        return if $n eq 'DESTROY';
        return "auto $n(@_)";
    }
}
is(Auto->new->anything(1, 2), 'auto anything(1 2)');
is(Auto->classm,              'auto classm()');
is(Auto::func('x', 'y'),      'auto func(y)');
{ package AutoSub; our @ISA = 'Auto' }
is(AutoSub->new->inherited, 'auto inherited()');
{
    package Gen;
    our $AUTOLOAD;
    sub AUTOLOAD {
        my $n = $AUTOLOAD;
        no strict 'refs';
        *$n = sub { "generated" };
        goto &$n;
    }
}
is(Gen->m, 'generated');
ok(defined &Gen::m);
eval { A->nope };
like($@, qr/^Can't locate object method "nope" via package "A" at \S+ line 93\.$/);
eval { my $x = bless [], 'Nothing'; $x->m };
like($@, qr/^Can't locate object method "m" via package "Nothing" at/);
{
    package Can;
    sub can { 'own can' }
    sub isa { 'own isa' }
}
is(Can->can('x'), 'own can');
is(Can->isa('x'), 'own isa');
use feature 'isa';
no warnings;
ok($c isa A);
ok(!($c isa Nope));
ok(!(undef isa A));
ok(!('A' isa A));
my $kl = 'B';
ok($c isa $kl);
ok($c isa(join '', 'B'));
use warnings;
{
    package X1;
    use mro 'c3';
    our @ISA;
    sub foo { 'X1' }
    package Y1;
    use mro 'c3';
    our @ISA = 'X1';
    sub foo { 'Y1>' . $_[0]->next::method }
    package Z1;
    use mro 'c3';
    our @ISA = 'X1';
    sub foo { 'Z1>' . $_[0]->next::method }
    package D1;
    use mro 'c3';
    our @ISA = ('Y1', 'Z1');
    sub foo { 'D1>' . $_[0]->next::method }
}
is(D1->foo,                                   'D1>Y1>Z1>X1', 'C3');
is(join(',', @{ mro::get_linear_isa('D1') }), 'D1,Y1,Z1,X1');
is(mro::get_mro('D1'),                        'c3');
is(mro::get_mro('A'),                         'dfs');
{
    package DD;
    our @ISA = ('BB', 'CC');
    package BB;
    our @ISA = 'AA';
    package CC;
    our @ISA = 'AA';
    sub who { 'CC' }
    package AA;
    sub who { 'AA' }
}
is(DD->who,                      'AA', 'depth first');
is(DD->can('who')->(),           'AA');
is(ref bless({}, 'Some::Class'), 'Some::Class');
my $ob = bless [];
is(ref $ob, 'main');
bless $ob, 'Re';
is(ref $ob, 'Re');
like("$ob", qr/^Re=ARRAY\(0x[0-9a-f]+\)$/);
like(bless({},      'H') . '',     qr/^H=HASH/);
like(bless(sub { }, 'CodeO') . '', qr/^CodeO=CODE/);
like(bless(\my $x,  'Sc') . '',    qr/^Sc=SCALAR/);
like(bless(qr/x/,   'Rx') . '',    qr/^\(\?\^:x\)$/);
use Scalar::Util qw(blessed reftype refaddr);
is(blessed($ob), 'Re');
is(reftype($ob), 'ARRAY');
ok(!defined blessed([]));
ok(refaddr($ob) == $ob + 0);
eval { bless 'x', 'Y' };
like($@, qr/^Can't bless non-reference value at/);
{
    package Acc;
    for my $f (qw(get set)) {
        no strict 'refs';
        *{"Acc::$f"} = sub { my $s = shift; $s->{$f} = shift if @_; $s->{$f} }
    }
    sub new { bless {}, shift }
}
my $acc = Acc->new;
$acc->set(5);
is($acc->set,            5);
is($acc->get // 'undef', 'undef');
is(Acc->new->set(3) + 0, 3);
{
    package Chain;
    sub new { bless { l => [] }, shift }
    sub add { my $s = shift; push @{ $s->{l} }, @_; $s }
    sub str { join ',', @{ $_[0]{l} } }
}
is(Chain->new->add(1)->add(2, 3)->str, '1,2,3');
my $obj = new Chain;
is(ref $obj, 'Chain', 'indirect object');
my $o2 = new Chain();
isa_ok($o2, 'Chain');
{
    package Ov;
    sub new { my ($c, %a) = (shift, size => 1, @_); bless \%a, $c }
}
is(Ov->new(size => 5)->{size},          5);
is(Ov->new->{size},                     1);
is(UNIVERSAL::can('A', 'name') ? 1 : 0, 1);
ok(!UNIVERSAL::can(undef, 'x'));
is(A->VERSION // 'none', 'none');
{ package Ver; our $VERSION = '1.5' }
is(Ver->VERSION, '1.5');
eval { Ver->VERSION(2) };
like($@, qr/^Ver version 2 required--this is only version 1\.5 at/);
is(eval { Ver->VERSION(1); 1 }, 1);
ok(A->DOES('A'));
my $str = 'A';
is($str->can('name') ? 1 : 0, 1);
is( do {
        local @C::ISA = ('Other');
        sub Other::name { 'Other' }
        C->name;
    },
    'Other');
is($c->name, 'B2');
sub main::fun { 'fun' }
is(main->fun,        'fun');
is(__PACKAGE__->fun, 'fun');
my $meth = A->can('hello');
is($c->$meth,                'hello B2');
is(A::->can('name') ? 1 : 0, 1);
package Foo::Bar {
    sub name { __PACKAGE__ }
}
is(Foo::Bar->name,   'Foo::Bar');
is(Foo::Bar::name(), 'Foo::Bar');
is( join(
        ',',
        sort grep { defined &{"A::$_"} }
            do { no strict 'refs'; keys %{'A::'} }
    ),
    'hello,late,name,new,over'
) if 0;

# A sub of the class's name is called, package or no package.
{
    package Told::Class;
    sub name {'Told::Class'}
    package Real::Class;
    sub name {'Real::Class'}
    package main;
    BEGIN { *Told::Class = sub {'Real::Class'} }
    is(Told::Class->name,   'Real::Class', 'a sub named like a class');
    is(Told::Class::->name, 'Told::Class', 'the class itself');
}
done_testing;
