# alarm, sleep, select, Time::HiRes timers.
use strict;
use warnings;
use Test::More;
use Time::HiRes
    qw(time sleep alarm ualarm usleep setitimer getitimer ITIMER_REAL ITIMER_VIRTUAL clock_gettime CLOCK_MONOTONIC nanosleep tv_interval gettimeofday);
my $n = 0;
$SIG{ALRM} = sub { $n++ };
alarm(0.02);
select undef, undef, undef, 5;
is($n, 1, 'alarm with a fraction');
is(alarm(10), 0);
my $left = alarm(0);
ok($left > 9 && $left <= 10, 'the time left');
setitimer(ITIMER_REAL, 0.01, 0.01);
$n = 0;
select undef, undef, undef, 0.5 for 1 .. 3;
setitimer(ITIMER_REAL, 0);
ok($n >= 3, 'an interval timer');
is((getitimer(ITIMER_REAL))[0] + 0, 0);
{
    my $v = 0;
    local $SIG{VTALRM} = sub { $v++ };
    setitimer(ITIMER_VIRTUAL, 0.01);
    my $x = 0;
    $x++ while !$v && $x < 50_000_000;
    is($v, 1, 'virtual timer')
}
my $t = eval {
    local $SIG{ALRM} = sub { die "timeout\n" };
    alarm(0.03);
    sleep 10;
    alarm 0;
    1;
};
is($@, "timeout\n");
my $t0 = clock_gettime(CLOCK_MONOTONIC);
usleep(1000);
nanosleep(1_000_000);
ok(clock_gettime(CLOCK_MONOTONIC) > $t0);
my $g = [gettimeofday];
ok(tv_interval($g) >= 0);
ok(abs(time() - CORE::time()) < 3);
is(CORE::alarm(0), 0);
CORE::alarm(5);
ok(CORE::alarm(0) >= 4);
is(select(undef, undef, undef, 0), 0);
is(sleep(0) >= 0 ? 1 : 0,          1);
my $seen = 0;
$SIG{USR1} = sub { $seen++ };
my $pid = fork;
if (!$pid) { CORE::select(undef, undef, undef, 0.05); kill USR1 => getppid; exit 0 }
my $r = CORE::sleep(20);
ok($r < 10, 'sleep is cut short');
is($seen, 1);
waitpid $pid, 0;
{
    local $SIG{ALRM} = 'IGNORE';
    alarm(0.01);
    my $s = CORE::select(undef, undef, undef, 0.05);
    is($s, 0, 'an ignored signal wakes nobody')
}
{
    my @order;
    local $SIG{ALRM} = sub { push @order, 'outer' };
    alarm(0.05);
    {
        local $SIG{ALRM} = sub { push @order, 'inner' };
        CORE::select(undef, undef, undef, 1)
    }
    is("@order", 'inner')
}
$SIG{ALRM} = 'DEFAULT';
is(system($^X, '-e', 'alarm 1; select undef, undef, undef, 9') & 127, 14, 'without a handler it kills');
done_testing;
