#!/usr/bin/env perl
# Datagrams may get lost: the client asks again when no answer comes in time, and numbers its questions so that a late
# answer is not taken for another one's.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Select;

my $server = IO::Socket::INET->new(Proto => 'udp', LocalAddr => '127.0.0.1') or die "socket: $@";
my $port   = $server->sockport;
my $pid    = fork;
die "fork: $!" unless defined $pid;
if (!$pid) {
    my %seen;
    while (defined $server->recv(my $packet, 1500)) {
        my ($number, $question) = unpack 'N a*', $packet;
        next if $question eq 'twice' && !$seen{$number}++;    # as if it had been lost
        $server->send(pack 'N a*', $number, uc $question);
        last if $question eq 'stop';
    }
    exit 0;
}
my $client = IO::Socket::INET->new(Proto => 'udp', PeerAddr => '127.0.0.1', PeerPort => $port) or die "socket: $@";
my $select = IO::Select->new($client);
my $number = 0;
for my $question (qw(once twice stop)) {
    $number++;
    my $tries = 0;
    ANSWER: while ($tries < 50) {
        $tries++;
        $client->send(pack 'N a*', $number, $question);
        while ($select->can_read(0.2)) {
            $client->recv(my $packet, 1500);
            my ($for, $answer) = unpack 'N a*', $packet;
            next unless $for == $number;
            print "$question: $answer\n";
            last ANSWER;
        }
    }
    print "$question was asked again\n" if $tries > 1 && $question eq 'twice';
}
waitpid $pid, 0;
