package Scene;
# What the scenes around the blocks of perlipc share: a peer that is no child of the program's,
# and waiting for a thing to become true.
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(peer until_true say_now listener free_port dial childless);

# Writes at once, whatever is buffered.
sub say_now { my $text = join('', @_) . "\n"; syswrite(STDOUT, $text); return }

# Runs the code in a process that is not our child; gives its process id.
sub peer {
    my ($code) = @_;
    pipe(my $r, my $w) or die "pipe: $!";
    my $pid = fork();
    die "fork: $!" unless defined $pid;
    if (!$pid) {
        my $grandchild = fork();
        if (!$grandchild) {
            close $r;
            close $w;
            alarm 15;
            eval { $code->(); 1 } or say_now("peer died: $@");
            kill KILL => $$;
        }
        syswrite($w, "$grandchild\n");
        kill KILL => $$;
    }
    close $w;
    my $peer = <$r>;
    waitpid($pid, 0);
    chomp $peer;
    $? = 0;
    return $peer =~ /^(\d+)$/ ? $1 : die "no peer";
}

# Asks every hundredth of a second until the answer is true; dies after some ten seconds.
sub until_true {
    my ($question) = @_;
    for (1 .. 1000) {
        my $answer = $question->();
        return $answer if $answer;
        select(undef, undef, undef, 0.01);
    }
    die "it never became true";
}

# A TCP socket that listens on a free port of 127.0.0.1, and the port.
sub listener {
    require Socket;
    socket(my $server, Socket::PF_INET(), Socket::SOCK_STREAM(), 0) or die "socket: $!";
    bind($server, Socket::sockaddr_in(0, Socket::INADDR_LOOPBACK())) or die "bind: $!";
    listen($server, 5) or die "listen: $!";
    return ($server, (Socket::sockaddr_in(getsockname $server))[0]);
}

# A port nobody listens on: the documents' own may be in use by another run.
sub free_port {
    my ($server, $port) = listener();
    close $server;
    return $port;
}

# Connects to a port of 127.0.0.1, or to a path, as soon as somebody listens there.
sub dial {
    my ($where) = @_;
    require Socket;
    my $tcp = $where =~ /^\d+$/;
    return until_true(sub {
        socket(my $socket, $tcp ? Socket::PF_INET() : Socket::PF_UNIX(), Socket::SOCK_STREAM(), 0) or die "socket: $!";
        my $address = $tcp ? Socket::sockaddr_in($where, Socket::INADDR_LOOPBACK()) : Socket::sockaddr_un($where);
        return connect($socket, $address) ? $socket : undef;
    });
}

# True if the process has no children, not even dead ones.
sub childless {
    my ($parent) = @_;
    opendir(my $dir, '/proc') or die "/proc: $!";
    for my $pid (grep { /^\d+$/ } readdir $dir) {
        open(my $in, '<', "/proc/$pid/stat") or next;
        my $stat = <$in>;
        return 0 if defined $stat && $stat =~ /\) \S (\d+) / && $1 == $parent;
    }
    return 1;
}

1;
