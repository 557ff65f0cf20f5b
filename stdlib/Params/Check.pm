package Params::Check;
# Named arguments checked against a template (perldoc Params::Check).

use strict;
require Exporter;

our $VERSION   = '0.38';
our @ISA       = ('Exporter');
our @EXPORT_OK = qw(check allow last_error);

our $VERBOSE              = $^W ? 1 : 0;
our $NO_DUPLICATES        = 0;
our $STRIP_LEADING_DASHES = 0;
our $STRICT_TYPE          = 0;
our $ALLOW_UNKNOWN        = 0;
our $PRESERVE_CASE        = 0;
our $ONLY_ALLOW_DEFINED   = 0;
our $SANITY_CHECK_TEMPLATE = 1;
our $WARNINGS_FATAL       = 0;
our $CALLER_DEPTH         = 0;

my %known = map +($_ => 1), qw(required allow default strict_type no_override store defined);
my $error = '';

sub last_error { return $error }

sub _complain {
    my ($text, $loud) = @_;
    $loud = $VERBOSE unless defined $loud;
    require Carp;
    if ($WARNINGS_FATAL) { local $Carp::CarpLevel = $CALLER_DEPTH; Carp::croak($text) }
    if ($loud) { Carp::carp($text) }
    $error .= "$text\n";
    return;
}

sub check {
    my ($template, $given, $verbose) = @_;
    $error = '';
    if (!$template or !$given or ref $template ne 'HASH' or ref $given ne 'HASH') {
        return _complain('check() expects two arguments');
    }
    my %args;
    for my $key (keys %$given) {
        my $plain = $PRESERVE_CASE ? $key : lc $key;
        $plain =~ s/^-// if $STRIP_LEADING_DASHES;
        $args{$plain} = $given->{$key};
    }
    my (%result, $wrong);
    my $who = (caller(1 + $CALLER_DEPTH))[3] || (caller)[0] . '::(unknown)';
    for my $key (keys %$template) {
        my $t = $template->{$key};
        if ($SANITY_CHECK_TEMPLATE) {
            for my $word (grep !$known{$_}, keys %$t) { _complain(qq(Template type '$word' not supported [at key '$key']), 1) }
            if (exists $t->{store} and !ref $t->{store}) { _complain("Store variable for '$key' is not a reference!", 1) }
        }
        if ($t->{required} and !exists $args{$key}) {
            _complain("Required option '$key' is not provided for $who by " . (caller(1 + $CALLER_DEPTH) ? (caller(1 + $CALLER_DEPTH))[0] : 'main'));
            $wrong++;
        }
        $result{$key} = $t->{default} if exists $t->{default};
    }
    return if $wrong;

    for my $key (keys %args) {
        my $t = $template->{$key};
        if (!$t) {
            if ($ALLOW_UNKNOWN) { $result{$key} = $args{$key}; next }
            _complain("Key '$key' is not a valid key for $who provided by main");
            next;
        }
        if ($t->{no_override}) {
            _complain("You are not allowed to override key '$key' for $who from main");
            next;
        }
        my $value = $args{$key};
        if (($t->{defined} || $ONLY_ALLOW_DEFINED) and !defined $value) {
            _complain("Key '$key' must be defined when passed");
            $wrong++;
            next;
        }
        if (($t->{strict_type} || $STRICT_TYPE) and exists $t->{default} and ref $value ne ref $t->{default}) {
            my $type = ref $t->{default} || 'SCALAR';
            _complain("Key '$key' needs to be of type '$type'");
            $wrong++;
            next;
        }
        if (exists $t->{allow} and !allow($value, $t->{allow})) {
            my $shown = defined $value ? $value : '(undef)';
            _complain("Key '$key' ($shown) is of invalid type for '$who' provided by main");
            $wrong++;
            next;
        }
        $result{$key} = $value;
    }
    return if $wrong;
    for my $key (keys %$template) {
        my $store = $template->{$key}{store} or next;
        $$store = $result{$key} if ref $store;
        delete $result{$key} if $NO_DUPLICATES;
    }
    return \%result;
}

sub allow {
    my ($value, $rule) = @_;
    if (ref $rule eq 'Regexp') { return defined $value && $value =~ /$rule/ ? 1 : '' }
    if (ref $rule eq 'CODE')   { return $rule->($value) }
    if (ref $rule eq 'ARRAY')  { for my $one (@$rule) { return 1 if allow($value, $one) } return }
    return 1 if !defined $value && !defined $rule;
    return defined $value && defined $rule && $value eq $rule;
}

1;
