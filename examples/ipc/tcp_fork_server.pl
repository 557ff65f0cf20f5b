#!/usr/bin/env perl
# A TCP server with a process per connection, and clients that ask it over loopback. Children are reaped in a handler;
# accept is called again when the handler interrupts it.
use strict;
use warnings;
use Socket qw(:DEFAULT IPPROTO_TCP :crlf);
use POSIX ':sys_wait_h';

socket(my $listen, PF_INET, SOCK_STREAM, IPPROTO_TCP) or die "socket: $!";
setsockopt($listen, SOL_SOCKET, SO_REUSEADDR, pack 'l', 1) or die "setsockopt: $!";
bind($listen, sockaddr_in(0, INADDR_LOOPBACK))        or die "bind: $!";
listen($listen, SOMAXCONN)                            or die "listen: $!";
my ($port) = sockaddr_in(getsockname $listen);

my $server = fork;
die "fork: $!" unless defined $server;
if (!$server) {
    my ($done, $reaped) = (0, 0);
    $SIG{TERM} = sub { $done = 1 };
    $SIG{CHLD} = sub { local ($!, $?); $reaped++ while waitpid(-1, WNOHANG) > 0 };
    until ($done) {
        my $peer = accept(my $client, $listen);
        if (!$peer) { next if $!{EINTR}; die "accept: $!" }
        my ($from, $address) = sockaddr_in($peer);
        my $kid = fork;
        die "fork: $!" unless defined $kid;
        if (!$kid) {
            close $listen;
            local $/ = LF;
            defined(my $line = <$client>) or exit 1;
            $line =~ s/$CR?$LF\z//;
            print $client 'hello ', $line, ' at ', inet_ntoa($address), $CRLF;
            exit 0;
        }
    }
    sleep 1 while $reaped < 3;
    exit $reaped;
}
close $listen;
for my $name (qw(Anna Bert Cleo)) {
    socket(my $sock, PF_INET, SOCK_STREAM, IPPROTO_TCP)   or die "socket: $!";
    connect($sock, sockaddr_in($port, INADDR_LOOPBACK))   or die "connect: $!";
    select((select($sock), $| = 1)[0]);
    print $sock $name, $CRLF;
    my $answer = <$sock>;
    $answer =~ s/$CRLF\z//;
    print "$answer\n";
}
kill TERM => $server;
waitpid $server, 0;
print 'children reaped: ', $? >> 8, "\n";
