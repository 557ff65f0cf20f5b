#!/usr/bin/env perl
# A program that starts itself anew on HUP and hands its state over in its arguments.
use strict;
use warnings;
use POSIX ();

$| = 1;
my ($generation, $restarts) = @ARGV ? @ARGV : (1, 2);

# exec keeps the signal mask: what is blocked in a handler would stay blocked in the new program.
my $hup = POSIX::SigSet->new(POSIX::SIGHUP());
my $again = 0;
$SIG{HUP} = sub { $again = 1 };
POSIX::sigprocmask(POSIX::SIG_UNBLOCK(), $hup);

print "generation $generation, ", $generation == 1 ? "started by hand" : "started by itself", "\n";
if ($generation <= $restarts) {
    kill HUP => $$;
    select(undef, undef, undef, 0.01) until $again;
    exec $^X, $0, $generation + 1, $restarts or die "exec: $!";
}
print "enough\n";
