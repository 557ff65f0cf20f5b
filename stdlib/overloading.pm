package overloading;
# Switches overloading off in a lexical scope, wholly or by operator (perldoc overloading).

use strict;
use warnings;

our $VERSION = '0.02';

my $no_amagic = 0x01000000;

# Numbers of the operators in $^H{overloading}; order as perl has them.
my %number;
{
    my $i = 1;
    $number{"($_"} = $i++ for qw(${} @{} %{} *{} &{} ++ -- bool 0+ "" ! = abs neg <> int < <= > >= == !=
        lt le gt ge eq ne nomethod + += - -= * *= / /= % %= ** **= << <<= >> >>= & &= &. &.= | |= |. |.=
        ^ ^= ^. ^.= <=> cmp ~ ~. atan2 cos sin exp log sqrt x x= . .= ~~ -X qr);
}

sub _set {
    my ($on, @ops) = @_;
    my $mask = $^H{overloading} // '';
    for my $op (@ops) {
        my $number = $number{"($op"};
        if (!defined $number) {
            require Carp;
            Carp::croak("'$op' is not a valid overload");
        }
        vec($mask, $number, 1) = $on;
    }
    $^H{overloading} = $mask;
    return $mask;
}

sub unimport {
    my (undef, @ops) = @_;
    # No list stands for every operator; adding to "all off" changes nothing.
    if (!@ops) { delete $^H{overloading} }
    elsif (!($^H & $no_amagic) or defined $^H{overloading}) { _set(1, @ops) }
    $^H |= $no_amagic;
}

sub import {
    my (undef, @ops) = @_;
    # After a bare `no overloading`, any `use overloading` brings everything back.
    if (@ops) { return if _set(0, @ops) =~ /[^\0]/ }
    delete $^H{overloading};
    $^H &= ~$no_amagic;
}

1;
