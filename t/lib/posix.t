# POSIX: numbers, texts, times, descriptors, sets of signals, terminals.
use strict;
use warnings;
use Test::More;
use POSIX ();
is(join('|', POSIX::strtol('12abc', 10)), '12|3', 'strtol');
is(scalar POSIX::strtol('0x1f', 0), 31);
{
    local $! = 0;
    my @got = POSIX::strtol('z', 37);
    ok(!defined $got[0], 'a wrong base');
    is($! + 0, POSIX::EINVAL());
}
is((POSIX::strtol('99999999999999999999'))[0], POSIX::LONG_MAX(), 'too large');
is(join('|', POSIX::strtoul('-1')), POSIX::ULONG_MAX() . '|0');
is(join('|', POSIX::strtod('3.14foo')), '3.14|3');
is(join('|', POSIX::strtod('0x1p4z')), '16|1');
is(POSIX::fmod(7.5, 2), 1.5);
is(POSIX::floor(-1.5), -2);
is(POSIX::ceil(-1.5), -1);
is(join(',', POSIX::frexp(8)), '0.5,4');
is(join(',', POSIX::modf(3.25)), '0.25,3');
is(POSIX::ldexp(1, 10), 1024);
is(POSIX::round(2.5), 3);
is(POSIX::lround(-2.5), -3);
is(POSIX::trunc(-2.7), -2);
is(POSIX::copysign(3, -1), -3);
is(POSIX::fmax(1, 2), 2);
ok(POSIX::isnan(POSIX::NAN()));
ok(!POSIX::isless(1, POSIX::NAN()));
is(POSIX::fpclassify(0), POSIX::FP_ZERO());
like(POSIX::tgamma(5), qr/^2[34]/);
is(sprintf('%.4f', POSIX::erf(1)), '0.8427');
is(POSIX::ilogb(8), 3);
{
    local $ENV{TZ} = 'UTC';
    POSIX::tzset();
    is(POSIX::mktime(0, 0, 0, 2, 0, 70), 86400, 'mktime');
    is(POSIX::mktime(0, 0, 0, 1, 0, 70), '0 but true');
    is(POSIX::strftime('%Y-%m-%d %H:%M:%S %j %a', 70, 0, 0, 35, 0, 100), '2000-02-04 00:01:10 035 Fri', 'fields are carried over');
    is(POSIX::strftime('%S', 60, 0, 0, 1, 0, 100), '60', 'a leap second stays');
    is(POSIX::strftime('', 1, 1, 1, 1, 1, 1), '');
    is(POSIX::ctime(0), "Thu Jan  1 00:00:00 1970\n");
    is(join(',', POSIX::tzname()), 'UTC,UTC');
}
POSIX::tzset();
is(POSIX::asctime(0, 0, 0, 1, 0, 100), "Sun Jan  1 00:00:00 2000\n", 'asctime takes the week day as it is');
for my $case (
    ['fmod(x, y)' => sub { no warnings; &POSIX::fmod(1) }],
    ['open(filename, flags = O_RDONLY, mode = 0666)' => sub { &POSIX::open() }],
    ['sigprocmask(how, sigset, oldsigset = 0)' => sub { &POSIX::sigprocmask(1) }],
    ['Termios::getcc(termios_ref, ccix)' => sub { &POSIX::Termios::getcc() }],
    ['SigSet::addset(sigset, sig)' => sub { &POSIX::SigSet::addset() }],
    ['mktime(sec, min, hour, mday, mon, year, wday = 0, yday = 0, isdst = -1)' => sub { &POSIX::mktime(1) }],
) {
    my ($usage, $code) = @$case;
    eval { $code->() };
    is($@ =~ s/ at .*//sr, "Usage: POSIX::$usage");
}
my $set = POSIX::SigSet->new(1, 2);
is($set->ismember(2), 1);
is($set->addset(100), undef);
is($! + 0, POSIX::EINVAL());
is($set->addset(3), '0 but true');
eval { $set->addset(-1) };
like($@, qr/^addset: Negative signals are not allowed -1 at/);
eval { POSIX::SigSet->new(-1) };
like($@, qr/^POSIX::Sigset->new: failed to add signal -1 at/);
eval { POSIX::sigprocmask(0, 1) };
like($@, qr/^sigset is not of type POSIX::SigSet at/);
eval { POSIX::sigaction(10, []) };
like($@, qr/^action is not of type POSIX::SigAction at/);
my $termios = POSIX::Termios->new;
is($termios->getcc(3), 0);
$termios->setcc(3, 7);
is($termios->getcc(3), 7);
$termios->setlflag(POSIX::ECHO());
is($termios->getlflag, POSIX::ECHO());
ok($termios->setospeed(POSIX::B9600()));
is($termios->getospeed, POSIX::B9600());
eval { $termios->getcc(99) };
like($@, qr/^Bad getcc subscript at/);
pipe(my $r, my $w) or die;
is($termios->getattr(fileno $r), undef);
is($! + 0, POSIX::ENOTTY(), 'a pipe is no terminal');
my $copy = POSIX::dup(fileno $w);
is(POSIX::write($copy, 'abcdef', 3), 3);
is(POSIX::read(fileno $r, my $buffer, 100), 3);
is($buffer, 'abc');
is(POSIX::close($copy), '0 but true');
is(POSIX::close($copy), undef);
is($! + 0, POSIX::EBADF());
is(POSIX::access('/', POSIX::R_OK()), '0 but true');
is(POSIX::access('/nonexistent', POSIX::F_OK()), undef);
is(POSIX::WEXITSTATUS(256), 1);
ok(POSIX::WIFSIGNALED(9));
is(POSIX::WTERMSIG(9), 9);
ok(POSIX::S_ISDIR((stat '/')[2]));
is(scalar(my @names = POSIX::uname()), 5);
is(scalar(my @times = POSIX::times()), 5);
is(POSIX::DBL_MAX(), 1.7976931348623157e308);
is(POSIX::INT_MAX(), 2147483647);
is(POSIX::mblen('abc', 3), 1);
is(POSIX::strcoll('a', 'a'), 0);
is(ref POSIX::localeconv(), 'HASH');
done_testing;
