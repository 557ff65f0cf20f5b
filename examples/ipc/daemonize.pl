#!/usr/bin/env perl
# Leaving the terminal behind: a session of its own, no inherited handles, a pid file with a lock.
use strict;
use warnings;
use POSIX qw(setsid);
use Fcntl qw(:flock);

my $pid_file = ($ENV{TMPDIR} || '/tmp') . "/daemon.$$.pid";

sub daemonize {
    my $pid = fork();
    die "fork: $!" unless defined $pid;
    return $pid if $pid;
    setsid() != -1                 or die "setsid: $!";
    my $again = fork();            # no session leader: it can never get a terminal again
    exit 0 if $again;
    chdir '/'                      or die "chdir: $!";
    open(STDIN,  '<', '/dev/null') or die "open: $!";
    open(STDOUT, '>', '/dev/null') or die "open: $!";
    open(STDERR, '>&', \*STDOUT)   or die "dup: $!";
    return 0;
}

pipe(my $reports, my $report) or die "pipe: $!";
my $first = daemonize();
if (!$first) {
    close $reports;
    $SIG{TERM} = sub { unlink $pid_file; syswrite $report, "stopped\n"; exit 0 };
    open(my $lock, '>', $pid_file) or die;
    flock($lock, LOCK_EX | LOCK_NB) or die 'already running';
    print $lock "$$\n";
    $lock->flush;
    syswrite $report, join("\n", 'leader: ' . (getpgrp() == $$ ? 'yes' : 'no'), 'terminal: ' . (open(my $tty, '<', '/dev/tty') ? 'yes' : 'no'),
        'folder: ' . readlink("/proc/$$/cwd"), 'stdout: ' . readlink("/proc/$$/fd/1"), 'end') . "\n";
    sleep 60 while 1;
}
close $report;
waitpid($first, 0);
while (defined(my $line = <$reports>)) { last if $line eq "end\n"; print $line }
open(my $in, '<', $pid_file) or die "$pid_file: $!";
chomp(my $pid = <$in>);
print "locked: ", flock($in, LOCK_EX | LOCK_NB) ? 'no' : 'yes', "\n";
kill TERM => $pid;
print scalar <$reports>;
print -e $pid_file ? "pid file left\n" : "pid file removed\n";
