package Hash::Util;
# Restricted hashes, and a look inside hashes (perldoc Hash::Util). Native: all_keys hidden_ref_keys
# legal_ref_keys hv_store _clear_placeholders hash_seed hash_value hash_traversal_mask bucket_*.

use 5.007_003;
use strict;
use warnings;
use warnings::register;
no warnings 'uninitialized';
require Exporter;
require XSLoader;

our $VERSION   = '0.28';
our @EXPORT_OK = qw(
    fieldhash fieldhashes all_keys lock_keys unlock_keys lock_value unlock_value lock_hash unlock_hash
    lock_keys_plus hash_locked hash_unlocked hashref_locked hashref_unlocked hidden_keys legal_keys
    lock_ref_keys unlock_ref_keys lock_ref_value unlock_ref_value lock_hashref unlock_hashref
    lock_ref_keys_plus hidden_ref_keys legal_ref_keys hash_seed hash_value hv_store bucket_stats
    bucket_stats_formatted bucket_info bucket_array lock_hash_recurse unlock_hash_recurse
    lock_hashref_recurse unlock_hashref_recurse hash_traversal_mask bucket_ratio used_buckets num_buckets
);

XSLoader::load();

sub import {
    my $class = shift;
    if (grep /fieldhash/, @_) {
        require Hash::Util::FieldHash;
        Hash::Util::FieldHash->import(':ALL');
    }
    unshift @_, $class;
    goto &Exporter::import;
}

sub _croak { require Carp; goto &Carp::croak }

# Keys --------------------------------------------------------------------------------------------

sub lock_ref_keys {
    my ($hash, @keys) = @_;
    &_clear_placeholders($hash);
    if (@keys) {
        my %allowed = map +($_ => 1), @keys;
        my @bad = grep !$allowed{$_}, keys %$hash;
        for my $key (sort @bad) { _croak("Hash has key '$key' which is not in the new key set") }
        # Keys that are allowed but absent leave their place behind.
        my @absent = grep !exists $hash->{$_}, @keys;
        $hash->{$_} = undef for @absent;
        Internals::SvREADONLY(%$hash, 1);
        delete @$hash{@absent};
    }
    else { Internals::SvREADONLY(%$hash, 1) }
    return $hash;
}

sub unlock_ref_keys {
    my ($hash) = @_;
    Internals::SvREADONLY(%$hash, 0);
    return $hash;
}

sub lock_ref_keys_plus {
    my ($hash, @more) = @_;
    my @absent;
    &_clear_placeholders($hash);
    for my $key (@more) {
        next if exists $hash->{$key};
        $hash->{$key} = undef;
        push @absent, $key;
    }
    Internals::SvREADONLY(%$hash, 1);
    delete @$hash{@absent};
    return $hash;
}

sub lock_keys (\%;@)      { lock_ref_keys(@_) }
sub unlock_keys (\%)      { unlock_ref_keys(@_) }
sub lock_keys_plus (\%;@) { lock_ref_keys_plus(@_) }

# Values ------------------------------------------------------------------------------------------

sub lock_ref_value {
    my ($hash, $key) = @_;
    if (!Internals::SvREADONLY(%$hash)) {
        require Carp;
        Carp::carp('Cannot usefully lock values in an unlocked hash');
    }
    Internals::SvREADONLY($hash->{$key}, 1);
    return $hash;
}

sub unlock_ref_value {
    my ($hash, $key) = @_;
    Internals::SvREADONLY($hash->{$key}, 0);
    return $hash;
}

sub lock_value (\%$)   { lock_ref_value(@_) }
sub unlock_value (\%$) { unlock_ref_value(@_) }

# Whole hashes ------------------------------------------------------------------------------------

sub lock_hashref {
    my ($hash) = @_;
    lock_ref_keys($hash);
    Internals::SvREADONLY($_, 1) for values %$hash;
    return $hash;
}

sub unlock_hashref {
    my ($hash) = @_;
    Internals::SvREADONLY($_, 0) for values %$hash;
    unlock_ref_keys($hash);
    return $hash;
}

sub lock_hash (\%)   { lock_hashref(@_) }
sub unlock_hash (\%) { unlock_hashref(@_) }

sub _is_hash { my ($value) = @_; return ref $value && UNIVERSAL::isa($value, 'HASH') }

sub lock_hashref_recurse {
    my ($hash) = @_;
    lock_ref_keys($hash);
    for my $value (values %$hash) {
        lock_hashref_recurse($value) if _is_hash($value);
        Internals::SvREADONLY($value, 1);
    }
    return $hash;
}

sub unlock_hashref_recurse {
    my ($hash) = @_;
    for my $value (values %$hash) {
        unlock_hashref_recurse($value) if _is_hash($value);
        Internals::SvREADONLY($value, 0);
    }
    unlock_ref_keys($hash);
    return $hash;
}

sub lock_hash_recurse (\%)   { lock_hashref_recurse(@_) }
sub unlock_hash_recurse (\%) { unlock_hashref_recurse(@_) }

sub hashref_locked   { my ($hash) = @_; return Internals::SvREADONLY(%$hash) }
sub hashref_unlocked { my ($hash) = @_; return !Internals::SvREADONLY(%$hash) }
sub hash_locked (\%)   { hashref_locked(@_) }
sub hash_unlocked (\%) { hashref_unlocked(@_) }

sub legal_keys (\%)  { legal_ref_keys(@_) }
sub hidden_keys (\%) { hidden_ref_keys(@_) }

# Statistics --------------------------------------------------------------------------------------

sub bucket_stats {
    my ($hash) = @_;
    my ($keys, $buckets, $used, @length_counts) = bucket_info($hash);
    return unless defined $keys;
    my ($sum, $max) = (0, 0);
    for my $length (1 .. $#length_counts) {
        $sum += ($length * ($length + 1)) / 2 * ($length_counts[$length] || 0);
        $max = $length if $length_counts[$length];
    }
    my $score = $keys ? $sum / (($keys / (2 * $buckets)) * ($keys + 2 * $buckets - 1)) : 1;
    my ($mean, $mean_used) = ($keys / $buckets, $used ? $keys / $used : 0);
    my ($stddev, $stddev_used) = (0, 0);
    for my $length (0 .. $#length_counts) {
        my $count = $length_counts[$length] || 0;
        $stddev      += $count * ($length - $mean) ** 2;
        $stddev_used += $count * ($length - $mean_used) ** 2 if $length;
    }
    $stddev      = sqrt($stddev / $buckets);
    $stddev_used = $used ? sqrt($stddev_used / $used) : 0;
    return ($keys, $buckets, $used, $score, $used / $buckets, $keys ? ($keys - $used) / $keys : 0,
        $mean_used, $stddev_used, $mean, $stddev, @length_counts);
}

sub bucket_stats_formatted {
    my ($hash) = @_;
    my ($keys, $buckets, $used, $score, $utilization, $collisions, $mean_used, $stddev_used, $mean, $stddev, @counts)
        = bucket_stats($hash);
    return '' unless defined $keys;
    my $out = sprintf "Keys: %d Buckets: %d/%d Quality-Score: %.2f (%s)\n", $keys, $used, $buckets, $score,
        $score <= 1.05 ? 'Good' : $score < 1.2 ? 'Poor' : 'Bad';
    $out .= sprintf "Utilized Buckets: %.2f%% Optimal: %.2f%% Keys In Collision: %.2f%%\n",
        $utilization * 100, $keys / $buckets * 100, $collisions * 100;
    return $out;
}

1;
