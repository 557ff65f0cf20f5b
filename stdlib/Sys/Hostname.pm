package Sys::Hostname;
# The name of this machine (perldoc Sys::Hostname). Native: ghname.

use strict;
require Exporter;
require XSLoader;

our $VERSION = '1.24';
our @ISA     = ('Exporter');
our @EXPORT  = qw(hostname);

XSLoader::load();

my $host;

sub hostname {
    if (@_) { require Carp; Carp::croak("hostname() does not accepts arguments (it used to silently discard any provided)") }
    return $host if defined $host;
    my $name = eval { local $SIG{__DIE__}; ghname() };
    if (!defined $name or !length $name) {
        local $SIG{__DIE__};
        require POSIX;
        $name = (POSIX::uname())[1];
    }
    defined $name or do { require Carp; Carp::croak('Cannot get host name of local machine') };
    $name =~ tr/\0\r\n//d;
    return $host = $name;
}

1;
