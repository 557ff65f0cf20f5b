package List::Util;
# List functions; all of them are native (perldoc List::Util).

use strict;
use warnings;
require Exporter;
require XSLoader;

our $VERSION   = '1.62';
our @ISA       = ('Exporter');
our @EXPORT_OK = qw(
    all any first min max minstr maxstr none notall product reduce reductions sum sum0 sample shuffle uniq
    uniqint uniqnum uniqstr zip zip_longest zip_shortest mesh mesh_longest mesh_shortest head tail pairs
    unpairs pairkeys pairvalues pairmap pairgrep pairfirst
);

XSLoader::load('List::Util', $VERSION);

# $a and $b are used in the blocks of the caller.
sub import {
    my $target = caller;
    no strict 'refs';
    no warnings 'once';
    () = (\${"${target}::a"}, \${"${target}::b"});
    goto &Exporter::import;
}

# What pairs() gives.
sub List::Util::_Pair::key   { $_[0][0] }
sub List::Util::_Pair::value { $_[0][1] }
sub List::Util::_Pair::TO_JSON { [@{ $_[0] }] }

1;
