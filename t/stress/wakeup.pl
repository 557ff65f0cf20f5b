# Counts lost wake-ups: a timer of 1 to 60 microseconds races each call that can sleep.
#
#   keshi t/stress/wakeup.pl [--expect-loss] [TRIES [CALL ...]]
#
# The handler dies, so a signal that is seen before or during the call leaves it at once. Only a
# signal that came after the last look and before the sleep is lost: then the call goes on
# sleeping until the timer's second tick, one second later, and that is counted.
use strict;
use warnings;
use Time::HiRes qw(setitimer ITIMER_REAL clock_gettime CLOCK_MONOTONIC);
use POSIX ();
use Fcntl qw(:flock F_SETFL O_NONBLOCK);

my $expect_loss = @ARGV && $ARGV[0] eq '--expect-loss' ? shift @ARGV : 0;
my $tries = @ARGV ? shift @ARGV : 20_000;
my @names = @ARGV;

my $dir = $ENV{TMPDIR} || '/tmp';
my @kids;

# A child that does nothing until it is killed.
sub idle_child {
    my ($before) = @_;
    pipe(my $r, my $w) or die "pipe: $!";
    my $pid = fork();
    die "fork: $!" unless defined $pid;
    if (!$pid) {
        $SIG{ALRM} = 'IGNORE';
        $before->() if $before;
        syswrite $w, 'x';
        close $w;
        POSIX::pause() while getppid != 1;
        POSIX::_exit(0);
    }
    push @kids, $pid;
    close $w;
    sysread $r, my $ready, 1;
    return $pid;
}

# A pipe that is full: the next write sleeps.
sub full_pipe {
    pipe(my $r, my $w) or die "pipe: $!";
    fcntl($w, F_SETFL, O_NONBLOCK) or die "fcntl: $!";
    1 while defined syswrite $w, 'x' x 4096;
    1 while defined syswrite $w, 'x';
    fcntl($w, F_SETFL, 0) or die "fcntl: $!";
    return ($r, $w);
}

# Each entry prepares what its call needs and gives the call.
my %call = (
    select  => sub { sub { select(undef, undef, undef, 20) } },
    sleep   => sub { sub { sleep 20 } },
    nanosleep => sub { sub { Time::HiRes::sleep(20) } },
    pause   => sub { sub { POSIX::pause() } },
    sigsuspend => sub {
        my $old = POSIX::SigSet->new;
        POSIX::sigprocmask(POSIX::SIG_BLOCK(), POSIX::SigSet->new, $old);
        sub { POSIX::sigsuspend($old) };
    },
    read     => sub { pipe(my $r, my $w) or die; sub { read $r, my $b, 10; $w } },
    readline => sub { pipe(my $r, my $w) or die; sub { my $l = <$r>; $w } },
    getc     => sub { pipe(my $r, my $w) or die; sub { getc $r; $w } },
    eof      => sub { pipe(my $r, my $w) or die; sub { my $e = eof $r; $w } },
    sysread  => sub { pipe(my $r, my $w) or die; sub { sysread $r, my $b, 10; $w } },
    select4  => sub {
        pipe(my $r, my $w) or die;
        vec(my $bits = '', fileno $r, 1) = 1;
        sub { select(my $in = $bits, undef, undef, 20); ($r, $w) };
    },
    syswrite => sub { my ($r, $w) = full_pipe(); sub { syswrite $w, 'y'; $r } },
    print    => sub {
        my ($r, $w) = full_pipe();
        my $big = 'z' x 20_000;
        sub { no warnings; print {$w} $big; $r };
    },
    open_fifo => sub {
        my $path = "$dir/wakeup.$$";
        unlink $path;
        POSIX::mkfifo($path, 0600) or die "mkfifo: $!";
        sub { open(my $f, '<', $path) };
    },
    waitpid => sub { my $pid = idle_child(); sub { waitpid $pid, 0 } },
    wait    => sub { idle_child(); sub { wait } },
    flock   => sub {
        my $path = "$dir/lock.$$";
        idle_child(sub { open(our $l, '>', $path) or die; flock($l, LOCK_EX) or die });
        open(my $f, '>', $path) or die "open: $!";
        sub { flock $f, LOCK_EX };
    },
    accept => sub {
        require Socket;
        socket(my $s, Socket::PF_INET(), Socket::SOCK_STREAM(), 0) or die "socket: $!";
        bind($s, Socket::sockaddr_in(0, Socket::INADDR_LOOPBACK())) or die "bind: $!";
        listen $s, 5 or die "listen: $!";
        sub { accept my $c, $s };
    },
    recv => sub {
        require Socket;
        socketpair(my $x, my $y, Socket::AF_UNIX(), Socket::SOCK_DGRAM(), Socket::PF_UNSPEC()) or die "socketpair: $!";
        sub { recv $x, my $b, 10, 0; $y };
    },
    send => sub {
        require Socket;
        socketpair(my $x, my $y, Socket::AF_UNIX(), Socket::SOCK_STREAM(), Socket::PF_UNSPEC()) or die "socketpair: $!";
        fcntl($x, F_SETFL, O_NONBLOCK) or die;
        1 while defined send $x, 'x' x 4096, 0;
        1 while defined send $x, 'x', 0;
        fcntl($x, F_SETFL, 0) or die;
        sub { send $x, 'y', 0; $y };
    },
    semop => sub {
        my $id = semget(0, 1, 0600 | 01000);
        defined $id or die "semget: $!";
        our $sem = $id;
        my $op = pack 's!3', 0, -1, 0;
        sub { semop $id, $op };
    },
    msgrcv => sub {
        my $id = msgget(0, 0600 | 01000);
        defined $id or die "msgget: $!";
        our $msg = $id;
        sub { msgrcv $id, my $b, 10, 0, 0 };
    },
);

