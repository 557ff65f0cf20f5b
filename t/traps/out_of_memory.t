# Growth beyond all memory is perl's fatal error, exit status 1: no panic, no abort.
use strict; use warnings;
use Test::More;
use lib 't/lib'; use Snippet;
for my $code ('$s = "a" x 1e18', '$a[1e15] = 1', '$#a = 1e16', 'vec($s, 1 << 45, 8) = 1',
              '$s = "ab"; $s x= 4e18', '@a = (1) x 1e17', '$x = sprintf "%1000000000000000d", 1',
              '$x = pack "x1000000000000000"', 'substr($s = "x", 0, 0) = "a" x 1e18') {
    my $r = snippet("$code; print 'alive'");
    is($r->{out}, '', "$code: ends");
    isnt($r->{status}, 0, "with a failure");
    is($r->{status} & 127, 0, "not by a signal");
    unlike($r->{err}, qr/panicked|RUST_BACKTRACE|core dumped/, 'no panic');
    like($r->{err}, qr/Out of memory|too large|Integer overflow|memory wrap|out of bounds/i, 'a reason') or diag $r->{err};
}
done_testing;
