package mro;
# Method resolution order (perldoc mro). The functions are native; next::method and its kin jump.

use strict;
use warnings;

our $VERSION = '1.26';

require XSLoader;
XSLoader::load('mro', $VERSION);

sub import {
    mro::set_mro(scalar caller, $_[1] || 'dfs');
}

package next;

sub can { mro::_nextcan($_[0], 0) }

sub method {
    my $method = mro::_nextcan($_[0], 1);
    goto &$method;
}

package maybe::next;

sub method {
    my $method = mro::_nextcan($_[0], 0);
    goto &$method if defined $method;
    return;
}

1;
