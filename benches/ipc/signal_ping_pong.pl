# cpus: 1
# Two processes send each other signals in turn.
use strict;
use warnings;
use POSIX;
my $turns = 10_000;
my $got   = 0;
$SIG{USR1} = sub { $got++ };
my $block = POSIX::SigSet->new(SIGUSR1);
my $old   = POSIX::SigSet->new;
sigprocmask(SIG_BLOCK, $block, $old);
my $parent = $$;
my $pid    = fork // die;
my $peer   = $pid || $parent;
kill USR1 => $peer if $pid;
while ($got < $turns) {
    my $before = $got;
    sigsuspend($old) while $got == $before;
    kill USR1 => $peer if $pid ? $got < $turns : 1;
}
if (!$pid) { exit 0 }
waitpid $pid, 0;
print "$got\n";
