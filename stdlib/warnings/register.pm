package warnings::register;
# Creates a warning category named after the package that uses this pragma (perldoc warnings::register).

our $VERSION = '1.05';

require warnings;

sub mkMask {
    my $mask = '';
    vec($mask, $_[0], 1) = 1;
    return $mask;
}

sub import {
    shift;
    my $package = caller;
    warnings::register_categories($package, map "${package}::$_", @_);
}

1;
