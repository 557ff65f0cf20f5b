package lib;
# Directories put in front of @INC at compile time (perldoc lib).

use strict;
use Config;

our $VERSION  = '0.65';
our @ORIG_INC = @INC;

sub _with_arch {
    my ($dir) = @_;
    my @more;
    my $arch = $Config{archname};
    if (defined $arch and !ref $dir) {
        push @more, "$dir/$arch" if -d "$dir/$arch/auto";
        my $version = $Config{version};
        push @more, "$dir/$version"       if defined $version and -d "$dir/$version";
        push @more, "$dir/$version/$arch" if defined $version and -d "$dir/$version/$arch";
    }
    return @more;
}

sub import {
    shift;
    for my $dir (reverse my @copy = @_) {
        if ($dir eq '') {
            require Carp;
            Carp::carp("Empty compile time value given to use lib");
        }
        if (!ref $dir and $dir ne '' and -e $dir and !-d _) {
            require Carp;
            Carp::carp("Parameter to use lib must be directory, not file");
        }
        unshift @INC, $dir;
        for my $extra (_with_arch($dir)) { unshift @INC, $extra }
    }
    _unique();
}

sub unimport {
    shift;
    my %gone;
    for my $dir (@_) { $gone{$_}++ for $dir, _with_arch($dir) }
    @INC = grep !exists $gone{$_}, @INC;
}

sub _unique {
    my %seen;
    @INC = grep !$seen{$_}++, @INC;
}

1;
