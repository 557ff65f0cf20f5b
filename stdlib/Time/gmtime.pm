package Time::gmtime;
# gmtime() with names for its fields (perldoc Time::gmtime).

use strict;
use 5.006_001;
use Time::tm;
require Exporter;

our $VERSION = '1.04';
our @ISA     = qw(Exporter Time::tm);
our @EXPORT  = qw(gmtime gmctime);
our ($tm_sec, $tm_min, $tm_hour, $tm_mday, $tm_mon, $tm_year, $tm_wday, $tm_yday, $tm_isdst);
our @EXPORT_OK   = map "\$tm_$_", @Time::tm::fields;
our %EXPORT_TAGS = (FIELDS => [@EXPORT_OK, @EXPORT]);

sub populate {
    return unless @_;
    ($tm_sec, $tm_min, $tm_hour, $tm_mday, $tm_mon, $tm_year, $tm_wday, $tm_yday, $tm_isdst) = @_;
    return bless [@_], __PACKAGE__;
}

sub gmtime (;$) { return populate(CORE::gmtime(@_ ? shift : time)) }
sub gmctime (;$)     { return scalar CORE::gmtime(@_ ? shift : time) }

1;
