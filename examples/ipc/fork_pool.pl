#!/usr/bin/env perl
# A pool of worker processes: jobs go out, results come back over pipes, SIGCHLD reaps whoever
# ends, and a worker that is stuck is timed out and killed.
use strict;
use warnings;
use POSIX qw(:sys_wait_h);
use IO::Select;
use Time::HiRes qw(time);

my @jobs    = map { { id => $_, n => $_ * 2 } } 1 .. 8;
my $at_once = 3;
my $limit   = 1.0;                 # seconds a worker may take
$jobs[4]{stuck} = 1;               # one of them never answers

my (%worker, %ended, %result);     # by process id; process id => status; by job id
my $select = IO::Select->new;

$SIG{CHLD} = sub {
    local ($!, $?);                # the handler must not disturb what it interrupts
    while ((my $pid = waitpid(-1, WNOHANG)) > 0) {
        $ended{$pid} = $?;
    }
};

sub fibonacci { my $n = shift; return $n < 2 ? $n : fibonacci($n - 1) + fibonacci($n - 2) }

sub start {
    my ($job) = @_;
    pipe(my $from_child, my $to_parent) or die "pipe: $!";
    my $pid = fork();
    die "fork: $!" unless defined $pid;
    if ($pid == 0) {
        $SIG{CHLD} = 'DEFAULT';
        close $from_child;
        sleep 60 while $job->{stuck};
        print $to_parent "fib($job->{n}) = ", fibonacci($job->{n}), "\n";
        close $to_parent or die "close: $!";
        exit($job->{id} == 7 ? 3 : 0);
    }
    close $to_parent;
    $worker{$pid} = { job => $job, handle => $from_child, since => time, text => '' };
    $select->add($from_child);
}

sub finish {
    my ($pid) = @_;
    my $worker = delete $worker{$pid};
    my $status = delete $ended{$pid};
    $select->remove($worker->{handle});
    while (sysread $worker->{handle}, my $rest, 4096) { $worker->{text} .= $rest }
    close $worker->{handle};
    my $how = $status & 127 ? 'killed by signal ' . ($status & 127) : 'exit ' . ($status >> 8);
    chomp(my $text = $worker->{text});
    $result{ $worker->{job}{id} } = $text eq '' ? $how : "$text ($how)";
}

my $deadline_hit = 0;
while (@jobs || %worker) {
    start(shift @jobs) while @jobs && keys %worker < $at_once;
    for my $handle ($select->can_read(0.1)) {
        my ($pid) = grep { $worker{$_}{handle} == $handle } keys %worker;
        my $got = sysread $handle, $worker{$pid}{text}, 4096, length $worker{$pid}{text};
        $select->remove($handle) if !$got;
    }
    for my $pid (keys %worker) {
        if (exists $ended{$pid}) { finish($pid) }
        elsif (time - $worker{$pid}{since} > $limit && !$worker{$pid}{told}++) {
            $deadline_hit++;
            kill KILL => $pid;
        }
    }
}

print "job $_: $result{$_}\n" for sort { $a <=> $b } keys %result;
print "timed out: $deadline_hit, children left: ", (waitpid(-1, WNOHANG) == -1 ? 'none' : 'some'), "\n";
