# @DB::args shows every argument, also those that were shifted.
use strict; use warnings;
use Test::More;
use Carp ();
my $said = '';
sub f { shift; shift; local $SIG{__WARN__} = sub { $said = $_[0] }; Carp::cluck("x") }
f(1, "two", 3);
like($said, qr/^x at \S+ line \d+\.\n/, 'message');
like($said, qr/^\tmain::f\(1, "two", 3\) called at \S+ line \d+$/m, 'all three arguments');

sub args { package DB; my @c = caller(1); return @DB::args }
sub g { shift; my @x = args(); return @x }
is(join(',', g(1, 2, 3)), '1,2,3', '@DB::args after one shift');
sub h { my ($a) = @_; my @x = args(); return @x }
is(join(',', h(7, 8)), '7,8', '@DB::args after a copy');
sub k { pop; my @x = args(); return @x }
is(join(',', k(7, 8)), '7', '@DB::args after a pop');
done_testing;
