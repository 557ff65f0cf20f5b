# eval STRING: small pieces compiled and run.
use strict;
use warnings;
my $sum = 0;
for my $i (1 .. 32_000) { $sum += eval "my \$x = $i; my \@l = (1, 2, \$x); \$x * 2 + \@l" }
my @subs = map {
    eval
        "sub { my (\$n) = \@_; if (\$n > $_) { return \$n - $_ } else { return { a => [$_, \$n], b => 'text' }->{a}[0] } }"
} 1 .. 9000;
for my $s (@subs) { $sum += $s->(2000) }
print "$sum\n";
