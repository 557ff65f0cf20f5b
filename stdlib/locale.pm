package locale;
# Operations follow the locale in the enclosing block (perldoc locale).

use strict;

our $VERSION = '1.10';

our $locale_hint_bits         = 0x4;
our $locale_partial_hint_bits = 0x10;
my $localize_hh = 0x00020000;

# Bits of $^H{locale}: one more than the number of the category.
my %category = (ctype => 1, numeric => 2, time => 3, collate => 4, monetary => 5, messages => 6);

sub import {
    shift;
    if (!@_) {
        $^H{locale} = 0;
        $^H = ($^H | $locale_hint_bits | $localize_hh) & ~$locale_partial_hint_bits;
        return;
    }
    my $bits = 0;
    for my $word (@_) {
        if (!defined $word or $word !~ /^:(not_)?(\w+)\z/
            or $2 ne 'characters' && !exists $category{$2}) {
            require Carp;
            Carp::croak('Unknown parameter \'' . ($word // '') . "' to 'use locale'");
        }
        my $set = $2 eq 'characters' ? 1 << $category{ctype} | 1 << $category{collate} : 1 << $category{$2};
        # The complement of a category includes bit 0, for all categories without a name here.
        $bits |= $1 ? 127 & ~$set : $set;
    }
    $^H{locale} = ($^H{locale} || 0) | $bits;
    $^H = ($^H | $locale_partial_hint_bits | $localize_hh) & ~$locale_hint_bits;
}

sub unimport {
    $^H{locale} = 0;
    $^H &= ~($locale_hint_bits | $locale_partial_hint_bits);
}

1;
