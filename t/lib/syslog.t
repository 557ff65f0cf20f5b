# Sys::Syslog's native part; what is sent is looked at only where a logger of our own can listen.
use strict;
use warnings;
use Test::More;
use Sys::Syslog qw(:standard :macros);

is(LOG_MASK(3), 8, 'LOG_MASK');
is(LOG_UPTO(3), 15, 'LOG_UPTO');
is(Sys::Syslog::LOG_MAKEPRI(LOG_MAIL, LOG_ERR), LOG_MAIL | LOG_ERR, 'LOG_MAKEPRI');
is(Sys::Syslog::LOG_PRI(LOG_MAIL | LOG_ERR), LOG_ERR, 'LOG_PRI');
is(Sys::Syslog::LOG_FAC(LOG_MAIL | LOG_ERR), 2, 'LOG_FAC');
is(Sys::Syslog::_PATH_LOG(), '/dev/log', 'where the logger listens');
is(Sys::Syslog::constant('LOG_NOWHERE'), 'LOG_NOWHERE is not a valid Sys::Syslog macro', 'constant');
is(setlogmask(LOG_UPTO(LOG_ERR)), 255, 'setlogmask gives the former mask');
is(setlogmask(0), LOG_UPTO(LOG_ERR), 'and tells the present one');

{
    # A logger of our own, over a datagram socket with a name.
    require IO::Socket::UNIX;
    require Socket;
    my $path = "/tmp/keshi-syslog.$$";
    my $logger = IO::Socket::UNIX->new(Type => Socket::SOCK_DGRAM(), Local => $path);
    my $stop = $$;
    END { unlink $path if defined $path && $$ == $stop }
    SKIP: {
        skip "no socket: $!", 4 unless $logger;
        ok(Sys::Syslog::setlogsock({ type => 'unix', path => $path }), 'setlogsock');
        setlogmask(255);
        openlog('me', 'pid,noeol,nonul', 'local1');
        ok(syslog('warning', 'disk %s is %d%% full', 'sda', 91), 'syslog');
        $logger->recv(my $got, 1000);
        like($got, qr/^<140>\w{3} [ \d]\d \d\d:\d\d:\d\d me\[$$\]: disk sda is 91% full\z/, 'the message');
        $! = 2;
        syslog('local2|err', 'cannot open: %m');
        $logger->recv($got, 1000);
        like($got, qr/^<147>.*: cannot open: No such file or directory\z/, 'a facility for once, and %m');
        closelog();
    }
}
for my $wrong (['nolevel', qr/^syslog: invalid level\/facility: nolevel/], ['err|info', qr/^syslog: too many levels given/]) {
    ok(!eval { syslog($wrong->[0], 'text'); 1 }, "syslog '$wrong->[0]'");
    like($@, $wrong->[1], 'has its error');
}

done_testing;
