package Encode::Unicode;
# UTF-16, UTF-32 and UCS-2 are part of Encode (perldoc Encode::Unicode).

require Encode;

1;
