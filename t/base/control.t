# Loops, conditions, subs, contexts without any module.
my $t = 0;
sub is {
    my ($got, $want, $name) = @_;
    $t++;
    print $got eq $want ? "ok $t - $name\n" : "not ok $t - $name: got '$got', wanted '$want'\n";
}
my @l;
for (my $i = 0; $i < 3; $i++) { push @l, $i }
is("@l", '0 1 2', 'C-style for');
@l = ();
foreach my $x (1 .. 3) { next if $x == 2; push @l, $x }
is("@l", '1 3', 'next');
@l = ();
my $n = 0;
while ($n < 10) { $n++; last if $n > 3; push @l, $n }
is("@l", '1 2 3', 'last');
@l = ();
$n = 0;
until ($n == 2) { push @l, $n }
continue { $n++ }
is("@l", '0 1', 'until and continue');
@l = ();
OUT: for my $i (1 .. 3) {
    for my $j (1 .. 3) { next OUT if $j == 2; push @l, "$i$j" }
}
is("@l", '11 21 31', 'labels');
@l = (1, 2, 3);
$_ *= 2 for @l;
is("@l", '2 4 6', 'foreach aliases');
$n = 0;
do { $n++ } while ($n < 5);
is($n, 5, 'do while');
if    (0)     { $n = 'a' }
elsif ('0.0') { $n = 'b' }
else          { $n = 'c' }
is($n, 'b', 'elsif, and 0.0 is true');
unless ('0') { $n = 'd' }
is($n,                  'd', 'unless, and "0" is false');
is((5 > 3 ? 'y' : 'n'), 'y', 'ternary');
$n = 1;
$n = 2 if 0;
is($n, 1, 'modifier');
{ my $n = 7; is($n, 7, 'inner') }
is($n, 1, 'outer');
sub fact { my $n = shift; return $n <= 1 ? 1 : $n * fact($n - 1) }
is(fact(10), 3628800, 'recursion');
sub ctx { return wantarray ? 'list' : defined(wantarray) ? 'scalar' : 'void' }
my ($c) = ctx();
is($c, 'list', 'list context');
$c = ctx();
is($c, 'scalar', 'scalar context');
sub two { return (4, 5) }
my $last = two();
is($last, 5, 'a list in scalar context is its last');
my $count = () = two();
is($count, 2, 'countof');
my ($first) = two();
is($first, 4, 'first of a list');
sub early {
    for (1 .. 3) { return $_ if $_ == 2 }
    'none';
}
is(early(), 2, 'return from a loop');
sub implicit {
    if   ($_[0]) { 'a' }
    else         { 'b' }
}
is(implicit(1) . implicit(0), 'ab', 'value of the last statement');
my $add = sub { $_[0] + $_[1] };
is($add->(2, 3), 5, 'anonymous sub');
is(&$add(1, 1),  2, '&$code');
my @subs = map {
    my $k = $_;
    sub { $k * $_[0] }
} 1 .. 3;
is($subs[2]->(5), 15, 'closures');
sub counter {
    my $c = shift;
    return (sub { $c++ }, sub { $c });
}
my ($inc, $get) = counter(5);
$inc->();
$inc->();
is($get->(), 7, 'shared closure variable');
our $g = 'global';
sub show { $g }
sub loc  { local $g = 'local'; show() }
is(loc() . show(), 'localglobal', 'local');
my $r = \$g;
$$r = 'via ref';
is($g, 'via ref', 'scalar reference');
is(eval { die "x\n"; 1 }   || "caught $@", "caught x\n", 'die and eval');
is(eval { die { a => 3 } } || $@->{a},     3,            'die with a reference');
is(eval '1 + 1', 2, 'eval STRING');
eval 'sub { ';
is($@ ne '' ? 1 : 0, 1, 'syntax error');
my $str = '';
for my $x (reverse 1 .. 3) { $str .= $x }
is($str, '321', 'reverse');
$str = '';
for ('a' .. 'e') { $str .= $_ }
is($str, 'abcde', 'string range');
my ($p, $q) = (10, 20);
($p, $q) = ($q, $p);
is("$p $q",                                          '20 10',    'swap');
is(join(',', map { $_ * 2 } grep { $_ % 2 } 1 .. 5), '2,6,10',   'map and grep');
is(join(',', sort { $b <=> $a } 10, 9, 100),         '100,10,9', 'sort');
is(do { 1; 2 },                                      2,          'do block');
my $void = 0;
$void++ while $void < 10;
is($void, 10, 'while modifier');
package Point;
sub new { my ($class, %a) = @_; return bless {%a}, $class }
sub x   { $_[0]{x} }
package main;
is(Point->new(x => 3)->x, 3, 'a class');
my $m = 'x';
is(Point->new(x => 4)->$m, 4, 'method by name');
print "1..$t\n";
