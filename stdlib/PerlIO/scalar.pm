package PerlIO::scalar;
# In-memory files; the layer is built in (perldoc PerlIO::scalar).

our $VERSION = '0.31';

1;
