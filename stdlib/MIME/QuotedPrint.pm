package MIME::QuotedPrint;
# Quoted-printable (perldoc MIME::QuotedPrint); its functions come with MIME::Base64's native part.

use strict;
use warnings;
require Exporter;
require MIME::Base64;

our $VERSION = '3.16';
our @ISA     = ('Exporter');
our @EXPORT  = qw(encode_qp decode_qp);

*encode = \&encode_qp;
*decode = \&decode_qp;

1;
