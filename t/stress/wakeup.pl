# Counts lost wake-ups: a timer of 1 to 60 microseconds races each call that can sleep.
#
#   keshi t/stress/wakeup.pl [--expect-loss] [TRIES [CALL ...]]
#
# The handler dies, so a signal that is seen before or during the call leaves it at once. Only a
# signal that came after the last look and before the sleep is lost: then the call goes on
# sleeping until the timer's second tick, three seconds later (no busy machine keeps a process
# waiting for so long), and that is counted.
#
# --expect-loss is the control run: the calls are made without the protection
# (KESHI_UNGUARDED_CALLS=1), and some of the signals must be lost, or there was no race. Each
# call is tried until that has happened once.
#
# Every call of sys::blocking is here that a script can reach and that can wait for an event
# (fsync, close and tcdrain of a terminal wait for the machine only).
use strict;
use warnings;
use Time::HiRes qw(setitimer ITIMER_REAL clock_gettime CLOCK_MONOTONIC);
use POSIX ();
use Fcntl qw(:flock F_SETFL F_SETLK F_SETLKW F_WRLCK O_NONBLOCK O_RDONLY O_WRONLY);
use IO::Handle;
use IO::Poll ();
use Socket qw(AF_UNIX PF_INET PF_UNIX PF_UNSPEC SOCK_DGRAM SOCK_STREAM INADDR_LOOPBACK sockaddr_in pack_sockaddr_un);

my @words = @ARGV;
my $expect_loss = @words && $words[0] eq '--expect-loss' ? shift @words : 0;
if ($expect_loss && !$ENV{KESHI_UNGUARDED_CALLS}) {
    $ENV{KESHI_UNGUARDED_CALLS} = 1;
    exec $^X, $0, @ARGV or die "cannot run $^X: $!";
}
my $tries = @words ? shift @words : 20_000;

my $dir = $ENV{TMPDIR} || '/tmp';
my (@kids, @readers, @files, @queues, @semaphores);

sub scratch {
    my ($name) = @_;
    push @files, "$dir/$name.$$";
    unlink $files[-1];
    return $files[-1];
}

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

sub blocking {
    my ($handle, $on) = @_;
    fcntl($handle, F_SETFL, $on ? 0 : O_NONBLOCK) or die "fcntl: $!";
}

# A pipe that is full: the next write sleeps.
sub full_pipe {
    pipe(my $r, my $w) or die "pipe: $!";
    blocking($w, 0);
    1 while defined syswrite $w, 'x' x 4096;
    1 while defined syswrite $w, 'x';
    blocking($w, 1);
    push @readers, $r;    # goes first in the end, so that nobody waits for room
    return $w;
}

sub pair {
    my ($type) = @_;
    socketpair(my $x, my $y, AF_UNIX, $type, PF_UNSPEC) or die "socketpair: $!";
    return ($x, $y);
}

sub full_socket {
    my ($type) = @_;
    my ($x, $y) = pair($type);
    blocking($x, 0);
    1 while defined send $x, 'x' x 4096, 0;
    1 while defined send $x, 'x', 0;
    blocking($x, 1);
    return ($x, $y);
}

sub fifo {
    my $path = scratch('fifo');
    POSIX::mkfifo($path, 0600) or die "mkfifo: $!";
    return $path;
}

# struct flock over the whole file
my $lock = pack 's s x![l!] l! l! i', F_WRLCK, 0, 0, 0, 0;

