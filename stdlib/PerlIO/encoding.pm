package PerlIO::encoding;
# The :encoding layer is built in (perldoc PerlIO::encoding).

use strict;

our $VERSION  = '0.30';
our $fallback = 0x0100 | 0x0002 | 0x0800;    # PERLQQ, WARN_ON_ERR and STOP_AT_PARTIAL of Encode

1;
