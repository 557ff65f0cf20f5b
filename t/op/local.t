# local: scalars, elements, slices, special variables, and how it is undone.
use strict;
use warnings;
use Test::More;
our ($s, @a, %h) = ('s', 1, 2);
%h = (a => 1, b => 2);
@a = (1, 2, 3);
sub s_now { defined $s ? $s : 'undef' }
{
    local $s = 'in';
    is(s_now, 'in');
    { local $s; is(s_now, 'undef', 'local without a value') }
    is(s_now, 'in')
}
is(s_now, 's');
{ local @a = (9); is("@a", '9') }
is("@a", '1 2 3');
{ local %h = (z => 1); is(join(',', keys %h), 'z') }
is(join(',', sort keys %h), 'a,b');
{ local $a[1] = 'x'; is("@a", '1 x 3') }
is("@a", '1 2 3', 'an array element');
{ local $h{a} = 'x'; local $h{new} = 'y'; is($h{a} . $h{new}, 'xy') }
is($h{a}, 1, 'a hash element');
ok(!exists $h{new}, 'a key that was not there is gone');
{ local @h{qw(a b)} = (8, 9); is("$h{a}$h{b}", '89') }
is("$h{a}$h{b}", '12', 'a slice');
{ delete local $h{a}; ok(!exists $h{a}) }
is($h{a}, 1, 'delete local');
{ local $a[5] = 1; is(@a, 6) }
is(@a, 3, 'the array shrinks back');
eval { local $s = 'dying'; die };
is(s_now, 's', 'undone by die');
for (1) { local $s = 'l'; next }
is(s_now, 's', 'by next');
sub ret { local $s = 'r'; return s_now }
is(ret, 'r');
is(s_now, 's', 'by return');
sub lastv { local $s = 'value'; $s }
is(lastv, 'value', 'the value survives the scope');
{
    local $_ = 'topic';
    is($_, 'topic');
    for (1) { is($_, 1) }
    is($_, 'topic')
}
{ local $, = '-'; local $\ = ''; local $" = '+'; is("@a", '1+2+3') }
is("@a", '1 2 3');
{ local $/ = undef; ok(!defined $/) }
is($/, "\n");
{ local $| = 1; is($|, 1) }
pass();
{
    local $SIG{USR1} = sub { };
    is(ref $SIG{USR1}, 'CODE')
}
ok(!defined $SIG{USR1}, '$SIG');
{ local $ENV{LOCAL_TEST} = 'v'; is(`echo \$LOCAL_TEST`, "v\n", '%ENV reaches the child') }
is(`echo "[\$LOCAL_TEST]"`, "[]\n");
{
    local $@ = 'e';
    eval { 1 };
    is($@, '')
}
{ local $! = 2; is($! + 0, 2) }
{ local $? = 5; is($?,     5) }
sub f { 'f' }
{
    no warnings 'redefine';
    local *f = sub { 'g' };
    is(f(), 'g', 'a glob')
}
is(f(), 'f');
{
    no strict 'refs';
    local *{'main::dyn'} = sub { 'dyn' };
    is(main->can('dyn')->(), 'dyn')
}
{ our $x = 5; local our $y = 6; is($x + $y, 11) }
my $ref = \$s;
{ local $s = 'new'; is($$ref, 's', 'a reference keeps the old one') }
{
    my $r;
    { local $s = 'kept'; $r = \$s }
    is($$r, 'kept', 'a reference to the local one lives on')
}
my %m = (k => [1, 2]);
{ local $m{k}[0] = 9; is($m{k}[0], 9, 'an element of a lexical'); local $m{k2} = 1 }
is($m{k}[0], 1);
ok(!exists $m{k2});
{ local @$_{qw(k)} = (7) for \%m; is(ref $m{k}, 'ARRAY') }
our @stack = (1 .. 3);
sub depth { my $n = shift; local $s = $n; return $n ? depth($n - 1) . s_now : s_now }
is(depth(3), '0123', 'nested');
is(s_now, 's');
{ local ($s, @a) = ('p', 5, 6); is("$s@a", 'p5 6') }
is("$s@a", 's1 2 3', 'a list');
{ local $s = $s . '!'; is($s, 's!') }
{ local $h{x}{y} = 1; ok($h{x}{y}) }
is(ref $h{x}, 'HASH', 'the outer level stays');
delete $h{x};
sub modify { $s = 'changed' }
{ local $s; modify() }
is($s, 's');
{ 1 }
foreach our $gv (1 .. 2) {
    sub gv { our $gv }
    is(gv(), $gv, 'foreach localises a global');
}
{ local $h{a}; ok(exists $h{a}); ok(!defined $h{a}) }
{ local $0 = 'renamed'; is($0, 'renamed') }
eval 'local my $z = 1; 1' or like($@, qr/^Can't localize lexical variable|^syntax error/);
eval { my $r = \1; local $$r = 2; };
like($@, qr/^Can't localize through a reference/);

# @_ of a sub
{
    sub all { return "<@_>" }
    sub one { my $r = ''; { local @_ = ('new', 2); $r .= "$_[0] " . @_ . ' ' . &all . all() . shift() . @_ } return "$r $_[0]" }
    is(one('old'), 'new 2 <new 2><>new1 old', 'local @_');
    sub two { eval { local @_ = (4); die "x\n" }; return "@_ $_[0]" }
    is(two(6, 7), '6 7 6', 'after a die');
    sub three { local @_; push @_, 3, 4; my ($x, $y) = @_; return "$x$y" }
    is(three(1), '34', 'emptied and filled');
    sub four { local @_ = (5, 6); goto &all }
    is(four(1), '<5 6>', 'handed on by goto');
    sub five { my $r = ''; for my $i (1, 2) { local @_ = ($i); $r .= shift() . @_ } return "$r@_" }
    is(five(8, 9), '10208 9', 'in a loop');
    sub six { local @_ = (3); my $in = sub { local @_ = (1); "@_" }; return $in->(4) . "@_" }
    is(six(8), '13', 'one in the other');
    sub seven { local *_ = [7, 8]; my $x = shift; return "$x@_" }
    is(seven(1), '78', 'through the glob');
    sub eight { (eval q{local @_ = ('e'); "$_[0]"}) . $_[0] }
    is(eight('o'), 'eo', 'in an eval');
}
{
    # an assignment to a localised glob leaves what it does not assign
    our ($kept, @kept, %kept) = ('s', 1, 2);
    %kept = (a => 1);
    sub kept { 'sub' }
    my $all = sub { join ' ', $kept, "@kept", %kept, kept() };
    no warnings 'redefine';
    { local *kept = sub { 'other' }; is($all->(), 's 1 2 a 1 other', 'local *x = sub'); push @kept, 3 }
    is($all->(), 's 1 2 3 a 1 sub');
    { local *kept = \'t'; is($all->(), 't 1 2 3 a 1 sub', 'local *x = \\..') }
    { no strict 'refs'; local *{'kept'} = [7]; is($all->(), 's 7 a 1 sub', 'by name') }
    { local *kept; is("@kept", '', 'without an assignment nothing is left') }
    is($all->(), 's 1 2 3 a 1 sub');
    sub arguments { local *_ = \my $a; my $n = 0; for my $x (@_) { $n += $x } return "$n @_" }
    is(arguments(3, 4), '7 3 4', 'local *_ = \\..: @_ stays');
    { local (*kept) = (\'t'); is($all->(), 't 1 2 3 a 1 sub', 'in a list') }
    our @others = (8, 9);
    sub of_others { local *_ = *others; return "@_" }
    is(of_others(1), '8 9', 'local *_ = *x');
}
done_testing;
