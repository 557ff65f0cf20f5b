# Closures: what they capture, when, and for how long.
use strict;
use warnings;
use Test::More;
sub maker {
    my $n = shift;
    return sub { return $n++ }
}
my ($f, $g) = (maker(1), maker(10));
is($f->() . $f->() . $g->(), '1210');
sub pair {
    my $v = shift;
    (sub { $v }, sub { $v = shift });
}
my ($get, $set) = pair('a');
$set->('b');
is($get->(), 'b', 'two closures share');
my @subs;
for my $i (1 .. 3) {
    push @subs, sub { $i }
}
is(join('', map { $_->() } @subs), '123');
@subs = ();
for (my $i = 0; $i < 3; $i++) {
    push @subs, sub { $i }
}
is(join('', map { $_->() } @subs), '333', 'a C-style loop has one variable');
@subs = ();
my $w = 0;
while ($w < 2) {
    my $v = $w++;
    push @subs, sub { $v }
}
is(join('', map { $_->() } @subs), '01');
sub outer {
    my ($x) = @_;
    my $inner = sub {
        my ($y) = @_;
        return sub { "$x$y" . shift }
    };
    $inner->('b');
}
is(outer('a')->('c'), 'abc', 'nested');
my $fact;
$fact = sub { my $n = shift; $n < 2 ? 1 : $n * $fact->($n - 1) };
is($fact->(6), 720, 'recursive');
{
    use feature 'current_sub';
    my $fib = sub { my $n = shift; $n < 2 ? $n : __SUB__->($n - 1) + __SUB__->($n - 2) };
    is($fib->(10), 55, '__SUB__')
}
{
    my $count = 0;
    sub next_id  { return ++$count }
    sub reset_id { $count = 0 }
}
is(next_id() + next_id(), 3);
reset_id();
is(next_id(), 1, 'named subs share a block variable');
my @list = (1, 2);
my $push = sub { push @list, @_; scalar @list };
is($push->(3), 3);
is("@list", '1 2 3', 'arrays');
my %h;
my $store = sub { $h{ $_[0] } = $_[1] };
$store->(a => 1);
is($h{a}, 1, 'hashes');
my @log;
{
    package O;
    sub new     { bless [$_[1]] }
    sub DESTROY { push @log, "d$_[0][0]" }
}
{
    my $o = O->new(1);
    my $c = sub { $o };
    undef $c;
    push @log, 'still'
}
is("@log", 'still d1', 'captured and released');
@log = ();
{
    my $c;
    {
        my $o = O->new(2);
        $c = sub { $o }
    }
    push @log, 'held';
    undef $c;
    push @log, 'end'
}
is("@log", 'held d2 end', 'the closure holds it');
use feature 'state';
sub st { state $n = 5; state @l = (1); push @l, $n; return $n++ . scalar @l }
is(st() . st(), '5263', 'state');
my @st = map {
    sub { state $k = 0; ++$k }
} 1 .. 2;
is($st[0]->() . $st[0]->() . $st[1]->(), '121', 'each closure has its own state');
sub apply(&@) {
    my ($code, @l) = @_;
    map { $code->($_) } @l;
}
my $k = 3;
is(join(',', apply { $_[0] * $k } 1, 2), '3,6', 'a block argument');
my $x   = 10;
my $str = eval 'sub { $x += shift }';
is($str->(5), 15);
is($x, 15, 'from eval STRING');
sub deep {
    my $v = shift;
    return $v ? sub { deep($v - 1)->() . $v } : sub { '' }
}
is(deep(3)->(), '123');
my ($a1, $b1) = map {
    my $i = $_;
    { inc => sub { $i++ }, get => sub { $i } }
} 1, 5;
$a1->{inc}->() for 1 .. 3;
is($a1->{get}->() . $b1->{get}->(), '45');
sub curry {
    my $c = shift;
    my @p = @_;
    sub { $c->(@p, @_) }
}
is(curry(sub { join '-', @_ }, 1, 2)->(3), '1-2-3');
my $cnt  = 0;
my $loop = sub {
    for my $i (1 .. 3) { $cnt += $i }
};
$loop->() for 1 .. 2;
is($cnt, 12);
{
    no strict 'refs';
    no warnings 'once';
    for my $name (qw(red blue)) {
        *{"main::$name"} = sub { "<$name>@_" }
    }
}
is(red('x') . main->can('blue')->(), '<red>x<blue>', 'generated subs');
my $s = sub {
    my $y = $x;
    sub { $y++ }
};
my ($s1, $s2) = ($s->(), $s->());
$s1->();
is($s1->() . $s2->(), '1615');
if ((my $cond = 5) > 3) {
    push @subs, sub { $cond }
}
is($subs[-1]->(), 5, 'a variable of a condition');
my @r = do {
    my $t = 1;
    map {
        my $u = $_;
        sub { $t += $u }
    } 1 .. 2;
};
$r[0]->();
is($r[1]->(), 4);
my $big = 0;
my @c   = map {
    my $n = $_;
    sub { $n }
} 1 .. 1000;
$big += $_->() for @c;
is($big, 500500);
sub gen {
    my $i     = 0;
    my @items = @_;
    return { next => sub { $items[$i++] }, reset => sub { $i = 0 } };
}
my $it = gen(qw(a b));
is($it->{next}->() . $it->{next}->(), 'ab');
ok(!defined $it->{next}->());
$it->{reset}->();
is($it->{next}->(), 'a');
my $self = sub { my $me = shift; return $me == \&main::noop ? 1 : 0 };
sub noop { }
is($self->(\&noop), 1);
is( sub { $_[0] x 2 }
        ->('q'), 'qq');
