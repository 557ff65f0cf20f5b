# Words of a text counted, the usual first program.
use strict;
use warnings;
my @vocabulary = map {
    my $w = '';
    my $n = $_ * 7919;
    while ($n) { $w .= chr(97 + $n % 26); $n = int($n / 26) }
    $w
} 1 .. 800;
my $seed = 1;
my $text = join '', map {
    $seed = ($seed * 1103515245 + 12345) % 2147483648;
    $vocabulary[$seed % 800] . ($_ % 12 ? ' ' : ".\n")
} 1 .. 800_000;
my %count;
my $lines = 0;
open my $in, '<', \$text or die;
while (my $line = <$in>) { chomp $line; $lines++; $count{ lc $_ }++ for $line =~ /(\w+)/g }
close $in;
my @top = sort { $count{$b} <=> $count{$a} || $a cmp $b } keys %count;
printf "%-10s %d\n", $_, $count{$_} for @top[0 .. 4];
print "$lines lines, ", scalar(@top), " words\n";
