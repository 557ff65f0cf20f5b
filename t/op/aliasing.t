# Where names stand for the same thing.
use strict;
use warnings;
use Test::More;
my @a = (1, 2, 3);
$_++ for @a;
is("@a", '2 3 4');
for my $x (@a) { $x *= 2 }
is("@a", '4 6 8');
my ($p, $q) = (1, 2);
for ($p, $q) { $_ = 'x' }
is("$p$q", 'xx');
s/x/y/ for $p, $q;
is("$p$q", 'yy');
my @b = map { $_++; $_ } @a;
is("@a", '5 7 9', 'map aliases');
my @c = grep { $_ = 0 if $_ == 7; 1 } @a;
is("@a", '5 0 9', 'grep aliases');
$_ = 'z' for grep { $_ } @a;
is("@a", 'z 0 z', 'the result of grep aliases');
sub inc { $_[0]++ }
my $n = 1;
inc($n);
is($n, 2, '@_');
inc($a[1]);
is($a[1], 1);
sub swap { @_[0, 1] = @_[1, 0] }
swap($p, $q) if 0;
($p, $q) = (1, 2);
swap($p, $q);
is("$p$q", '21');
sub keep { my $r = \$_[0]; $r }
${ keep($p) } = 'kept';
is($p, 'kept', 'a reference to an argument');
sub assign_whole { @_ = (7) }
assign_whole($p);
is($p, 'kept', 'assigning @_ breaks the alias');
sub shifted { my $r = \shift; $$r = 's' }
shifted($q);
is($q, 's', 'shift keeps it');
sub amp   { &inner }
sub inner { $_[0] = 'amp' }
amp($n);
is($n, 'amp', '&inner; shares @_');
sub pusher { push @_, 9; scalar @_ }
is(pusher($p), 2);
our @g = (1, 2);
*h = \@g;
our @h;
push @h, 3;
is("@g", '1 2 3', 'glob assignment');
our $gs = 5;
*gt = \$gs;
our $gt = 6;
is($gs, 6);
my @copy = @a;
$copy[0] = 'c';
isnt($a[0], 'c', 'a copy is none');
my %h = (a => 1, b => 2);
$_ *= 10 for values %h;
is($h{a} + $h{b}, 30);
for (@h{qw(a b)}) { $_++ }
is($h{a} + $h{b}, 32);
my ($first) = map { \$_ } @a;
$$first = 'via';
is($a[0], 'via');
for my $e (@a[0, 1]) { $e = 'sl' }
is("@a[0,1]", 'sl sl');
eval { $_++ for 1, 2 };
like($@, qr/^Modification of a read-only value/);
eval {
    for my $c ('const') { $c = 1 }
};
like($@, qr/^Modification of a read-only/);
my @l = (1, 2);
for my $x (@l, 3 + 0) { $x += 1 }
is("@l", '2 3');
my $str = 'abc';
for (substr($str, 1, 1)) { $_ = 'XYZ' }
is($str, 'aXYZc', 'substr as a loop item');
{ my $v = 'abc'; my $r = \substr($v, 0, 1); $$r = 'ZZ'; is($v, 'ZZbc', 'reference to substr') }
foreach my $r (\my @arr) { push @$r, 1 }
my @nested = ([1], [2]);
$_->[0]++ for @nested;
is($nested[1][0], 3);
@a = (1 .. 5);
for (@a) { push @a, 6 if @a < 7 }
is("@a", '1 2 3 4 5 6 6', 'growing while iterating');
@a = (1 .. 3);
my $seen = '';
for (@a) { $seen .= $_; shift @a if $_ == 1 }
is($seen, '13', 'shrinking while iterating');
my @sorted = sort { $a <=> $b } @l;
$sorted[0] = 'x';
is($l[0], 2);
$_ = 'sorted' for sort { $a <=> $b } @l;
is("@l", 'sorted sorted', 'sort in a foreach aliases');
my ($x) = my @t = (5);
$t[0] = 6;
is($x, 5);
$_ = 'outer';
{
    local $_ = 'in';
    for (1) { }
    is($_, 'in')
}
is($_, 'outer');
sub topic { $_ }
for (7) { is(topic(), 7, 'foreach sets the global $_') }
is($_, 'outer');
my @dup = ($p) x 2;
$dup[0] = 'd';
isnt($p, 'd');
my $anon = [map { \$_ } my @src = (1, 2)];
${ $anon->[0] } = 9;
is($src[0], 9);
while (my ($i, $v) = each @src) { $src[$i] = $v + 1 }
is("@src", '10 3');
my @s2 = splice(@src, 0, 1);
$s2[0] = 0;
is("@src", '3');
for my $i (reverse 0 .. $#l) { $l[$i] = $i }
is("@l", '0 1');
for (reverse @l) { $_ .= 'r' }
is("@l", '0r 1r', 'reverse aliases');
my $last;
for my $v (1 .. 3) { $last = \$v }
is($$last, 3);
my @closures;
for my $v (1 .. 3) {
    push @closures, sub { $v++ }
}
$closures[0]->();
is($closures[0]->() . $closures[1]->(), '22', 'each turn has its own variable');
our @ga = (1);
for our $gi (@ga) { $gi = 5 }
is($ga[0], 5);
done_testing;
