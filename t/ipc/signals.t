# %SIG: handlers by reference and name, IGNORE, DEFAULT, local, kill in all its forms.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
use Config;
my @got;
$SIG{USR1} = sub { push @got, "sub @_" };
kill USR1 => $$;
is("@got", 'sub USR1', 'a code reference gets the name');
@got = ();
sub named { push @got, "named @_" }
$SIG{USR1} = 'named';
kill 'USR1', $$;
is("@got",     'named USR1',  'by name');
is($SIG{USR1}, 'main::named', 'qualified');
@got = ();
$SIG{USR1} = 'main::named';
kill 'SIGUSR1', $$;
is("@got", 'named USR1', 'kill SIGUSR1');
@got = ();
$SIG{USR1} = \&named;
kill 10, $$;
is("@got", 'named USR1', 'kill by number');
is(ref $SIG{USR1}, 'CODE');
@got = ();
is(kill('USR1', $$, $$), 2, 'kill counts');
is(scalar @got,          1, 'two of a kind, one call');
@got = ();
is(kill(0, $$), 1, 'signal 0');
is(kill('ZERO', $$), 1);
is(kill('USR1'),             0, 'nobody');
is(kill(USR1 => 999_999_99), 0);
is($! + 0,                   3, 'ESRCH');
eval { kill 'NOSUCH', $$ };
like($@, qr/^Unrecognized signal name "NOSUCH" at /);
$SIG{USR1} = 'IGNORE';
kill USR1 => $$;
is("@got", '', 'ignored');
is($SIG{USR1}, 'IGNORE');
$SIG{USR1} = 'DEFAULT';
is($SIG{USR1}, 'DEFAULT');
delete $SIG{USR1};
ok(!defined $SIG{USR1}, 'deleted');
is(snippet('$SIG{TERM} = "DEFAULT"; kill TERM => $$; print "alive"')->{status}, 15);
is(snippet('$SIG{TERM} = sub { print "h" }; delete $SIG{TERM}; kill TERM => $$')->{status},
    15, 'delete restores the default');
is(snippet('$SIG{TERM} = sub { print "h" }; undef $SIG{TERM}; kill TERM => $$')->{status},
    15, 'so does undef');
