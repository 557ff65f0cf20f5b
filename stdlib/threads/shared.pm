package threads::shared;
# Without threads nothing needs sharing: the functions give their argument back (perldoc threads::shared).

use strict;
use warnings;

our $VERSION = '1.64';
our $threads_shared = 0;
our @EXPORT = qw(share shared_clone is_shared cond_wait cond_timedwait cond_signal cond_broadcast);

require Exporter;
our @ISA = ('Exporter');

sub share (\[$@%])         { return $_[0] }
sub shared_clone           { return $_[0] }
sub is_shared (\[$@%])     { return undef }
sub cond_wait (\[$@%];\[$@%])           { return undef }
sub cond_timedwait (\[$@%]$;\[$@%])     { return undef }
sub cond_signal (\[$@%])                { return undef }
sub cond_broadcast (\[$@%])             { return undef }

1;
