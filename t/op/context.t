# Void, scalar and list context, and who hands on which.
use strict;
use warnings;
use Test::More;
my @got;
sub ctx { push @got, wantarray ? 'list' : defined wantarray ? 'scalar' : 'void'; wantarray ? (7, 8, 9) : 5 }
sub seen { my $r = join ' ', splice @got; $r }
ctx();
my $x = ctx();
my @x = ctx();
is(seen, 'void scalar list', 'statement, scalar and array assignment');
my ($y) = ctx();
is(seen, 'list', 'a list of one');
is($y, 7);
my ($p, $q) = (ctx(), ctx());
is(seen,    'list list');
is("$p $q", '7 8');
my %h = (k => ctx());
seen;
is($h{k}, 7, 'list in a hash constructor');
my $s = [ctx()];
is(@$s, 3);
seen;
my $e = (ctx())[1];
is($e, 8, 'a slice of a call');
seen;
if (ctx()) { }
is(seen, 'scalar', 'condition');
ctx() for 1;
is(seen, 'void');
for (ctx()) { }
is(seen, 'list', 'foreach');
print '' if !ctx();
is(seen, 'scalar', 'not');
sub tail { ctx() }
my $t = tail();
my @t = tail();
tail();
is(seen, 'scalar list void', 'the last statement');
sub ret { return ctx() }
$t = ret();
@t = ret();
is(seen, 'scalar list', 'return');
sub tern { $_[0] ? ctx() : ctx() }
$t = tern(1);
@t = tern(0);
is(seen, 'scalar list', 'ternary');
sub andor { $_[0] && ctx() }
@t = andor(1);
$t = andor(1);
is(seen, 'list scalar', '&&');
sub blk {
    if (1) { ctx() }
}
@t = blk();
is(seen, 'list', 'an if as last statement');
my @k = map { ctx() } 1 .. 2;
is(@k, 6);
is(seen, 'list list', 'map');
my @g = grep { ctx() } 1;
is(seen, 'scalar', 'grep');
@k = sort { $a <=> $b } ctx();
is(seen, 'list', 'sort');
my @r = reverse ctx();
is(seen, 'list');
my $j = join ',', ctx();
is(seen, 'list', 'join');
my $len = length ctx();
is(seen, 'scalar', 'a unary operator');
my $sum = ctx() + ctx();
is(seen, 'scalar scalar');
my $str = "a@{[ctx()]}";
is(seen, 'list');
$str = "a${\ ctx()}";
is(seen, 'list', 'backslash gives list');
my $cat = ctx() . '';
is(seen, 'scalar');
my @a = (1, 2, 3);
my $n = @a;
is($n, 3, 'array in scalar context');
$n = () = ctx();
is($n, 3, 'count of an assignment');
seen;
$n = (4, 5, 6)[1];
is($n, 5);
{ no warnings; $n = (4, 5, 6); is($n, 6, 'comma operator'); }
$n = @a[0, 1];
is($n, 2, 'a slice gives its last');
my ($first) = @a;
is($first,          1);
is(scalar(@a) . '', '3');
is("@a" . @a,       '1 2 33');
is(@a + 0,          3);
is($#{ [@a, @a] },  5);
my $cnt = my ($u, $v) = ctx();
is($cnt, 3, 'assignment counts its right side');
seen;
if ((my @e = ()) == 0) { pass('empty list assignment is 0') }
ok(!(my () = ()), 'in boolean context');
my @refs = \(@a);
is(@refs, 3, '\(@a) gives a reference to each');
@refs = (\(@a, $n));
is(@refs, 2);
sub lst { return (1, 2, 3) }
is(scalar(lst()), 3);
sub arr { my @l = (1, 2, 3); return @l }
is(scalar(arr()), 3, 'an array gives its count');
sub arr2 { my @l = (5, 6); @l }
is(arr2() + 0, 2);
my ($inlist) = (sub { return wantarray })->();
is($inlist, 1, 'list');
my $c = (sub { wantarray })->();
is($c, '', 'false, not undef');
eval { ctx() };
is(seen, 'void');
@t = eval { ctx() };
is(seen, 'list', 'eval hands on');
$t = do { ctx() };
is(seen, 'scalar');
@t = do { 1; ctx() };
is(seen, 'list');
return_in_hash();
sub return_in_hash { my %o = (a => scalar ctx(), b => 2); is($o{b}, 2); is(seen, 'scalar', 'scalar()') }
my @l2 = (ctx()) x 2;
is(@l2, 6, 'a list repeated');
seen;
my ($m, @rest) = ctx();
is("@rest", '8 9');
local $_ = ctx();
is($_, 5);
($x, my $z) = ctx();
is($z, 8);
seen;
done_testing;
