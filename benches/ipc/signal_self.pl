# Signals to the process itself.
use strict;
use warnings;
my $n = 0;
$SIG{USR1} = sub { $n++ };
kill USR1 => $$ for 1 .. 80_000;
print "$n\n";
