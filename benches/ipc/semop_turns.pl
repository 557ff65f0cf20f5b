# cpus: 1
# Two processes take turns by semaphores.
use strict;
use warnings;
use IPC::SysV qw(IPC_PRIVATE IPC_CREAT IPC_RMID SETALL);
my $id  = semget IPC_PRIVATE, 2, IPC_CREAT | 0600 or die;
semctl $id, 0, SETALL, pack 's2', 0, 0;
my $n   = 20_000;
my ($take_a, $give_a, $take_b, $give_b) = map { pack 's3', @$_ } [0, -1, 0], [0, 1, 0], [1, -1, 0], [1, 1, 0];
my $pid = fork // die;
if (!$pid) {
    for (1 .. $n) { semop $id, $take_a; semop $id, $give_b }
    exit 0;
}
my $sum = 0;
for (1 .. $n) { semop $id, $give_a; semop $id, $take_b and $sum++ }
waitpid $pid, 0;
semctl $id, 0, IPC_RMID, 0;
print "$sum\n";
