package base;
# Like parent, with fields inherited and less insistence on files (perldoc base).

use strict;

our $VERSION = '2.27';

sub SUCCESS () { 1 }
# Kinds of fields.
sub PUBLIC    () { 1 }
sub PRIVATE   () { 2 }
sub INHERITED () { 4 }
sub PROTECTED () { 8 }

our %attr_of;

sub has_fields {
    my ($class) = @_;
    no strict 'refs';
    my $glob = ${"${class}::"}{FIELDS} or return;
    return ref \$glob eq 'GLOB' && *$glob{HASH} ? 1 : 0;
}

sub has_version {
    my ($class) = @_;
    no strict 'refs';
    my $glob = ${"${class}::"}{VERSION} or return;
    return ref \$glob eq 'GLOB' && *$glob{SCALAR} ? 1 : 0;
}

sub has_attr {
    my ($proto) = @_;
    return exists $attr_of{ ref $proto || $proto };
}

sub get_attr {
    $attr_of{ $_[0] } = [1] unless $attr_of{ $_[0] };
    return $attr_of{ $_[0] };
}

sub get_fields {
    no strict 'refs';
    # Taking the reference makes the hash, so that later `use fields` finds it.
    # Twice, lest perl -w takes the name for a typing error.
    () = \%{"$_[0]::FIELDS"};
    return \%{"$_[0]::FIELDS"};
}

sub import {
    my $self  = shift;
    my $child = caller;
    return SUCCESS unless @_;
    my ($fields_base, @bases);
    for my $base (@_) {
        if ($child eq $base) {
            warn "Class '$child' tried to inherit from itself\n";
            next;
        }
        next if grep $_->isa($base), $child, @bases;
        _load($base);
        push @bases, $base;
        if (has_fields($base) || has_attr($base)) {
            # Only one of the parents may bring fields.
            if ($fields_base) {
                require Carp;
                Carp::croak("Can't multiply inherit fields");
            }
            $fields_base = $base;
        }
    }
    {
        no strict 'refs';
        push @{"${child}::ISA"}, @bases;
    }
    inherit_fields($child, $fields_base) if defined $fields_base;
}

sub _load {
    my ($base) = @_;
    no strict 'refs';
    if (has_version($base)) {
        ${"${base}::VERSION"} = '-1, set by base.pm' unless _any_version($base);
        return;
    }
    (my $file = "$base.pm") =~ s{::|'}{/}g;
    # Failure here is no business of the user's die hook, but a hook the file installs must stay.
    my $hook;
    {
        local $SIG{__DIE__};
        eval { require $file; 1 } or _missing($base, $file);
        $hook = $SIG{__DIE__} || undef;
    }
    $SIG{__DIE__} = $hook if defined $hook;
    # A later `use base` of the same class need not look for the file.
    ${"${base}::VERSION"} = '-1, set by base.pm' unless _any_version($base);
}

# A class may answer VERSION by a method of its own.
sub _any_version {
    my ($class) = @_;
    no strict 'refs';
    return 1 if defined ${"${class}::VERSION"};
    my $method = $class->can('VERSION');
    return $method != \&UNIVERSAL::VERSION && defined $class->VERSION;
}

# No such file: fine if the class exists all the same.
sub _missing {
    my ($base, $file) = @_;
    utf8::encode(my $encoded = $file);
    die $@ if $@ !~ /^Can't locate (?:\Q$file\E|\Q$encoded\E) .*? at .* line [0-9]+(?:, <[^>]*> (?:line|chunk) [0-9]+)?\.\n\z/s;
    no strict 'refs';
    return if %{"${base}::"};
    require Carp;
    local $" = ' ';
    Carp::croak(<<"END");
Base class package "$base" is empty.
    (Perhaps you need to 'use' the module which defines that package first,
    or make that module available in \@INC (\@INC contains: @INC).
END
}

sub inherit_fields {
    my ($derived, $base) = @_;
    return SUCCESS unless $base;
    my $battr   = get_attr($base);
    my $dattr   = get_attr($derived);
    my $dfields = get_fields($derived);
    my $bfields = get_fields($base);
    $dattr->[0] = @$battr;
    if (keys %$dfields) {
        warn <<"END";
$derived is inheriting from $base but already has its own fields!
This will cause problems.  Be sure you use base BEFORE declaring fields.
END
    }
    # Private fields keep their place but not their name.
    for my $name (sort { $bfields->{$a} <=> $bfields->{$b} } keys %$bfields) {
        my $place = $bfields->{$name};
        if ($battr->[$place] & PRIVATE) { $dattr->[$place] = PRIVATE | INHERITED }
        else {
            $dattr->[$place]  = INHERITED | $battr->[$place];
            $dfields->{$name} = $place;
        }
    }
    for my $place (1 .. $#$battr) {
        next if $dattr->[$place];
        my $was = $battr->[$place];
        $dattr->[$place] = $was & PRIVATE ? PRIVATE | INHERITED : INHERITED | $was;
    }
    return SUCCESS;
}

1;
