#!/usr/bin/env perl
# Several writers log through one named pipe; a reader collects the lines.
use strict;
use warnings;
use POSIX qw(mkfifo);
use Fcntl qw(O_WRONLY);

my $fifo = ($ENV{TMPDIR} || '/tmp') . "/log.$$";
mkfifo($fifo, 0600) or die "mkfifo $fifo: $!";
my @writers;
for my $name (qw(alpha beta gamma)) {
    my $pid = fork();
    die "fork: $!" unless defined $pid;
    if ($pid == 0) {
        # Opening waits for the reader; a line this short is written in one piece.
        sysopen(my $log, $fifo, O_WRONLY) or die "open $fifo: $!";
        syswrite $log, "$name entry $_\n" for 1 .. 100;
        exit 0;
    }
    push @writers, $pid;
}
open(my $in, '<', $fifo) or die "open $fifo: $!";
open(my $keep, '>', $fifo) or die "open $fifo: $!";   # no end of file before all have written
my (%seen, $order);
for (1 .. 300) {
    my $line = <$in>;
    $line =~ /^(\w+) entry (\d+)$/ or die "a torn line: $line";
    $order++ if $2 == ++$seen{$1};
}
close $keep;
waitpid($_, 0) for @writers;
print "from $_: $seen{$_} lines\n" for sort keys %seen;
print "in each writer's order: $order of 300\n";
print -p $fifo ? "still a fifo\n" : "gone\n";
unlink $fifo or die "unlink: $!";
