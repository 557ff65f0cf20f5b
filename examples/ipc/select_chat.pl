#!/usr/bin/env perl
# One process serves many connections: select says who has something to say, and everybody else hears it.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Select;

my $listen = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1', Proto => 'tcp') or die "listen: $@";
my $port   = $listen->sockport;
my $pid    = fork;
die "fork: $!" unless defined $pid;
if (!$pid) {
    my $all = IO::Select->new($listen);
    my %name;
    while ($all->count) {
        for my $ready ($all->can_read) {
            if ($ready == $listen) { $all->add(scalar $listen->accept); next }
            my $got = sysread $ready, my $text, 1000;
            if (!$got) {
                $all->remove($ready);
                my $gone = delete $name{$ready};
                close $ready;
                syswrite $_, "$gone leaves\n" for grep { $_ != $listen } $all->handles;
                if (!%name) { $all->remove($listen) }
                next;
            }
            chomp $text;
            if (!$name{$ready}) { $name{$ready} = $text; syswrite $ready, "welcome $text\n"; next }
            syswrite $_, "$name{$ready}: $text\n" for grep { $_ != $listen && $_ != $ready } $all->handles;
        }
    }
    exit 0;
}
close $listen;
sub join_chat {
    my ($name) = @_;
    my $sock = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Proto => 'tcp') or die "connect: $@";
    syswrite $sock, "$name\n";
    print "$name hears: ", scalar <$sock>;
    return $sock;
}
my ($anna, $bert) = (join_chat('Anna'), join_chat('Bert'));
syswrite $anna, "good morning\n";
print 'Bert hears: ', scalar <$bert>;
syswrite $bert, "is it?\n";
print 'Anna hears: ', scalar <$anna>;
close $anna;
print 'Bert hears: ', scalar <$bert>;
close $bert;
waitpid $pid, 0;
print "status $?\n";
