package overload;
# Operators for objects: each is a symbol "(op" in the class's stash, "((" marks the class and
# "()" holds the fallback value. perldoc overload.

use strict;
no strict 'refs';

our $VERSION = '1.35';

our %ops = (
    with_assign     => '+ - * / % ** << >> x .',
    assign          => '+= -= *= /= %= **= <<= >>= x= .=',
    num_comparison  => '< <= >  >= == !=',
    '3way_comparison' => '<=> cmp',
    str_comparison  => 'lt le gt ge eq ne',
    binary          => '& &= | |= ^ ^= &. &.= |. |.= ^. ^.=',
    unary           => 'neg ! ~ ~.',
    mutators        => '++ --',
    func            => 'atan2 cos sin exp abs log sqrt int',
    conversion      => 'bool "" 0+ qr',
    iterators       => '<>',
    filetest        => '-X',
    dereferencing   => '${} @{} %{} &{} *{}',
    matching        => '~~',
    special         => 'nomethod fallback =',
);

my %known;
$known{$_} = 1 for map split(' ', $_), values %ops;

# What stands behind a symbol whose method is given by name.
sub nil { }

sub OVERLOAD {
    my $package = shift;
    my %want    = @_;
    *{"${package}::(("} = \&nil;    # this class overloads something
    for my $op (keys %want) {
        if ($op eq 'fallback') {
            ${"${package}::()"} = $want{$op};
            *{"${package}::()"} = \&nil;
            next;
        }
        _warn("overload arg '$op' is invalid") unless $known{$op};
        my $code = $want{$op};
        if (!ref $code) {
            ${"${package}::($op"} = $code;
            $code = \&nil;
        }
        *{"${package}::($op"} = $code;
    }
}

sub import {
    my $package = caller;
    shift;
    OVERLOAD($package, @_);
}

sub unimport {
    my $package = caller;
    shift;
    *{"${package}::(("} = \&nil;
    for my $op (@_) {
        if ($op eq 'fallback') {
            delete ${"${package}::"}{'()'};
            next;
        }
        delete ${"${package}::"}{"($op"};
    }
}

sub _class { my $thing = shift; return ref $thing || $thing }

sub Overloaded {
    my $class = _class($_[0]);
    return mycan($class, '()') || mycan($class, '((');
}

sub OverloadedStringify {
    my $class = _class($_[0]);
    return ov_method(mycan($class, '(""'), $class);
}

sub Method {
    my $thing = shift;
    my $class = ref $thing || $thing;
    if (ref $thing) {
        my $text = StrVal($thing);
        return undef if $text !~ /=/;    # a plain reference is not an object of class ARRAY
        $class = substr $text, 0, rindex $text, '=';
    }
    return ov_method(mycan($class, '(' . shift), $class);
}

# A symbol filled with nil() stands for a method looked up by name.
sub ov_method {
    my ($glob, $class) = @_;
    return undef unless $glob;
    my $code = *$glob{CODE};
    return $code unless $code and $code == \&nil;
    my $name = ${*$glob{SCALAR}};
    return $class->can($name);
}

sub mycan {
    my ($class, $method) = @_;
    require mro;
    for my $package (@{ mro::get_linear_isa($class) }) {
        my $stash = \%{"${package}::"};
        return \*{"${package}::$method"} if exists $stash->{$method} and defined &{"${package}::$method"};
    }
    return undef;
}

sub AddrRef {
    BEGIN { $^H |= 0x01000000 }    # no overloading
    return "$_[0]";
}

*StrVal = \&AddrRef;

# Constants ---------------------------------------------------------------------------------------

our %constants = (
    integer => 0x1000,     # plain decimal integers
    float   => 0x2000,
    binary  => 0x4000,     # octal, hexadecimal and binary
    q       => 0x8000,     # strings and their constant pieces
    qr      => 0x10000,    # constant pieces of patterns
);

sub constant {
    while (@_) {
        if (@_ == 1) {
            _warn('Odd number of arguments for overload::constant');
            last;
        }
        if (!exists $constants{ $_[0] }) {
            _warn("'$_[0]' is not an overloadable type");
        }
        elsif (!ref $_[1] or "$_[1]" !~ /(?:^|=)CODE\(0x[0-9a-f]+\)$/) {
            _warn(defined $_[1] ? "'$_[1]' is not a code reference" : "'undef' is not a code reference");
        }
        else {
            $^H{ $_[0] } = $_[1];
            $^H |= $constants{ $_[0] };
        }
        splice @_, 0, 2;
    }
}

sub remove_constant {
    while (@_) {
        delete $^H{ $_[0] };
        $^H &= ~$constants{ $_[0] };
        splice @_, 0, 2;
    }
}

# The category is registered when there is something to say.
sub _warn {
    require warnings;
    warnings::register_categories('overload');
    warnings::warnif('overload', $_[0]);
}

1;
