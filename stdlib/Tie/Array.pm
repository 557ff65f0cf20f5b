package Tie::Array;
# Base classes for tied arrays (perldoc Tie::Array).

use 5.006_001;
use strict;

our $VERSION = '1.07';

sub DESTROY { }
sub EXTEND  { }
sub UNSHIFT { scalar shift->SPLICE(0, 0, @_) }
sub SHIFT   { shift->SPLICE(0, 1) }
sub CLEAR   { shift->STORESIZE(0) }

sub PUSH {
    my $self = shift;
    my $i = $self->FETCHSIZE;
    $self->STORE($i++, shift) while @_;
    return $i;
}

sub POP {
    my ($self) = @_;
    my $last = $self->FETCHSIZE - 1;
    return undef if $last < 0;
    my $value = $self->FETCH($last);
    $self->STORESIZE($last);
    return $value;
}

sub SPLICE {
    my $self   = shift;
    my $size   = $self->FETCHSIZE;
    my $offset = @_ ? shift : 0;
    $offset += $size if $offset < 0;
    my $length = @_ ? shift : $size - $offset;
    $length += $size - $offset if $length < 0;
    my @gone = map $self->FETCH($offset + $_), 0 .. $length - 1;
    $offset = $size if $offset > $size;
    $length -= $offset + $length - $size if $offset + $length > $size;
    my $grow = @_ - $length;
    if ($grow > 0) {
        $self->EXTEND($size + $grow);
        # From the end, so that nothing is overwritten before it has moved.
        $self->STORE($_ + $grow, $self->FETCH($_)) for reverse $offset + $length .. $size - 1;
    }
    elsif ($grow < 0) {
        $self->STORE($_ + $grow, $self->FETCH($_)) for $offset + $length .. $size - 1;
        $self->STORESIZE($size + $grow);
    }
    $self->STORE($offset + $_, $_[$_]) for 0 .. $#_;
    return wantarray ? @gone : pop @gone;
}

sub EXISTS { my $class = ref $_[0]; require Carp; Carp::croak("$class doesn't define an EXISTS method") }
sub DELETE { my $class = ref $_[0]; require Carp; Carp::croak("$class doesn't define a DELETE method") }

package Tie::StdArray;

our @ISA = ('Tie::Array');

sub TIEARRAY  { bless [], $_[0] }
sub FETCHSIZE { scalar @{ $_[0] } }
sub STORESIZE { $#{ $_[0] } = $_[1] - 1 }
sub STORE     { $_[0]->[ $_[1] ] = $_[2] }
sub FETCH     { $_[0]->[ $_[1] ] }
sub CLEAR     { @{ $_[0] } = () }
sub POP       { pop @{ $_[0] } }
sub PUSH      { my $self = shift; push @$self, @_ }
sub SHIFT     { shift @{ $_[0] } }
sub UNSHIFT   { my $self = shift; unshift @$self, @_ }
sub EXISTS    { exists $_[0]->[ $_[1] ] }
sub DELETE    { delete $_[0]->[ $_[1] ] }

sub SPLICE {
    my $self   = shift;
    my $size   = $self->FETCHSIZE;
    my $offset = @_ ? shift : 0;
    $offset += $size if $offset < 0;
    my $length = @_ ? shift : $size - $offset;
    return splice @$self, $offset, $length, @_;
}

1;