END {
    local $?;
    if (our $sem) { semctl($sem, 0, 0, 0) }
    if (our $msg) { msgctl($msg, 0, 0) }
    unlink "$dir/wakeup.$$", "$dir/lock.$$";
}

my @order = qw(select sleep nanosleep pause sigsuspend read readline getc eof sysread select4
    syswrite print open_fifo waitpid wait flock accept recv send semop msgrcv);
my @wanted = @names ? @names : @order;
for my $name (@wanted) { exists $call{$name} or die "no call named $name: @order\n" }

$| = 1;
$SIG{PIPE} = 'IGNORE';
my $armed = 0;
$SIG{ALRM} = sub { die "tick\n" if $armed };
my ($all, $lost_all) = (0, 0);
for my $name (@wanted) {
    my $code = $call{$name}->();
    my ($lost, $odd) = (0, 0);
    for my $try (1 .. $tries) {
        my $begun = clock_gettime(CLOCK_MONOTONIC);
        my $why = '';
        # The outer eval is for a tick that comes between the inner one's end and the disarming.
        eval {
            eval {
                $armed = 1;
                setitimer(ITIMER_REAL, (1 + int rand 60) / 1e6, 1);
                $code->();
                # An interrupted call may come back before the handler has run; here it must.
                1 for 1 .. 3;
                die "no signal\n";
            };
            $why = $@;
            $armed = 0;
            1;
        } or $why ||= $@;
        $armed = 0;
        setitimer(ITIMER_REAL, 0, 0);
        $odd++ if $why ne "tick\n";
        $lost++ if clock_gettime(CLOCK_MONOTONIC) - $begun > 0.9;
    }
    kill KILL => $_ for @kids;
    waitpid $_, 0 for @kids;
    @kids = ();
    printf "%-12s %6d tries %5d lost%s\n", $name, $tries, $lost, $odd ? "  ($odd came back without the handler)" : '';
    $all += $tries;
    $lost_all += $lost + $odd;
}
print "$lost_all lost of $all\n";
exit($expect_loss ? $lost_all == 0 : $lost_all > 0);
