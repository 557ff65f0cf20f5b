package JSON::PP::Boolean;
# true and false of JSON as objects (perldoc JSON::PP::Boolean).

use strict;
use warnings;
use overload
    '0+'     => sub { ${ $_[0] } },
    '++'     => sub { $_[0] = ${ $_[0] } + 1 },
    '--'     => sub { $_[0] = ${ $_[0] } - 1 },
    fallback => 1;

our $VERSION = '4.07';

1;
