package Digest::MD5;
# MD5; functions and methods are native (perldoc Digest::MD5).

use strict;
use warnings;
require Exporter;
require Digest::base;
require XSLoader;

our $VERSION   = '2.58';
our @ISA       = ('Digest::base');
our @EXPORT_OK = qw(md5 md5_hex md5_base64);

*import = \&Exporter::import;
XSLoader::load('Digest::MD5', $VERSION);
*reset = \&new;

1;
