package Tie::Handle;
# Base class for tied handles (perldoc Tie::Handle).

use 5.006_001;
use strict;
use warnings::register;

our $VERSION = '4.3';

sub _croak { require Carp; goto &Carp::croak }

sub new { my $class = shift; return $class->TIEHANDLE(@_) }

sub TIEHANDLE {
    my $class = shift;
    my $new = $class->can('new');
    if ($new and $new != \&Tie::Handle::new) {
        warnings::warnif("WARNING: calling ${class}->new since ${class}->TIEHANDLE is missing");
        return $class->new(@_);
    }
    _croak("$class doesn't define a TIEHANDLE method");
}

sub PRINT {
    my $self = shift;
    if ($self->can('WRITE') != \&WRITE) {
        my $text = join defined $, ? $, : '', @_;
        $text .= $\ if defined $\;
        return $self->WRITE($text, length $text, 0);
    }
    _croak(ref($self) . " doesn't define a PRINT method");
}

sub PRINTF {
    my $self = shift;
    if ($self->can('WRITE') != \&WRITE) {
        my $text = sprintf shift, @_;
        return $self->WRITE($text, length $text, 0);
    }
    _croak(ref($self) . " doesn't define a PRINTF method");
}

sub READLINE { my $class = ref $_[0]; _croak("$class doesn't define a READLINE method") }

sub GETC {
    my $self = shift;
    if ($self->can('READ') != \&READ) {
        my $character;
        $self->READ($character, 1);
        return $character;
    }
    _croak(ref($self) . " doesn't define a GETC method");
}

sub READ  { my $class = ref $_[0]; _croak("$class doesn't define a READ method") }
sub WRITE { my $class = ref $_[0]; _croak("$class doesn't define a WRITE method") }
sub CLOSE { my $class = ref $_[0]; _croak("$class doesn't define a CLOSE method") }

1;
