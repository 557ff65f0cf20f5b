package builtin;
# Core functions with lexical import (perldoc builtin); all of it, import included, is built in.

our $VERSION = '0.006';

1;
