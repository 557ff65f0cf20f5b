package Net::netent;
# Network look-ups with names for the fields (perldoc Net::netent).

use strict;
use 5.006_001;
require Exporter;

our $VERSION = '1.01';
our @EXPORT  = qw(getnetbyname getnetbyaddr getnet);
our ($n_name, @n_aliases, $n_addrtype, $n_net);
our @EXPORT_OK = qw($n_name @n_aliases $n_addrtype $n_net);
our %EXPORT_TAGS = (FIELDS => [@EXPORT_OK, @EXPORT]);
*import = \&Exporter::import;

my @fields = qw(name aliases addrtype net);
for my $i (0 .. $#fields) {
    no strict 'refs';
    *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; return $self->[$i] };
}

sub new { my ($class, %init) = @_; return bless [@init{@fields}], $class }


sub populate {
    return unless @_;
    my ($name, $aliases, $type, $net) = @_;
    ($n_name, $n_addrtype, $n_net) = ($name, $type, $net);
    @n_aliases = split " ", $aliases;
    return bless [$name, [@n_aliases], $type, $net], __PACKAGE__;
}

sub aliases { my $self = shift; return @_ ? $self->[1][ $_[0] ] : $self->[1] }

sub getnetbyname ($) { return populate(CORE::getnetbyname(shift)) }

sub getnetbyaddr ($;$) {
    my ($net, $type) = @_;
    require Socket;
    return populate(CORE::getnetbyaddr($net, @_ > 1 ? $type : Socket::AF_INET()));
}

# A name or the text of a network address.
sub getnet ($) {
    my ($what) = @_;
    if ($what =~ /^\d+(?:\.\d+(?:\.\d+(?:\.\d+)?)?)?$/) {
        require Socket;
        my $net = unpack "N", Socket::inet_aton($what) // return;
        return &getnetbyaddr($net);
    }
    return &getnetbyname($what);
}

1;
