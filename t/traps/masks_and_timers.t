# Signal masks are inherited over exec; alarm and setitimer share one timer.
use strict; use warnings;
use Test::More;
use POSIX ();
use Time::HiRes ();
use lib 't/lib'; use Snippet;
my $block = sub { POSIX::sigprocmask(POSIX::SIG_BLOCK(), POSIX::SigSet->new(POSIX::SIGUSR1())) or die };
my $show = 'use POSIX; $o = POSIX::SigSet->new; sigprocmask(SIG_BLOCK, POSIX::SigSet->new, $o); print $o->ismember(SIGUSR1)';
is(snippet($show)->{out}, 0, 'nothing blocked');
is(snippet($show, before => $block)->{out}, 1, 'a blocked signal stays blocked over exec');
is(snippet("system {\$^X} \$^X, '-e', q{$show}", before => $block)->{out}, 1, 'and through system');
alarm 100;
ok(Time::HiRes::getitimer(Time::HiRes::ITIMER_REAL()) > 90, 'getitimer sees the alarm');
Time::HiRes::setitimer(Time::HiRes::ITIMER_REAL(), 50);
my $left = alarm 0;
ok($left > 45 && $left <= 51, 'alarm sees setitimer') or diag $left;
is(Time::HiRes::getitimer(Time::HiRes::ITIMER_REAL()) + 0, 0, 'alarm 0 stops it');
# A pending blocked signal survives exec as well.
my $pending = sub { $block->(); kill USR1 => $$ };
my $r = snippet('use POSIX; $s = POSIX::SigSet->new; sigpending($s); print $s->ismember(SIGUSR1)', before => $pending);
is($r->{out}, 1, 'a pending signal is still pending after exec');
done_testing;
