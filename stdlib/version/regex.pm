package version::regex;
# What a version number may look like (perldoc version::regex).

use strict;

our $VERSION = '0.9929';

my $fraction  = qr/\.[0-9]+/;
my $strict_integer = qr/0|[1-9][0-9]*/;
my $strict_part    = qr/\.[0-9]{1,3}/;
my $lax_integer    = qr/[0-9]+/;
my $lax_part       = qr/\.[0-9]+/;
my $alpha          = qr/_[0-9]+/;

our $STRICT_DECIMAL_VERSION = qr/ $strict_integer $fraction? /x;
our $STRICT_DOTTED_DECIMAL_VERSION = qr/ v $strict_integer $strict_part{2,} /x;
our $STRICT = qr/ $STRICT_DECIMAL_VERSION | $STRICT_DOTTED_DECIMAL_VERSION /x;

our $LAX_DECIMAL_VERSION = qr/
      $lax_integer (?: $fraction | \. )? $alpha?
    | $fraction $alpha?
/x;
our $LAX_DOTTED_DECIMAL_VERSION = qr/
      v $lax_integer (?: $lax_part+ $alpha? )?
    | $lax_integer? $lax_part{2,} $alpha?
/x;
our $LAX = qr/ undef | $LAX_DOTTED_DECIMAL_VERSION | $LAX_DECIMAL_VERSION /x;

sub is_strict { return defined $_[0] && $_[0] =~ /\A $STRICT \z/x }
sub is_lax    { return defined $_[0] && $_[0] =~ /\A $LAX \z/x }

1;
