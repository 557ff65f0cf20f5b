#!perl -T
# Taint through tied variables, overloading, local, closures and evals.
use strict;
use warnings;
use Test::More;
use Scalar::Util 'tainted';

my $t = substr($^X, 0, 0);
my $text = "abc$t";

package Keeper {
    sub TIESCALAR { my ($class, $val) = @_; bless \$val, $class }
    sub TIEARRAY  { bless [], shift }
    sub TIEHASH   { bless {}, shift }
    sub FETCH     { my $self = shift; ref $self eq 'Keeper' && Scalar::Util::reftype($self) eq 'SCALAR' ? $$self : 'x' }
    sub STORE     { $Keeper::stored = $_[-1]; $Keeper::key = $_[1] }
}
package Shown {
    use overload '""' => sub { $_[0]{text} }, '+' => sub { $_[0]{n} + $_[1] }, '0+' => sub { $_[0]{n} }, fallback => 1;
    sub new { my ($class, %f) = @_; bless {%f}, $class }
}
package main;

{
    tie my $tied, 'Keeper', $text;
    my $x = $tied;
    ok(tainted($x), 'what FETCH gives');
    is($x, 'abc', 'its value');
    $tied = "y$t";
    ok(tainted($Keeper::stored), 'what STORE gets');
    $tied = 'y';
    ok(!tainted($Keeper::stored), 'clean if it is');
    tie my @array, 'Keeper';
    $array[0] = $text;
    ok(tainted($Keeper::stored), 'STORE of an array');
    tie my %hash, 'Keeper';
    $hash{k} = $text;
    ok(tainted($Keeper::stored), 'STORE of a hash');
    ok(!tainted($Keeper::key), 'its key');
    my $key = "k$t";
    $hash{$key} = 1;
    ok(tainted($Keeper::key), 'a tainted key');
    ok(!tainted($Keeper::stored), 'with a clean value');
    my $index = 3 + length $t;
    $array[$index] = $text;
    ok(tainted($Keeper::key), 'a tainted index');
    is($Keeper::key, 3, 'which is');
    $hash{x} = 1;
    ok(!tainted($Keeper::key), 'and nothing sticks');
    tie my ($listed), 'Keeper', $text;
    ok(tainted($listed), 'tie my ($x)');
}
{
    my $tainted = Shown->new(text => $text, n => 1);
    my $clean = Shown->new(text => 'abc', n => 1);
    my $x = "<$tainted>";
    ok(tainted($x), 'overloaded text');
    $x = "<$clean>";
    ok(!tainted($x), 'clean if it is');
    $x = "$tainted" . 'x';
    ok(tainted($x), 'and joined');
    my $s = 'x'; $s =~ s/x/$tainted/;
    ok(tainted($s), 'as a replacement');
    $s = 'x'; $s =~ s/x/$clean/;
    ok(!tainted($s), 'clean if it is');
    my $n = Shown->new(n => 1 + length $t);
    ok(tainted($n + 1), 'overloaded addition');
    ok(!tainted($clean + 1), 'clean if it is');
}
{
    our $g = $text;
    { local $g = 'x'; ok(!tainted($g), 'local'); }
    ok(tainted($g), 'its old taint comes back');
    $g = 'x';
    { local $g = $text; ok(tainted($g), 'a tainted local') }
    ok(!tainted($g), 'a clean value comes back');
}
{
    my $f = do { my $x = $text; sub { $x } };
    ok(tainted($f->()), 'a closure');
    my @list = (sub { return (1, $text, 2) })->();
    is(join('', map { tainted($_) } @list), '010', 'a list that is returned');
    my $n = eval { $text . die "no\n" };
    is($@, "no\n", 'a die in a tainted expression');
    eval { die "with $text\n" };
    ok(tainted($@), 'a tainted message');
    is($@, "with abc\n", 'which is');
    eval { die { text => $text } };
    ok(tainted($@->{text}), 'a tainted part of an exception');
}
{
    use feature 'signatures';
    no warnings;
    my $sub = sub ($x, $y, $z = $t) { join '', map { tainted($_) } $x, $y, $z };
    is($sub->(1, $text), '011', 'signatures');
}
{
    package Auto;
    our ($AUTOLOAD, @seen);
    sub AUTOLOAD { push @seen, main::tainted($AUTOLOAD) }
    my $method = "m$t";
    bless([])->$method;
    bless([])->plain;
    main::is("@seen[0,1]", '1 0', '$AUTOLOAD');
    sub DESTROY { }
}
{
    my @sorted = sort { $a cmp $b } 'b', "a$t", 'c';
    is(join('', map { tainted($_) } @sorted), '100', 'sort with a block');
    my $y = 1; my $z = $y + 1;
    ok(!tainted($z), 'and nothing sticks');
    open(my $fh, '<', \"one\ntwo\n") or die;
    my $n = 0;
    while (my $line = <$fh>) { $n++; chomp $line }
    ok(!tainted($n), 'a counter of a reading loop');
    is($n, 2, 'counts');
    my %count;
    $count{$_}++ for "a$t", "b$t", "a$t";
    ok(!tainted($count{a}), 'a counter by tainted keys');
    is($count{a}, 2, 'counts too');
}
{
    formline('@<<', "x$t");
    ok(tainted($^A), 'formline');
    $^A = '';
}
{
    local $SIG{ALRM} = sub { my $x = 'a' . 'b' };
    kill ALRM => $$;
    my $x = "$text" . 'x';
    ok(tainted($x), 'with a signal in between');
}

done_testing;
