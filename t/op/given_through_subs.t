# break and continue in a sub the block calls; what goes on around them (perlsyn "Switch Statements").
use strict;
use feature 'switch';
use Test::More;
no warnings;

sub leave { break }
sub on    { continue }
my @seen;
given (1) { push @seen, 'in'; leave(); push @seen, 'not' }
is "@seen", 'in', 'break leaves the given around the call';
@seen = ();
given (1) { when (1) { push @seen, 'first'; on(); push @seen, 'not' } when ( [ 1, 2 ] ) { push @seen, 'second' } default { push @seen, 'not' } }
is "@seen", 'first second', 'continue goes on behind the when';
@seen = ();
for ( 1 .. 4 ) { when (2) { push @seen, 'two'; next } when (3) { last } default { push @seen, "d$_" } }
is "@seen", 'd1 two', 'next and last are for the loop';
ok !eval { leave(); 1 }, 'without a given';
like $@, qr/^Can't "break" outside a given block at /, '... there is nothing to leave';
ok !eval { on(); 1 }, 'without a when';
like $@, qr/^Can't "continue" outside a when block at /, '... there is nothing to go on with';
done_testing;
