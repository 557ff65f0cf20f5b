package Clone;
# Deep copies (the CPAN module of this name). Native: clone.

use strict;
require Exporter;
require XSLoader;

our $VERSION   = '0.46';
our @ISA       = ('Exporter');
our @EXPORT_OK = ('clone');

XSLoader::load('Clone', $VERSION);

1;
