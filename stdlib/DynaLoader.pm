package DynaLoader;
# The older interface to native parts (perldoc DynaLoader); bootstrap is native. There are no shared
# objects to look for, so the low-level functions report failure.

use strict;

our $VERSION = '1.52';

our (@dl_library_path, @dl_resolve_using, @dl_require_symbols, @dl_librefs, @dl_modules, @dl_shared_objects);
our $dl_debug = 0;

sub bootstrap_inherit { XSLoader::bootstrap_inherit(@_) }
sub dl_load_flags     { 0 }
sub dl_findfile       { return }
sub dl_find_symbol_anywhere { return undef }

BEGIN { require XSLoader }

1;
