# Backticks with and without a shell.
use strict;
use warnings;
my $len = 0;
for (1 .. 120) { $len += length `echo hello $_`; $len += length `echo shell; true` }
print "$len\n";
