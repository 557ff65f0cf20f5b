package Encode::Encoding;
# The base class of encodings is part of Encode (perldoc Encode::Encoding).

require Encode;

1;
