# Substitution: constant, with captures, with code, tr.
use strict;
use warnings;
my $base = join ' ', map { "word$_ <b>bold $_</b> &amp; 12,345.67" } 1 .. 600;
my ($n, $len) = (0, 0);
for my $round (1 .. 80) {
    my $t = $base;
    $n += $t =~ s/&amp;/&/g;
    $n += $t =~ s/<b>(.*?)<\/b>/*$1*/g;
    $t =~ s/(\d+)/$1 + 1/ge;
    $t =~ s/\bword/W/g;
    $t =~ tr/a-z/b-za/;
    $t =~ s/\s+/ /g;
    $len += length $t;
}
my $x = 0;
for my $i (1 .. 350_000) { my $s = "  key$i = value  "; $s =~ s/^\s+//; $s =~ s/\s+$//; $x += length $s }
print "$n $len $x\n";
