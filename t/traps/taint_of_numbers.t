# keshi-taint: which results of a tainted operand are tainted.
use strict; use warnings;
use Test::More;
use lib 't/lib'; use Snippet;
my $prog = 'use Scalar::Util "tainted"; $t = $ARGV[0]; ' . 'print tainted(%s) ? 1 : 0';
my @yes = ('$t', '$t + 1', 'length $t', 'sprintf("%d", $t)', '$t <=> 3', '"a$t"', 'lc $t', '[$t]->[0]');
my @no = ('$t eq "a"', '!$t', '$t ? 1 : 2', '(keys %{{ $t => 1 }})[0]', '"a"', '($t =~ /(.)/)[0]');
for ([1, @yes], [0, @no]) {
    my ($want, @list) = @$_;
    for my $e (@list) {
        my $r = snippet(sprintf($prog, $e), switches => ['-T'], args => [5]);
        is($r->{out}, $want, $e) or diag $r->{err};
    }
}
done_testing;
