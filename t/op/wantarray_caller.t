# caller, __SUB__, goto &sub, &sub;, recursion depth.
use strict;
use warnings;
use Test::More;
sub where { my @c = caller(0); return "$c[3]|$c[2]" }
is(where(), 'main::where|6');
sub up  { return join '|', (caller(1))[3] }
sub mid { up() }
is(mid(),                        'main::mid');
is((sub { (caller(0))[3] })->(), 'main::__ANON__');
is(join('|', map { defined ? $_ : 'u' } (sub { (caller(0))[5] })->()), 1, 'wantarray of a frame');
sub ev {
    eval { (caller(0))[3] }
}
is(ev(), '(eval)');
is(eval q{(caller(0))[6]}, "(caller(0))[6]\n;", 'text of an eval') if 0;
my @c = caller;
is(@c, 0, 'at the top');
is(scalar(() = (sub { caller })->()), 3);
{
    package P;
    sub c { scalar caller }
    main::is(c(), 'P');
}
is(P::c(), 'main');
sub pkg { my ($p, $f, $l) = caller; return "$p $l" }
is(pkg(), 'main 27');
sub target { return "target(@_) " . (caller(0))[3] . ' ' . scalar(@_) }
sub jump   { @_ = ('x', 'y'); goto &target }
is(jump(1), 'target(x y) main::target 2', 'goto &sub');
sub jumped { (caller(1))[3] || 'none' }
sub jump2  { goto &jumped }
is(jump2(), 'none', 'its frame is gone');
sub jump3 { my $c = \&target; goto $c }
is(jump3('q'), 'target(q) main::target 1');
sub amp { &target }
is(amp(1, 2), 'target(1 2) main::target 2', '&target;');
sub amp2 { &target() }
is(amp2(1), 'target() main::target 0');
sub depth { my $n = shift; $n ? 1 + depth($n - 1) : 0 }
{ no warnings 'recursion'; is(depth(20_000), 20_000, 'deep') }
my $w = '';
{
    local $SIG{__WARN__} = sub { $w = shift };
    depth(101);
    like($w, qr/^Deep recursion on subroutine "main::depth" at/);
    my $an;
    $an = sub { my $n = shift; $an->($n - 1) if $n };
    $an->(101);
    like($w, qr/^Deep recursion on anonymous subroutine at/)
}
eval { undefined_sub(1) };
like($@, qr/^Undefined subroutine &main::undefined_sub called at/);
eval { my $x = 'nosuch'; no strict 'refs'; &$x() };
like($@, qr/^Undefined subroutine &main::nosuch called/);
eval { my $x; $x->() };
like($@, qr/^Can't use an undefined value as a subroutine reference at/);
eval { my $x = 'str'; $x->() };
like($@, qr/^Can't use string \("str"\) as a subroutine ref while "strict refs" in use at/);
eval { [1]->() };
like($@, qr/^Not a CODE reference at/);
eval { my $x = {}; $x->method };
like($@, qr/^Can't call method "method" on unblessed reference at/);
eval { my $x; $x->m };
like($@, qr/^Can't call method "m" on an undefined value at/);
eval { Nope->new };
like($@, qr/^Can't locate object method "new" via package "Nope" \(perhaps you forgot to load "Nope"\?\) at/);
eval { ''->m };
like($@, qr/^Can't call method "m" without a package or object reference at/);
sub defaults { my ($x, $y) = @_; $y //= 'd'; "$x$y" }
is(defaults('a'), 'ad');
sub sum { my $t = 0; $t += $_ for @_; $t }
is(sum(1 .. 10), 55);
sub named {
    my %o = (size => 1, @_);
    join ',', map { "$_$o{$_}" } sort keys %o;
}
is(named(color => 'r'), 'colorr,size1');
use feature 'signatures';
no warnings;
sub sig ($x, $y = $x * 2, @r) { "$x|$y|@r" }
is(sig(1),          '1|2|');
is(sig(1, 5, 6, 7), '1|5|6 7');
eval { sig() };
like($@, qr/^Too few arguments for subroutine 'main::sig' \(got 0; expected at least 1\) at/);
sub two ($p, $q) { $p + $q }
eval { two(1, 2, 3) };
like($@, qr/^Too many arguments for subroutine 'main::two' \(got 3; expected 2\) at/);
sub hsig ($k, %o) {
    join ',', $k, map { "$_$o{$_}" } sort keys %o;
}
is(hsig('k', a => 1), 'k,a1');
eval { hsig('k', 'a') };
like($@, qr/^Odd name\/value argument for subroutine 'main::hsig' at/);
sub skip ($, $y, $ =) { $y }
is(skip(1, 2), 2);
my $r = \&late;
sub late { 'late' }
is($r->(), 'late');
ok(defined &late);
ok(!defined &never);
ok(exists &late);
undef &late;
ok(!defined &late, 'undef &sub');
eval { late() };
like($@, qr/^Not a CODE reference|^Undefined subroutine &main::late called/);
is(ref \&where,                        'CODE');
is(prototype(sub : prototype($$) { }), '$$');
is(prototype('CORE::push'),            '\@@');
ok(!defined prototype(\&where));
sub lv : lvalue { my $dummy; $P::v }
lv() = 5;
is($P::v, 5);
lv()++;
is($P::v, 6);
sub ctx3 { return }
my @e = ctx3();
is(@e, 0);
ok(!defined(scalar ctx3()));
is( do {
        sub { $_[0] }
            ->(3);
    },
    3);
{
    require File::Temp;
    my ( $out, $file ) = File::Temp::tempfile( UNLINK => 1 );
    print $out 'push @main::contexts, wantarray; 1';
    close $out;
    our @contexts = ();
    my @list = do $file;
    my $one  = do $file;
    delete $INC{$file};
    require $file;
    is join( '|', @contexts ), '1||', 'a file that is done has a context, one that is required a scalar one';
}
done_testing;
