package DirHandle;
# Directory handles as objects (perldoc DirHandle).

use 5.006;
use strict;
require Symbol;

our $VERSION = '1.05';

sub new {
    if (@_ < 1 or @_ > 2) {
        require Carp;
        Carp::croak('usage: DirHandle->new([DIRNAME])');
    }
    my $class  = shift;
    my $handle = Symbol::gensym();
    bless $handle, $class;
    if (@_) { DirHandle::open($handle, $_[0]) or return undef }
    return $handle;
}

sub DESTROY {
    my ($handle) = @_;
    local ($., $@, $!, $^E, $?);
    no warnings 'io';
    closedir $handle;
}

sub _check {
    my ($count, @args) = @_;
    return if @args == $count;
    require Carp;
    my $name = (caller 1)[3] =~ s/.*:://r;
    Carp::croak("usage: \$dh->$name(" . ($count == 2 ? 'DIRNAME' : '') . ')');
}

sub open   { &_check(2, @_); return opendir $_[0], $_[1] }
sub close  { &_check(1, @_); return closedir $_[0] }
sub read   { &_check(1, @_); return readdir $_[0] }
sub rewind { &_check(1, @_); return rewinddir $_[0] }

1;
