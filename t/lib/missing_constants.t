# Constants other systems have: they parse, and say what is wrong when they are called.
use strict;
use warnings;
use Test::More;
use Fcntl;
use Socket;

for (['Fcntl', 'S_ENFMT'], ['Socket', 'SO_DONTLINGER']) {
    my ($module, $name) = @$_;
    my $full = "${module}::$name";
    ok(!eval "my \$x = $full; 1", "$full");
    like($@, qr/^Your vendor has not defined $module macro $name, used at \(eval \d+\) line 1\n\z/, 'says so');
    ok(!eval "${module}::NO_SUCH_THING(); 1", 'nor is there any other name');
    like($@, qr/^NO_SUCH_THING is not a valid $module macro at \(eval \d+\) line 1\n\z/, 'which it says');
}
{
    no strict 'refs';
    ok(!defined &{'Fcntl::S_ENFMT'}, 'not defined');
}

use POSIX ();
my $fd = POSIX::open($0, POSIX::O_RDONLY());
is(POSIX::lseek($fd, 10, 0), 10, 'lseek');
is(POSIX::lseek($fd, 0, 0), '0', 'to the beginning');
POSIX::close($fd);
is(POSIX::lseek($fd, 0, 0), -1, 'lseek fails');

done_testing;
