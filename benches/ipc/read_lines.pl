# Reading the lines of a file.
use strict;
use warnings;
my $file = "$ENV{TMPDIR}/lines.$$";
open my $out, '>', $file or die;
print $out "this is line $_ of the file, with some text\n" for 1 .. 700_000;
close $out;
my ($n, $len) = (0, 0);
for (1 .. 2) {
    open my $in, '<', $file or die;
    while (<$in>) { chomp; $n++; $len += length }
    close $in;
}
unlink $file;
print "$n $len\n";
