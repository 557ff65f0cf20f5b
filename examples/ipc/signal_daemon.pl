#!/usr/bin/env perl
# A daemon in small: it reads its configuration again on HUP, tells its state on USR1,
# and ends in good order on TERM. A second process plays its administrator.
use strict;
use warnings;

$| = 1;
my $dir    = $ENV{TMPDIR} || '/tmp';
my $config = "$dir/daemon.$$.conf";

sub write_config { open(my $out, '>', $config) or die "$config: $!"; print $out "greeting=@_\n"; close $out or die }
sub read_config { open(my $in, '<', $config) or die "$config: $!"; my ($value) = <$in> =~ /=(.*)/; return $value }

write_config('hello');
pipe(my $answers, my $answer) or die "pipe: $!";
my $pid = fork();
die "fork: $!" unless defined $pid;

if ($pid == 0) {
    close $answers;
    my ($greeting, $reloads, $running) = (read_config(), 0, 1);
    my %todo;
    $SIG{$_} = sub { $todo{ $_[0] }++ } for qw(HUP USR1 TERM);   # handlers only note what to do
    syswrite $answer, "ready: $greeting\n";
    while ($running) {
        select(undef, undef, undef, 10) unless %todo;
        if (delete $todo{HUP})  { $reloads++; $greeting = read_config(); syswrite $answer, "reloaded: $greeting\n" }
        if (delete $todo{USR1}) { syswrite $answer, "state: $reloads reload(s), greeting '$greeting'\n" }
        if (delete $todo{TERM}) { syswrite $answer, "ending\n"; $running = 0 }
    }
    exit 0;
}

close $answer;
print "daemon: ", scalar <$answers>;
kill USR1 => $pid;
print "daemon: ", scalar <$answers>;
write_config('good day');
kill HUP => $pid;
print "daemon: ", scalar <$answers>;
kill USR1 => $pid;
print "daemon: ", scalar <$answers>;
kill TERM => $pid;
print "daemon: ", scalar <$answers>;
waitpid($pid, 0);
print "status $?\n";
unlink $config;
