package parent;
# Makes classes parents of the package, loading them unless told not to (perldoc parent).

use strict;

our $VERSION = '0.238';

sub import {
    shift;
    my $child = caller;
    if (@_ and $_[0] eq '-norequire') { shift }
    else {
        for my $file (my @copy = @_) {
            $file =~ s{::|'}{/}g;
            require "$file.pm";
        }
    }
    no strict 'refs';
    push @{"${child}::ISA"}, @_;
}

1;
