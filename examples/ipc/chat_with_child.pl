#!/usr/bin/env perl
# Parent and child talk both ways over one socketpair.
use strict;
use warnings;
use Socket;
use IO::Handle;

socketpair(my $child, my $parent, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die "socketpair: $!";
$_->autoflush(1) for $child, $parent;
my $pid = fork();
die "fork: $!" unless defined $pid;
if ($pid == 0) {
    close $child;
    my %store;
    while (my $line = <$parent>) {
        chomp $line;
        my ($command, $key, $value) = split ' ', $line, 3;
        if    ($command eq 'set') { $store{$key} = $value; print $parent "ok\n" }
        elsif ($command eq 'get') { print $parent defined $store{$key} ? "$store{$key}\n" : "nothing\n" }
        elsif ($command eq 'all') { print $parent join(' ', map { "$_=$store{$_}" } sort keys %store), "\n" }
        else                      { print $parent "what is '$command'?\n" }
    }
    exit scalar keys %store;
}
close $parent;
for my $request ('set color red', 'set size very large', 'get color', 'get weight', 'all', 'dance') {
    print $child "$request\n";
    chomp(my $answer = <$child>);
    print "$request -> $answer\n";
}
shutdown($child, 1);
waitpid($pid, 0);
print "the child kept ", $? >> 8, " things\n";
