package Module::Loaded;
# %INC asked and told (perldoc Module::Loaded).

use strict;
require Exporter;

our $VERSION = '0.08';
our @ISA     = ('Exporter');
our @EXPORT  = qw(mark_as_loaded mark_as_unloaded is_loaded);

sub _file { my ($module) = @_; (my $file = "$module.pm") =~ s{::|'}{/}g; return $file }

sub mark_as_loaded (*) {
    my ($module) = @_;
    my $file  = _file($module) or return;
    my $where = (caller)[1];
    if (my $from = is_loaded($module)) {
        require Carp;
        Carp::carp("'$module' already marked as loaded ('$from')");
    }
    else { $INC{$file} = $where }
    return 1;
}

sub mark_as_unloaded (*) {
    my ($module) = @_;
    if (!defined is_loaded($module)) {
        require Carp;
        Carp::carp("'$module' already marked as unloaded");
    }
    else { delete $INC{ _file($module) } }
    return 1;
}

sub is_loaded (*) { my ($module) = @_; return $INC{ _file($module) } }

1;
