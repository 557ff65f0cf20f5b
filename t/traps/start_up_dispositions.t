# What the parent ignored stays ignored and is shown; nothing else is touched at start-up.
use strict; use warnings;
use Test::More;
use lib 't/lib'; use Snippet;
my $show = 'print join ",", map { defined $SIG{$_} ? $SIG{$_} : "undef" } qw(PIPE INT USR1)';
is(snippet($show)->{out}, 'undef,undef,undef', 'defaults');
is(snippet($show, before => sub { $SIG{PIPE} = 'IGNORE' })->{out}, 'IGNORE,undef,undef', 'PIPE ignored');
is(snippet($show, before => sub { $SIG{INT} = $SIG{USR1} = 'IGNORE' })->{out}, 'undef,IGNORE,IGNORE', 'others');
my $r = snippet('pipe R, W; close R; $| = 1; syswrite W, "x"; print "alive"');
is($r->{out}, '', 'SIGPIPE kills by default');
is($r->{status} & 127, 13, 'with signal 13');
$r = snippet('pipe R, W; close R; $r = syswrite W, "x"; print $r // "undef", " ", $! + 0',
    before => sub { $SIG{PIPE} = 'IGNORE' });
is($r->{out}, 'undef 32', 'ignored: EPIPE');
$r = snippet('print $SIG{CHLD} // "undef", "\n"; if (!($p = fork)) { exit 3 } print waitpid($p, 0) == $p ? "reaped " : "lost ", $? >> 8',
    before => sub { $SIG{CHLD} = 'IGNORE' });
like($r->{out}, qr/reaped 3$/, 'an inherited SIGCHLD=IGNORE is forced to its default');
done_testing;
