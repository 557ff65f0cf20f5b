# keshi-only: real perl sleeps through some of these signals
# limit: 300
# A short run of t/stress/wakeup.pl: a signal that comes just before a call sleeps ends the sleep.
# And the control run: without the protection some are lost.
use strict;
use warnings;
use Test::More;
my @calls = qw(select select4 poll sleep hires usleep until pause sigsuspend read readline readlines
    getc eof sysread posix_read syswrite posix_write print flush open_fifo fifo_write sysopen
    posix_open waitpid wait flock fcntl);
my $seen = 0;
open(my $run, '-|', $^X, 't/stress/wakeup.pl', 500, @calls) or die "cannot run it: $!";
while (my $line = <$run>) {
    next unless $line =~ /^(\S+)\s+\S+\s+(\d+) tries\s+(\d+) lost(.*)/;
    is("$3$4", 0, "$1: none lost of $2");
    $seen++;
}
ok(close $run, 'the run ended well');
is($seen, scalar @calls, 'every call was tried');
is(system("$^X t/stress/wakeup.pl --expect-loss 100000 read >/dev/null"), 0, 'unprotected, one is lost soon');
done_testing;
