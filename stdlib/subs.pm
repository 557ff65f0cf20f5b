package subs;
# Predeclares subs, so that they can be called without parentheses or override built-ins (perldoc subs).

use strict;

our $VERSION = '1.04';

sub import {
    my $package = caller;
    shift;
    no strict 'refs';
    *{"${package}::$_"} = \&{"${package}::$_"} for @_;
}

1;
