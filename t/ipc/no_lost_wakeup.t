# keshi-only: real perl sleeps through some of these signals
# limit: 120
# A short run of t/stress/wakeup.pl: a signal that comes just before a call sleeps ends the sleep.
use strict;
use warnings;
use Test::More;
my @calls = qw(select sleep nanosleep pause sigsuspend read readline getc eof sysread select4
    syswrite print open_fifo waitpid wait flock);
open(my $run, '-|', $^X, 't/stress/wakeup.pl', 1000, @calls) or die "cannot run it: $!";
while (my $line = <$run>) {
    next unless $line =~ /^(\S+)\s+(\d+) tries\s+(\d+) lost(.*)/;
    is("$3$4", 0, "$1: none lost of $2");
}
ok(close $run, 'the run ended well');
done_testing;
