package User::grent;
# Group entries with names for the fields (perldoc User::grent).

use strict;
use 5.006_001;
require Exporter;

our $VERSION = '1.03';
our @EXPORT  = qw(getgrent getgrgid getgrnam getgr);
our ($gr_name, $gr_passwd, $gr_gid, @gr_members);
our @EXPORT_OK = qw($gr_name $gr_passwd $gr_gid @gr_members);
our %EXPORT_TAGS = (FIELDS => [@EXPORT_OK, @EXPORT]);
*import = \&Exporter::import;

my @fields = qw(name passwd gid members);
for my $i (0 .. $#fields) {
    no strict 'refs';
    *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; return $self->[$i] };
}

sub new { my ($class, %init) = @_; return bless [@init{@fields}], $class }


sub populate {
    return unless @_;
    my ($name, $password, $gid, $members) = @_;
    ($gr_name, $gr_passwd, $gr_gid) = ($name, $password, $gid);
    @gr_members = split " ", $members;
    return bless [$name, $password, $gid, [@gr_members]], __PACKAGE__;
}

sub members { my $self = shift; return @_ ? $self->[3][ $_[0] ] : $self->[3] }

sub getgrent ()     { return populate(CORE::getgrent()) }
sub getgrnam ($)    { return populate(CORE::getgrnam(shift)) }
sub getgrgid ($)    { return populate(CORE::getgrgid(shift)) }
sub getgr ($)       { return $_[0] =~ /^\d+$/ ? &getgrgid : &getgrnam }

1;
