#!/usr/bin/env perl
# Three processes in a row, as a shell would join them with |, each stage a Perl sub.
use strict;
use warnings;

# Starts a sub with its STDIN and STDOUT on the given handles.
sub stage {
    my ($in, $out, $code, @close) = @_;
    my $pid = fork();
    die "fork: $!" unless defined $pid;
    return $pid if $pid;
    if ($in)  { open(STDIN,  '<&', $in)  or die "dup: $!"; close $in }
    if ($out) { open(STDOUT, '>&', $out) or die "dup: $!"; close $out }
    close $_ for @close;
    $code->();
    close STDOUT or die "close: $!";
    exit 0;
}

$| = 1;
pipe(my $r1, my $w1) or die "pipe: $!";
pipe(my $r2, my $w2) or die "pipe: $!";
my @pids = (
    stage(undef, $w1, sub { print "$_\n" for 1 .. 100 }, $r1, $r2, $w2),
    stage($r1, $w2, sub { while (<STDIN>) { print if $_ % 7 == 0 } }, $w1, $r2),
    stage($r2, undef, sub { my $sum = 0; while (<STDIN>) { $sum += $_; chomp; print "kept $_\n" } print "sum $sum\n" }, $w1, $r1, $w2),
);
close $_ for $r1, $w1, $r2, $w2;
my @status = map { waitpid($_, 0); $? } @pids;
print "statuses: @status\n";
