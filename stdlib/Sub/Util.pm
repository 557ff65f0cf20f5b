package Sub::Util;
# Names and prototypes of subs; set_prototype, subname and set_subname are native (perldoc Sub::Util).

use strict;
use warnings;
require Exporter;
require List::Util;    # its native part has these too

our $VERSION   = '1.62';
our @ISA       = ('Exporter');
our @EXPORT_OK = qw(prototype set_prototype subname set_subname);

sub prototype {
    my ($code) = @_;
    return CORE::prototype($code);
}

1;
