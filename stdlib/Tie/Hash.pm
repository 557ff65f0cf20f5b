package Tie::Hash;
# Base classes for tied hashes (perldoc Tie::Hash).

use strict;
use warnings::register;

our $VERSION = '1.06';

sub new { my $class = shift; return $class->TIEHASH(@_) }

# A class that only has new() is an old one.
sub TIEHASH {
    my $class = shift;
    my $new = $class->can('new');
    if ($new and $new != \&Tie::Hash::new) {
        warnings::warnif("WARNING: calling ${class}->new since ${class}->TIEHASH is missing");
        return $class->new(@_);
    }
    require Carp;
    Carp::croak("$class doesn't define a TIEHASH method");
}

sub EXISTS {
    my $class = ref $_[0];
    require Carp;
    Carp::croak("$class doesn't define an EXISTS method");
}

sub CLEAR {
    my $self = shift;
    my @keys;
    for (my $key = $self->FIRSTKEY(@_); defined $key; $key = $self->NEXTKEY($key)) { push @keys, $key }
    $self->DELETE($_, @_) for @keys;
}

# Stores in a hash.
package Tie::StdHash;

our @ISA = ('Tie::Hash');

sub TIEHASH  { bless {}, $_[0] }
sub STORE    { $_[0]->{ $_[1] } = $_[2] }
sub FETCH    { $_[0]->{ $_[1] } }
sub FIRSTKEY { my $reset = scalar keys %{ $_[0] }; each %{ $_[0] } }
sub NEXTKEY  { each %{ $_[0] } }
sub EXISTS   { exists $_[0]->{ $_[1] } }
sub DELETE   { delete $_[0]->{ $_[1] } }
sub CLEAR    { %{ $_[0] } = () }
sub SCALAR   { scalar %{ $_[0] } }

# Stores in the first element of an array, which leaves room for other things.
package Tie::ExtraHash;

our @ISA = ('Tie::Hash');

sub TIEHASH  { my $class = shift; bless [{}, @_], $class }
sub STORE    { $_[0][0]{ $_[1] } = $_[2] }
sub FETCH    { $_[0][0]{ $_[1] } }
sub FIRSTKEY { my $reset = scalar keys %{ $_[0][0] }; each %{ $_[0][0] } }
sub NEXTKEY  { each %{ $_[0][0] } }
sub EXISTS   { exists $_[0][0]->{ $_[1] } }
sub DELETE   { delete $_[0][0]->{ $_[1] } }
sub CLEAR    { %{ $_[0][0] } = () }
sub SCALAR   { scalar %{ $_[0][0] } }

1;
