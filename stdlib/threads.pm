package threads;
# There are no threads here.

our $VERSION = '2.27';

die "This Perl not built to support threads\n";
