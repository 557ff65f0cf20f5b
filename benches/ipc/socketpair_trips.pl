# cpus: 1
# Requests and answers over a socketpair with print and readline.
use strict;
use warnings;
use Socket;
use IO::Handle;
socketpair my $a, my $b, AF_UNIX, SOCK_STREAM, PF_UNSPEC or die;
$_->autoflush(1) for $a, $b;
my $pid = fork // die;
if (!$pid) {
    close $a;
    while (my $l = <$b>) { chomp $l; print $b $l * 2, "\n" }
    exit 0;
}
close $b;
my $sum = 0;
for my $i (1 .. 30_000) { print $a "$i\n"; my $l = <$a>; $sum += $l }
close $a;
waitpid $pid, 0;
print "$sum\n";
