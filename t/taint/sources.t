#!perl -T
# What comes from outside is tainted (perlsec).
use strict;
use warnings;
use Test::More;
use Scalar::Util 'tainted';

is(${^TAINT}, 1, 'the checks are on');
ok(tainted($^X), '$^X');
ok(tainted($0), '$0');
ok(!tainted($^O), '$^O is not');
ok(!tainted($$), '$$ is not');
ok(!tainted($]), '$] is not');

$ENV{KESHI_CLEAN} = 'x';
my @clean = grep { !/^TEST/ && !tainted($ENV{$_}) } keys %ENV;
is("@clean", 'KESHI_CLEAN', 'all of %ENV but what the program has set');
ok(!(grep { tainted($_) } keys %ENV), 'its keys are not');

my $file = __FILE__;
ok(!tainted($file), 'what the program says itself is not');
open(my $in, '<', $file) or die;
my $line = <$in>;
ok(tainted($line), 'readline');
my ($first, @rest) = <$in>;
ok(tainted($first), 'readline in list context');
ok(!(grep { !tainted($_) } @rest), 'all of its lines');
seek($in, 0, 0);
$_ = '';
while (<$in>) { last }
ok(tainted($_), 'the implicit $_ of while');
read($in, my $buffer, 5);
ok(tainted($buffer), 'read');
sysseek($in, 0, 0);
my $got = sysread($in, my $raw, 5);
ok(tainted($raw), 'sysread');
is($got, 5, 'and its number');
ok(!tainted($got), 'is not');
sysseek($in, 0, 0);
my %hash;
sysread($in, $hash{x}, 4);
ok(tainted($hash{x}), 'sysread into an element');
close $in;
open($in, '<', $file) or die;
my $char = getc $in;
ok(tainted($char), 'getc');
close $in;

my $text = "one\ntwo\n";
open($in, '<', \$text) or die;
$line = <$in>;
ok(tainted($line), 'a line of an in-memory file');
close $in;

$line = <DATA>;
ok(!tainted($line), 'a line of DATA is part of the program');

opendir(my $dir, '.') or die;
my $entry = readdir $dir;
ok(tainted($entry), 'readdir');
my @entries = readdir $dir;
ok(!(grep { !tainted($_) } @entries), 'readdir in list context');
closedir $dir;

my $link = "/tmp/keshi-taint-link.$$";
symlink('/nowhere', $link) or die;
my $to = readlink $link;
ok(tainted($to), 'readlink');
unlink $link;

my @found = glob('/tm*');
ok(tainted($found[0]), 'glob');

my @pw = getpwuid(0);
is(join(',', map { tainted($_) } @pw), '0,1,0,0,0,0,1,0,1', 'getpwuid: password, comment and shell');
is(join(',', map { tainted($_) } getgrgid(0)), '0,0,0,0', 'getgrgid: nothing');

$ENV{PATH} = '/bin:/usr/bin';
delete @ENV{qw(IFS CDPATH ENV BASH_ENV)};
my $out = `echo hello`;
is($out, "hello\n", 'backticks with a clean path');
ok(tainted($out), 'what they give');
my @lines = `echo a; echo b`;
is(scalar(grep { tainted($_) } @lines), 2, 'also as a list');
open(my $pipe, '-|', 'echo piped') or die;
$line = <$pipe>;
ok(tainted($line), 'a line from a pipe');
close $pipe;

use Socket;
socketpair(my $a, my $b, AF_UNIX, SOCK_DGRAM, PF_UNSPEC) or die;
send($a, 'message', 0);
recv($b, my $message, 100, 0);
is($message, 'message', 'recv');
ok(tainted($message), 'is tainted');

{
    use IO::Handle;
    open(my $trusted, '<', $file) or die;
    $trusted->untaint;
    my $line = <$trusted>;
    ok(!tainted($line), 'a line of a handle the program trusts');
    my ($next) = <$trusted>;
    ok(!tainted($next), 'in list context too');
}

require Cwd;
ok(tainted(Cwd::getcwd()), 'Cwd::getcwd');
ok(tainted(Cwd::cwd()), 'Cwd::cwd');

require POSIX;
my $fd = POSIX::open($file);
POSIX::read($fd, my $bytes, 4);
POSIX::close($fd);
is($bytes, '#!pe', 'POSIX::read');
ok(tainted($bytes), 'is tainted');

done_testing;
__DATA__
line
