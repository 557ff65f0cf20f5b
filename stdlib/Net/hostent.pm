package Net::hostent;
# Host look-ups with names for the fields (perldoc Net::hostent).

use strict;
use 5.006_001;
require Exporter;

our $VERSION = '1.03';
our @EXPORT  = qw(gethostbyname gethostbyaddr gethost);
our ($h_name, @h_aliases, $h_addrtype, $h_length, @h_addr_list);
our @EXPORT_OK = qw($h_name @h_aliases $h_addrtype $h_length @h_addr_list $h_addr);
our %EXPORT_TAGS = (FIELDS => [@EXPORT_OK, @EXPORT]);
*import = \&Exporter::import;

my @fields = qw(name aliases addrtype length addr_list);
for my $i (0 .. $#fields) {
    no strict 'refs';
    *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; return $self->[$i] };
}

sub new { my ($class, %init) = @_; return bless [@init{@fields}], $class }


our $h_addr;

sub populate {
    return unless @_;
    my ($name, $aliases, $type, $length, @list) = @_;
    ($h_name, $h_addrtype, $h_length, $h_addr) = ($name, $type, $length, $list[0]);
    @h_aliases   = split " ", $aliases;
    @h_addr_list = @list;
    return bless [$name, [@h_aliases], $type, $length, [@list]], __PACKAGE__;
}

sub aliases   { my $self = shift; return @_ ? $self->[1][ $_[0] ] : $self->[1] }
sub addr_list { my $self = shift; return @_ ? $self->[4][ $_[0] ] : $self->[4] }
sub addr { my ($self) = @_; return $self->[4][0] }

sub gethostbyname ($)     { return populate(CORE::gethostbyname(shift)) }

sub gethostbyaddr ($;$) {
    my ($address, $type) = @_;
    require Socket;
    return populate(CORE::gethostbyaddr($address, @_ > 1 ? $type : Socket::AF_INET()));
}

# A name or the text of an address.
sub gethost ($) {
    my ($what) = @_;
    if ($what =~ /^\d+(?:\.\d+(?:\.\d+(?:\.\d+)?)?)?$/) {
        require Socket;
        return &gethostbyaddr(Socket::inet_aton($what));
    }
    return &gethostbyname($what);
}

1;
