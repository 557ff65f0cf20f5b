package _charnames;
# The inner part of charnames has no life of its own here.

require charnames;

our $VERSION = '1.50';

1;
