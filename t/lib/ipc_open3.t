# IPC::Open3 and IPC::Open2.
use strict;
use warnings;
use Test::More;
use IPC::Open3;
use IPC::Open2;
use Symbol 'gensym';

my $err = gensym;
my $pid = open3(my $in, my $out, $err, 'sh', '-c', 'cat; echo problem >&2; exit 3');
print $in "line\n";
close $in;
is join('', <$out>), "line\n", 'output';
is join('', <$err>), "problem\n", 'errors';
waitpid $pid, 0;
is $? >> 8, 3, 'status';

$pid = open3($in, $out, undef, 'echo out; echo err >&2');
close $in;
is join('', sort <$out>), "err\nout\n", 'both together';
waitpid $pid, 0;

$pid = open2($out, $in, 'tr', 'a-z', 'A-Z');
print $in "abc\n";
close $in;
is scalar <$out>, "ABC\n", 'open2';
waitpid $pid, 0;

ok !eval { open3($in, $out, undef, '/no/such/program', 'x'); 1 }, 'a failing exec is an exception';
like $@, qr{^open3: exec of /no/such/program x failed: No such file or directory at };
$pid = open3($in, $out, undef, '-');
if (!$pid) { print 'child: ', scalar <STDIN>; exit 7 }
print $in "hello\n";
close $in;
is scalar <$out>, "child: hello\n", 'a fork of the program';
waitpid $pid, 0;
is $? >> 8, 7;
done_testing;
