package attributes;
# Attributes of subs and variables (perldoc attributes). Native: _modify_attrs _fetch_attrs _guess_stash
# reftype.

use strict;

our $VERSION     = '0.34';
our @EXPORT_OK   = qw(get reftype);
our @EXPORT      = ();
our %EXPORT_TAGS = (ALL => [@EXPORT, @EXPORT_OK]);

require XSLoader;
XSLoader::load();

sub croak { require Carp; goto &Carp::croak }
sub carp  { require Carp; goto &Carp::carp }

# perl calls `use attributes PACKAGE, REF, LIST` for every declaration with attributes.
sub import {
    @_ > 2 && ref $_[2] or do {
        require Exporter;
        goto &Exporter::import;
    };
    my (undef, $home, $ref, @attributes) = @_;
    my $type = uc reftype($ref);
    my $package = _guess_stash($ref);
    $package = $home unless defined $package;
    my $handler = $package->can("MODIFY_${type}_ATTRIBUTES") || $home->can("MODIFY_${type}_ATTRIBUTES");
    # Those perl knows itself are applied and taken out.
    my @left = grep { $type ne 'CODE' or $_ ne 'const' } _modify_attrs($ref, @attributes);
    if ($handler) {
        my @bad = @left ? $handler->($home, $ref, @left) : ();
        _refuse($type, @bad) if @bad;
        # The package took them, but words in lower case may mean something to perl one day.
        my @risky = grep /^[a-z]+\b(?!.*[A-Z])/ && !/^[A-Z]/, @left;
        if (@risky) {
            require warnings;
            if (warnings::enabled('reserved')) {
                my $s = @risky == 1 ? '' : 's';
                carp("$type package attribute$s may clash with future reserved word$s: " . join ' : ', @risky);
            }
        }
    }
    # Lower-case ones are reserved.
    elsif (@left) { _refuse($type, @left) }
    return;
}

sub _refuse {
    my ($type, @bad) = @_;
    croak("Invalid $type attribute" . (@bad == 1 ? '' : 's') . ': ' . join ' : ', @bad);
}

sub get ($) {
    @_ == 1 && ref $_[0] or croak('Usage: attributes::get $reference');
    my ($ref) = @_;
    my $type = uc reftype($ref);
    my $package = _guess_stash($ref);
    $package = scalar caller unless defined $package;
    my $handler = $package->can("FETCH_${type}_ATTRIBUTES");
    return (_fetch_attrs($ref), $handler ? $handler->($package, $ref) : ());
}

sub require_version { goto &UNIVERSAL::VERSION }

1;
