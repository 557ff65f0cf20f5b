package Tie::RefHash;
# Hashes whose keys may be references and stay that (perldoc Tie::RefHash).

use 5.005;
use strict;
use warnings;
require Tie::Hash;
use Scalar::Util qw(refaddr);

our $VERSION = '1.40';
our @ISA     = ('Tie::Hash');

# The object: [0] address => [reference, value], [1] plain keys, [2] which of the two each() is in.
sub TIEHASH {
    my $class = shift;
    my $self  = bless [{}, {}, 0], $class;
    while (@_) { $self->STORE(shift, shift) }
    return $self;
}

sub FETCH {
    my ($self, $key) = @_;
    if (ref $key) {
        my $entry = $self->[0]{ refaddr $key };
        return defined $entry ? $entry->[1] : undef;
    }
    return $self->[1]{$key};
}

sub STORE {
    my ($self, $key, $value) = @_;
    if (ref $key) { $self->[0]{ refaddr $key } = [$key, $value] }
    else          { $self->[1]{$key} = $value }
    return $value;
}

sub DELETE {
    my ($self, $key) = @_;
    return ref $key ? (delete($self->[0]{ refaddr $key }) || [])->[1] : delete $self->[1]{$key};
}

sub EXISTS {
    my ($self, $key) = @_;
    return ref $key ? exists $self->[0]{ refaddr $key } : exists $self->[1]{$key};
}

sub CLEAR {
    my ($self) = @_;
    $self->[2] = 0;
    %{ $self->[0] } = ();
    %{ $self->[1] } = ();
}

sub FIRSTKEY {
    my ($self) = @_;
    my $reset = keys(%{ $self->[0] }) + keys %{ $self->[1] };
    $self->[2] = 0;
    return $self->NEXTKEY;
}

sub NEXTKEY {
    my ($self) = @_;
    if (!$self->[2]) {
        if (my (undef, $entry) = each %{ $self->[0] }) { return $entry->[0] }
        $self->[2] = 1;
    }
    return each %{ $self->[1] };
}

# Storable keeps the pairs; the addresses are new afterwards.
sub STORABLE_freeze {
    my ($self, $cloning) = @_;
    my @pairs = map @$_, values %{ $self->[0] };
    return (ref $self, [\@pairs, $self->[1]]);
}

sub STORABLE_thaw {
    my ($self, $cloning, $class, $kept) = @_;
    @$self = ({}, $kept->[1], 0);
    my @pairs = @{ $kept->[0] };
    while (@pairs) {
        my ($key, $value) = splice @pairs, 0, 2;
        $self->[0]{ refaddr $key } = [$key, $value];
    }
}

# References in the values' own hashes are kept as well.
package Tie::RefHash::Nestable;

our @ISA = ('Tie::RefHash');

sub STORE {
    my ($self, $key, $value) = @_;
    if (ref $value eq 'HASH' and !tied %$value) {
        my @pairs = %$value;
        tie %$value, ref $self, @pairs;
    }
    return $self->SUPER::STORE($key, $value);
}

1;
