# A signal that came before the eval was left is handled inside it.
use strict; use warnings;
use Test::More;
my ($inside, $outside) = (0, 0);
for (1 .. 200) {
    my $ok = eval { local $SIG{USR1} = sub { die "now\n" }; kill USR1 => $$; 1 };
    if (!$ok && $@ eq "now\n") { $inside++ } else { $outside++ }
}
is($inside, 200, 'the handler died inside the eval each time');
is($outside, 0);
# The handler that stands when the signal comes is the one that runs.
my @who;
$SIG{USR1} = sub { push @who, 'outer' };
for (1 .. 50) { local $SIG{USR1} = sub { push @who, 'inner' }; kill USR1 => $$ }
is(scalar(grep { $_ eq 'inner' } @who), 50, 'before local restores the handler');
@who = ();
$SIG{USR1} = sub { push @who, 'first' };
kill USR1 => $$; $SIG{USR1} = sub { push @who, 'second' };
is("@who", 'first', 'before an assignment replaces the handler');
done_testing;
