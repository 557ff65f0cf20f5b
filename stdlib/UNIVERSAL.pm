package UNIVERSAL;
# The methods every class has are built in (perldoc UNIVERSAL).

our $VERSION = '1.14';

sub import {
    return unless $_[0] eq __PACKAGE__;
    return unless @_ > 1;
    require Carp;
    Carp::croak('UNIVERSAL does not export anything');
}

1;
