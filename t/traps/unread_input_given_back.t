# What was read ahead and not used is given back before system, fork, and exit.
use strict; use warnings;
use Test::More;
use lib 't/lib'; use Snippet;
my $lines = "1\n2\n3\n";
my $r = snippet('$| = 1; $l = <STDIN>; system "cat"; print "rest:", <STDIN>', stdin => $lines);
is($r->{out}, "2\n3\nrest:", 'system');
$r = snippet('$| = 1; $l = <STDIN>; print `cat`; print "rest:", <STDIN>', stdin => $lines);
is($r->{out}, "2\n3\nrest:", 'backticks');
$r = snippet('$| = 1; $l = <STDIN>; open my $p, "-|", "cat" or die; print <$p>; close $p; print "rest:", <STDIN>',
    stdin => $lines);
is($r->{out}, "2\n3\nrest:", 'a pipe open');
$r = snippet('$| = 1; $l = <STDIN>; if (!fork) { print "child ", scalar <STDIN>; exit } wait; print "parent ", scalar <STDIN>',
    stdin => $lines);
is($r->{out}, "child 2\nparent 3\n", 'fork: the child reads a line, then the parent the next');
$r = snippet('$p = $^X; system { "/bin/sh" } "sh", "-c", "$p -e \"<STDIN>\"; cat"', stdin => $lines);
is($r->{out}, "2\n3\n", 'exit');
$r = snippet('$p = $^X; system { "/bin/sh" } "sh", "-c", "$p -MPOSIX -e \"<STDIN>; POSIX::_exit(0)\"; cat"',
    stdin => $lines);
is($r->{out}, '', 'not by POSIX::_exit');
done_testing;
