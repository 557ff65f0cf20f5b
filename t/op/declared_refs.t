# Declaring references: my, our, state, local (perlref "Declaring a Reference to a Variable").
use strict;
use warnings;
use feature qw(declared_refs refaliasing state);
no warnings qw(experimental::declared_refs experimental::refaliasing);
use Test::More;

my $deep = my \\$inner;
is $$deep, \$inner, 'my \\\\$x';
my @pair = my ( \( $one, $two ) );
is "@pair", \$one . ' ' . \$two, 'my (\($x, $y))';
my @mixed = \my ( \@left, @right );
is ${ $mixed[0] }, \@left, '\my (\@x, ..) refers to the reference';
is $mixed[1], \@right, '... and to the array beside it';
my ( \%table, \$value ) = ( { a => 1 }, \5 );
is "$table{a}$value", 15, 'what is assigned is aliased';
our \$shared = \9;
is $shared, 9, 'our too';

our ( $place, @places ) = ( 1, 2, 3 );
sub there {
    my $ref = local \$place;
    is $ref, \$place, 'local \$x';
    my @refs = local ( \$place, \@places );
    is "@refs", \$place . ' ' . \@places, 'local (\$x, \@y)';
    local \$place = \77;
    is $place, 77, 'local \$x = ..';
}
there();
is "$place @places", '1 2 3', 'it is over at the end of the scope';
is ${ \*there{CODE} }, \&there, 'a slot of a glob by name';
my $slot = 'ARRAY';
is *places{$slot}, \@places, '... and by a name in a variable';
done_testing;
