package bytes;
# String functions that see bytes, not characters (perldoc bytes).

use strict;
use warnings;
no warnings 'redefine';    # who names a variable of the pragma has the file read once more

our $VERSION   = '1.08';
our $hint_bits = 0x8;
our $AUTOLOAD;

sub import   { $^H |= $hint_bits }
sub unimport { $^H &= ~$hint_bits }

sub length (_);
sub chr (_);
sub ord (_);
sub substr ($$;$$);
sub index ($$;$);
sub rindex ($$;$);

# The bodies are compiled under the pragma itself, the first time one is wanted.
my %body = (
    length => 'sub length (_) { CORE::length($_[0]) }',
    chr    => 'sub chr (_) { CORE::chr($_[0]) }',
    ord    => 'sub ord (_) { CORE::ord($_[0]) }',
    substr => 'sub substr ($$;$$) { @_ == 2 ? CORE::substr($_[0], $_[1])
        : @_ == 3 ? CORE::substr($_[0], $_[1], $_[2]) : CORE::substr($_[0], $_[1], $_[2], $_[3]) }',
    index  => 'sub index ($$;$) { @_ == 2 ? CORE::index($_[0], $_[1]) : CORE::index($_[0], $_[1], $_[2]) }',
    rindex => 'sub rindex ($$;$) { @_ == 2 ? CORE::rindex($_[0], $_[1]) : CORE::rindex($_[0], $_[1], $_[2]) }',
);

sub AUTOLOAD {
    my $name = $AUTOLOAD;
    $name =~ s/.*:://;
    if (my $code = delete $body{$name}) {
        local $@;
        eval "BEGIN { \$^H |= $hint_bits } no warnings 'redefine'; $code; 1" or die $@;
        goto &$AUTOLOAD;
    }
    require Carp;
    Carp::croak("Undefined subroutine $AUTOLOAD called");
}

1;
