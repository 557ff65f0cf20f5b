package Time::tm;
# The fields that Time::localtime and Time::gmtime share (perldoc Time::tm).

use strict;

our $VERSION = '1.00';

our @fields = qw(sec min hour mday mon year wday yday isdst);

for my $i (0 .. $#fields) {
    no strict 'refs';
    *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; return $self->[$i] };
}

sub new {
    my ($class, %init) = @_;
    return bless [@init{@fields}], $class;
}

1;
