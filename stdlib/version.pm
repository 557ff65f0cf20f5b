package version;
# Version objects (perldoc version). The class itself is built in: new parse declare qv numify normal
# stringify vcmp boolean noop is_alpha is_qv _VERSION and the overloading.

use 5.006_002;
use strict;
use warnings::register;
use version::regex;

our $VERSION = '0.9929';
our $CLASS   = 'version';
our (@ISA, $STRICT, $LAX);

sub import {
    no strict 'refs';
    my ($class, @words) = @_;
    my $target = caller;
    my %want = map +($_ => 1), @words ? @words : qw(qv VERSION UNIVERSAL::VERSION);
    # qv() and declare() are wanted under their names, or not at all with an empty list.
    if ($want{declare} && !defined &{"${target}::declare"}) {
        *{"${target}::declare"} = sub { return $class->declare(shift) };
    }
    if ($want{qv} && !defined &{"${target}::qv"}) {
        *{"${target}::qv"} = sub { return $class->qv(shift) };
    }
    *{"${target}::VERSION"} = \&{"${class}::_VERSION"} if $want{VERSION} && !defined &{"${target}::VERSION"} && defined &{"${class}::_VERSION"};
    *{"${target}::is_strict"} = \&is_strict if $want{is_strict};
    *{"${target}::is_lax"}    = \&is_lax    if $want{is_lax};
}

*is_strict = \&version::regex::is_strict;
*is_lax    = \&version::regex::is_lax;
*LAX       = \$version::regex::LAX;
*STRICT    = \$version::regex::STRICT;
*LAX_DECIMAL_VERSION    = \$version::regex::LAX_DECIMAL_VERSION;
*LAX_DOTTED_DECIMAL_VERSION    = \$version::regex::LAX_DOTTED_DECIMAL_VERSION;
*STRICT_DECIMAL_VERSION = \$version::regex::STRICT_DECIMAL_VERSION;
*STRICT_DOTTED_DECIMAL_VERSION = \$version::regex::STRICT_DOTTED_DECIMAL_VERSION;

1;
