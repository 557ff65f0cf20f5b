# The end of a program that has nothing left to run is quick, and still whole.
use strict;
use warnings;
use lib 't/lib';
use Test::More;
use Snippet;

sub out { my $got = snippet(@_); $got->{out} . ($got->{err} && "\nERR $got->{err}") }

is out('package A; sub DESTROY { print "gone\n" } package main; our $x = bless []; bless $x, "A"; print "end\n"'),
    "end\ngone\n", 'an object in a package variable';
is out('our %h = (a => bless({}, "A")); sub A::DESTROY { print "gone\n" } print "end\n"'),
    "end\ngone\n", 'blessed before its DESTROY is defined';
is out('our @list = map { bless [$_], "B" } 1; *B::DESTROY = sub { print "gone $_[0][0]\n" }; print "end\n"'),
    "end\ngone 1\n", 'DESTROY made at run time';
is out('@B::ISA = "A"; our $x = bless [], "B"; sub A::DESTROY { print "gone\n" } print "end\n"'),
    "end\ngone\n", 'an inherited DESTROY';
like out('our $x = bless [], "B"; sub UNIVERSAL::DESTROY { print "gone\n" } print "end\n"'),
    qr/end\ngone\n/, '... from UNIVERSAL';
is out('our $x = bless [], "B"; sub B::AUTOLOAD { print "$B::AUTOLOAD\n" } print "end\n"'),
    "end\nB::DESTROY\n", 'AUTOLOAD in its place';
is out('print "${^GLOBAL_PHASE}\n"; END { print "${^GLOBAL_PHASE}\n" } our $x = bless []; sub DESTROY { print "${^GLOBAL_PHASE}\n" }'),
    "RUN\nEND\nDESTRUCT\n", 'the phases';

my $file = temp_path('kept');
sub kept { open my $in, '<', $file or return "no file"; local $/; my $text = <$in>; unlink $file; $text }
out(qq{open my \$f, ">", "$file" or die; print \$f "lexical"; sub f { \$f }});
is kept(), 'lexical', 'what a lexical handle has buffered is written';
out(qq{open F, ">", "$file" or die; print F "global"; exit 3});
is kept(), 'global', '... a global one';
out(qq{open my \$f, ">", "$file" or die; print \$f "parent "; if (!fork) { print \$f "child "; exit 0 } wait; print \$f "again"});
is kept(), 'parent child again', '... in a child and in its parent';
is out('$| = 0; open my $p, "|-", "cat" or die; print $p "piped\n"; sub f { $p }'), "piped\n", 'a command is waited for';
is out('open P, "|cat" or die; print P "piped\n"; print "first\n"; close STDOUT;'), "first\npiped\n", '... a global one, too';
is out('$SIG{PIPE} = "IGNORE"; open my $p, "|-", "exec true" or die; 1 while print {$p} "x" x 10000; print "end\n"; sub f { $p }'),
    "end\n", 'what a pipe lost is not told';
is snippet('exit 7')->{status} >> 8, 7, 'the status';
is snippet('END { $? = 9 } exit 7')->{status} >> 8, 9, '... END has set';
like out('my $code = "(" x 3000 . "1" . ")" x 3000; print eval($code), "\n"'), qr/^1$/, 'deep nesting goes beyond the first stretch of stack';
like out('sub deep { my $n = shift; $n ? (sort { deep($n - 1); 0 } 1, 2)[0] : 1 } print deep(8), "\n"'), qr/^1$/, 'nested loops of the machine';
done_testing;
