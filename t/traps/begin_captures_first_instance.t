# A BEGIN block and a named sub hold the first instance of a lexical.
use Test::More;
my $y; BEGIN { $y = 9 } is($y, 9, 'BEGIN sets the variable the main program uses');
my @a; BEGIN { @a = (1, 2) } is("@a", '1 2', 'an array');
my $z = 4; BEGIN { $z = 9 } is($z, 4, 'the initialiser still runs');
{ my $n = 0; sub counter { ++$n } }
is(counter(), 1); is(counter(), 2, 'a named sub keeps its variable');
my @seen;
for my $i (1 .. 3) { my $v = $i; sub named { $v } push @seen, defined named() ? named() : 'undef' }
is($seen[0], 1, 'the first instance'); is($seen[2], 1, 'and only that one');
done_testing;
