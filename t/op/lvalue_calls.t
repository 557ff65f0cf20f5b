# What is made of a call where a place would do, and of an :lvalue sub that ends in a call (perlsub "Lvalue subroutines").
use strict;
use warnings;
use Test::More;

sub plain { 'abc' }
my $n = () = plain() =~ /./g;
is $n, 3, 'a value can be the target of m//g';
is ${ \scalar plain() }, 'abc', 'and be referred to';
my @got;
push @got, $_ for plain(), plain();
is "@got", 'abc abc', 'and be gone over';

my $place = 1;
sub place : lvalue { $place }
sub through : lvalue { my @args = @_; place() }
through(3) = 5;
is $place, 5, 'the place of the last call is the place';
is through(), 5, 'as a value it is one';
my @list = ( through(), through() );
is "@list", '5 5', 'in a list too';
$_++ for place();
is $place, 6, 'foreach gets the place';
sub inc { $_[0]++ }
inc( place() );
is $place, 7, 'and so do arguments';
sub looped { my $sum = ''; for ( 1 .. 3 ) { my $r = \scalar plain(); $sum .= $$r } $sum }
is looped(), 'abcabcabc', 'the same place again';

ok !eval q{ plain() = 1; 1 }, 'what is no lvalue cannot be assigned to';
like $@, qr/^Can't modify non-lvalue subroutine call of &main::plain /, '... and says so';
done_testing;
