# fork, wait, waitpid, exit statuses, $?, SIGCHLD.
use strict;
use warnings;
use Test::More;
use POSIX qw(:sys_wait_h);
sub child {
    my ($code) = @_;
    my $pid = fork();
    die unless defined $pid;
    if (!$pid) { $code->(); exit 0 }
    return $pid;
}
my $p = child(sub { exit 3 });
is(waitpid($p, 0), $p);
is($?,             3 << 8);
is($? >> 8,        3);
ok(WIFEXITED($?));
is(WEXITSTATUS($?), 3);
ok(!WIFSIGNALED($?));
$p = child(sub { kill KILL => $$; sleep 5 });
is(wait(),   $p);
is($?,       9);
is($? & 127, 9);
ok(WIFSIGNALED($?));
is(WTERMSIG($?), 9);
ok(!WIFEXITED($?));
is(wait(), -1, 'none left');
is($?, -1);
ok($!{ECHILD});
is(waitpid(-1, WNOHANG), -1);
is(waitpid(1, WNOHANG), -1, 'not a child');
pipe(my $r, my $w) or die;
$p = child(sub { close $w; sysread $r, my $x, 1; exit 4 });
is(waitpid($p, WNOHANG), 0, 'still running');
is($?, -1) if 0;
close $w;
my $got;
do { $got = waitpid($p, WNOHANG); select undef, undef, undef, 0.005 } until $got;
is($got,    $p);
is($? >> 8, 4);
my %pids = map {
    my $n = $_;
    (child(sub { exit $n }) => $n)
} 1 .. 5;
my $ok = 0;
while ((my $k = wait()) > 0) { $ok++ if ($? >> 8) == delete $pids{$k} }
is($ok,        5);
is(keys %pids, 0);
$p = child(sub { exit 256 + 7 });
waitpid $p, 0;
is($? >> 8, 7, 'exit is taken modulo 256');
$p = child(sub { exit -1 });
waitpid $p, 0;
is($? >> 8, 255);
$p = child(sub { open STDERR, '>', '/dev/null'; $! = 0; $? = 0; die "x\n" });
waitpid $p, 0;
is($? >> 8, 255, 'die: 255');
$p = child(sub { open STDERR, '>', '/dev/null'; $! = 5; die "x\n" });
waitpid $p, 0;
is($? >> 8, 5, 'die: errno');
$p = child(sub { open STDERR, '>', '/dev/null'; $! = 0; $? = 6 << 8; die "x\n" });
waitpid $p, 0;
is($? >> 8, 6, 'die: $? >> 8');
$p = fork();
if (!$p) { eval q{END { $? = 9 }}; exit 1 }
waitpid $p, 0;
is($? >> 8, 9, 'END changes the status');
$p = fork();
if (!$p) { eval q{END { $? = 9 }}; POSIX::_exit(2) }
waitpid $p, 0;
is($? >> 8, 2, '_exit runs no END');
# stopped children
$p = child(sub { sleep 5 while 1 });
kill STOP => $p;
is(waitpid($p, WUNTRACED), $p);
is($?, 0, 'a stop shows nothing in $?');
kill KILL => $p;
is(waitpid($p, 0), $p);
# SIGCHLD
my $reaped = 0;
my @status;
{
    local $SIG{CHLD} = sub {
        local ($!, $?);
        while ((my $k = waitpid(-1, WNOHANG)) > 0) { $reaped++; push @status, $? >> 8 }
    };
    child(sub { exit 2 }) for 1 .. 10;
    for (1 .. 1000) { last if $reaped == 10; select undef, undef, undef, 0.01 }
}
is($reaped, 10, 'all are reaped');
is("@status", join ' ', (2) x 10);
{
    local $SIG{CHLD} = 'IGNORE';
    $p = child(sub { exit 1 });
    is(waitpid($p, 0), -1, 'IGNORE: the system reaps');
    is($?, -1);
    is(system('true'), -1, 'system gives -1');
}
is(system('true'), 0);
{
    my $n = 0;
    local $SIG{CHLD} = sub { $n++ };
    my $out = `echo x`;
    is($out, "x\n");
    is($? >> 8, 0, 'backticks with a handler');
    1 for 1 .. 3;
    is($n, 1)
}
{
    my $hits = 0;
    local $SIG{USR1} = sub { $hits++ };
    my $main = $$;
    $p = child(
        sub {
            kill USR1 => $main;
            select undef, undef, undef, 0.02;
            kill USR1 => $main;
            select undef, undef, undef, 0.02;
            exit 5;
        });
    is(waitpid($p, 0), $p, 'waitpid goes on after a handler');
    is($? >> 8, 5);
    ok($hits >= 1)
}
{
    $p = child(sub { sleep 10 while 1 });
    my $r2 = eval {
        local $SIG{ALRM} = sub { die "timeout\n" };
        require Time::HiRes;
        Time::HiRes::ualarm(30_000);
        waitpid $p, 0;
        1;
    };
    is($@, "timeout\n", 'a dying handler breaks out of waitpid');
    kill KILL => $p;
    waitpid $p, 0
}
{
    open my $out, '>', my $file = ($ENV{TMPDIR} || '/tmp') . "/wait.$$" or die;
    print $out 'buffered';
    $p = child(sub { exit 0 });
    waitpid $p, 0;
    close $out;
    is(-s $file, 8, 'fork flushes first: written once');
    unlink $file
}
is($$, getppid_of_child(), 'getppid');
sub getppid_of_child {
    pipe(my $r, my $w);
    my $k = fork;
    if (!$k) { syswrite $w, getppid; POSIX::_exit(0) }
    waitpid $k, 0;
    sysread $r, my $b, 20;
    $b;
}
{
    my $old = $$;
    my $k   = fork;
    if (!$k) { exit($$ != $old ? 0 : 1) }
    waitpid $k, 0;
    is($?, 0, '$$ is new in the child')
}
is(scalar(() = times), 4);
{ local $? = 3; is($?, 3) }
my @rows = map {
    my $n = $_;
    my $k = fork;
    if (!$k) { exit $n }
    $k
} 1 .. 30;
my $sum = 0;
for (@rows) { waitpid $_, 0; $sum += $? >> 8 }
is($sum, 465);
done_testing;
