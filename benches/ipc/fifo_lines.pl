# Lines through a fifo opened by name.
use strict;
use warnings;
use POSIX 'mkfifo';
my $path = "$ENV{TMPDIR}/fifo.$$";
mkfifo $path, 0600 or die;
my $pid = fork // die;
if (!$pid) { open my $w, '>', $path or die; print $w "entry $_\n" for 1 .. 700_000; close $w; exit 0 }
open my $r, '<', $path or die;
my $n = 0;
$n++ while <$r>;
close $r;
waitpid $pid, 0;
unlink $path;
print "$n\n";