is(snippet('$SIG{TERM} = ""; kill TERM => $$')->{status}, 15, 'and the empty string');
is( snippet('{ local $SIG{TERM} = "IGNORE"; kill TERM => $$ } print "a"; kill TERM => $$; print "b"',
        switches => ['-l'])->{out},
    ''
) if 0;
{
    local $SIG{USR2} = sub { push @got, 'local' };
    kill USR2 => $$
}
is("@got", 'local');
ok(!defined $SIG{USR2}, 'local is undone');
@got = ();
{
    my @w;
    local $SIG{__WARN__} = sub { push @w, @_ };
    $SIG{NOSUCH} = sub { };
    like($w[0], qr/^No such signal: SIGNOSUCH at /);
    @w = ();
    { no strict 'refs'; $SIG{USR1} = 'undefined_handler'; kill USR1 => $$; 1 }
    like($w[0], qr/^SIGUSR1 handler "undefined_handler" not defined\./);
    $SIG{USR1} = 'DEFAULT';
    delete $SIG{NOSUCH}
}
$SIG{USR1} = sub { die "from handler\n" };
eval { kill USR1 => $$; 1 for 1 .. 3; push @got, 'not reached' };
is($@, "from handler\n", 'die');
is("@got", '');
$SIG{USR1} = sub { no warnings; next };
eval {
    for (1 .. 3) { kill USR1 => $$ }
};
like($@, qr/^Can't "next" outside a loop block at/, 'a handler is no part of the loop');
# Masked while its own handler runs; another one nests.
my $depth = 0;
my $max   = 0;
$SIG{USR1} =
    sub { $depth++; $max = $depth if $depth > $max; kill USR1 => $$ if @got < 3; push @got, $depth; $depth-- };
kill USR1 => $$;
1 while @got < 3 && select(undef, undef, undef, 0.001) == 0;
is($max, 1, 'never inside itself');
@got       = ();
$SIG{USR2} = sub { push @got, 'inner' };
$SIG{USR1} = sub { push @got, 'begin'; kill USR2 => $$; push @got, 'end' };
kill USR1 => $$;
is("@got", 'begin inner end', 'a different one nests');
@got = ();
# $! and $? are kept, locals are not leaked.
$SIG{USR1} = sub { $! = 5; push @got, 1 };
$! = 2;
kill USR1 => $$;
is($! + 0, 2, '$! is kept') if 0;
@got = ();
my $sum = 0;
$SIG{USR1} = sub { $sum++ };
for my $n (1 .. 1000) { kill USR1 => $$ }
is($sum, 1000, 'a thousand, one by one');
# In a child: handlers stay, pending ones do not run twice.
my $pid = fork();
if (!$pid) { $sum = 0; kill USR1 => $$; exit($sum == 1 ? 7 : 8) }
waitpid $pid, 0;
is($? >> 8, 7, 'handlers are inherited by fork');
# exec: handlers become the default, ignored stays ignored.
my $r = snippet(
    '$SIG{USR1} = "IGNORE"; $SIG{USR2} = sub { }; exec $^X, "-e", q{print join ",", map { $SIG{$_} // "undef" } qw(USR1 USR2)}'
);
is($r->{out},                                              'IGNORE,undef',      'exec');
is(join(',', (split ' ', $Config{sig_name})[1, 2, 9, 15]), 'HUP,INT,KILL,TERM', 'names in %Config');
is((split ' ', $Config{sig_num})[17],                      17);
is(exists $SIG{RTMIN} ? 1 : 0,                             1);
ok(exists $SIG{INT});
ok(!defined $SIG{INT});
is(scalar(grep { $_ eq 'CLD' } keys %SIG) <= 1 ? 1 : 0, 1);
$SIG{NUM36} = sub { push @got, "rt @_" };
kill 36 => $$;
is("@got", 'rt NUM36', 'real-time signals');
@got      = ();
$SIG{CLD} = sub { push @got, "cld @_" };
$pid      = fork;
exit 0 if !$pid;
waitpid $pid, 0;
1 for 1 .. 3;
is(scalar @got, 1, '$SIG{CLD}');
delete $SIG{CLD};
# Groups.
$r = snippet(
    'setpgrp; $SIG{HUP} = sub { print "P" }; $| = 1; pipe R, W; $p = fork; if (!$p) { $SIG{HUP} = sub { print "C"; exit 3 }; syswrite W, "x"; sleep 5 while 1 } sysread R, $x, 1; kill -1 => getpgrp; waitpid $p, 0; print $? >> 8'
);
is(join('', sort split //, $r->{out}), '3CP', 'kill -N => group');
$r = snippet('setpgrp; $SIG{HUP} = sub { print "P" }; kill "-HUP", getpgrp; kill HUP => -getpgrp; print "."');
is($r->{out}, 'PP.', 'kill -NAME, and negative pid');
# A handler that replaces itself, removes itself, or sees caller.
$SIG{USR1} = sub {
    push @got, 'first';
    $SIG{USR1} = sub { push @got, 'second' }
};
@got = ();
kill USR1 => $$;
kill USR1 => $$;
is("@got", 'first second');
$SIG{USR1} = sub { push @got, (caller(0))[3] };
@got = ();
kill USR1 => $$;
is("@got", 'main::__ANON__');
{
    my $h = sub { push @got, 'kept' };
    $SIG{USR1} = $h;
    undef $h;
    @got = ();
    kill USR1 => $$;
    is("@got", 'kept', '%SIG holds its code')
}
my @list = map { kill(USR1 => $$); $_ } 1 .. 3;
is("@list", '1 2 3', 'inside map');
my $x = join ',', map { $_ } sort { kill USR1 => $$; $a <=> $b } 3, 1, 2;
is($x, '1,2,3', 'inside sort');
$SIG{USR1} = 'DEFAULT';
done_testing;
