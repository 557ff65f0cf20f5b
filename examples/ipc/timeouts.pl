#!/usr/bin/env perl
# Giving up on things that take too long: a read, a lock, a child, a loop.
use strict;
use warnings;
use Fcntl qw(:flock);
use Time::HiRes qw(alarm);

# Runs the code for at most so many seconds; its value, or undef when the time is up.
sub within {
    my ($seconds, $code) = @_;
    my $value;
    my $done = eval {
        local $SIG{ALRM} = sub { die "time is up\n" };
        alarm $seconds;
        $value = $code->();
        alarm 0;
        1;
    };
    alarm 0;
    die $@ if !$done && $@ ne "time is up\n";
    return $done ? $value : undef;
}
sub report { my ($what, $value) = @_; print "$what: ", defined $value ? $value : 'timed out', "\n" }

pipe(my $r, my $w) or die "pipe: $!";
report('read from a silent pipe', within(0.05, sub { scalar <$r> }));
syswrite $w, "word\n";
report('read from one that speaks', within(5, sub { chomp(my $l = <$r>); $l }));

my $file = ($ENV{TMPDIR} || '/tmp') . "/lock.$$";
open(my $mine, '>', $file) or die "$file: $!";
flock($mine, LOCK_EX) or die;
report('a lock that is taken', within(0.05, sub { open(my $other, '>', $file) or die; flock($other, LOCK_EX); 'got it' }));
flock($mine, LOCK_UN);
report('a lock that is free', within(5, sub { open(my $other, '>', $file) or die; flock($other, LOCK_EX); 'got it' }));
unlink $file;

my $pid = fork();
die "fork: $!" unless defined $pid;
if ($pid == 0) { sleep 60 while 1 }
report('a child that does not end', within(0.05, sub { waitpid($pid, 0) }));
kill KILL => $pid;
report('after it was killed', within(5, sub { waitpid($pid, 0) == $pid ? 'signal ' . ($? & 127) : 'no' }));
report('an endless loop', within(0.05, sub { my $n = 0; 1 while ++$n }));
report('an error passes through', eval { within(5, sub { die "own error\n" }); 1 } ? 'no' : $@ =~ s/\n//r);
