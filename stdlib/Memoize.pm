package Memoize;
# Functions that remember their results (perldoc Memoize).

use strict;
use warnings;
require Exporter;

our $VERSION   = '1.03_01';
our @ISA       = ('Exporter');
our @EXPORT    = qw(memoize);
our @EXPORT_OK = qw(unmemoize flush_cache);

my %info;    # by address of the wrapper

sub _croak { require Carp; goto &Carp::croak }

sub _code {
    my ($what, $package) = @_;
    return $what if ref $what eq 'CODE';
    my $name = $what =~ /::/ ? $what : "${package}::$what";
    no strict 'refs';
    _croak("Cannot operate on nonexistent function `$what'") unless defined &$name;
    return \&$name;
}

# A cache as told by SCALAR_CACHE or LIST_CACHE; MERGE and FAULT are no caches.
sub _cache {
    my ($how, $context) = @_;
    my ($kind, @args) = ref $how eq 'ARRAY' ? @$how : $how;
    return {} if $kind eq '' or $kind eq 'MEMORY';
    if ($kind eq 'HASH') {
        ref $args[0] eq 'HASH' or _croak("HASH option requires an argument");
        return $args[0];
    }
    if ($kind eq 'TIE') {
        warn "TIE option to memoize() is deprecated; use HASH instead" if $^W;
        my $class = shift @args;
        (my $file = "$class.pm") =~ s{::}{/}g;
        require $file;
        my $hash = {};
        tie %$hash, $class, @args or _croak("Couldn't tie memoize hash to `$class': $!");
        return $hash;
    }
    return $kind if $kind eq 'FAULT' or $kind eq 'MERGE';
    _croak("Unrecognized option to `${context}_CACHE': `$kind' should be one of (TIE, MEMORY, FAULT, HASH)");
}

sub memoize {
    my ($function, %options) = @_;
    my $package = caller;
    my $code = _code($function, $package);
    my $normalizer = $options{NORMALIZER};
    $normalizer = _code($normalizer, $package) if defined $normalizer && !ref $normalizer;

    my $scalar = _cache(defined $options{SCALAR_CACHE} ? $options{SCALAR_CACHE} : '', 'SCALAR');
    my $list   = _cache(defined $options{LIST_CACHE}   ? $options{LIST_CACHE}   : '', 'LIST');
    my ($merge_scalar, $merge_list) = ($scalar eq 'MERGE', $list eq 'MERGE');
    # One of them has to exist.
    if ($merge_scalar && $merge_list) { $list = {}; $merge_list = 0 }
    my $name = ref $function ? undef : $function =~ /::/ ? $function : "${package}::$function";

    my $wrapper = sub {
        my $key = $normalizer ? (wantarray ? ($normalizer->(@_))[0] : scalar $normalizer->(@_))
            : do { no warnings 'uninitialized'; @_ ? join chr(28), @_ : '' };
        $key = '' unless defined $key;
        if (wantarray and !$merge_list) {
            _croak("Anonymous function called in forbidden list context") if $list eq 'FAULT' && !defined $name;
            _croak("$name function called in forbidden list context") if $list eq 'FAULT';
            my $kept = $list->{$key};
            return @$kept if $kept;
            my @value = $code->(@_);
            $list->{$key} = [@value];
            return @value;
        }
        if ($scalar eq 'FAULT') { _croak(defined $name ? "$name function called in forbidden scalar context" : 'Anonymous function called in forbidden scalar context') }
        # Merged caches share values of one kind.
        if ($merge_scalar) {
            my $kept = $list->{$key};
            return $kept->[0] if $kept;
            my $value = $code->(@_);
            $list->{$key} = [$value];
            return $value;
        }
        if (exists $scalar->{$key}) { return $scalar->{$key} }
        my $value = $code->(@_);
        return $scalar->{$key} = $value;
    };
    if (defined(my $prototype = prototype $code)) { require Scalar::Util; &Scalar::Util::set_prototype($wrapper, $prototype) }

    my $install = exists $options{INSTALL} ? $options{INSTALL} : $name;
    if (defined $install) {
        $install = "${package}::$install" unless $install =~ /::/;
        no strict 'refs';
        no warnings 'redefine';
        *$install = $wrapper;
    }
    $info{$wrapper} = { original => $code, name => $install, scalar => $scalar, list => $list };
    return $wrapper;
}

sub unmemoize {
    my ($what) = @_;
    my $code = _code($what, scalar caller);
    my $entry = delete $info{$code} or _croak("Could not unmemoize function `$what', because it was not memoized to begin with");
    if (defined $entry->{name}) {
        no strict 'refs';
        no warnings 'redefine';
        *{ $entry->{name} } = $entry->{original};
    }
    return $entry->{original};
}

sub flush_cache {
    my ($what) = @_;
    my $entry = $info{ _code($what, scalar caller) } or return;
    for my $cache (@{$entry}{qw(scalar list)}) { %$cache = () if ref $cache }
}

1;
