# Soak: a forking TCP server serves many connections, several at a time. Every reply has to be right, every child
# reaped, and neither descriptors nor memory of the server may grow.
#
#     keshi t/stress/fork_server.pl [CONNECTIONS [AT_A_TIME]]        (50000 and 8)
#
# Not part of the tests: it runs for minutes. Exit status 0 means that all held.
use strict;
use warnings;
use IO::Socket::INET;
use POSIX ':sys_wait_h';

my ($wanted, $clients) = (@ARGV, 50_000, 8)[0, 1];
$clients = 8 unless @ARGV > 1;
my $share = int(($wanted + $clients - 1) / $clients);
$wanted = $share * $clients;

my $listen = IO::Socket::INET->new(Listen => 128, LocalAddr => '127.0.0.1', Proto => 'tcp', ReuseAddr => 1)
    or die "listen: $@";
my $port = $listen->sockport;
$| = 1;

my $server = fork;
die "fork: $!" unless defined $server;
exit serve() unless $server;
close $listen;

my @asking = map {
    my $pid = fork;
    die "fork: $!" unless defined $pid;
    exit ask($_) unless $pid;
    $pid;
} 1 .. $clients;
my $wrong = 0;
for (@asking) { waitpid $_, 0; $wrong++ if $? }
print "clients: $clients, of which $wrong had a wrong reply or none\n";
waitpid $server, 0;
print 'server: ', $? ? "status $?" : 'all held', "\n";
exit($wrong || $? ? 1 : 0);

# The client's half: connections one after the other, each with a question of its own.
sub ask {
    my ($me) = @_;
    for my $n (1 .. $share) {
        my $sock = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Proto => 'tcp');
        if (!$sock) { warn "client $me: connect: $@\n"; return 1 }
        print $sock "$me $n\n";
        my $reply = <$sock>;
        my $right = $me * 1_000_003 + $n;
        if (!defined $reply || $reply ne "$right\n") { warn "client $me: question $n has the wrong reply\n"; return 1 }
        # The server ends first, so that no port is kept waiting on our side.
        1 while sysread $sock, my $rest, 100;
        close $sock;
    }
    return 0;
}

sub descriptors { opendir my $dir, '/proc/self/fd' or return 0; return scalar(grep !/^\./, readdir $dir) - 1 }

sub memory {
    open my $in, '<', '/proc/self/status' or return 0;
    while (<$in>) { return $1 if /^VmRSS:\s*(\d+)/ }
    return 0;
}

sub serve {
    my ($accepted, $reaped, $failed) = (0, 0, 0);
    $SIG{CHLD} = sub {
        local ($!, $?);
        while ((my $pid = waitpid -1, WNOHANG) > 0) { $reaped++; $failed++ if $? }
    };
    my @seen;
    while ($accepted < $wanted) {
        my $client = $listen->accept;
        if (!$client) { next if $!{EINTR}; warn "accept: $!\n"; return 1 }
        $accepted++;
        my $pid = fork;
        if (!defined $pid) { warn "fork: $!\n"; return 1 }
        if (!$pid) {
            close $listen;
            my $line = <$client>;
            my ($who, $n) = split ' ', defined $line ? $line : '';
            print $client $who * 1_000_003 + $n, "\n" if defined $n;
            close $client;
            POSIX::_exit(defined $n ? 0 : 1);
        }
        close $client;
        if ($accepted % int($wanted / 10 + 1) == 0) {
            push @seen, [descriptors(), memory()];
            printf "%7d served, %7d reaped, %d descriptors, %d kB\n", $accepted, $reaped, @{ $seen[-1] };
        }
    }
    close $listen;
    my $waited = 0;
    until ($reaped == $accepted || $waited++ > 600) { select undef, undef, undef, 0.1 }
    printf "%7d served, %7d reaped, %d children failed\n", $accepted, $reaped, $failed;
    return 1 if $reaped != $accepted || $failed || waitpid(-1, WNOHANG) != -1;
    # The first tenth warms up; from then on a server stays as it is.
    my ($first, $last) = @seen[0, -1];
    return 0 unless $first;
    if ($last->[0] > $first->[0] + 1)    { warn "descriptors grew from $first->[0] to $last->[0]\n"; return 1 }
    if ($last->[1] > $first->[1] * 1.1 + 512) { warn "memory grew from $first->[1] to $last->[1] kB\n"; return 1 }
    return 0;
}
