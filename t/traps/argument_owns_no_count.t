# An argument window borrows: what the callee lets go of dies at once.
use strict; use warnings;
use Test::More;
our @log;
{ package G; sub new { bless [$_[1] || 'D'], $_[0] } sub DESTROY { push @main::log, $_[0][0] }
  sub method { push @main::log, 'in'; undef $_[0] if $_[1]; undef $main::o; push @main::log, 'after' } }

our $o = G->new;
sub copies { my ($c) = @_; undef $c; undef $main::o; push @log, 'after' }
copies($o);
is("@log", 'D after', 'copied from @_ and undefined');

@log = (); $o = G->new;
sub shifts { my $c = shift; undef $c; undef $main::o; push @log, 'after' }
shifts($o);
is("@log", 'D after', 'shifted');

@log = (); $o = G->new;
sub shifts_bare { shift; undef $main::o; push @log, 'after' }
shifts_bare($o);
is("@log", 'D after', 'shifted away');

@log = (); $o = G->new;
$o->method;
is("@log", 'in D after', 'an invocant');

@log = (); $o = G->new;
sub untouched { undef $main::o; push @log, 'after' }
untouched($o);
is("@log", 'D after', 'never looked at');

@log = ();
sub temporary { push @log, 'in'; 1 }
temporary(G->new);
push @log, 'next';
is("@log", 'in D next', 'a temporary argument lives to the end of the statement');

# A pipe end instead of an object: a count too many is a hang.
pipe(our $r, our $w) or die;
sub drop { my ($h) = @_; undef $h; undef $main::w; }
drop($w);
my $got = sysread($r, my $buf, 10);
is($got, 0, 'the write end is closed in the callee: end of file');
done_testing;
