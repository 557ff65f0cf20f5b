package User::pwent;
# User entries with names for the fields (perldoc User::pwent).

use strict;
use 5.006_001;
require Exporter;

our $VERSION = '1.01';
our @EXPORT  = qw(getpwent getpwuid getpwnam getpw);
our ($pw_name, $pw_passwd, $pw_uid, $pw_gid, $pw_gecos, $pw_dir, $pw_shell, $pw_expire, $pw_change, $pw_age, $pw_quota, $pw_comment, $pw_class);
our @EXPORT_OK = qw($pw_name $pw_passwd $pw_uid $pw_gid $pw_gecos $pw_dir $pw_shell $pw_expire $pw_change $pw_age $pw_quota $pw_comment $pw_class pw_has);
our %EXPORT_TAGS = (FIELDS => [@EXPORT_OK, @EXPORT]);
*import = \&Exporter::import;

my @fields = qw(name passwd uid gid gecos dir shell expire change age quota comment class);
for my $i (0 .. $#fields) {
    no strict 'refs';
    *{ $fields[$i] } = sub { my $self = shift; $self->[$i] = shift if @_; return $self->[$i] };
}

sub new { my ($class, %init) = @_; return bless [@init{@fields}], $class }


sub _populate {
    return unless @_;
    my ($name, $password, $uid, $gid, $quota, $comment, $gecos, $dir, $shell, $expire) = @_;
    ($pw_name, $pw_passwd, $pw_uid, $pw_gid, $pw_gecos, $pw_dir, $pw_shell, $pw_expire)
        = ($name, $password, $uid, $gid, $gecos, $dir, $shell, $expire);
    ($pw_quota, $pw_comment) = ($quota, $comment);
    my %value = (name => $name, passwd => $password, uid => $uid, gid => $gid, gecos => $gecos, dir => $dir,
        shell => $shell, expire => $expire, quota => $quota, comment => $comment);
    return bless [@value{@fields}], __PACKAGE__;
}

# Which fields this system knows.
sub pw_has {
    my %has = map +($_ => 1), qw(name passwd uid gid gecos dir shell);
    return @_ ? @_ == grep($has{$_}, @_) : grep $has{$_}, @fields;
}

sub getpwent ()     { return _populate(CORE::getpwent()) }
sub getpwnam ($)    { return _populate(CORE::getpwnam(shift)) }
sub getpwuid ($)    { return _populate(CORE::getpwuid(shift)) }
sub getpw ($)       { return $_[0] =~ /^\d+$/ ? &getpwuid : &getpwnam }

1;
