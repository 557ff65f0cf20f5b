# Attributes of subs and variables (perldoc attributes).
use strict;
use warnings;
use Test::More;
use attributes 'get';

my @told;
sub MODIFY_CODE_ATTRIBUTES   { my ( $package, $ref, @names ) = @_; push @told, [ 'CODE',   @names ]; grep /^No/, @names }
sub MODIFY_SCALAR_ATTRIBUTES { my ( $package, $ref, @names ) = @_; push @told, [ 'SCALAR', @names ]; $$ref = 'set'; () }
sub MODIFY_ARRAY_ATTRIBUTES  { my ( $package, $ref, @names ) = @_; push @told, [ 'ARRAY',  @names ]; () }
sub FETCH_CODE_ATTRIBUTES    { 'Own' }

sub place : lvalue method { my $x }
is_deeply [ get( \&place ) ], [ 'lvalue', 'method', 'Own' ], 'what a sub has';
eval q{ sub marked : Good(1, 2) Fine { 1 } };
is_deeply [ splice @told ], [ [ 'CODE', 'Good(1, 2)', 'Fine' ] ], 'a package is told of its subs';
ok !eval q{ sub refused : Nope { 1 } 1 }, 'it may refuse';
like $@, qr/^Invalid CODE attribute: Nope at /, '... and perl says so';
@told = ();

my $first : Big;
is $first, 'set', 'a variable is there before its package is told';
my $second : Small = 2;
is $second, 2, 'the value comes after that';
my @list : Long : Wide(3) = ( 1, 2 );
is "@list", '1 2', 'arrays too';
is_deeply [ splice @told ], [ [ 'SCALAR', 'Big' ], [ 'SCALAR', 'Small' ], [ 'ARRAY', 'Long', 'Wide(3)' ] ], 'who was told what';
my ( $third, @rest ) : Both;
is_deeply [ splice @told ], [ [ 'SCALAR', 'Both' ], [ 'ARRAY', 'Both' ] ], 'each of a list';
for ( 1 .. 2 ) { my $again : Loop }
is scalar @told, 2, 'each time round a loop';
ok !eval q{ my %table : Odd; 1 }, 'without a handler there are no attributes';
like $@, qr/^Invalid HASH attribute: Odd at /, '... and perl says so';
my $none : = 5;
is $none, 5, 'a list of none';

{ no warnings; attributes->import( __PACKAGE__, \&place, '-lvalue' ) }
is_deeply [ get( \&place ) ], [ 'method', 'Own' ], 'attributes are taken away';
is attributes::reftype( bless [] ), 'ARRAY', 'reftype';
done_testing;
