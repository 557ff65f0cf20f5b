# A reader that is stopped, continued and signalled while it sleeps: the kernel has its call made again.
use strict;
use warnings;
use Test::More;

pipe my $r,     my $w       or die "pipe: $!";
pipe my $ready, my $tell or die "pipe: $!";
my $pid = fork // die "fork: $!";
if (!$pid) {
    my $count = 0;
    $SIG{USR1} = sub { $count++ };
    $SIG{TERM} = sub { exit($count ? 7 : 1) };
    close $w;
    syswrite $tell, 'x';
    while (1) { sysread $r, my $byte, 1 }
}
sysread $ready, my $byte, 1;
for (1 .. 3000) {
    kill 'STOP', $pid;
    kill 'CONT', $pid;
    kill 'USR1', $pid if $_ % 3 == 0;
}
kill 'TERM', $pid;
is waitpid($pid, 0), $pid;
is $?, 7 << 8, 'it has outlived that, counted signals and left by its own handler';
done_testing;
