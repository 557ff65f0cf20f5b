# Loops and jumps: labels, redo, continue, last in do-blocks, goto LABEL, flip-flop, given-free.
use strict;
use warnings;
use Test::More;
my @log;
sub got { join ' ', splice @log }
for my $i (1 .. 3) { push @log, "a$i"; next if $i == 2; push @log, "b$i" }
continue { push @log, "c$i" }
is(got, 'a1 b1 c1 a2 c2 a3 b3 c3', 'continue runs after next');
my $tries = 0;
for my $i (1 .. 2) { $tries++; redo if $tries == 2; push @log, $i }
is($tries, 3);
is(got,    '1 2');
OUTER: while (1) {
    for my $j (1 .. 3) { push @log, $j; last OUTER if $j == 2 }
}
is(got, '1 2');
my $n = 0;
{ $n++; last if $n > 5; redo }
is($n, 6, 'a bare block is a loop');
$n = 0;
BLOCK: { $n = 1; last BLOCK; $n = 2 }
is($n, 1);
$n = 0;
until ($n >= 3) { $n++ }
is($n, 3);
do { $n-- } until $n <= 0;
is($n, 0);
do { $n++ } while ($n < 3);
is($n, 3);
for (my ($i, $j) = (0, 10); $i < $j; $i++, $j--) { $n = "$i$j" }
is($n, '46');
for (;;) { last }
my $k;
for ($k = 0; $k < 3; $k++) { }
is($k, 3);
my $x = 'outer';
for $x (1 .. 2) { push @log, $x }
is($x, 'outer', 'foreach restores its variable');
got;
our $g = 'global';
for $g (1, 2) { push @log, show() }
sub show { $g }
is(got, '1 2');
is($g,  'global');
foreach my $i (reverse 1 .. 3) { push @log, $i }
is(got, '3 2 1');
push @log, $_ for grep { $_ & 1 } 1 .. 5;
is(got, '1 3 5');
while (my ($a, $b) = splice @{ [] }, 0, 2) { push @log, 'no' }
my @q = (1 .. 5);
while (my ($a, $b) = splice @q, 0, 2) { push @log, $a . ($b // 'u') }
is(got, '12 34 5u');
while (defined(my $l = shift @{ [] })) { }
my @list = (0, 1, 2);
while (@list) { push @log, shift @list }
is(got, '0 1 2');
my @flip = grep { ($_ == 3) .. ($_ == 5) } 1 .. 8;
is("@flip", '3 4 5');
@flip = map { my $r = ($_ == 2) .. ($_ == 4); $r || '-' } 1 .. 5;
is("@flip", '- 1 2 3E0 -');
@flip = grep { ($_ == 3) ... ($_ == 3) } 1 .. 8;
is("@flip", '3 4 5 6 7 8', 'three dots look at the end one later');
@flip = grep { ($_ == 3) .. ($_ == 3) } 1 .. 8;
is("@flip", '3');
{
    open my $h, '<', \ "a\nb\nc\nd\n";
    my @l;
    while (<$h>) { chomp; push @l, $_ if 2 .. 3 }
    is("@l", 'b c', 'line numbers')
}
sub early {
    for my $i (1 .. 3) {
        for my $j (1 .. 3) { return "$i$j" if $i * $j == 4 }
    }
}
is(early(), '22');
my $r = do { 3 };
is($r, 3);
$r = do {
    if   (0) { 'a' }
    else     { 'b' }
};
is($r, 'b');
$r = do { my $t = 5; $t * 2 };
is($r, 10);
my @d = do { (1, 2) };
is("@d", '1 2');
$r = do {
    unless (1) { 'x' }
};
is($r, 1, 'the condition is the value');
sub ifval {
    if ($_[0]) { 'yes' }
}
is(ifval(1), 'yes');
is(ifval(0), 0);
goto SKIP;
push @log, 'not';
SKIP: push @log, 'skipped';
is(got, 'skipped', 'goto LABEL');
$n = 0;
AGAIN: $n++;
goto AGAIN if $n < 3;
is($n, 3);
my $where = 'THERE';
goto $where;
push @log, 'not';
THERE: is(got, '');
sub goto_out { goto OUTSIDE_X }
eval { no warnings; my $label = 'NOWHERE_X'; goto $label };
like($@, qr/^Can't find label NOWHERE_X at/);
$n = 0;
for my $i (1 .. 10) { last if $i > 3 and $n += $i }
is($n, 4);
for my $i (1 .. 3) {
    if   ($i == 2) { next }
    else           { push @log, $i }
}
is(got, '1 3');
L1: for my $a (1 .. 2) {
L2: for my $b (1 .. 2) {
        next L1 if $b == 2;
        push @log, "$a$b";
    }
}
is(got, '11 21');
$n = 0;
W: while ($n < 5) {
    $n++;
    for (1) { next W if $n == 2 }
    push @log, $n;
}
is(got, '1 3 4 5');
my $count = 0;
for my $e (my @copy = (1, 2, 3)) { $e *= 2; $count += $e }
is($count, 12);
my @nested = map {
    my $o = $_;
    grep { $_ > $o } 1 .. 3
} 1 .. 2;
is("@nested",                                 '2 3 3');
is(join(',', map { last_in_sub($_) } 1 .. 2), 'r1,r2');
sub last_in_sub {
    my $v = shift;
    for (1 .. 5) { last if $_ == 2 }
    "r$v";
}
{
    local $_ = 'topic';
    for (1 .. 2) { }
    is($_, 'topic')
}
my $s = '';
for (my $i = 0; $i < 3; $i++) { my $i = 'inner'; $s .= $i }
is($s, 'innerinnerinner');
$s = '';
foreach (1 .. 3) { $s .= $_; $_ == 2 and last }
is($s, '12');
unless (0) { $s = 'u' }
else       { $s = 'e' }
is($s, 'u');
unless (1) { $s = 'a' }
elsif  (1) { $s = 'b' }
is($s,                  'b');
is((5 > 3) ? 'a' : 'b', 'a');
$s = 0;
$s += $_ foreach 1 .. 10;
is($s, 55);
my @e = ();
for my $z (@e) { fail('empty') }
pass('nothing to loop over');
for my $i (-2 .. 2) { push @log, $i }
is(got, '-2 -1 0 1 2');
for my $c ('a' .. 'e') { push @log, $c }
is(got, 'a b c d e');
for my $i (9223372036854775805 .. 9223372036854775807) { push @log, $i % 10 }
is(got, '5 6 7', 'up to the largest integer');
done_testing;
