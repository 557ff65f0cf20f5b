package IO::Seekable;
# seek, tell and their like as methods (perldoc IO::Seekable). Native: getpos, setpos.

use 5.008_001;
use strict;
require Exporter;
use IO ();
use Fcntl qw(SEEK_SET SEEK_CUR SEEK_END);

our $VERSION = '1.48';
our @ISA     = ('Exporter');
our @EXPORT  = qw(SEEK_SET SEEK_CUR SEEK_END);

sub _usage { require Carp; Carp::croak("usage: $_[0]") }

sub seek {
    @_ == 3 or _usage('$io->seek(POS, WHENCE)');
    return seek $_[0], $_[1], $_[2];
}

sub sysseek {
    @_ == 3 or _usage('$io->sysseek(POS, WHENCE)');
    return sysseek $_[0], $_[1], $_[2];
}

sub tell {
    @_ == 1 or _usage('$io->tell()');
    return tell $_[0];
}

1;