# Each entry: the system call, and what prepares the scene and gives the call.
my @calls = (
    select     => pselect6        => sub { sub { select undef, undef, undef, 20 } },
    select4    => pselect6        => sub {
        pipe(my $r, my $w) or die;
        vec(my $bits = '', fileno $r, 1) = 1;
        sub { select my $in = $bits, undef, undef, 20; ($r, $w) };
    },
    poll       => ppoll           => sub {
        pipe(my $r, my $w) or die;
        my $poll = IO::Poll->new;
        $poll->mask($r => IO::Poll::POLLIN());
        sub { $poll->poll(20); $w };
    },
    sleep      => clock_nanosleep => sub { sub { sleep 20 } },
    hires      => clock_nanosleep => sub { sub { Time::HiRes::sleep(20) } },
    usleep     => clock_nanosleep => sub { sub { Time::HiRes::usleep(2e7) } },
    until      => clock_nanosleep => sub {
        sub { Time::HiRes::clock_nanosleep(CLOCK_MONOTONIC, 1e9 * (20 + clock_gettime(CLOCK_MONOTONIC)), Time::HiRes::TIMER_ABSTIME()) };
    },
    pause      => rt_sigsuspend   => sub { sub { POSIX::pause() } },
    sigsuspend => rt_sigsuspend   => sub {
        my $old = POSIX::SigSet->new;
        POSIX::sigprocmask(POSIX::SIG_BLOCK(), POSIX::SigSet->new, $old);
        sub { POSIX::sigsuspend($old) };
    },
    read       => read            => sub { pipe(my $r, my $w) or die; sub { read $r, my $b, 10; $w } },
    readline   => read            => sub { pipe(my $r, my $w) or die; sub { my $l = <$r>; $w } },
    readlines  => read            => sub { pipe(my $r, my $w) or die; sub { my @l = <$r>; $w } },
    getc       => read            => sub { pipe(my $r, my $w) or die; sub { getc $r; $w } },
    eof        => read            => sub { pipe(my $r, my $w) or die; sub { my $e = eof $r; $w } },
    sysread    => read            => sub { pipe(my $r, my $w) or die; sub { sysread $r, my $b, 10; $w } },
    posix_read => read            => sub { pipe(my $r, my $w) or die; sub { POSIX::read(fileno $r, my $b, 10); $w } },
    syswrite   => write           => sub { my $w = full_pipe(); sub { syswrite $w, 'y' } },
    posix_write => write          => sub { my $w = full_pipe(); sub { POSIX::write(fileno $w, 'y', 1) } },
    print      => write           => sub {
        my $w = full_pipe();
        my $big = 'z' x 20_000;
        sub { no warnings; print {$w} $big };
    },
    flush      => write           => sub {
        my $w = full_pipe();
        sub { print {$w} 'z'; $w->flush };
    },
    open_fifo  => openat          => sub { my $path = fifo(); sub { open my $f, '<', $path } },
    fifo_write => openat          => sub { my $path = fifo(); sub { open my $f, '>', $path } },
    sysopen    => openat          => sub { my $path = fifo(); sub { sysopen my $f, $path, O_WRONLY } },
    posix_open => openat          => sub { my $path = fifo(); sub { POSIX::open($path, O_RDONLY) } },
    waitpid    => wait4           => sub { my $pid = idle_child(); sub { waitpid $pid, 0 } },
    wait       => wait4           => sub { idle_child(); sub { wait } },
    flock      => flock           => sub {
        my $path = scratch('lock');
        idle_child(sub { open(our $l, '>', $path) or die; flock($l, LOCK_EX) or die });
        open(my $f, '>', $path) or die "open: $!";
        sub { flock $f, LOCK_EX };
    },
    fcntl      => fcntl           => sub {
        my $path = scratch('lock');
        idle_child(sub { open(our $l, '>', $path) or die; fcntl($l, F_SETLK, $lock) or die "fcntl: $!" });
        open(my $f, '>', $path) or die "open: $!";
        sub { my $l = $lock; fcntl $f, F_SETLKW, $l };
    },
    accept     => accept4         => sub {
        socket(my $s, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
        bind($s, sockaddr_in(0, INADDR_LOOPBACK)) or die "bind: $!";
        listen $s, 5 or die "listen: $!";
        sub { accept my $c, $s };
    },
    connect    => connect         => sub {
        my $name = pack_sockaddr_un(scratch('socket'));
        socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
        bind $s, $name or die "bind: $!";
        listen $s, 1 or die "listen: $!";
        my @waiting;
        while (1) {
            socket(my $c, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
            blocking($c, 0);
            connect $c, $name or last;
            push @waiting, $c;
        }
        socket(my $c, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
        sub { connect $c, $name; ($s, @waiting) };
    },
    recv       => recvfrom        => sub { my ($x, $y) = pair(SOCK_DGRAM); sub { recv $x, my $b, 10, 0; $y } },
    send       => sendto          => sub { my ($x, $y) = full_socket(SOCK_STREAM); sub { send $x, 'y', 0; $y } },
    send_dgram => sendto          => sub { my ($x, $y) = full_socket(SOCK_DGRAM); sub { send $x, 'y', 0; $y } },
    semop      => semtimedop      => sub {
        my $id = semget 0, 1, 0600 | 01000;
        defined $id or die "semget: $!";
        push @semaphores, $id;
        my $op = pack 's!3', 0, -1, 0;
        sub { semop $id, $op };
    },
    msgrcv     => msgrcv          => sub {
        my $id = queue();
        sub { msgrcv $id, my $b, 10, 0, 0 };
    },
    msgsnd     => msgsnd          => sub {
        my $id = queue();
        1 while msgsnd $id, pack('l! a*', 1, 'x' x 1000), 04000;
        sub { msgsnd $id, pack('l! a*', 1, 'x' x 1000), 0 };
    },
);

sub queue {
    my $id = msgget 0, 0600 | 01000;
    defined $id or die "msgget: $!";
    push @queues, $id;
    return $id;
}

my $main = $$;
END {
    local ($?, $!);
    if ($$ == $main) {
        semctl $_, 0, 0, 0 for @semaphores;
        msgctl $_, 0, 0 for @queues;
        unlink @files;
        kill KILL => @kids;
    }
}

my (@order, %call, %does);
while (my ($name, $does, $code) = splice @calls, 0, 3) {
    push @order, $name;
    ($does{$name}, $call{$name}) = ($does, $code);
}
my @wanted = @words ? @words : @order;
for my $name (@wanted) { exists $call{$name} or die "no call named $name: @order\n" }

$| = 1;
$SIG{PIPE} = 'IGNORE';
my $armed = 0;
$SIG{ALRM} = sub { die "tick\n" if $armed };
my ($all, $lost_all) = (0, 0);
for my $name (@wanted) {
    my $code = $call{$name}->();
    my ($made, $lost, $odd, $first) = (0, 0, 0);
    while ($made++ < $tries) {
        my $begun = clock_gettime(CLOCK_MONOTONIC);
        my $why = '';
        # The outer eval is for a tick that comes between the inner one's end and the disarming.
        eval {
            eval {
                $armed = 1;
                setitimer(ITIMER_REAL, (1 + int rand 60) / 1e6, 3);
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
        $odd++, $first ||= $why if $why ne "tick\n";
        $lost++ if clock_gettime(CLOCK_MONOTONIC) - $begun > 2.9;
        last if $lost && $expect_loss;
    }
    $made-- if $made > $tries;
    @readers = ();
    kill KILL => $_ for @kids;
    waitpid $_, 0 for @kids;
    @kids = ();
    printf "%-12s %-16s %6d tries %5d lost%s\n", $name, $does{$name}, $made, $lost, $odd ? "  ($odd came back without the handler: $first)" : '';
    $all += $made;
    $lost_all += $lost + $odd;
}
print "$lost_all lost of $all\n";
exit($expect_loss ? $lost_all == 0 : $lost_all > 0);
