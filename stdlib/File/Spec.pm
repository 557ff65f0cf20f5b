package File::Spec;
# Operations on file names for this system, which is always a Unix (perldoc File::Spec).

use strict;
require File::Spec::Unix;

our $VERSION = '3.84';
our @ISA     = ('File::Spec::Unix');

1;
