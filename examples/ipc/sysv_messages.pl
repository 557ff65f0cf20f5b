#!/usr/bin/env perl
# A queue of typed messages: two workers take only messages of their own type, and answer with the asker's.
use strict;
use warnings;
use IPC::SysV qw(IPC_PRIVATE S_IRUSR S_IWUSR);
use IPC::Msg;

my $queue = IPC::Msg->new(IPC_PRIVATE, S_IRUSR | S_IWUSR) or die "msgget: $!";
my $owner = $$;
END { $queue->remove if $queue && $$ == $owner }

my %type = (add => 1, multiply => 2, answer => 3);
my @kids;
for my $work (qw(add multiply)) {
    my $pid = fork;
    die "fork: $!" unless defined $pid;
    if (!$pid) {
        while (defined $queue->rcv(my $text, 100, $type{$work})) {
            last if $text eq 'stop';
            my ($x, $y) = split ' ', $text;
            $queue->snd($type{answer}, "$work $x $y = " . ($work eq 'add' ? $x + $y : $x * $y));
        }
        exit 0;
    }
    push @kids, $pid;
}
my @answers;
for my $n (1 .. 3) {
    $queue->snd($type{$_}, "$n 4") for qw(add multiply);
}
for (1 .. 6) { $queue->rcv(my $text, 100, $type{answer}); push @answers, $text }
print "$_\n" for sort @answers;
$queue->snd($type{$_}, 'stop') for qw(add multiply);
waitpid $_, 0 for @kids;
print 'left in the queue: ', $queue->stat->qnum, "\n";
