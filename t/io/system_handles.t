# Handles on the descriptors programs inherit (perlvar $^F, perlfunc open).
use strict;
use warnings;
use Test::More;

my $file = "$0.$$";
END { unlink $file if defined $file }
my $pid = fork;
defined $pid or die "fork: $!";
if (!$pid) {
    my $keep = $file;
    undef $file;
    open my $out, '>', $keep or POSIX::_exit(9);
    open STDOUT, '>&=', $out or die "open: $!";
    $| = 1;
    print 'number ', fileno STDOUT, "\n";
    system 'echo from a command';
    print $out "the other handle\n";
    close $out;
    print "after\n";
    exit 0;
}
waitpid $pid, 0;
is($?, 0, 'the child ended well');
open my $in, '<', $file or die "cannot read $file: $!";
is(join('', <$in>), "number 1\nfrom a command\nthe other handle\nafter\n", '>&= leaves STDOUT on its descriptor');

{
    open my $saved, '<&', \*STDIN or die "dup: $!";
    open my $source, '<', $file or die "open: $!";
    my $number = fileno $source;
    ok(open(STDIN, "<&=$number"), 'STDIN from a number');
    is(fileno STDIN, 0, 'stays on descriptor 0');
    close STDIN;
    is(scalar <$source>, "number 1\n", 'closing it leaves the other open');
    open STDIN, '<&', $saved or die "dup: $!";
}

done_testing;
