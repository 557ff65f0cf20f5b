# Messages through a System V queue and back.
use strict;
use warnings;
use IPC::SysV qw(IPC_PRIVATE IPC_CREAT IPC_RMID);
my $id  = msgget IPC_PRIVATE, IPC_CREAT | 0600;
my $n   = 20_000;
my $pid = fork // die;
if (!$pid) {
    for (1 .. $n) { msgrcv $id, my $m, 100, 1, 0; my ($type, $text) = unpack 'l! a*', $m; msgsnd $id, pack('l! a*', 2, "re: $text"), 0 }
    exit 0;
}
my $sum = 0;
for (1 .. $n) { msgsnd $id, pack('l! a*', 1, "message $_"), 0; msgrcv $id, my $m, 100, 2, 0; $sum += length $m }
waitpid $pid, 0;
msgctl $id, IPC_RMID, 0;
print "$sum\n";
