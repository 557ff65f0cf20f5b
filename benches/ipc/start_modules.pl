# runs: 15
# Start-up with eight modules.
use strict;
use warnings;
use POSIX;
use Socket;
use IO::Socket;
use IO::Select;
use IPC::Open3;
use Getopt::Long;
use File::Spec;
use Data::Dumper;
print "up\n";
