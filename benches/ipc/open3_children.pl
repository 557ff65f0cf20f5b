# open3 with both outputs read.
use strict;
use warnings;
use IPC::Open3;
use Symbol 'gensym';
my $len = 0;
for my $i (1 .. 150) {
    my $err = gensym;
    my $pid = open3(my $in, my $out, $err, 'cat');
    print $in "data $i\n";
    close $in;
    my @o = <$out>;
    my @e = <$err>;
    waitpid $pid, 0;
    $len += length join '', @o, @e;
}
print "$len\n";
