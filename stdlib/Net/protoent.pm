package Net::protoent;
# Protocol look-ups with names for the fields (perldoc Net::protoent).

use strict;
use 5.006_001;
require Exporter;

our $VERSION = '1.01';
our @EXPORT  = qw(getprotobyname getprotobynumber getprotoent getproto);
our ($p_name, @p_aliases, $p_proto);
our @EXPORT_OK = qw($p_name @p_aliases $p_proto);
our %EXPORT_TAGS = (FIELDS => [@EXPORT_OK, @EXPORT]);
*import = \&Exporter::import;

my @fields = qw(name aliases proto);
for my $i (0 .. $#fields) {
    no strict 'refs';
    *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; return $self->[$i] };
}

sub new { my ($class, %init) = @_; return bless [@init{@fields}], $class }


sub populate {
    return unless @_;
    my ($name, $aliases, $number) = @_;
    ($p_name, $p_proto) = ($name, $number);
    @p_aliases = split " ", $aliases;
    return bless [$name, [@p_aliases], $number], __PACKAGE__;
}

sub aliases { my $self = shift; return @_ ? $self->[1][ $_[0] ] : $self->[1] }

sub getprotoent ()         { return populate(CORE::getprotoent()) }
sub getprotobyname ($)     { return populate(CORE::getprotobyname(shift)) }
sub getprotobynumber ($)   { return populate(CORE::getprotobynumber(shift)) }
sub getproto ($;$)         { no strict "refs"; return &{ "getprotoby" . ($_[0] =~ /^\d+$/ ? "number" : "name") }(@_) }

1;
