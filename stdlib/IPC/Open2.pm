package IPC::Open2;
# A process with both ends in hand (perldoc IPC::Open2); IPC::Open3 does the work.

use strict;
require 5.006;
require Exporter;
require IPC::Open3;

our $VERSION = '1.06';
our @ISA     = ('Exporter');
our @EXPORT  = qw(open2);

sub open2 {
    local $Carp::CarpLevel = ($Carp::CarpLevel || 0) + 1;
    return IPC::Open3::_open3('open2', $_[1], $_[0], '>&STDERR', @_[2 .. $#_]);
}

1;
