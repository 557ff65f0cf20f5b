package Tie::Scalar;
# Base classes for tied scalars (perldoc Tie::Scalar).

use strict;
use warnings::register;

our $VERSION = '1.06';

sub new { my $class = shift; return $class->TIESCALAR(@_) }

# A class that only has new() is an old one.
sub TIESCALAR {
    my $class = shift;
    my $new = $class->can('new');
    if ($new and $new != \&Tie::Scalar::new) {
        warnings::warnif("WARNING: calling ${class}->new since ${class}->TIESCALAR is missing");
        return $class->new(@_);
    }
    require Carp;
    Carp::croak("$class must define either a TIESCALAR() or a new() method");
}

sub FETCH { my $class = ref $_[0]; require Carp; Carp::croak("$class doesn't define a FETCH method") }
sub STORE { my $class = ref $_[0]; require Carp; Carp::croak("$class doesn't define a STORE method") }

package Tie::StdScalar;

our @ISA = ('Tie::Scalar');

sub TIESCALAR { my ($class, $value) = @_; return bless \$value, $class }
sub FETCH     { ${ $_[0] } }
sub STORE     { ${ $_[0] } = $_[1] }
sub DESTROY   { undef ${ $_[0] } }

1;
