# sort: numeric, by string, with a comparator, on two keys.
use strict;
use warnings;
my $seed = 7;
sub rnd { $seed = ($seed * 1103515245 + 12345) % 2147483648 }
my @n   = map      { rnd() % 1_000_000 } 1 .. 250_000;
my @a   = sort     { $a <=> $b } @n;
my @d   = sort     { $b <=> $a } @n;
my @s   = sort map { "k$_" } @n[0 .. 100_000];
my @r   = map      { { id => $_, g => $_ % 100 } } @n[0 .. 50_000];
my @two = sort     { $a->{g}   <=> $b->{g} || $b->{id} <=> $a->{id} } @r;
my @len = sort     { length $a <=> length $b or $a cmp $b } @s[0 .. 60_000];
print "$a[0] $d[0] $s[0] $two[0]{id} $two[-1]{id} $len[0] $len[-1]\n";
