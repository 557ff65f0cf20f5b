# keshi-only: real perl sleeps through some of these signals
# limit: 300
# alone
# The same for sockets and SysV IPC.
use strict;
use warnings;
use Test::More;
my @calls = qw(accept connect recv send send_dgram semop msgrcv msgsnd);
open(my $run, '-|', $^X, 't/stress/wakeup.pl', 500, @calls) or die "cannot run it: $!";
while (my $line = <$run>) {
    next unless $line =~ /^(\S+)\s+\S+\s+(\d+) tries\s+(\d+) lost(.*)/;
    is("$3$4", 0, "$1: none lost of $2");
}
ok(close $run, 'the run ended well');
done_testing;
