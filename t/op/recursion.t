# limit: 60
# Deep recursion of subs, methods, sorts, regexes, destructors and data: never the native stack.
use strict;
use warnings;
no warnings 'recursion';
use Test::More;
sub down { my $n = shift; return $n ? 1 + down($n - 1) : 0 }
is(down(1_000_000), 1_000_000, 'a million frames');
sub R::go { my ($s, $n) = @_; return $n ? $s->go($n - 1) + 1 : 0 }
is((bless [], 'R')->go(100_000), 100_000, 'methods');
my $f;
$f = sub { my $n = shift; $n ? 1 + $f->($n - 1) : 0 };
is($f->(100_000), 100_000, 'closures');
sub mutual_a { my $n = shift; $n ? mutual_b($n - 1) : 'end' }
sub mutual_b { my $n = shift; $n ? mutual_a($n - 1) : 'end' }
is(mutual_a(100_000), 'end');
sub tail { my $n = shift; return 'done' if !$n; @_ = ($n - 1); goto &tail }
is(tail(200_000), 'done', 'goto &sub needs no stack');
my $list;
$list = [$list] for 1 .. 1_000_000;
undef $list;
pass('a million nested arrays dropped');
my $chain;
$chain = { next => $chain, n => $_ } for 1 .. 200_000;
my ($count, $p) = (0, $chain);
while ($p) { $count++; $p = $p->{next} }
is($count, 200_000);
undef $chain;
{
    package Link;
    our $gone = 0;
    sub DESTROY { $gone++ }
}
my $objects;
$objects = bless { next => $objects }, 'Link' for 1 .. 20_000;
undef $objects;
is($Link::gone, 20_000, 'a chain of objects');
my $code = sub { 1 };
for (1 .. 5_000) {
    my $inner = $code;
    $code = sub { $inner }
}
undef $code;
pass('a chain of closures');
ok(('a' x 500_000) =~ /^(?:a|b)*$/,    'a long match');
ok(('ab' x 20_000) =~ /^(?:(a)(b))+$/, 'with captures');
my $died = eval {
    my $deep;
    $deep = sub { my $n = shift; die "bottom\n" if !$n; $deep->($n - 1) };
    $deep->(100_000);
    1;
};
is($@, "bottom\n", 'die from the depth');
sub ev {
    my $n = shift;
    return $n ? eval { 1 + ev($n - 1) } : 0;
}
is(ev(5000), 5000, 'nested evals');
sub sorter {
    my $n = shift;
    return 0 if !$n;
    my ($x) = sort { sorter($n - 1); $a <=> $b } 2, 1;
    return $x + sorter(0);
}
is(sorter(50), 1, 'sort in sort');
sub mapper {
    my $n = shift;
    return $n ? map { $_ + 1 } mapper($n - 1) : 0;
}
is((mapper(5000))[0], 5000);
sub strev { my $n = shift; return $n ? eval "1 + strev($n - 1)" : 0 }
is(strev(300), 300, 'eval STRING in eval STRING');
{
    package Ov;
    use overload '+' => sub { my ($x, $y) = @_; $$x ? (bless \(my $v = $$x - 1), 'Ov') + $y : 42 }
}
is((bless \(my $v = 500), 'Ov') + 1, 42, 'overloads within overloads');
{
    package Ti;
    sub TIESCALAR { bless [$_[1]] }
    sub FETCH     { my $s = shift; my $n = $s->[0]; return 0 if !$n; tie my $x, 'Ti', $n - 1; return $x + 1 }
}
tie my $t, 'Ti', 300;
is($t, 300, 'ties within ties');
my @a = (1);
for (1 .. 10) { push @a, \@a }
undef @a;
pass('a cycle');
{
    local $SIG{__DIE__} = sub { die $_[0] };
    eval { die "handled\n" };
    is($@, "handled\n")
}
{
    my $n = 0;
    local $SIG{__WARN__} = sub { warn 'again' if $n++ < 3 };
    warn 'first';
    is($n, 1, 'a warn handler is not called for its own warnings')
}
done_testing;
