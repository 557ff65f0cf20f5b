#!/usr/bin/env perl
# Both directions over one socket pair: closing the writing half tells the worker that all has been said, while its
# answers can still be read.
use strict;
use warnings;
use Socket qw(AF_UNIX SOCK_STREAM PF_UNSPEC SHUT_WR);

socketpair(my $here, my $there, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die "socketpair: $!";
my $pid = fork;
die "fork: $!" unless defined $pid;
if (!$pid) {
    close $here;
    my $sum = 0;
    while (defined(my $line = <$there>)) { $sum += $line }
    print $there "the sum is $sum\n";
    exit 0;
}
close $there;
print $here "$_\n" for 1 .. 100;
$here->flush;
shutdown $here, SHUT_WR or die "shutdown: $!";
print scalar <$here>;
waitpid $pid, 0;
print "status $?\n";
