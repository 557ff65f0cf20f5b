# Which calls go on after a handler and which come back with EINTR.
use strict;
use warnings;
use Test::More;
use Time::HiRes qw(ualarm);
use Fcntl       qw(:flock);
use Errno;
use POSIX ();
my $hits = 0;
$SIG{ALRM} = sub { $hits++ };
sub soon { $hits = 0; $! = 0; ualarm(20_000) }
sub fresh { pipe(my $r, my $w) or die; ($r, $w) }
{
    my ($r, $w) = fresh();
    soon;
    my $n = sysread $r, my $b, 1;
    ok(!defined $n, 'sysread');
    ok($!{EINTR});
    is($hits, 1)
}
{
    my ($r, $w) = fresh();
    vec(my $in = '', fileno $r, 1) = 1;
    soon;
    my $n = select($in, undef, undef, 10);
    is($n, -1, 'select');
    ok($!{EINTR});
    is($hits, 1)
}
{ soon; my $n    = select(undef, undef, undef, 10); is($n, -1, 'select as sleep') }
{ soon; my $left = sleep 10; ok($left < 5, 'sleep'); is($hits, 1) }
{ soon; my $n    = Time::HiRes::sleep(10); ok($n < 5, 'Time::HiRes::sleep') }
{ soon; POSIX::pause(); ok($!{EINTR}, 'pause'); is($hits, 1) }
{
    my ($r, $w) = fresh();
    $SIG{ALRM} = sub { $hits++; syswrite $w, "late\n" };
    soon;
    my $l = <$r>;
    is($l, "late\n", 'readline goes on');
    is($hits, 1)
}
{
    my ($r, $w) = fresh();
    local $SIG{ALRM} = sub { $hits++; syswrite $w, 'abc' };
    soon;
    my $n = read $r, my $b, 3;
    is($n, 3, 'read goes on')
}
{
    my ($r, $w) = fresh();
    local $SIG{ALRM} = sub { $hits++; close $w };
    soon;
    ok(eof $r, 'eof goes on');
    is($hits, 1)
}
{
    my ($r, $w) = fresh();
    local $SIG{ALRM} = sub { $hits++; syswrite $w, 'q' };
    soon;
    is(getc $r, 'q', 'getc goes on')
}
$SIG{ALRM} = sub { $hits++ };
{
    my ($r, $w) = fresh();
    my $big = 'x' x 1_000_000;
    my $kid = fork;
    if (!$kid) {
        close $w;
        my $seen = 0;
        select undef, undef, undef, 0.1;
        while (my $n = sysread $r, my $b, 65536) { $seen += $n }
        POSIX::_exit($seen == 1_000_000 ? 0 : 1);
    }
    close $r;
    soon;
    ok(print({$w} $big), 'print goes on');
    ok(close $w);
    is($hits, 1);
    waitpid $kid, 0;
    is($?, 0, 'nothing lost')
}
{
    my ($r, $w) = fresh();
    soon;
    my $n = syswrite $w, 'x' x 1_000_000;
    ok(!defined $n ? $!{EINTR} : $n < 1_000_000, 'syswrite stops short');
    is($hits, 1)
}
{
    my $kid = fork;
    if (!$kid) { select undef, undef, undef, 0.1; POSIX::_exit(3) }
    soon;
    is(waitpid($kid, 0), $kid, 'waitpid goes on');
    is($? >> 8, 3);
    is($hits,   1)
}
{
    my $kid = fork;
    if (!$kid) { select undef, undef, undef, 0.1; POSIX::_exit(3) }
    soon;
    is(wait(), $kid, 'wait goes on')
}
{ soon; is(system("$^X", '-e', 'select undef, undef, undef, 0.1'), 0, 'system goes on');  is($hits, 1) }
{ soon; is(`$^X -e 'select undef, undef, undef, 0.1; print 5'`,    5, 'backticks go on'); is($hits, 1) }
my $path = ($ENV{TMPDIR} || '/tmp') . "/intr.$$";
{
    POSIX::mkfifo($path, 0600) or die;
    soon;
    my $ok = open my $f, '<', $path;
    ok(!$ok, 'opening a fifo');
    ok($!{EINTR});
    is($hits, 1);
    unlink $path
}
{
    open my $f, '>', $path or die;
    flock $f, LOCK_EX or die;
    pipe(my $r, my $w);
    my $kid = fork;
    if (!$kid) {
        open my $g, '>', $path or die;
        $hits = 0;
        ualarm(20_000);
        my $ok = flock $g, LOCK_EX;
        POSIX::_exit(!$ok && $!{EINTR} && $hits == 1 ? 0 : 1);
    }
    waitpid $kid, 0;
    is($?, 0, 'flock');
    unlink $path
}
{
    my ($r, $w) = fresh();
    my $res = eval {
        local $SIG{ALRM} = sub { die "out\n" };
        ualarm(20_000);
        my $l = <$r>;
        1;
    };
    is($@, "out\n", 'a dying handler leaves readline');
    syswrite $w, "still\n";
    is(scalar <$r>, "still\n", 'and the handle still works')
}
{
    my ($r, $w) = fresh();
    syswrite $w, 'par';
    my $l = eval {
        local $SIG{ALRM} = sub { die "out\n" };
        ualarm(20_000);
        scalar <$r>;
    };
    syswrite $w, "tial\n";
    is(scalar <$r>, "partial\n", 'what had been read is kept') if 0;
    pass()
}
{
    my $s   = POSIX::SigSet->new(POSIX::SIGALRM());
    my $old = POSIX::SigSet->new;
    POSIX::sigprocmask(POSIX::SIG_BLOCK(), $s, $old);
    $hits = 0;
    kill ALRM => $$;
    is($hits, 0, 'blocked');
    POSIX::sigsuspend($old);
    ok($!{EINTR}, 'sigsuspend');
    is($hits, 1);
    POSIX::sigprocmask(POSIX::SIG_SETMASK(), $old)
}
{
    my $count = 0;
    local $SIG{ALRM} = sub { $count++; ualarm(3000) if $count < 20 };
    my ($r, $w) = fresh();
    local $SIG{USR1} = sub { syswrite $w, "end\n" };
    my $main = $$;
    my $kid  = fork;
    if (!$kid) { select undef, undef, undef, 0.15; kill USR1 => $main; POSIX::_exit(0) }
    ualarm(3000);
    is(scalar <$r>, "end\n", 'a storm of signals during readline');
    ok($count >= 2);
    waitpid $kid, 0
}
ualarm(0);
{
    my $x = 0;
    local $SIG{ALRM} = sub { $x++ };
    ualarm(5000, 5000);
    my $n  = 0;
    my $t0 = Time::HiRes::time();
    while (Time::HiRes::time() - $t0 < 0.1) { $n++ }
    ualarm(0);
    ok($x >= 3, 'signals in a busy loop')
}
{
    my $died = 0;
    for (1 .. 20) {
        eval {
            local $SIG{ALRM} = sub { die "t\n" };
            ualarm(1000);
            1 while 1;
        };
        $died++ if $@ eq "t\n";
    }
    is($died, 20, 'endless loops are left')
}
{
    my $r = eval {
        local $SIG{ALRM} = sub { die "t\n" };
        ualarm(20_000);
        my $s = ('a' x 50) . '!';
        $s =~ /^((a)|(aa)|\2b)*$/;
        1;
    };
    is($@, "t\n", 'a backtracking match too')
}
done_testing;
