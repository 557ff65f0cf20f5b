# pipe, open to and from commands, fork opens, close and $?.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
pipe(my $r, my $w) or die;
print $w "line\n";
close $w;
is(scalar <$r>, "line\n");
ok(eof $r);
close $r;
open(my $p, '-|', 'echo one; echo two') or die;
my @l = <$p>;
is("@l", "one\n two\n");
ok(close $p);
is($?, 0);
open($p, '-|', 'echo', 'a b', '$x') or die;
is(<$p>, "a b \$x\n", 'list form: no shell');
close $p;
open($p, 'echo old|') or die;
is(<$p>, "old\n", 'two arguments');
close $p;
my $out = temp_path('out');
open($p, '|-', "cat >$out") or die;
print $p "to cat\n";
ok(close $p);
is(slurp($out), "to cat\n");
open($p, "| cat >$out") or die;
print $p 'x';
close $p;
is(slurp($out), 'x');
open($p, '|-', 'tee', $out) or die if 0;
sub slurp { open my $f, '<', shift or return 'none'; local $/; my $t = <$f>; $t }
open($p, '-|', 'exit 3;') or die;
ok(!close $p, 'close is false on a failure');
is($? >> 8, 3);
is($! + 0, 0, '$! is 0');
open($p, '-|', 'kill -9 $$') or die;
ok(!close $p);
is($?, 9);
{
    no warnings;
    ok(!open($p, '-|', 'no-such-command-x'));
    is($! + 0, 2);
    ok(!open($p, '-|', 'no-such-command-x', 'arg'));
    is($! + 0, 2)
}
my $pid = open($p, '-|', 'cat', '/dev/null');
ok($pid > 1);
is(join('', <$p>), '');
ok(close $p);
{ my $pid2 = open(my $q, '-|', 'echo x'); is(waitpid($pid2, 0), $pid2); my $c = close $q; ok(!$c || 1) }
$pid = open(my $kid, '-|');
die unless defined $pid;
if (!$pid) { print "from kid $$\n"; exit 5 }
is(<$kid>, "from kid $pid\n", 'a fork open for reading');
ok(!close $kid);
is($? >> 8, 5);
$pid = open($kid, '|-');
if (!$pid) { my @in = <STDIN>; exit scalar @in }
print $kid "1\n2\n3\n";
close $kid;
is($? >> 8, 3, 'a fork open for writing');
$pid = open($kid, '-|') // die;
if (!$pid) { exec 'echo', 'exec in kid' }
is(<$kid>, "exec in kid\n");
close $kid;
{ open(my $k, '-|', 'cat') if 0; 1 }
{
    my $n = 0;
    open(my $c, '|-', "$^X -ne 'print' >$out") or die;
    for (1 .. 20_000) { print $c "line $_\n" }
    close $c;
    is(-s $out, length(join '', map { "line $_\n" } 1 .. 20_000), 'much data through a pipe')
}
{
    local $SIG{PIPE} = sub { die "sigpipe\n" };
    pipe(my $r, my $w);
    close $r;
    eval { syswrite $w, 'x'; select undef, undef, undef, 0.01; 1 };
    is($@, "sigpipe\n");
}
{
    local $SIG{PIPE} = 'IGNORE';
    pipe(my $r, my $w);
    close $r;
    ok(!defined syswrite $w, 'x');
    ok($!{EPIPE});
    is($! . '', 'Broken pipe');
    print $w 'y';
    ok(!close $w)
}
is( snippet('open STDOUT, "|-", "cat -n" or die; print "piped\n"; close STDOUT; print STDERR "done"')->{out},
    "     1\tpiped\n",
    'STDOUT to a command');
is( snippet(
        'open my $o, ">&", \*STDOUT; open STDOUT, "|-", "tr a-z A-Z"; print "up\n"; close STDOUT; open STDOUT, ">&", $o; print "low\n"'
    )->{out},
    "UP\nlow\n",
    'and back');
is(snippet('open STDIN, "-|", "echo in" or die; print scalar <STDIN>')->{out},   "in\n");
is(snippet('open P, "-|", "echo x"; exec "cat" if 0; print <P>; exit 0')->{out}, "x\n");
is( snippet('open(P, "|-", "cat"); print P "implicit close\n"; print "first\n"; ',)->{out} =~
        /implicit close/ ? 1 : 0,
    1,
    'closed at exit');
is(snippet('my $p = open my $f, "-|", "sleep 0; exit 2"; undef $f; print $? >> 8')->{out},
    0, 'dropping the handle waits, and leaves $? alone');
{
    my $pidless = open(my $c, '-|', 'echo a; exec sleep 0') or die;
    my $first   = <$c>;
    is($first, "a\n");
    close $c
}
is(fileno($r) // 'closed', 'closed');
pipe(my $cr, my $cw);
ok(fileno($cr) > 2);
my $flags = do { require Fcntl; fcntl($cr, Fcntl::F_GETFD(), 0) };
is($flags & 1, 1, 'close on exec');
{ local $^F = 100; pipe(my $a, my $b); is(fcntl($a, Fcntl::F_GETFD(), 0) + 0, 0, '$^F') }
{
    pipe(my $a, my $b);
    my $kid = fork;
    if (!$kid) {
        close $a;
        for (1 .. 100) { syswrite $b, "$_\n" }
        exit 0;
    }
    close $b;
    my $c = 0;
    while (<$a>) { $c++ }
    waitpid $kid, 0;
    is($c, 100)
}
eval { pipe(my $x, 5) if 0; 1 };
is( join(
        '',
        map { chomp; $_ }
            do { open my $h, '-|', 'printf "1\n2\n"'; <$h> }
    ),
    '12');
is((stat $cr)[2] & 0170000, 010000, 'a pipe');
ok(-p $cr);
ok(!-f $cr);
ok(!seek $cr, 0, 0);
ok($!{ESPIPE});
{
    my @many = map { open(my $h, '-|', "echo $_") or die; $h } 1 .. 20;
    is(join('', map { my $l = <$_>; chomp $l; $l } @many), join '', 1 .. 20);
    close $_ for @many
}
my $str = do { open my $h, '-|', 'cat', $0 or die; local $/; <$h> };
is(length $str, -s $0);
{ open(my $h, '-|:utf8', 'printf "\303\251"') or die; my $c = <$h>; is(length $c, 1, 'with a layer') }
unlink $out;
done_testing;
