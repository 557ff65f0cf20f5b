#!/usr/bin/env perl
# Running programs without a shell: arguments arrive as they are, whatever is in them.
use strict;
use warnings;

my @nasty = ('plain', 'two words', '$HOME', '; echo no', "it's", '*', '');

# Reading, list form.
open(my $in, '-|', $^X, '-e', 'print "[$_]\n" for @ARGV', @nasty) or die "open: $!";
print "list: $_" while <$in>;
close $in or die "status $?";

# Reading, with a fork of our own: the child may prepare things before it becomes the program.
my $pid = open($in, '-|');
die "fork: $!" unless defined $pid;
if ($pid == 0) {
    $ENV{LC_ALL} = 'C';
    open(STDERR, '>', '/dev/null') or die;
    exec { 'sort' } 'sort', '-r' if @ARGV;
    exec($^X, '-e', 'print "$ENV{LC_ALL} [$_]\n" for reverse @ARGV', @nasty[1, 2]) or die "exec: $!";
}
print "fork: $_" while <$in>;
close $in or die "status $?";

# Writing to a forked copy of ourselves, which gets it on STDIN.
$| = 1;
$pid = open(my $out, '|-');
die "fork: $!" unless defined $pid;
if ($pid == 0) {
    my ($lines, $bytes) = (0, 0);
    while (<STDIN>) { $lines++; $bytes += length }
    print "child: $lines lines, $bytes bytes\n";
    exit($lines % 256);
}
print $out "$_\n" for @nasty;
close $out;
print "child's exit status: ", $? >> 8, "\n";

# A program that is not there, and one that fails.
no warnings 'exec';
print "no such program: $!\n" unless open($in, '-|', 'no-such-program-here', 'x');
open($in, '-|', $^X, '-e', 'exit 5') or die;
print "failed with ", $? >> 8, "\n" unless close $in;
