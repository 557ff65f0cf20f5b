package feature;
# Switches for newer syntax: a bundle number in $^H, or single keys in %^H (perldoc feature).

our $VERSION = '1.72';

our %feature = (
    (map +($_ => "feature_$_"), qw(bareword_filehandles bitwise defer evalbytes fc indirect isa
        multidimensional postderef_qq refaliasing say signatures state switch try)),
    current_sub            => 'feature___SUB__',
    declared_refs          => 'feature_myref',
    extra_paired_delimiters => 'feature_more_delims',
    unicode_eval           => 'feature_unieval',
    unicode_strings        => 'feature_unicode',
);

our %feature_bundle;
# Bundles in the order of their numbers in $^H, with the releases that share each.
my @hint_bundle = qw(default 5.10 5.11 5.15 5.23 5.27 5.35);
{
    my @v10 = qw(bareword_filehandles indirect multidimensional say state switch);
    my @v11 = (@v10, 'unicode_strings');
    my @v15 = sort @v11, qw(current_sub evalbytes fc unicode_eval);
    my @v23 = sort @v15, 'postderef_qq';
    my @v27 = sort @v23, 'bitwise';
    my @v35 = qw(bareword_filehandles bitwise current_sub evalbytes fc isa postderef_qq say
        signatures state unicode_eval unicode_strings);
    %feature_bundle = (
        default => [qw(bareword_filehandles indirect multidimensional)],
        all     => [sort keys %feature],
        '5.9.5' => \@v10,
    );
    my @from = ([10 => \@v10], [11 => \@v11], [15 => \@v15], [23 => \@v23], [27 => \@v27], [35 => \@v35], [37]);
    for my $i (0 .. $#from - 1) {
        $feature_bundle{"5.$_"} = $from[$i][1] for $from[$i][0] .. $from[$i + 1][0] - 1;
    }
}
delete $feature_bundle{'5.37'};

our $hint_shift   = 26;
our $hint_mask    = 0x3c000000;
our $hint_uni8bit = 0x800;

sub croak {
    require Carp;
    Carp::croak(@_);
}

# Features switched on in a set of hints, whichever way they are stored.
sub _current {
    my ($bits, $hash) = @_;
    my $bundle = ($bits & $hint_mask) >> $hint_shift;
    return $feature_bundle{ $hint_bundle[$bundle] } if $bundle <= $#hint_bundle;
    return [grep $hash->{ $feature{$_} }, sort keys %feature];
}

# import and unimport are native.

sub unknown_feature {
    croak(sprintf 'Feature "%s" is not supported by Perl %vd', $_[0], $^V);
}

sub unknown_feature_bundle {
    croak(sprintf 'Feature bundle "%s" is not supported by Perl %vd', $_[0], $^V);
}

# The questions below look at the scope that called the scope calling them, unless told a depth.
sub features_enabled {
    my $level = @_ ? $_[0] : 1;
    my ($bits, $hash) = (caller $level)[8, 10];
    return unless defined $bits;
    return @{ _current($bits, $hash || {}) };
}

sub feature_enabled {
    my ($name, $level) = @_;
    my $key = $feature{$name};
    unknown_feature($name) unless defined $key;
    my ($bits, $hash) = (caller(defined $level ? $level : 1))[8, 10];
    return !!grep $_ eq $name, @{ _current($bits || 0, $hash || {}) };
}

sub feature_bundle {
    my $level = @_ ? $_[0] : 1;
    my $bits  = (caller $level)[8];
    my $index = (($bits || 0) & $hint_mask) >> $hint_shift;
    return $index <= $#hint_bundle ? $hint_bundle[$index] : undef;
}

1;