my $z  = 1;
my $rz = \$z;
my $cz = sub { $z++ };
$cz->();
is($$rz, 2, 'captured and referenced are one');

# Naming a variable is enough to hold it, also where the code can never run.
{
    use Scalar::Util 'weaken';
    no warnings 'void';
    my $weak;
    my %maker = (
        'never run'      => sub { my $kept; weaken($weak = \$kept); return sub { $kept if 0; 1 } },
        'in a false if'  => sub { my $kept; weaken($weak = \$kept); return sub { if (0) { $kept } 1 } },
        'not needed'     => sub { my $kept; weaken($weak = \$kept); return sub { 0 && $kept; 1 } },
        'alone'          => sub { my $kept; weaken($weak = \$kept); return sub { $kept; 1 } },
        'of a sub in it' => sub { my $kept; weaken($weak = \$kept); return sub { sub { $kept if 0 }; 1 } },
    );
    for my $how (sort keys %maker) {
        my $code = $maker{$how}->();
        ok(defined $weak, "a variable held by a closure: $how");
    }
}

# A variable of a block whose result is returned is new each time round, whatever the context.
{
    sub subs_of_map  { return map { my $name = $_; ($name => sub {$name}) } @_ }
    sub subs_of_list { return (x => 1, map { my $name = $_; ($name => sub {$name}) } @_) }
    sub refs_of_map  { map { my $name = $_; ($name => \$name) } @_ }
    sub rows_of_map  { return map { my @row = ($_, 1); \@row } @_ }
    my %got = subs_of_map(qw(a b c));
    is($got{a}->() . $got{b}->(), 'ab', 'map returned');
    %got = subs_of_list(qw(a b c));
    is($got{a}->() . $got{b}->(), 'ab', 'map returned with other items');
    %got = refs_of_map(qw(a b c));
    is(${ $got{a} } . ${ $got{b} }, 'ab', 'map as the last statement');
    is(join(',', map {"@$_"} rows_of_map(1, 2)), '1 1,2 1', 'an array');
    is(scalar(subs_of_map(1, 2)), 4, 'in scalar context');
}
done_testing;
