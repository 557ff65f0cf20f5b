# next and last in a called sub act on the caller's loop, with a warning.
use strict; use warnings;
use Test::More;
my @warned; local $SIG{__WARN__} = sub { push @warned, $_[0] };
sub f { next } my @seen;
for my $i (1 .. 3) { push @seen, $i; f(); push @seen, 'no' }
is("@seen", '1 2 3'); like($warned[0], qr/^Exiting subroutine via next at \S+ line \d+\.$/);
@warned = @seen = ();
sub g { last } for my $i (1 .. 3) { push @seen, $i; g(); push @seen, 'no' }
is("@seen", '1'); like($warned[0], qr/^Exiting subroutine via last at/);
@seen = (); sub deep { f() } for my $i (1 .. 2) { push @seen, $i; deep(); push @seen, 'no' }
is("@seen", '1 2', 'through two subs');
@seen = (); OUTER: for my $i (1 .. 3) { for my $j (1 .. 3) { push @seen, "$i$j"; labelled() } }
sub labelled { no warnings 'exiting'; next OUTER }
is("@seen", '11 21 31', 'with a label');
@warned = @seen = (); for my $i (1 .. 2) { push @seen, $i; eval { next }; push @seen, 'no' }
is("@seen", '1 2'); like($warned[0], qr/^Exiting eval via next at/);
eval { no warnings; f() }; like($@, qr/^Can't "next" outside a loop block at/, 'no loop');
eval { last NOWHERE }; like($@, qr/^Label not found for "last NOWHERE" at/, 'no such label');
my $n = 0; { $n++; redo if $n < 3; } is($n, 3, 'redo in a bare block');
done_testing;
