package Net::servent;
# Service look-ups with names for the fields (perldoc Net::servent).

use strict;
use 5.006_001;
require Exporter;

our $VERSION = '1.02';
our @EXPORT  = qw(getservbyname getservbyport getservent getserv);
our ($s_name, @s_aliases, $s_port, $s_proto);
our @EXPORT_OK = qw($s_name @s_aliases $s_port $s_proto);
our %EXPORT_TAGS = (FIELDS => [@EXPORT_OK, @EXPORT]);
*import = \&Exporter::import;

my @fields = qw(name aliases port proto);
for my $i (0 .. $#fields) {
    no strict 'refs';
    *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; return $self->[$i] };
}

sub new { my ($class, %init) = @_; return bless [@init{@fields}], $class }


sub populate {
    return unless @_;
    my ($name, $aliases, $port, $proto) = @_;
    ($s_name, $s_port, $s_proto) = ($name, $port, $proto);
    @s_aliases = split " ", $aliases;
    return bless [$name, [@s_aliases], $port, $proto], __PACKAGE__;
}

sub aliases { my $self = shift; return @_ ? $self->[1][ $_[0] ] : $self->[1] }

sub getservent ()          { return populate(CORE::getservent()) }
sub getservbyname ($;$)    { return populate(CORE::getservbyname(shift, shift || "tcp")) }
sub getservbyport ($;$)    { return populate(CORE::getservbyport(shift, shift || "tcp")) }
sub getserv ($;$)          { no strict "refs"; return &{ "getservby" . ($_[0] =~ /^\d+$/ ? "port" : "name") }(@_) }

1;
