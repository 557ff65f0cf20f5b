package SelectSaver;
# Restores the selected handle when the object goes (perldoc SelectSaver).

use strict;
require Symbol;

our $VERSION = '1.02';

sub new {
    @_ >= 1 && @_ <= 2 or do { require Carp; Carp::croak('usage: SelectSaver->new( [FILEHANDLE] )') };
    my ($class, $handle) = @_;
    my $old = select;
    $handle = Symbol::qualify($handle, scalar caller) if @_ > 1;
    select $handle if @_ > 1;
    return bless \$old, $class;
}

sub DESTROY {
    my ($self) = @_;
    select $$self;
}

1;
