package Text::Abbrev;
# All unambiguous abbreviations of words (perldoc Text::Abbrev).

use strict;
use warnings;
require 5.005;
require Exporter;

our $VERSION = '1.02';
our @ISA     = ('Exporter');
our @EXPORT  = qw(abbrev);

sub abbrev {
    my $glob;
    my $hash = @_ && ref $_[0] ? shift : @_ && ref \$_[0] eq 'GLOB' ? do { $glob = 1; \%{ (shift) } } : {};
    %$hash = ();
    my %seen;
    for my $word (@_) {
        for (my $length = length($word) - 1; $length > 0; $length--) {
            my $short = substr $word, 0, $length;
            if    (!$seen{$short}++)          { $hash->{$short} = $word }
            elsif ($seen{$short} == 2)        { delete $hash->{$short} }
            else                              { last }
        }
    }
    # A word stands for itself even if others begin with it.
    $hash->{$_} = $_ for @_;
    return if !defined wantarray;
    return wantarray ? %$hash : $hash;
}

1;
