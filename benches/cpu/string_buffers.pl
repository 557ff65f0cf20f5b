# Buffers as network programs keep them: filled at the end, emptied at the front, all in place.
use strict;
use warnings;
my ($buffer, $sum) = ('', 0);
for my $round (1 .. 60) {
    $buffer = $buffer . "message $round " . 'x' x 50 . "\n" for 1 .. 2000;
    $buffer = "$buffer$_\n" for 1 .. 500;
    for (1 .. 1500) {
        $sum += length substr($buffer, 0, 16, '');
        substr($buffer, 0, 4) = '';
        $sum += index $buffer, "\n";
    }
    chop $buffer;
    substr($buffer, 100, 3, 'abc') for 1 .. 100;
}
pipe my $r, my $w or die "pipe: $!";
for (1 .. 3000) {
    syswrite $w, 'y' x 64;
    sysread $r, $buffer, 64, length $buffer;
}
my @queue = 1 .. 50_000;
for (1 .. 3000) {
    splice @queue, 1, 1;
    splice @queue, 5, 2, $_;
    splice @queue, -7, 1;
}
print length($buffer), " $sum @queue[0 .. 5] ", scalar(@queue), "\n";
