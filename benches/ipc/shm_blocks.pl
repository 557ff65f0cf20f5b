# Blocks of 4 KB written to and read from shared memory.
use strict;
use warnings;
use IPC::SysV qw(IPC_PRIVATE IPC_CREAT IPC_RMID);
my $id  = shmget IPC_PRIVATE, 65536, IPC_CREAT | 0600;
my $sum = 0;
for my $i (1 .. 12_000) {
    my $at = $i % 16 * 4096;
    shmwrite $id, "block $i", $at, 4096;
    shmread $id, my $block, $at, 4096;
    $sum += ord substr $block, 6, 1;
}
shmctl $id, IPC_RMID, 0;
print "$sum\n";
