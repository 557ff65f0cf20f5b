# A handler that closes the handle a print waits on: both fail, nobody waits for ever.
use strict;
use warnings;
use Test::More;
use Time::HiRes 'ualarm';
$SIG{PIPE} = 'IGNORE';
for my $size (70_000, 200_000) {
    pipe my $in, my $out or die;
    my $closed;
    local $SIG{ALRM} = sub { $closed = close($out) ? 'ok' : 'failed' };
    $out->autoflush(1);
    ualarm(200_000);
    my $printed = print $out 'a' x $size;
    ualarm(0);
    is($closed, 'failed', "$size bytes: the close in the handler");
    ok(!$printed, 'the print');
    ok(!close $out, 'it is closed');
}
done_testing;
