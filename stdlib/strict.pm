package strict;
# Compile-time checks kept in $^H: what `use strict` turns on, see perldoc strict.

our $VERSION = '1.12';

# Checked bit, and the bit that says "asked for by name" so that `use VERSION` leaves it alone.
my %bit      = (refs => 0x02, subs => 0x200, vars => 0x400);
my %explicit = (refs => 0x20, subs => 0x40,  vars => 0x80);
my $all      = 0x602;
my $all_explicit = 0xe0;

BEGIN {
    # Catches `use Strict` on file systems that ignore case.
    if (__FILE__ !~ /(?:^|[\/\\:])strict\.pm$/ and __FILE__ =~ /strict\.pm$/i) {
        my (undef, $file, $line) = caller 2;
        die sprintf "Incorrect use of pragma '%s' at %s line %d.\n", __PACKAGE__, $file, $line;
    }
}

sub bits {
    my ($mask, @unknown) = 0;
    for my $tag (@_) {
        if (defined $bit{$tag}) {
            $mask |= $bit{$tag};
            $^H   |= $explicit{$tag};
        }
        else { push @unknown, $tag }
    }
    if (@unknown) {
        require Carp;
        Carp::croak("Unknown 'strict' tag(s) '@unknown'");
    }
    return $mask;
}

sub import {
    shift;
    $^H |= @_ ? &bits : $all | $all_explicit;
}

sub unimport {
    shift;
    if (@_) { $^H &= ~&bits }
    else    { $^H &= ~$all; $^H |= $all_explicit }
}

1;
