package less;
# Asks for less of something; modules may listen (perldoc less).

use strict;
use warnings;

our $VERSION = '0.03';

my $localize_hh = 0x00020000;

sub _pack_tags   { return join ' ', @_ }
sub _unpack_tags { return grep length, map split(' ', $_), grep defined, @_ }
sub stash_name   { $_[0] }

sub of {
    my $class = shift;
    my $hints = (caller 0)[10];
    my $key   = $class->stash_name;
    return unless $hints and defined $hints->{$key};
    my @tags = _unpack_tags($hints->{$key});
    if (@_) {
        my %has = map +($_ => 1), @tags;
        $has{$_} and return 1 for @_;
        return;
    }
    return @tags;
}

sub import {
    my ($class, @tags) = @_;
    my $key = $class->stash_name;
    @tags = 'please' unless @tags;
    my %all = map +($_ => 1), _unpack_tags($^H{$key}), @tags;
    $^H{$key} = _pack_tags(sort keys %all);
    $^H |= $localize_hh;
}

sub unimport {
    my ($class, @tags) = @_;
    my $key = $class->stash_name;
    if (@tags) {
        my %all = map +($_ => 1), _unpack_tags($^H{$key});
        delete @all{@tags};
        if (%all) { $^H{$key} = _pack_tags(sort keys %all); return }
    }
    delete $^H{$key};
}

1;
