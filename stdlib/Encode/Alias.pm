package Encode::Alias;
# Other names for encodings (perldoc Encode::Alias); Encode keeps them.

use strict;
use warnings;
require Exporter;
require Encode;

our $VERSION   = '2.24';
our @ISA       = ('Exporter');
our @EXPORT    = qw(define_alias find_alias);

sub define_alias { goto &Encode::define_alias }
sub find_alias   { goto &Encode::find_alias }

1;
