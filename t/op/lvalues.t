# Everything that can be assigned to.
use strict;
use warnings;
use Test::More;
my $s = 'abcdef';
substr($s, 1, 2) = 'XX';
is($s, 'aXXdef');
substr($s, -1) .= '!';
is($s, 'aXXdef!');
(substr($s, 0, 1), substr($s, 1, 1)) = ('1', '2');
is($s, '12Xdef!');
my $r = \substr($s, 2, 1);
$$r = 'long';
is($s, '12longdef!');
vec(my $v = '', 0, 8) = 65;
is($v, 'A');
vec($v, 1, 8) |= 66;
is($v, 'AB');
my @a = (1, 2, 3);
$#a = 0;
is("@a", 1);
($a[2], $a[1]) = (3, 2);
is("@a", '1 2 3');
my %h;
$h{a}{b} = 1;
$h{a}{$_}++ for qw(b c);
is($h{a}{b} . $h{a}{c}, '21');
keys(%h) = 100;
pos($s) = 3;
is(pos $s, 3);
my ($x, $y) = (1, 2);
(1 ? $x : $y) = 'c';
is($x, 'c');
(my $copy = $s) =~ s/long/short/;
is($copy, '12shortdef!');
($x, $y) = ($y, $x);
is("$x$y", '2c');
($x += 5) *= 2;
is($x, 14);
($x, my @rest) = (1, 2, 3);
is("@rest", '2 3');
(local $_ = 'topic') =~ tr/t/T/;
is($_, 'Topic');
our ($g, @g) = (1);
{ local ($g, @g) = (5, 6, 7); is("$g@g", '56 7') }
is($g, 1);
sub lv : lvalue { $g }
lv() = 9;
is($g, 9);
lv() .= 'x';
is($g, '9x');
(lv()) = (4);
is($g, 4);
{
    my %store;
    sub at : lvalue { $store{ $_[0] } }
}
at('k') = 'v';
is(at('k'), 'v');
at('n')++;
is(at('n'), 1);
{
    package Obj;
    sub new        { bless { v => 1 } }
    sub v : lvalue { $_[0]{v} }
}
my $o = Obj->new;
$o->v = 7;
is($o->v, 7);
$o->v += 3;
is($o->{v}, 10);
my ($p, $q);
($p ||= 3) += 1;
is($p, 4);
($q //= []);
push @$q, 1;
is("@$q", 1);
@{ $h{list} }[0, 2] = (1, 3);
is(scalar @{ $h{list} }, 3);
@h{qw(x y)} = ();
ok(exists $h{x});
my @m = ([1], [2]);
$_->[0] *= 10 for @m;
is($m[1][0], 20);
my $anon;
${ \$anon } = 5;
is($anon, 5);
@{ [] }[0] = 1;
my $str = 'x';
$str x= 3;
is($str, 'xxx');
$str .= $str;
is(length $str, 6);
my $n = 10;
$n -= 3;
$n *= 2;
$n /= 7;
$n**= 3;
$n %= 5;
is($n, 3);
$n <<= 2;
$n |= 1;
$n &= 0xd;
$n ^= 1;
$n >>= 1;
is($n, 6);
my $l = 0;
$l ||= 'a';
$l &&= 'b';
is($l, 'b');
my @arr = (0) x 3;
$arr[$_] += $_ for 0 .. 2;
is("@arr", '0 1 2');
my ($i, @idx) = (0);
$idx[$i++] = $i for 1 .. 3;
is("@idx", '1 2 3');
$h{cnt}{$_}++ for qw(a b a);
is($h{cnt}{a}, 2);
my @stack = ([]);
push @{ $stack[-1] }, 'x';
is($stack[0][0], 'x');
delete local $h{x};
is(join(',', map { $_ // 'u' } (my ($f, $e) = (1))), '1,u');
eval { my $c = \ 'const'; $$c = 1 };
like($@, qr/^Modification of a read-only value attempted/);
eval { ${ \5 }++ };
like($@, qr/^Modification of a read-only value/);
eval {
    for (1) { $_++ }
};
like($@, qr/^Modification of a read-only value/);
is(eval 'sub nl { 5 } nl() = 3; 1', undef);
like($@, qr/^Can't modify non-lvalue subroutine call of &main::nl in scalar assignment at/);
{
    no strict 'refs';
    ${'main::dyn'} = 5;
    is($main::dyn, 5);
    @{'main::dyn'} = (1, 2);
    is($main::dyn[1], 2);
    *{'main::fn'} = sub { 'fn' };
    is(main->can('fn')->(), 'fn');
    my $name = 'dyn';
    is($$name,              5);
    is(${"main::$name"}[1], 2)
}
*alias = \@a;
our @alias;
push @alias, 4;
is($a[-1], 4);
*al2 = \$x;
our $al2 = 'via';
is($x, 'via');
{ local *al2 = \ 'ro'; is($al2, 'ro') }
is($al2, 'via');
chop(my $ch = 'ab');
is($ch, 'a');
chomp(my @lines = ("a\n", "b\n"));
is("@lines", 'a b');
($x, $y, @rest) = (@rest, 1, 2);
is("$x$y", '23');
my ($first, $second) = my @both = (1, 2);
is("$first$second@both", '121 2');
(my ($t1, $t2) = (5, 6)) = (7);
is($t1, 7);
ok(!defined $t2);
($h{sw1}, $h{sw2}) = (1, 2);
@h{qw(sw1 sw2)} = @h{qw(sw2 sw1)};
is("$h{sw1}$h{sw2}", '21');
for my $el (@h{qw(sw1 sw2)}) { $el = 0 }
is("$h{sw1}$h{sw2}", '00');
undef $h{sw1};
ok(exists $h{sw1});
undef @a;
is(@a, 0);
undef %h;
is(keys %h, 0);
sub undefd { 1 }
undef &undefd;
ok(!defined &undefd);
$_ = 5 for my ($m1, $m2);
is($m1 + $m2, 10);
my $obj = { list => [1 .. 3] };
$#{ $obj->{list} } = 0;
is(@{ $obj->{list} }, 1);
$obj->{list}->$#* = 2;
is(@{ $obj->{list} }, 3);
($obj->{a}, $obj->{b}) = (1) x 2;
is($obj->{a} + $obj->{b}, 2);
$$obj{c}[1]{d} = 'deep';
is($obj->{c}[1]{d}, 'deep');
{ local $obj->{a} = 'l'; is($obj->{a}, 'l') }
is($obj->{a}, 1);
my sub priv { 5 }
is(priv(), 5);

# What a sub gives is no place, but parts of it can be given to another.
{
    sub whole { 'abcdef' }
    sub part  { "@_" }
    is(part(substr whole(), 1, 2), 'bc', 'substr of a call as an argument');
    is(part(substr(whole(), 4)), 'ef', 'the end of it');
    my @parts = map { "$_" } substr(whole(), 0, 1), vec(whole(), 0, 8);
    is("@parts", 'a 97', 'in a list');
    for my $piece (substr whole(), 2, 2) { is($piece, 'cd', 'in a loop') }
}


{
    sub no_lvalue {1}
    *other_name = \&no_lvalue;
    for my $call ('&other_name', '&other_name(1)', 'other_name()') {
        ok(!eval "return 1; $call = 1", "$call is not assigned to");
        like($@, qr/^Can't modify non-lvalue subroutine call of &main::no_lvalue in scalar assignment at/, 'and why');
    }
    ok(eval 'return 1; &not_yet_there = 1', 'what is no sub yet may become one');
}
done_testing;
