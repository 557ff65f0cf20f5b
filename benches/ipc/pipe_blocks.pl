# cpus: 1
# Blocks of 64 KB through a pipe.
use strict;
use warnings;
pipe my $r, my $w or die;
my $pid   = fork // die;
my $block = 'x' x 65536;
if (!$pid) {
    close $r;
    for (1 .. 15_000) {
        my $o = 0;
        while ($o < 65536) { $o += syswrite $w, $block, 65536 - $o, $o }
    }
    exit 0;
}
close $w;
my $n = 0;
while (my $k = sysread $r, my $b, 65536) { $n += $k }
waitpid $pid, 0;
print "$n\n";
