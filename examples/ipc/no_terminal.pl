#!/usr/bin/env perl
# Giving up the controlling terminal without a new session: the TIOCNOTTY ioctl, for those who have one (perlipc
# "Complete Dissociation of Child from Parent").
use strict;
use warnings;
use constant TIOCNOTTY => 0x5422;

my $pid = fork;
die "fork: $!" unless defined $pid;
if (!$pid) {
    if (open my $tty, '+<', '/dev/tty') {
        ioctl $tty, TIOCNOTTY, 0 or die "ioctl: $!";
        close $tty;
    }
    print open(my $again, '<', '/dev/tty') ? "still a terminal\n" : "no terminal\n";
    exit 0;
}
waitpid $pid, 0;
print "status $?\n";
