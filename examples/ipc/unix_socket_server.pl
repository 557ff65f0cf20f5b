#!/usr/bin/env perl
# A service on a socket with a name in the file system: only processes of this machine can reach it, and the
# permissions of its folder say which.
use strict;
use warnings;
use IO::Socket::UNIX;
use Socket qw(SOCK_STREAM SOMAXCONN);

my $folder = ($ENV{TMPDIR} || '/tmp') . "/keshi-unix.$$";
mkdir $folder, 0700 or die "$folder: $!";
my $path   = "$folder/control";
my $server = IO::Socket::UNIX->new(Type => SOCK_STREAM, Local => $path, Listen => SOMAXCONN) or die "$path: $!";

my $pid = fork;
die "fork: $!" unless defined $pid;
if (!$pid) {
    my %value;
    while (my $client = $server->accept) {
        while (defined(my $line = <$client>)) {
            my ($verb, $key, $value) = split ' ', $line, 3;
            if    ($verb eq 'set')  { chomp($value{$key} = $value); print $client "ok\n" }
            elsif ($verb eq 'get')  { print $client exists $value{$key} ? "value $value{$key}\n" : "nothing\n" }
            elsif ($verb eq 'stop') { print $client "bye\n"; close $client; exit 0 }
        }
    }
    exit 1;
}
close $server;

sub ask {
    my $sock = IO::Socket::UNIX->new(Peer => $path) or die "$path: $!";
    print "$_ -> ", do { print $sock "$_\n"; scalar <$sock> } for @_;
}
ask('get colour', 'set colour dark red');
ask('get colour', 'stop');
waitpid $pid, 0;
print "status $?\n";
unlink $path;
rmdir $folder;
print -e $folder ? "folder left\n" : "nothing left\n";
