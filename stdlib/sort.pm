package sort;
# Once chose sort's behaviour; sorting is always stable now (perldoc sort).

use strict;

our $VERSION = '2.05';

my $localize_hh = 0x00020000;

sub import {
    shift;
    _check(@_);
    for my $word (@_) { _unknown() unless $word =~ /\A(?:stable|defaults|_mergesort|_qsort|_quicksort)\z/ }
    $^H{sort} = 0;
    $^H |= $localize_hh;
}

sub unimport {
    shift;
    _check(@_);
    for my $word (@_) { _unknown() unless $word eq 'stable' }
    delete $^H{sort};
}

sub _check {
    return if @_;
    require Carp;
    Carp::croak('sort pragma requires arguments');
}

sub _unknown {
    require Carp;
    Carp::croak("sort: unknown subpragma ''");
}

sub current {
    warnings::warnif_at_level('deprecated', 0, "sort::current is deprecated, and will always return 'stable'")
        if $INC{'warnings.pm'};
    return 'stable';
}

1;
