package IO;
# Loads the IO modules; its native part serves IO::Handle and its kin (perldoc IO).

use strict;
require XSLoader;

our $VERSION = '1.50';
XSLoader::load('IO', $VERSION);

sub import {
    shift;
    if (!@_) {
        require warnings;
        warnings::warnif('deprecated', "Parameterless \"use IO\" deprecated");
        @_ = qw(Handle Seekable File Socket Dir);
    }
    for my $name (@_) {
        (my $file = "IO::$name.pm") =~ s{::}{/}g;
        require $file;
    }
}

1;
