# Typeglobs, stashes, filehandles as values, symbolic references, AUTOLOAD of constants.
use strict;
use warnings;
no warnings 'once';
use Test::More;
our ($x, @x, %x) = (1);
@x = (2, 3);
%x = (k => 4);
sub x { 'sub x' }
*y = *x;
our ($y, @y, %y);
is("$y@y$y{k}" . &y(), '12 34sub x', 'a whole glob');
*z = \$x;
our ($z, @z);
is($z,             1);
is(@z,             0, 'only the scalar');
is(*x{PACKAGE},    'main');
is(*x{NAME},       'x');
is(ref *x{CODE},   'CODE');
is(ref *x{SCALAR}, 'SCALAR');
is(ref *x{ARRAY},  'ARRAY');
is(ref *x{HASH},   'HASH');
ok(!defined *nope{CODE});
is(ref *STDOUT{IO}, 'IO::File');
is("" . *x,         '*main::x');
my $g = \*x;
is(ref $g,             'GLOB');
is(${*$g},             1);
is(${ *$g{ARRAY} }[0], 2);
is(&{*$g}(),           'sub x');
my $copy = *x;
is(ref \$copy,         'GLOB');
is(*{$copy}{PACKAGE},  'main');
is(defined *x ? 1 : 0, 1);
{
    no strict 'refs';
    ok(exists $main::{x});
    ok(!exists $main::{nonesuch_q});
    *{'main::made'} = sub { 'made' };
    ok(exists $main::{made});
    is(&{'made'}(), 'made');
    is(main->made,  'made');
    *{'Pkg::f'} = sub { 'Pkg::f' };
    is(Pkg::f(), 'Pkg::f');
    ok(exists $Pkg::{f});
    ok(exists $main::{'Pkg::'});
    delete $Pkg::{f};
    ok(!Pkg->can('f'), 'deleted from the stash');
    ${'Pkg::v'} = 5;
    is($Pkg::v, 5);
    my $pkg = 'Pkg';
    is(${"${pkg}::v"}, 5);
    @{"${pkg}::ISA"} = ('Parent');
    sub Parent::inherited { 'inherited' }
    is(Pkg->inherited,                                                  'inherited');
    is(join(',', sort grep { defined &{"Parent::$_"} } keys %Parent::), 'inherited');
    my $name = 'x';
    is($$name,            1);
    is("@$name",          '2 3');
    is(&$name,            'sub x');
    is($name->(),         'sub x');
    is("main::$name"->(), 'sub x')
}
{
    local *x = sub { 'localized' };
    is(x(), 'localized');
    is($x, 1, 'local *x = \&f keeps the rest') if 0
}
is(x(), 'sub x');
{ local *f; no strict 'refs'; ok(!defined &f) }
sub with_fh { my $fh = shift; return fileno $fh }
is(with_fh(*STDOUT),     1);
is(with_fh(\*STDOUT),    1);
is(with_fh(*STDOUT{IO}), 1);
{ no strict 'refs'; is(fileno('STDOUT'), 1); is(fileno(STDOUT), 1) }
use Symbol;
my $sym = gensym;
is(ref $sym,                      'GLOB');
is(Symbol::qualify('v'),          'main::v');
is(Symbol::qualify('v', 'P'),     'P::v');
is(Symbol::qualify('STDIN', 'P'), 'main::STDIN');
is(Symbol::qualify('A::v', 'P'),  'A::v');
sub make {
    no strict 'refs';
    my ($n, $v) = @_;
    *{"main::$n"} = sub () { $v }
}
BEGIN { make(CONST => 42) }
is(CONST,     42);
is(CONST + 1, 43);
undef *gone;
our $scalar_kept = 5;
undef $scalar_kept;
*inc = sub { $_[0] + 1 };
is(inc(1), 2);
our @isa_test;
*isa_test = [1, 2];
is("@isa_test", '1 2');
*hash_test = { a => 1 };
our %hash_test;
is($hash_test{a}, 1);
*sc_test = \ 'constant';
our $sc_test;
is($sc_test, 'constant');
eval { $sc_test = 1 };
like($@, qr/^Modification of a read-only/);
for my $n (qw(red green)) {
    no strict 'refs';
    *$n = sub { "<$n>" }
}
is(red() . green(), '<red><green>');
{
    package Other;
    our $v = 'o';
    sub get { $v }
    *main::from_other = \&get
}
is(from_other(),             'o');
is($main::x,                 1);
is($::x,                     1);
is(*{ $main::{x} }{PACKAGE}, 'main');
my %stash = %Other::;
ok(exists $stash{get});
is(ref \$Other::{get}, 'GLOB');
{ no strict 'refs'; no warnings; undef %{'Gone::'}; }
is(defined &CORE::GLOBAL::sleep ? 1 : 0, 0);
{
    no warnings;
    *CORE::GLOBAL::hex = sub { 'overridden' }
}
is(eval 'hex("ff")', 'overridden');
is(CORE::hex('ff'),  255);
delete $CORE::GLOBAL::{hex};
{
    package Imp;
    use subs 'oct';
    sub oct { 'mine' }
    main::is(oct('7'), 'mine')
}
is(&CORE::uc('a'), 'A');
my $lcref = \&CORE::lc;
is($lcref->('X'),            'x');
is(*x eq '*main::x' ? 1 : 0, 1);
open(local *LFH, '<', $0) or die;
ok(defined scalar <LFH>);
# asking after a handle by its name makes none
{
    my $name = 'never_seen';
    no warnings;
    ok(!defined *$name, 'defined *$name, under strict as well');
    { no strict 'refs'; my @none = (scalar(<$name>), readline($name), tell($name), eof($name)) }
    ok(!exists $main::{$name}, 'nothing came into being');
    ok(!defined *$name);
    $name = 'STDIN';
    ok(defined *$name);
    for my $own ('!', '0', '_', '17', "\cW") { ok(defined *$own, 'a variable of perl is there') }
}
done_testing;
