package MIME::Base64;
# Base64 (perldoc MIME::Base64). Native: encode_base64 decode_base64 encoded_base64_length
# decoded_base64_length, and MIME::QuotedPrint's two.

use strict;
use warnings;
require Exporter;
require XSLoader;

our $VERSION   = '3.16';
our @ISA       = ('Exporter');
our @EXPORT    = qw(encode_base64 decode_base64);
our @EXPORT_OK = qw(encode_base64url decode_base64url encoded_base64_length decoded_base64_length);

XSLoader::load('MIME::Base64', $VERSION);

*encode = \&encode_base64;
*decode = \&decode_base64;

# The alphabet for URLs and file names, without padding.
sub encode_base64url {
    my $text = encode_base64($_[0], '');
    $text =~ s/=+\z//;
    $text =~ tr[+/][-_];
    return $text;
}

sub decode_base64url {
    my ($text) = @_;
    $text =~ tr[-_][+/];
    $text .= '=' while length($text) % 4;
    return decode_base64($text);
}

1;
