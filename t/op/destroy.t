# DESTROY: at once, in order, and what it may do.
use strict;
use warnings;
use Test::More;
our @log;
{
    package O;
    sub new { my ($c, $n) = @_; bless { n => $n }, $c }
    sub DESTROY { my $s = shift; push @main::log, $s->{n} }
}
sub got { join ' ', splice @log }
{ my $o = O->new(1); push @log, 'in' }
is(got, 'in 1', 'scope');
my $o = O->new(2);
$o = O->new(3);
is(got, '2', 'overwritten');
undef $o;
is(got, '3', 'undef');
{ my $x = O->new(4); my $y = $x; undef $x; push @log, 'held' }
is(got, 'held 4', 'the last reference');
O->new(5);
is(got, '5', 'in void');
my @a = map { O->new($_) } 1 .. 3;
@a = ();
is(join(' ', sort split ' ', got), '1 2 3', 'array emptied');
my %h = map { $_ => O->new($_) } 1;
%h = ();
is(got, '1');
@a = (O->new('s'));
shift @a;
is(got, 's');
@a = (O->new('p'));
pop @a;
is(got, 'p');
@a = (O->new('x'), O->new('y'));
splice @a, 0, 1;
is(got, 'x');
$#a = -1;
is(got, 'y');
$h{k} = O->new('k');
delete $h{k};
is(got, 'k');
my $nested = { l => [O->new('deep')] };
undef $nested;
is(got, 'deep');
sub ret { return O->new('r') }
ret();
is(got, 'r');
my $kept = ret();
is(got, '');
undef $kept;
is(got, 'r');
sub arg { push @log, 'in' }
arg(O->new('a'));
is(got, 'in a', 'a temporary argument');
eval { my $o = O->new('e'); die "x\n" };
is(got, 'e', 'unwound');
is($@, "x\n");
for my $o (O->new('f')) { push @log, 'loop' }
is(got, 'loop f');
{ local our $g = O->new('l'); push @log, 'l-in' }
is(got, 'l-in l');
{
    package R;
    our $saved;
    sub new     { bless {} }
    sub DESTROY { $saved = shift; push @main::log, 'saved' }
}
{ R->new }
is(got, 'saved');
ok(ref $R::saved, 'resurrected');
undef $R::saved;
got;
{
    package E;
    sub DESTROY { die "in destroy\n" }
}
my $w = '';
{
    local $SIG{__WARN__} = sub { $w .= shift };
    { my $e = bless [], 'E'; 1 }
    1
}
like($w, qr/^\t\(in cleanup\) in destroy$/m, 'a dying DESTROY warns');
$@ = 'before';
{ my $e = O->new(1) }
is($@, 'before', '$@ is kept');
got;
{
    package N;
    our @ISA = 'O';
    sub DESTROY { my $s = shift; push @main::log, 'N'; $s->SUPER::DESTROY }
}
{ my $n = N->new('base') }
is(got, 'N base', 'SUPER::DESTROY');
{
    package Chain;
    sub new     { bless { next => $_[1], n => $_[2] } }
    sub DESTROY { push @main::log, $_[0]{n} }
}
{ my $c = Chain->new(Chain->new(undef, 'inner'), 'outer') }
is(got, 'outer inner', 'outer first');
{
    package Count;
    our $n = 0;
    sub new     { $n++; bless [] }
    sub DESTROY { $n-- }
}
{
    my @l = map { Count->new } 1 .. 100;
    is($Count::n, 100)
}
is($Count::n, 0);
my $cyc = { o => O->new('c') };
$cyc->{self} = $cyc;
delete $cyc->{self};
undef $cyc;
is(got, 'c');
{
    my $c = O->new('closure');
    my $s = sub { $c };
}
is(got, 'closure');
my $list = [map { O->new($_) } 1 .. 2];
@$list = @$list[1];
is(got, '1', 'slice assignment to itself');
undef $list;
is(got, '2');
my $obj = O->new('re');
bless $obj, 'N';
undef $obj;
is(got, 'N re', 'reblessed');
{ no warnings; my $t = O->new('cond') if 1; }
is(got, 'cond');
my $str = 'x' . O->new('cat')->{n} . 'y';
is($str, 'xcaty');
is(got,  'cat');
my ($first) = (O->new('l1'), O->new('l2'));
is(got, 'l2', 'the unused one of a list');
undef $first;
got;
sub two { my $o = O->new('2a'); push @log, 'two'; $o->{n} }
is(two(), '2a');
is(got,   'two 2a');
sub DESTROY_order { my $p = O->new('p'); my $q = O->new('q'); 1 }
DESTROY_order();
is(join(' ', sort split ' ', got), 'p q');
my $long;
for (1 .. 50_000) { $long = [$long] }
undef $long;
pass('a long chain is dropped without recursion');
{
    package InEval;
    sub new { bless [] }
    sub DESTROY {
        eval { die 'inner' };
        push @main::log, $@ ? 'err' : 'no';
    }
}
{ my $i = InEval->new }
is(got, 'err');
{
    package Loc;
    sub DESTROY {
        local $@;
        local $!;
        $! = 5;
        eval { 1 }
    }
}
$! = 2;
{ my $l = bless [], 'Loc' }
is($! + 0, 2);
{
    package Auto;
    our $AUTOLOAD;
    sub AUTOLOAD { push @main::log, $AUTOLOAD }
}
{ my $x = bless [], 'Auto' }
is(got, 'Auto::DESTROY', 'AUTOLOAD catches DESTROY');
{
    package Code;
    sub new {
        bless sub { 1 }
    }
    sub DESTROY { push @main::log, 'code' }
}
{
    my $n = 5;
    my $c = bless sub { $n }, 'Code'
}
is(got, 'code');
{
    my $sc = bless \(my $v = 1), 'O2';
    sub O2::DESTROY { push @main::log, "sc${$_[0]}" }
}
is(got, 'sc1');
done_testing;
