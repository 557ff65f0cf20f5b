# When a temporary object dies: at the next statement of the same or an enclosing level.
use strict; use warnings;
use Test::More;
our @log;
{ package G; sub new { bless [], shift } sub ok { 1 } sub v { 'v' } sub DESTROY { push @main::log, 'D' } }
sub note_it { push @log, @_; 1 }
sub check { my ($wanted, $name) = @_; is("@log", $wanted, $name); @log = () }

if (G->new->ok) { note_it 'body' } note_it 'after';
check('body D after', 'if');
while (G->new->ok) { note_it 'body'; last } note_it 'after';
check('D body after', 'while');
my $n = do { G->new->ok; note_it 'inside'; 5 };
check('D inside', 'do block');
note_it('a', G->new->v, 'b'); note_it 'after';
check('a v b D after', 'to the end of the statement');
for my $x (G->new->v, 2) { note_it 'turn' } note_it 'after';
check('turn turn D after', 'foreach list');
sub returns { return G->new->v } my $v = returns(); note_it 'after';
check('D after', 'return');
my $k = G->new; note_it 'before'; undef $k; note_it 'after';
check('before D after', 'undef');
{ my $k = G->new; note_it 'in' } note_it 'after';
check('in D after', 'scope end');
unless (!G->new->ok) { note_it 'body' } note_it 'after';
check('body D after', 'unless');
note_it 'x' if G->new->ok; note_it 'after';
check('x D after', 'statement modifier');
my @l = map { G->new->v } 1 .. 2; note_it 'after';
is($log[-1], 'after', 'map: dead before the next statement'); is(scalar(grep { $_ eq 'D' } @log), 2); @log = ();
my %h = (a => G->new); note_it 'b'; delete $h{a}; note_it 'after';
check('b D after', 'delete in void context');
my @a = (G->new); note_it 'b'; shift @a; note_it 'after';
check('b D after', 'shift in void context');
$k = G->new; note_it 'b'; $k = undef; note_it 'after';
check('b D after', 'assignment over it');
done_testing;
