# Subs that are defined again: what perl warns of.
use strict;
use warnings;
use Test::More;
my @w;
local $SIG{__WARN__} = sub { push @w, $_[0] =~ s/ at .*//sr };
sub said { my $all = join '|', @w; @w = (); return $all }
sub f($) { 1 }
sub g    { 1 }
use constant C => 1;
sub D() { 1 }
eval 'sub f { 2 }';
is(said(), 'Prototype mismatch: sub main::f ($) vs none|Subroutine f redefined');
eval 'sub f { 2 }';
is(said(), 'Subroutine f redefined');
eval 'sub g($$) { 2 }';
is(said(), 'Prototype mismatch: sub main::g: none vs ($$)|Subroutine g redefined');
eval 'sub C { 2 }';
is(said(), 'Prototype mismatch: sub main::C () vs none|Constant subroutine C redefined');
eval 'sub D() { 2 }';
is(said(), 'Constant subroutine D redefined');
is(D, 1, 'calls already compiled keep the value');
is(eval 'D', 2, 'new ones have the new');
{ no strict 'refs'; *{'main::g'} = sub ($) { 3 } }
is(said(), 'Subroutine main::g redefined|Prototype mismatch: sub main::g ($$) vs ($)');
done_testing;
