package String::CRC32;
# Checksums of strings and files (the CPAN module of this name). Native: crc32.

use strict;
require Exporter;
require XSLoader;

our $VERSION = '2.100';
our @ISA     = ('Exporter');
our @EXPORT  = ('crc32');

XSLoader::load('String::CRC32', $VERSION);

1;
