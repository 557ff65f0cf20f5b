# socketpair, select, IO::Select, IO::Handle on both ends.
use strict;
use warnings;
use Test::More;
use Socket;
use IO::Handle;
use IO::Select;
socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die;
$_->autoflush(1) for $a, $b;
print $a "to b\n";
is(<$b>, "to b\n");
print $b "to a\n";
is(<$a>, "to a\n");
my $s = IO::Select->new($a, $b);
is($s->count,                          2);
is(scalar(my @none = $s->can_read(0)), 0);
print $a "x\n";
my @r = $s->can_read(1);
is(scalar @r,                        1);
is($r[0],                            $b);
is(scalar(my @w = $s->can_write(0)), 2);
$s->remove($b);
is($s->count, 1);
ok($s->exists($a));
ok(!$s->exists($b));
<$b>;
vec(my $rin = '', fileno $b, 1) = 1;
is(select(my $ro = $rin, undef, undef, 0), 0);
syswrite $a, 'yz';
is(select($ro = $rin, undef, undef, 1), 1);
is(vec($ro, fileno $b, 1),              1);
is(sysread($b, my $buf, 1),             1);
is($buf,                                'y');
is(sysread($b, $buf, 10, 1),            1);
is($buf,                                'yz', 'with an offset');
my ($n, $left) = select(undef, undef, undef, 0.01);
is($n,                                                                                 0);
is(select(my $wo = do { my $v = ''; vec($v, fileno $a, 1) = 1; $v }, undef, undef, 0), 0);
shutdown($a, 1);
is(sysread($b, $buf, 1), 0, 'end of file after shutdown');
syswrite $b, 'q';
sysread $a, $buf, 1;
is($buf, 'q', 'the other direction lives');
my $pid = fork;
socketpair(my $p, my $c, AF_UNIX, SOCK_DGRAM, PF_UNSPEC) or die if 0;
if (!$pid) { print $b "from child\n"; exit 0 }
is(<$a>, "from child\n");
waitpid $pid, 0;
socketpair($p, $c, AF_UNIX, SOCK_DGRAM, PF_UNSPEC) or die;
send $p, 'one', 0;
send $p, 'two', 0;
recv $c, $buf, 100, 0;
is($buf, 'one', 'datagrams keep their borders');
recv $c, $buf, 2, 0;
is($buf, 'tw');
{
    socketpair(my $x, my $y, AF_UNIX, SOCK_STREAM, 0) or die;
    my $total = 0;
    my $kid   = fork;
    if (!$kid) {
        close $x;
        my $left = 500_000;
        while ($left) { my $k = syswrite $y, 'z' x ($left > 65536 ? 65536 : $left); $left -= $k }
        exit 0;
    }
    close $y;
    while (my $k = sysread $x, my $d, 65536) { $total += $k }
    waitpid $kid, 0;
    is($total, 500_000)
}
ok(-S $a);
is(getsockopt($a, SOL_SOCKET, SO_TYPE) ? unpack('i', getsockopt($a, SOL_SOCKET, SO_TYPE)) : 0, SOCK_STREAM);
$a->blocking(0);
ok(!defined sysread $a, $buf, 1);
ok($!{EAGAIN} || $!{EWOULDBLOCK});
$a->blocking(1);
is(fileno($a) > 2 ? 1 : 0, 1);
{
    my ($r1, $w1, $r2, $w2);
    pipe $r1, $w1;
    pipe $r2, $w2;
    my $sel = IO::Select->new($r1, $r2);
    syswrite $w2, '2';
    my @ready = $sel->can_read(1);
    is(scalar @ready,    1);
    is(fileno $ready[0], fileno $r2);
    my ($rr) = IO::Select::select($sel, undef, undef, 0);
    is(scalar @$rr, 1);
    close $w1;
    is(scalar(my @both = $sel->can_read(0)), 2, 'end of file is readable')
}
socket(my $srv, PF_UNIX, SOCK_STREAM, 0) or die;
my $path = ($ENV{TMPDIR} || '/tmp') . "/s.$$";
bind $srv, sockaddr_un($path) or die "bind: $!";
listen $srv, 5 or die;
my $k = fork;
if (!$k) {
    socket(my $cl, PF_UNIX, SOCK_STREAM, 0);
    connect $cl, sockaddr_un($path) or exit 1;
    print $cl "hello\n";
    close $cl;
    exit 0;
}
accept(my $conn, $srv) or die;
is(<$conn>, "hello\n", 'a unix server');
waitpid $k, 0;
unlink $path;
socket(my $tcp, PF_INET, SOCK_STREAM, 0) or die;
setsockopt $tcp, SOL_SOCKET, SO_REUSEADDR, 1;
bind $tcp, sockaddr_in(0, INADDR_LOOPBACK) or die;
listen $tcp, 5;
my ($port, $ip) = sockaddr_in(getsockname $tcp);
ok($port > 1023);
is(inet_ntoa($ip), '127.0.0.1');
$k = fork;
if (!$k) {
    socket(my $cl, PF_INET, SOCK_STREAM, 0);
    connect $cl, sockaddr_in($port, INADDR_LOOPBACK) or exit 1;
    syswrite $cl, "tcp\n";
    exit 0;
}
accept($conn, $tcp) or die;
is(<$conn>, "tcp\n");
waitpid $k, 0;
is((unpack_sockaddr_in(getpeername $conn))[1], INADDR_LOOPBACK);
# select writes into its sets: what cannot be written is refused, except where there is nothing to write
for my $i (0 .. 2) {
    my @sets = ('undef') x 3;
    $sets[$i] = '"a"';
    ok(!eval "select @{[join ',', @sets]}, 0; 1", "a literal, $i");
    like($@, qr/^Modification of a read-only value attempted at /);
    $sets[$i] = '""';
    ok(eval "select @{[join ',', @sets]}, 0; 1", "an empty one, $i") or diag $@;
}
done_testing;
