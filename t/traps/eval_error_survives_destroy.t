# $@ is set after the DESTROYs that the unwinding causes.
use strict; use warnings;
use Test::More;
{ package G; sub DESTROY { eval { 1 } } }
{ package H; sub DESTROY { eval { die "inner\n" } } }
eval { my $g = bless [], 'G'; die "oops\n" };
is($@, "oops\n", 'eval in DESTROY does not clear $@');
eval { my $g = bless [], 'H'; die "oops\n" };
is($@, "oops\n", 'a failing eval in DESTROY does not replace $@');
sub deep { my $g = bless [], 'H'; die { code => 42 } }
eval { deep() };
is(ref $@ && $@->{code}, 42, 'an exception object survives');
my $r = eval { my $g = bless [], 'H'; 5 };
is($r, 5); is($@, '', 'empty after success');
my @warned;
{ local $SIG{__WARN__} = sub { push @warned, $_[0] };
  { package D; sub DESTROY { die "bad\n" } }
  eval { my $d = bless [], 'D'; die "outer\n" };
  is($@, "outer\n", 'a DESTROY that dies does not replace $@');
}
is(scalar @warned, 1);
like($warned[0], qr/^\t\(in cleanup\) bad$/m, 'it warns (in cleanup)');
done_testing;
