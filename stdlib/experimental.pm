package experimental;
# Enables an experimental feature and silences its warning (perldoc experimental).

use strict;
use warnings;
use Carp ();

our $VERSION = '0.028';

# Release in which each became available.
my %since = (
    args_array_with_signatures => '5.20', array_base => '5', autoderef => '5.14',
    bitwise => '5.22', builtin => '5.36', const_attr => '5.22', current_sub => '5.16',
    declared_refs => '5.26', defer => '5.36', evalbytes => '5.16', extra_paired_delimiters => '5.36',
    fc => '5.16', for_list => '5.36', isa => '5.32', lexical_topic => '5.10', lexical_subs => '5.18',
    postderef => '5.20', postderef_qq => '5.20', re_strict => '5.22', refaliasing => '5.22',
    regex_sets => '5.18', say => '5.10', signatures => '5.20', smartmatch => '5.10', state => '5.10',
    switch => '5.10', try => '5.34', unicode_eval => '5.16', unicode_strings => '5.12',
);
# Those that are switches of feature.pm; the others are warnings alone, or have become part of the language.
my %is_feature = map +($_ => 1), qw(bitwise current_sub declared_refs defer evalbytes
    extra_paired_delimiters fc isa postderef_qq refaliasing say signatures state switch try
    unicode_eval unicode_strings);
my %together = (switch => ['smartmatch'], declared_refs => ['refaliasing']);

sub _switch {
    my ($on, $name) = @_;
    my $warning = "experimental::$name";
    my $done    = eval { $on ? warnings->unimport($warning) : warnings->import($warning); 1 };
    if ($is_feature{$name}) {
        $on ? feature->import($name) : feature->unimport($name);
        $done = 1;
    }
    if (!$done and !defined $since{$name}) {
        if ($on) { Carp::croak("Can't enable unknown feature $name") }
        Carp::carp("Can't disable unknown feature $name, ignoring");
        return;
    }
    _switch($on, $_) for @{ $together{$name} || [] };
}

sub import   { my ($class, @names) = @_; _each(1, @names) }
sub unimport { my ($class, @names) = @_; _each(0, @names) }

# A name may be followed by the version of perl it needs.
sub _each {
    my ($on, @names) = @_;
    while (defined(my $name = shift @names)) {
        if (@names and $names[0] =~ /^v?[0-9.]+\z/) {
            my $wanted = shift @names;
            if ($on and version->parse($wanted) > $^V) {
                Carp::croak("Need perl $wanted or later for feature $name");
            }
        }
        _switch($on, $name);
    }
}

1;
