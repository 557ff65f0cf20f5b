#!/usr/bin/env perl
# Stopping, continuing and ending a group of children, with every status looked at.
use strict;
use warnings;
use POSIX qw(:sys_wait_h);

sub spawn {
    my ($code) = @_;
    pipe(my $r, my $w) or die;
    my $pid = fork();
    die "fork: $!" unless defined $pid;
    if ($pid == 0) { setpgrp(0, 0); $code->($w); exit 0 }
    close $w;
    sysread $r, my $ready, 1;
    return $pid;
}
my $pid = spawn(sub { syswrite $_[0], 'x'; sleep 60 while 1 });
kill STOP => $pid;
print "stopped: ", waitpid($pid, WUNTRACED) == $pid ? 'yes' : 'no', "\n";
print "still there: ", kill(0 => $pid) ? 'yes' : 'no', "\n";
kill CONT => $pid;
kill TERM => $pid;
waitpid($pid, 0);
print "ended by ", WIFSIGNALED($?) ? 'signal ' . WTERMSIG($?) : 'exit', "\n";

my $leader = spawn(sub {
    my ($ready) = @_;
    for (1 .. 2) { if (!fork) { sleep 60 while 1 } }
    $SIG{HUP} = sub { 1 while wait > 0; exit 9 };
    syswrite $ready, 'x';
    close $ready;
    sleep 60 while 1;
});
kill -HUP => $leader;                # the whole group
waitpid($leader, 0);
print "the leader left with ", WEXITSTATUS($?), "\n";

my %job = map { my $n = $_; (spawn(sub { syswrite $_[0], 'x'; exit $n * 10 }) => $n) } 1 .. 4;
my %status;
while ((my $kid = waitpid(-1, 0)) > 0) { $status{ $job{$kid} } = $? >> 8 }
print "job $_: $status{$_}\n" for sort keys %status;
