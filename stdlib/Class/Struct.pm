package Class::Struct;
# Classes with typed accessors (perldoc Class::Struct).

use 5.006_001;
use strict;
use warnings::register;
require Exporter;

our $VERSION = '0.66';
our @ISA     = ('Exporter');
our @EXPORT  = qw(struct);

sub _croak { require Carp; goto &Carp::croak }

sub import {
    my $self = shift;
    if (@_ == 0) { return $self->export_to_level(1, $self, @EXPORT) }
    # With arguments: the struct itself, at compile time.
    if (@_ == 1) { return $self->export_to_level(1, $self, @_) }
    goto &struct;
}

sub struct {
    my ($class, @declared, $base);
    if (@_ == 2 and ref $_[1]) {
        my $type = ref $_[1];
        if    ($type eq 'HASH')  { $class = shift; @declared = %{ +shift } }
        elsif ($type eq 'ARRAY') { $class = shift; @declared = @{ +shift } }
        else { _usage() }
        $base = $type;
    }
    elsif (@_ % 2 == 1) { ($class, @declared) = @_; $base = 'ARRAY' }
    else { ($class, @declared) = (scalar caller, @_); $base = 'ARRAY' }
    _usage() if @declared % 2 == 1;

    {
        no strict 'refs';
        if (@{"${class}::ISA"} and @{"${class}::ISA"} > 0 and !grep $_ eq 'Class::Struct', @{"${class}::ISA"}) {
            _croak('struct class cannot be a subclass (@ISA not empty)');
        }
    }

    my (@names, %type);
    while (@declared) {
        my ($name, $type) = splice @declared, 0, 2;
        push @names, $name;
        $type{$name} = $type;
        $type =~ /\A\*?(?:\$|\@|%|[A-Za-z_]\w*(?:::\w+)*)\z/ or _croak("'$type' is not a valid struct element type");
    }

    # Where an element lives in the object.
    my %place;
    my $i = 0;
    $place{$_} = $base eq 'ARRAY' ? $i++ : "${class}::$_" for @names;
    my $at = $base eq 'ARRAY' ? sub { \$_[0][ $_[1] ] } : sub { \$_[0]{ $_[1] } };

    no strict 'refs';
    my $new = sub {
        my ($new_class, %init) = @_;
        my $self = bless $base eq 'ARRAY' ? [] : {}, $new_class;
        for my $name (@names) {
            my $type  = $type{$name};
            my $plain = $type =~ s/^\*//r;
            my $slot  = $at->($self, $place{$name});
            if ($plain eq '$') { $$slot = $init{$name} }
            elsif ($plain eq '@') {
                _croak("Initializer for $name must be array reference") if defined $init{$name} && ref $init{$name} ne 'ARRAY';
                $$slot = defined $init{$name} ? $init{$name} : [];
            }
            elsif ($plain eq '%') {
                _croak("Initializer for $name must be hash reference") if defined $init{$name} && ref $init{$name} ne 'HASH';
                $$slot = defined $init{$name} ? $init{$name} : {};
            }
            elsif (defined $init{$name}) {
                if (ref $init{$name} eq 'HASH') { $$slot = $plain->new(%{ $init{$name} }) }
                elsif (UNIVERSAL::isa($init{$name}, $plain)) { $$slot = $init{$name} }
                else { _croak("Initializer for $name must be hash or $plain reference") }
            }
        }
        return $self;
    };
    if (defined &{"${class}::new"}) { warnings::warnif("function 'new' already defined, overrides struct accessor method") }
    else { *{"${class}::new"} = $new }

    for my $name (@names) {
        if (defined &{"${class}::$name"}) {
            warnings::warnif("function '$name' already defined, overrides struct accessor method");
            next;
        }
        my $type  = $type{$name};
        my $by_ref = $type =~ s/^\*//;
        my $place = $place{$name};
        if ($type eq '@' or $type eq '%') {
            my $kind = $type eq '@' ? 'ARRAY' : 'HASH';
            *{"${class}::$name"} = sub {
                my $self = shift;
                my $slot = $at->($self, $place);
                return $$slot unless @_;
                # A reference replaces the whole.
                if (@_ == 1 and ref $_[0] eq $kind) { $$slot = $_[0]; return $$slot }
                my $key = shift;
                my $element = $kind eq 'ARRAY' ? \$$slot->[$key] : \$$slot->{$key};
                _croak("Too many args to $name") if @_ > 1;
                $$element = shift if @_;
                return $by_ref ? $element : $$element;
            };
        }
        else {
            my $wanted = $type eq '$' ? undef : $type;
            *{"${class}::$name"} = sub {
                my $self = shift;
                my $slot = $at->($self, $place);
                if (@_) {
                    _croak("Too many args to $name") if @_ > 1;
                    _croak("$name argument is wrong class") if defined $wanted && defined $_[0] && !UNIVERSAL::isa($_[0], $wanted);
                    $$slot = shift;
                }
                return $by_ref ? $slot : $$slot;
            };
        }
    }
    return;
}

sub _usage { require Carp; Carp::confess('struct usage error') }

1;
