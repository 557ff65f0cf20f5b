package Digest::base;
# What digest classes have in common (perldoc Digest::base).

use strict;
use warnings;

our $VERSION = '1.20';

# What a class must bring itself.
sub clone  { _lacks(shift, 'clone') }
sub add    { _lacks(shift, 'add') }
sub digest { _lacks(shift, 'digest') }

sub reset { my $self = shift; return $self->new(@_) }

sub _lacks {
    my ($self, $method) = @_;
    require Carp;
    Carp::croak((ref $self || $self) . "->$method() is not implemented");
}

sub addfile {
    my ($self, $handle) = @_;
    my $buffer = '';
    my $got;
    while ($got = read $handle, $buffer, 4 * 1024) { $self->add($buffer) }
    if (!defined $got) {
        require Carp;
        Carp::croak("Read failed: $!");
    }
    return $self;
}

sub add_bits {
    my ($self, $bits, $count) = @_;
    if (@_ == 2) {
        ($bits, $count) = (pack('B*', $bits), length $bits);
    }
    if ($count % 8) {
        require Carp;
        Carp::croak('Number of bits must be multiple of 8 for this algorithm');
    }
    return $self->add(substr $bits, 0, $count / 8);
}

sub hexdigest { my $self = shift; return unpack 'H*', $self->digest(@_) }

sub b64digest {
    my $self = shift;
    require MIME::Base64;
    my $base64 = MIME::Base64::encode($self->digest(@_), '');
    $base64 =~ s/=+\z//;
    return $base64;
}

sub base64_padded_digest {
    my $self = shift;
    my $text = $self->b64digest(@_);
    $text .= '=' while length($text) % 4;
    return $text;
}

1;
