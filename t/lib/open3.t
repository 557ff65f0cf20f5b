# IPC::Open2, IPC::Open3, IO::Pipe, IO::Select with children.
use strict;
use warnings;
use Test::More;
use IPC::Open2;
use IPC::Open3;
use IO::Select;
use IO::Pipe;
use IO::Handle;
use Symbol 'gensym';
my $pid = open2(my $out, my $in, 'cat');
ok($pid > 1);
print $in "one\n";
print $in "two\n";
close $in;
is(join('', <$out>), "one\ntwo\n");
waitpid $pid, 0;
is($?, 0);
$pid = open2($out, $in, $^X, '-pe', '$| = 1; $_ = uc');
print $in "abc\n";
is(scalar <$out>, "ABC\n", 'autoflushed');
print $in "def\n";
is(scalar <$out>, "DEF\n");
close $in;
waitpid $pid, 0;
$pid = open3($in, $out, my $err = gensym, 'sh', '-c', 'cat; echo oops >&2; exit 3');
print $in "data\n";
close $in;
is(join('', <$out>), "data\n");
is(join('', <$err>), "oops\n");
waitpid $pid, 0;
is($? >> 8, 3);
$pid = open3($in, $out, undef, 'sh', '-c', 'echo o; echo e >&2');
close $in;
is(join('', sort <$out>), "e\no\n", 'without a third handle they share');
waitpid $pid, 0;
eval { open3($in, $out, undef, 'no-such-command-x') };
like($@, qr/^open3: exec of no-such-command-x failed: No such file or directory at/);
open my $null, '<', '/dev/null';
$pid = open3('<&' . fileno($null), $out, undef, 'cat');
is(join('', <$out>), '');
waitpid $pid, 0;
{
    my ($w, $r, $e) = (undef, undef, gensym);
    my $p = open3($w, $r, $e, $^X, '-e', '$| = 1; for (1 .. 3) { print "o$_\n"; print STDERR "e$_\n" }');
    close $w;
    my $sel = IO::Select->new($r, $e);
    my %got = (o => '', e => '');
    while ($sel->count) {
        for my $h ($sel->can_read(5)) {
            my $n = sysread $h, my $b, 100;
            if (!$n) { $sel->remove($h); next }
            $got{ $h == $r ? 'o' : 'e' } .= $b;
        }
    }
    waitpid $p, 0;
    is($got{o}, "o1\no2\no3\n");
    is($got{e}, "e1\ne2\ne3\n", 'with IO::Select')
}
my $pipe = IO::Pipe->new;
$pid = fork;
if (!$pid) { $pipe->writer; print $pipe "through IO::Pipe\n"; exit 0 }
$pipe->reader;
is(<$pipe>, "through IO::Pipe\n");
waitpid $pid, 0;
my $ps = IO::Pipe->new;
$ps->reader('echo', 'cmd');
is(<$ps>, "cmd\n");
$ps->close;
my ($r1, $w1) = (IO::Handle->new, IO::Handle->new);
pipe $r1, $w1;
$w1->autoflush;
print $w1 "h\n";
is($r1->getline, "h\n");
$w1->close;
ok($r1->eof);
is(fileno($r1) > 2 ? 1 : 0, 1);
$pid = open2(my $bc, my $tobc, 'sort', '-n');
print $tobc "$_\n" for 3, 1, 2;
close $tobc;
is(join('', <$bc>), "1\n2\n3\n");
waitpid $pid, 0;
{
    local $SIG{PIPE} = 'IGNORE';
    my $p = open2(my $o, my $i, 'true');
    waitpid $p, 0;
    print $i "x";
    ok(!close $i);
    undef $i;
    1
}
done_testing;
