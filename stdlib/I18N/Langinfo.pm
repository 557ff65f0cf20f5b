package I18N::Langinfo;
# What the locale says (perldoc I18N::Langinfo); langinfo and the constants are native.

use 5.006;
use strict;
use warnings;
require Exporter;
require XSLoader;

our $VERSION   = '0.21';
our @ISA       = ('Exporter');
our @EXPORT    = ('langinfo');
our @EXPORT_OK = (qw(ABDAY_1), map("ABDAY_$_", 2 .. 7), map("ABMON_$_", 1 .. 12), map("DAY_$_", 1 .. 7), map("MON_$_", 1 .. 12),
    qw(ALT_DIGITS AM_STR PM_STR CODESET CRNCYSTR D_FMT D_T_FMT ERA ERA_D_FMT ERA_D_T_FMT ERA_T_FMT NOEXPR NOSTR RADIXCHAR
    THOUSEP T_FMT T_FMT_AMPM YESEXPR YESSTR));

XSLoader::load();

1;
