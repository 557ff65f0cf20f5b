package constant;
# Names for values known at compile time (perldoc constant).

use strict;
use warnings::register;

our $VERSION = '1.33';
our %declared;

# Names that perl gives a meaning of its own: allowed, with a warning, or forced into main.
my %special = map +($_ => 1), qw(BEGIN INIT CHECK END DESTROY AUTOLOAD UNITCHECK);
my %forced  = map +($_ => 1), qw(STDIN STDOUT STDERR ARGV ARGVOUT ENV INC SIG);

sub import {
    my $class = shift;
    return unless @_;
    my $many;
    if (!defined $_[0]) {
        require Carp;
        Carp::croak("Can't use undef as constant name");
    }
    if (ref $_[0]) {
        if (ref $_[0] ne 'HASH') {
            require Carp;
            Carp::croak("Invalid reference type '" . ref(shift) . "' not 'HASH'");
        }
        $many = shift;
    }
    else { $many = { (shift) => undef } }
    my $single = @_ || keys %$many == 1 && !defined((values %$many)[0]);

    my $caller = caller;
    for my $name (keys %$many) {
        my ($package, $symbol) = ($caller, $name);
        if ($name =~ /\A(.*)(?:::|')(.+)\z/s) { ($package, $symbol) = ($1, $2) }
        _check_name($symbol, $package);
        no strict 'refs';
        my $full = "${package}::$symbol";
        $declared{$full}++;
        *$full = _is_list($many, $name, \@_) ? _list(@_)
            : _scalar(defined $many->{$name} || !$single ? $many->{$name} : $_[0]);
    }
}

# The closed-over variables are never written again: that is what lets perl inline these subs.
sub _scalar {
    my $value = shift;
    return sub () { $value };
}

sub _list {
    my @values = @_;
    Internals::SvREADONLY($_, 1) for @values;
    return sub () { @values };
}

# Only the form `use constant NAME => LIST` with other than one value makes a list constant.
sub _is_list {
    my ($many, $name, $values) = @_;
    return 0 if defined $many->{$name} or keys %$many > 1;
    return @$values != 1;
}

sub _check_name {
    my ($name, $package) = @_;
    if ($name =~ /\A[^\W_0-9]\w*\z/ or $name =~ /\A_[^\W_]\w*\z/ or $name =~ /\A_\z/) {
        return if !$special{$name} && (!$forced{$name} || $package eq 'main');
        if (warnings::enabled()) {
            if ($special{$name})    { warnings::warn("Constant name '$name' is a Perl keyword") }
            elsif ($forced{$name})  { warnings::warn("Constant name '$name' is forced into package main::") }
        }
        return;
    }
    require Carp;
    Carp::croak("Constant name '$name' begins with '__'") if $name =~ /\A__/;
    Carp::croak("Constant name '$name' has invalid characters") if length $name;
    Carp::croak("Constant name '$name' is invalid");
}

1;
