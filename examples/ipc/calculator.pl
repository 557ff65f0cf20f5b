#!/usr/bin/env perl
# A conversation with another process: a calculator behind open2.
use strict;
use warnings;
use IPC::Open2;

# The other side: reads an expression a line, answers a line.
my $server = <<'END';
    $| = 1;
    while (my $line = <STDIN>) {
        chomp $line;
        last if $line eq 'quit';
        my $value = $line =~ /^[-+*\/() .\d]+$/ ? eval $line : undef;
        my $why = $line =~ /[a-z]/ ? '' : $@;
        print defined $value ? "$value\n" : "error: " . ($why =~ /^(.*?) at / ? $1 : 'not an expression') . "\n";
    }
    exit 7;
END
my $pid = open2(my $answers, my $questions, $^X, '-e', $server);
for my $question ('1 + 2 * 3', '(4 + 5) / 2', '2 ** 10', '1 / 0', 'system "ls"') {
    print $questions "$question\n";          # open2 has made it autoflush
    chomp(my $answer = <$answers>);
    print "$question = $answer\n";
}
print $questions "quit\n";
close $questions;
print "more: ", scalar(my @rest = <$answers>), "\n";
waitpid($pid, 0);
print "exit ", $? >> 8, "\n";
