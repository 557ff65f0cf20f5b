package Scalar::Util;
# Questions about scalars; all functions are native (perldoc Scalar::Util).

use strict;
use warnings;
require Exporter;
require List::Util;    # its native part has these too

our $VERSION   = '1.62';
our @ISA       = ('Exporter');
our @EXPORT_OK = qw(
    blessed refaddr reftype readonly openhandle looks_like_number dualvar isdual isvstring isweak weaken
    unweaken tainted set_prototype
);
our @EXPORT_FAIL;

sub export_fail { shift; return @_ }

# Sub::Util has the one with the arguments the other way round.
sub set_prototype(&$) { return Sub::Util::set_prototype($_[1], $_[0]) }

1;
