# system, exec, backticks: list and string forms, the shell, $? and $!.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
no warnings 'exec';
is(system('true'),                    0);
is(system('false') >> 8,              1);
is(system('exit 3;') >> 8,            3, 'a metacharacter brings a shell');
is(system('no-such-command-here'),    -1);
is($?,                                -1);
is($! + 0,                            2, 'ENOENT');
is(system('/'),                       -1);
is($! + 0,                            13, 'EACCES');
is(system('sh', '-c', 'exit 4') >> 8, 4);
my $ind = system {'sh'} 'mysh', '-c', 'exit 5';
is($ind,                          5 << 8);
is(system('kill -9 $$'),          9, 'died of a signal');
is(system('kill -TERM $$') & 127, 15);
is(`echo a`,                      "a\n");
is(join('|', `printf 'a\nb\nc'`), "a\n|b\n|c", 'lines in list context');
is(scalar(my @none = `true`),     0);
is(`exit 6;`,                     '');
is($? >> 8,                       6);
my $u = `no-such-command-here`;
ok(!defined $u || $u eq '');
is($?,                     -1);
is(`echo "it's" '\$HOME'`, "it's \$HOME\n");
my $v = 'two words';
is(`echo $v`,                   "two words\n");
is(qx'echo "$0"' ne '' ? 1 : 0, 1);
{ local $/ = undef; is(`printf 'a\nb'`,           "a\nb"); }
{ local $/ = ':';   is(join('|', `printf a:b:c`), 'a:|b:|c') }
is(readpipe('echo r'), "r\n");
{ local $_ = 'echo topic'; is(readpipe(), "topic\n") }
is(`cat </dev/null`,           '');
is(`printf '\\000\\001\\377'`, "\0\1\xff");
my $file  = temp_path('args');
my $shown = snippet('print join "|", @ARGV', args => ['a b', '$x', "it's", '', '*']);
is($shown->{out}, q(a b|$x|it's||*), 'arguments come unchanged');
is(system($^X, '-e', 'exit @ARGV', 1, 2, 3) >> 8, 3);
my @cmd = ($^X, '-e', 'exit 9');
is(system(@cmd) >> 8,                               9);
is(system("$^X -e 'exit 10'") >> 8,                 10);
is(snippet('exec "echo", "list form"')->{out},      "list form\n");
is(snippet('exec "echo string; echo form"')->{out}, "string\nform\n");
is(snippet('exec { "sh" } "argv0", "-c", q(echo $0)')->{out}, "argv0\n", 'indirect object');
is( snippet('$| = 0; print "before "; exec "echo after"')->{out},
    "before after\n",
    'output is flushed before exec');
my $r = snippet('exec "no-such-command" or print "failed ", $! + 0');
is($r->{out}, 'failed 2');
like(
    snippet('use warnings; no warnings "syntax"; exec "no-such-command"; print 1')->{err},
    qr/^Can't exec "no-such-command": No such file or directory at -e line 1\.$/m);
is(snippet('print "x"; system "echo y"; print "z"')->{out}, "xy\nz", 'and before system');
is(snippet('print "x"; $o = `echo y`; print "z$o"')->{out}, "xzy\n");
{
    local $ENV{KT} = 'from env';
    is(`echo \$KT`, "from env\n");
    delete local $ENV{KT};
    is(`echo "[\$KT]"`, "[]\n")
}
{
    local %ENV = (PATH => $ENV{PATH}, ONLY => 1);
    my @e = sort grep { !/^(_|PWD|SHLVL|OLDPWD)=/ } `env`;
    is(scalar(@e), 2, 'the whole environment is replaced')
}
$ENV{KNUM} = 5;
is(`echo \$KNUM`, "5\n");
delete $ENV{KNUM};
is(system("echo hidden >/dev/null"),    0);
is(system('true &'),                    0);
is(system('test -t 0 </dev/null') >> 8, 1);
{
    local $SIG{INT} = sub { };
    is(system('kill -INT $$') & 127, 2, 'the child has the default INT')
}
{
    my $s =
        snippet('$SIG{INT} = sub { print "no" }; system q(kill -INT $PPID; true); print "ignored in system"');
    like($s->{out}, qr/ignored in system$/)
}
is(snippet('system "exit 7;"; exit $? >> 8')->{status} >> 8,               7);
is(snippet('$? = 0; END { print "end " } exec "true"')->{out},             '', 'exec runs no END');
is(snippet('sub DESTROY { print "d" } $x = bless []; exec "true"')->{out}, '', 'and no DESTROY');
is(snippet('exit 3')->{status},                                            3 << 8);
is(snippet('exit')->{status},                                              0);
is(snippet('END { $? = 4 } ')->{status},                                   4 << 8);
is(snippet('die "x\n"')->{status} >> 8,                                    255);
is(snippet('$! = 3; die')->{status} >> 8,                                  3);
is(snippet('warn "w\n"; print "o"')->{err},                                "w\n");
is(snippet('print STDERR "e"; print "o"')->{err},                          'e');
is(snippet('BEGIN { exit 2 }')->{status} >> 8,                             2);
is(snippet('eval { exit 6 }; print "no"')->{status} >> 8,                  6, 'exit is not caught');
is(snippet('sub f { exit 5 } END { print "ran" } f()')->{out},                                 'ran');
is(snippet('close STDOUT; print "x" or exit 3')->{status} >> 8,                                3);
is(snippet('open STDOUT, ">", "/dev/full"; print "x"; close STDOUT or exit 4')->{status} >> 8, 4);
is(`$^X -le 'print for \@ARGV' 1 2`,                                                           "1\n2\n");
{
    local $! = 0;
    ok(!exec());
    is($! + 0, 2, 'nothing to execute');
}
# backticks call a readpipe that has been imported or is global, with their text interpolated
{
    package Other;
    use subs 'readpipe';
    sub readpipe { "<@_>" }
    main::is(`a ${\'b'}`, '<a b>', 'overridden');
    main::is(qx'$c',        '<$c>', 'not interpolated');
    main::is(<<`END`,       "<d\n>", 'a here document');
d
END
    main::is(CORE::readpipe('echo e'), "e\n", 'the one underneath');
}
is(`echo f`, "f\n", 'elsewhere it is not');
for my $code ('readpipe(($a, $b))', 'lc(($a, $b))', 'readpipe($a, $b)') {
    is(eval "no strict; $code; 1", undef, $code);
    like($@, qr/^Too many arguments for /);
}
done_testing;
