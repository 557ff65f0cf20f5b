#!/usr/bin/env perl
# A semaphore as a lock, and shared memory as what it protects. SEM_UNDO gives the lock back even when its holder is
# killed.
use strict;
use warnings;
use IPC::SysV qw(IPC_PRIVATE IPC_CREAT IPC_RMID SEM_UNDO SETVAL GETVAL S_IRUSR S_IWUSR);
use IPC::Semaphore;

my $lock = IPC::Semaphore->new(IPC_PRIVATE, 1, S_IRUSR | S_IWUSR | IPC_CREAT) or die "semget: $!";
my $memory = shmget IPC_PRIVATE, 8, S_IRUSR | S_IWUSR | IPC_CREAT;
defined $memory or die "shmget: $!";
my $owner = $$;
END { if (defined $memory && $$ == $owner) { $lock->remove; shmctl $memory, IPC_RMID, 0 } }

$lock->setval(0, 1);
shmwrite $memory, pack('q', 0), 0, 8 or die "shmwrite: $!";

my @kids;
for my $kid (1 .. 4) {
    my $pid = fork;
    die "fork: $!" unless defined $pid;
    if (!$pid) {
        for (1 .. 250) {
            $lock->op(0, -1, SEM_UNDO) or die "semop: $!";
            shmread $memory, my $packed, 0, 8;
            shmwrite $memory, pack('q', 1 + unpack 'q', $packed), 0, 8;
            $lock->op(0, 1, SEM_UNDO) or die "semop: $!";
        }
        exit 0;
    }
    push @kids, $pid;
}
waitpid $_, 0 for @kids;
shmread $memory, my $packed, 0, 8;
print 'counted ', unpack('q', $packed), "\n";

my $pid = fork;
die "fork: $!" unless defined $pid;
if (!$pid) { $lock->op(0, -1, SEM_UNDO); kill KILL => $$ }
waitpid $pid, 0;
print 'killed by ', $? & 127, ', the lock is ', $lock->getval(0) ? 'free' : 'held', "\n";
