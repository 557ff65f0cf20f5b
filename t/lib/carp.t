# Messages of Carp: places, traces, arguments.
use strict;
use warnings;
use Test::More;
use Carp qw(carp croak cluck confess longmess shortmess);

{ package Inner; sub fail { Carp::croak('bad ', 'thing') } sub trace { Carp::longmess('here') } }
sub outer { Inner::fail(@_) }

#line 100 "FILE"
eval { outer(1) };
like $@, qr/^bad thing at \S+ line \d+\.\n\z/, 'croak names the caller, without a trace';
eval { croak 'top' };
like $@, qr/^top at .*\n\teval \{\.\.\.\} called at /, 'from main to main it traces';

my $text = Inner::trace(1, 'two', undef, "q\"\$\@\\\n", [1]);
like $text, qr/^here at \S+ line \d+\.\n/;
sub shown { my @m = split /\n/, Carp::longmess('x'); return $m[1] // $m[0] }
sub wrap { return shown2(@_) }
sub shown2 { local $Carp::CarpLevel = 0; return (split /\n/, Inner2::go(@_))[1] }
{ package Inner2; sub go { Carp::longmess('x') } }
like wrap(1, 'two', undef, 'a"b$c'), qr/^\tmain::shown2\(1, "two", undef, "a\\"b\\\$c"\) called at /, 'arguments';
like wrap('x' x 100), qr/"x{61}"\.\.\.\)/, 'long ones are cut';
like wrap(1 .. 10), qr/8, \.\.\.\)/, 'and long lists';

my @warned;
{
    local $SIG{__WARN__} = sub { push @warned, @_ };
    { package W; sub w { Carp::carp('careful') } }
    W::w();
}
like $warned[0], qr/^careful at \S+ line \d+\.\n\z/, 'carp';
eval { croak { code => 7 } };
is $@->{code}, 7, 'objects pass through';
{ package A; our @CARP_NOT = 'B'; sub f { Carp::croak('trust') } package B; sub g { A::f() } package C; sub h { B::g() } }
eval { C::h() };
like $@, qr/^trust at /, '@CARP_NOT';
done_testing;
