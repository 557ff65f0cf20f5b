package Getopt::Long;
# Options on the command line (perldoc Getopt::Long).

use 5.004;
use strict;
use warnings;
BEGIN { $^H |= 0x10_0000 }    # use re 'taint': values stay as tainted as the arguments they are part of
require Exporter;

our $VERSION        = 2.52;
our $VERSION_STRING = '2.52';
our @ISA       = ('Exporter');
our @EXPORT    = qw(GetOptions $REQUIRE_ORDER $PERMUTE $RETURN_IN_ORDER);
our @EXPORT_OK = qw(HelpMessage VersionMessage Configure GetOptionsFromArray GetOptionsFromString);

our ($REQUIRE_ORDER, $PERMUTE, $RETURN_IN_ORDER) = (0, 1, 2);
our ($error, $debug, $major_version, $minor_version) = (0, 0, 2, 52);
our ($autoabbrev, $getopt_compat, $ignorecase, $bundling, $order, $passthrough, $longprefix, $genprefix);
our $caller;

my %config;
my $wanted_version = 0;    # what the program asked for by `use Getopt::Long 2.33`

# Configuration -----------------------------------------------------------------------------------

sub _defaults {
    my ($posix) = @_;
    %config = (
        auto_abbrev => !$posix, getopt_compat => !$posix, order => $posix ? $REQUIRE_ORDER : $PERMUTE,
        ignore_case => 1, bundling => 0, pass_through => 0, gnu_compat => 0, auto_help => 0, auto_version => 0,
        prefix => $posix ? '(--|-)' : '(--|-|\+)', long_prefix => '(--)',
    );
}

_defaults(exists $ENV{POSIXLY_CORRECT});

sub import {
    my $package = shift;
    my (@symbols, @settings);
    my $to = \@symbols;
    for my $word (@_) {
        if ($word eq ':config') { $to = \@settings; next }
        push @$to, $word;
    }
    {
        # $opt_ variables and errors belong to the user's package.
        local $Exporter::ExportLevel = 1;
        push @symbols, 'GetOptions' if @symbols;    # always wanted
        $package->SUPER::import(@symbols);
    }
    Configure(@settings) if @settings;
}

sub VERSION {
    $wanted_version = $_[1] if @_ > 1;
    return shift->SUPER::VERSION(@_);
}

# Words that switch a setting, by their spelling without underscores.
my %switch = (
    autoabbrev => 'auto_abbrev', getoptcompat => 'getopt_compat', gnucompat => 'gnu_compat',
    autohelp => 'auto_help', autoversion => 'auto_version', passthrough => 'pass_through',
);

sub Configure {
    my (@words) = @_;
    my $before = {%config};
    if (ref $words[0] eq 'HASH') { %config = %{ shift @words } }
    elsif (ref $words[0] eq 'ARRAY') { shift @words }
    for my $word (@words) {
        my $text = lc $word;
        my $on   = 1;
        if ($text =~ /^no_?(.*)$/s) { ($on, $text) = (0, $1) }
        (my $plain = $text) =~ tr/_//d;
        if    ($plain eq 'default' or $plain eq 'defaults') { _defaults(0) if $on }
        elsif ($plain eq 'posixdefault' or $plain eq 'posixdefaults') { _defaults(1) if $on }
        elsif ($plain eq 'autoabbrev' or $plain eq 'autoabbreviate') { $config{auto_abbrev} = $on }
        elsif (my $key = $switch{$plain})       { $config{$key} = $on }
        elsif ($plain eq 'gnugetopt') {
            if ($on) { @config{qw(gnu_compat bundling getopt_compat order prefix)} = (1, 1, 0, $PERMUTE, '(--|-)') }
        }
        elsif ($plain eq 'ignorecase')          { $config{ignore_case} = $on }
        elsif ($plain eq 'ignorecasealways')    { $config{ignore_case} = $on ? 2 : 0 }
        elsif ($plain eq 'bundling')            { $config{bundling} = $on }
        elsif ($plain eq 'bundlingoverride')    { $config{bundling} = $on ? 2 : 0 }
        elsif ($plain eq 'bundlingvalues')      { $config{bundling_values} = $on; $config{bundling} = $on }
        elsif ($plain eq 'requireorder')        { $config{order} = $on ? $REQUIRE_ORDER : $PERMUTE }
        elsif ($plain eq 'permute')             { $config{order} = $on ? $PERMUTE : $REQUIRE_ORDER }
        elsif ($plain eq 'debug')               { $debug = $on }
        elsif ($text =~ /^prefix=(.+)$/ and $on) {
            my ($prefix) = $word =~ /=(.+)$/s;
            $config{prefix} = '(' . quotemeta($prefix) . ')';
            _check_pattern($config{prefix});
        }
        elsif ($text =~ /^prefix_?pattern=(.+)$/ and $on) {
            my ($pattern) = $word =~ /=(.+)$/s;
            $config{prefix} = $pattern =~ /^\(.*\)$/ ? $pattern : "($pattern)";
            _check_pattern($config{prefix});
        }
        elsif ($text =~ /^long_?prefix_?pattern=(.+)$/ and $on) {
            my ($pattern) = $word =~ /=(.+)$/s;
            $config{long_prefix} = $pattern =~ /^\(.*\)$/ ? $pattern : "($pattern)";
            _check_pattern($config{long_prefix});
        }
        else { die qq(Getopt::Long: unknown or erroneous config parameter "$word"\n) }
    }
    return $before;
}

sub config { return Configure(@_) }

sub _check_pattern {
    my ($pattern) = @_;
    eval { '' =~ /$pattern/; 1 } or die qq(Getopt::Long: invalid pattern "$pattern"\n);
}

# Specifications ----------------------------------------------------------------------------------

# "name|alias=s@" => { name, names, type, mandatory, dest, min, max, default }, or (undef, why)
sub _parse_spec {
    my ($spec) = @_;
    if ($spec !~ m{
        ^
        (?<names> (?: \w+ [-\w]* | \?+ ) (?: \| (?: \? | \w [-\w]* ) )* )?
        (?<tail>
            [!+]
          | [=:] [ionfs] [@%]? (?: \{ \d* ,? \d* \} )?
          | : [-+]? \d+ [@%]?
          | : \+ [@%]?
        )?
        $ }x or !defined $+{names} && !defined $+{tail} && $spec ne '') {
        return (undef, qq(Error in option spec: "$spec"\n));
    }
    my ($names, $tail) = ($+{names}, defined $+{tail} ? $+{tail} : '');
    my @names = defined $names ? split(/\|/, $names) : ('');
    my %opt = (name => $names[0], names => \@names, type => '', mandatory => 0, dest => '$', spec => $spec);
    if    ($tail eq '!' or $tail eq '+') { $opt{type} = $tail }
    elsif ($tail =~ /^([=:])([ionfs])([@%])?(?:\{(\d*)(,?)(\d*)\})?$/) {
        my ($how, $type, $dest, $min, $comma, $max) = ($1, $2, $3, $4, $5, $6);
        return (undef, qq(Cannot repeat while bundling: "$spec"\n)) if $config{bundling} && defined $min;
        $opt{type}      = $type eq 'n' ? 'i' : $type;
        $opt{mandatory} = $how eq '=';
        $opt{dest}      = $dest if defined $dest;
        if (defined $min) {
            # {n} is n times, {n,} at least n, {,m} up to m.
            my $least = length $min ? $min : $opt{mandatory} ? 1 : 0;
            my $most  = $comma ? (length $max ? $max : -1) : (length $min ? $min : undef);
            if (defined $most) {
                return (undef, qq("Max must be greater than zero in option spec: "$spec"\n)) if $most == 0;
                return (undef, qq("Max must be greater than or equal to min in option spec: "$spec"\n))
                    if $most > 0 && $most < $least;
            }
            @opt{qw(min max repeat)} = ($least, $most, 1);
            $opt{mandatory} = $least > 0 ? 1 : 0;
        }
    }
    elsif ($tail =~ /^:([-+]?\d+)([@%])?$/) {
        @opt{qw(type default)} = ('i', $1 + 0);
        $opt{dest} = $2 if defined $2;
    }
    elsif ($tail =~ /^:\+([@%])?$/) {
        @opt{qw(type default)} = ('I', undef);
        $opt{dest} = $1 if defined $1;
    }
    return \%opt;
}

sub _key {
    my ($name) = @_;
    # With bundling, single letters keep their case.
    my $fold = $config{bundling} && length $name == 1 ? $config{ignore_case} > 1 : $config{ignore_case};
    return $fold ? lc $name : $name;
}

# All names of an option into the table; duplicates are told, the last one wins.
sub _register {
    my ($table, $opt) = @_;
    my @complaints;
    for my $name (@{ $opt->{names} }) {
        my $key = _key($name);
        if (exists $table->{$key} and $table->{$key}{opt} != $opt) {
            push @complaints, qq(Duplicate specification "$opt->{spec}" for option "$key"\n);
        }
        $table->{$key} = { opt => $opt, name => $opt->{name} };
        if ($opt->{type} eq '!') {
            for my $no ("no$name", "no-$name") { $table->{ _key($no) } = { opt => $opt, name => $opt->{name}, negated => 1 } }
        }
    }
    return @complaints;
}

# Entry points ------------------------------------------------------------------------------------

sub GetOptions (@) {
    unshift @_, \@ARGV;
    goto &GetOptionsFromArray;
}

sub GetOptionsFromString (@) {
    my ($string) = shift;
    require Text::ParseWords;
    my $args = [Text::ParseWords::shellwords($string)];
    local $caller = $caller || (caller)[0];
    my $ok = GetOptionsFromArray($args, @_);
    return ($ok, $args) if wantarray;
    if (@$args) {
        $ok = 0;
        warn "GetOptionsFromString: Excess data \"@$args\" in string \"$string\"\n";
    }
    return $ok;
}

sub GetOptionsFromArray (@) {
    my ($argv, @specs) = @_;
    my $package = $caller || (caller)[0];
    $error = '';

    my $store;
    # A hash in front takes what has no destination of its own.
    if (@specs and ref $specs[0] and UNIVERSAL::isa($specs[0], 'HASH')) { $store = shift @specs }
    # An option prefix may come next, in the old way.
    local $config{prefix} = $config{prefix};
    if (@specs and !ref $specs[0] and $specs[0] =~ /^\W+$/ and !($specs[0] eq '<>' and @specs > 1 and ref $specs[1])) {
        my $prefix = shift @specs;
        $prefix =~ s/(\W)/\\$1/g;
        $config{prefix} = "([$prefix])";
    }

    my ($table, $links, $loose, $bad) = _read_specs($package, $store, \@specs);
    die $bad if length $bad;
    _auto_options($table, $links);

    my %state = (argv => $argv, table => $table, links => $links, store => $store, package => $package);
    my (@rest, $stop);
    $error = 0;
    while (@$argv and !$stop) {
        my $word = shift @$argv;
        if (defined $word and $word eq '--') {
            push @rest, $word if $config{pass_through};
            last;
        }
        my $found = _find(\%state, $word);
        if (!$found) {
            # Not an option at all.
            if ($config{order} == $REQUIRE_ORDER) {
                unshift @$argv, $word;
                unshift @$argv, splice @rest;
                return $error == 0;
            }
            if ($loose) {
                my $outcome = _call($loose, Getopt::Long::CallBack->new(name => $word));
                $stop = 1 if defined $outcome && $outcome eq 'FINISH';
            }
            else { push @rest, $word }
            next;
        }
        next if $found->{handled};
        if ($found->{error}) {
            if ($config{pass_through} and !$found->{fatal}) {
                unshift @$argv, @{ $found->{put_back} || [] };
                if ($config{order} == $REQUIRE_ORDER) {
                    unshift @$argv, @rest, $word;
                    return $error == 0;
                }
                if ($loose) { _call($loose, Getopt::Long::CallBack->new(name => $word)) }
                else        { push @rest, $word }
                next;
            }
            warn $found->{error};
            $error++;
            next;
        }
        my $outcome = _store(\%state, $found);
        $stop = 1 if defined $outcome and $outcome eq 'FINISH';
    }
    unshift @$argv, @rest;
    return $error == 0;
}

# Pairs of specification and destination => (table, destinations, code for the rest, errors)
sub _read_specs {
    my ($package, $store, $specs) = @_;
    my (%table, %link, $loose);
    my $bad = '';
    while (@$specs) {
        my $spec = shift @$specs;
        if (!defined $spec) {
            $bad .= "Undefined argument in option spec\n";
            next;
        }
        # A starter in front of the name is tolerated.
        $spec = $' if $spec =~ /^$config{prefix}+/ and length $';
        if ($spec eq '<>') {
            if (defined $store and !@$specs || !ref $specs->[0] and exists $store->{'<>'}) { unshift @$specs, $store->{'<>'} }
            if (!@$specs or !ref $specs->[0] or ref $specs->[0] ne 'CODE') {
                $bad .= "Option spec <> requires a reference to a subroutine\n";
                shift @$specs if @$specs && ref $specs->[0];
                next;
            }
            $loose = shift @$specs;
            next;
        }
        my ($opt, $why) = _parse_spec($spec);
        if (!$opt) {
            $bad .= $why;
            shift @$specs if @$specs and ref $specs->[0];
            next;
        }
        my @complaints = _register(\%table, $opt);
        warn @complaints if @complaints and $^W;
        my $name = $opt->{name};
        my $dest = @$specs && ref $specs->[0] ? shift @$specs : undef;
        if (!defined $dest and defined $store) {
            # The hash may hold references to store to.
            if (exists $store->{$name} and ref $store->{$name}) { $dest = $store->{$name} }
            else { next }
        }
        if (defined $dest) {
            my $type = ref $dest;
            if ($type eq 'SCALAR' or $type eq 'REF') {
                # Lists and hashes can live in a scalar.
                $link{$name} = $dest;
            }
            elsif (UNIVERSAL::isa($dest, 'ARRAY')) { $link{$name} = $dest; $opt->{dest} = '@' if $opt->{dest} eq '$' }
            elsif ($type eq 'CODE' or UNIVERSAL::isa($dest, 'CODE')) { $link{$name} = $dest }
            elsif (UNIVERSAL::isa($dest, 'HASH')) { $link{$name} = $dest; $opt->{dest} = '%' if $opt->{dest} eq '$' }
            elsif (UNIVERSAL::isa($dest, 'SCALAR') or defined &overload::Method && overload::Method($dest, '${}')) { $link{$name} = $dest }
            else { $bad .= qq(Invalid option linkage for "$spec"\n) }
        }
        else {
            # $opt_name, @opt_name or %opt_name of the caller.
            (my $variable = $name) =~ s/\W/_/g;
            no strict 'refs';
            $link{$name} = $opt->{dest} eq '@' ? \@{"${package}::opt_$variable"}
                : $opt->{dest} eq '%' ? \%{"${package}::opt_$variable"} : \${"${package}::opt_$variable"};
        }
    }
    return (\%table, \%link, $loose, $bad);
}

sub _auto_options {
    my ($table, $links) = @_;
    my $modern = $wanted_version && $wanted_version >= 2.3203;
    if (($config{auto_version} or $modern) and !exists $table->{version}) {
        _register($table, { name => 'version', names => ['version'], type => '', dest => '$', spec => 'version' });
        $links->{version} = \&VersionMessage;
    }
    if (($config{auto_help} or $modern) and !exists $table->{help} and !exists $table->{'?'}) {
        _register($table, { name => 'help', names => ['help', '?'], type => '', dest => '$', spec => 'help|?' });
        $links->{help} = \&HelpMessage;
    }
}

# One word ----------------------------------------------------------------------------------------

my $integer  = '[-+]?_*[0-9][0-9_]*';
my $extended = '(?:[-+]?_*[1-9][0-9_]*|0x_*[0-9a-f][0-9a-f_]*|0b_*[01][01_]*|0[0-7_]*)';
my $float    = '[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]+)?)(?:[eE][-+]?[0-9_]+)?';

# What the word means: undef (not an option), { error }, or { entry, name, value, key, ... }.
sub _find {
    my ($state, $word) = @_;
    return undef unless defined $word and $word =~ /^$config{prefix}(.*)$/s;
    return undef if $word eq '-' && !defined $state->{table}{''};
    my $text    = substr $word, length $1;
    my $starter = $1;
    my $argv    = $state->{argv};
    my $table   = $state->{table};
    my ($value, $rest);    # after "=", and what is left of a bundle

    my $long = $starter =~ /^$config{long_prefix}$/;
    if (($long or !$config{bundling} || $config{bundling} == 2 || $config{bundling_values})
        and $text =~ /^([^=]+)=(.*)$/s
        and ($long or $config{getopt_compat} || $starter ne '+' )) {
        # "-o=5" of a bundle belongs to the letter.
        ($text, $value) = ($1, $2) if $long || !$config{bundling} || _lookup($table, $1);
    }
    my $entry;
    my $shown = $text;
    if ($config{bundling} and !$long) {
        if ($config{bundling} == 2 and $entry = _lookup($table, $text)) { }
        else {
            # One letter, then the rest.
            if ($text =~ /^(.)(.+)$/s) { ($text, $rest) = ($1, $2) }
            $shown = $text;
            $entry = $table->{ _key($text) };
            if (defined $value && defined $rest) { $rest = "$rest=$value"; undef $value }
            if (!$entry) {
                # The whole of it may be passed on.
                unshift @$argv, "$starter$rest" if defined $rest && !$config{pass_through};
                return { error => "Unknown option: $text\n" };
            }
        }
    }
    else {
        my @hits;
        ($entry, @hits) = _lookup_abbrev($table, $text);
        if (!$entry and @hits > 1) {
            return { error => "Option $text is ambiguous (" . join(', ', @hits) . ")\n" };
        }
    }
    if (!$entry) {
        # Names that only differ in case are still unknown without ignore_case.
        return { error => "Unknown option: $text\n" };
    }
    return _argument($state, $entry, $shown, $starter, $value, $rest);
}

sub _lookup {
    my ($table, $text) = @_;
    my ($entry) = _lookup_abbrev($table, $text);
    return $entry;
}

# (entry), or (undef, the names it could be)
sub _lookup_abbrev {
    my ($table, $text) = @_;
    my $key = $config{ignore_case} ? lc $text : $text;
    # With bundling single letters are kept as they are, also behind "--".
    return $table->{$text} if exists $table->{$text};
    return $table->{$key}  if exists $table->{$key};
    return unless $config{auto_abbrev};
    my @hits = grep { ($config{ignore_case} ? lc $_ : $_) =~ /^\Q$key\E/ } sort keys %$table;
    return unless @hits;
    my %different;
    for my $hit (@hits) {
        my $entry = $table->{$hit};
        $different{ ($entry->{negated} ? '!' : '') . $entry->{name} } = $entry;
    }
    return (values %different)[0] if keys %different == 1;
    # "--no" is no abbreviation worth a quarrel if one option is its own negation.
    return (undef, @hits);
}

# The argument the option takes, if any.
sub _argument {
    my ($state, $entry, $shown, $starter, $value, $rest) = @_;
    my $argv = $state->{argv};
    my $opt  = $entry->{opt};
    my %found = (entry => $entry, name => $opt->{name}, shown => $shown);
    my $type = $opt->{type};

    if ($type eq '' or $type eq '!' or $type eq '+') {
        if (defined $value) {
            return { error => "Option $shown does not take an argument\n", fatal => 0 };
        }
        $found{value} = $type eq '!' && $entry->{negated} ? 0 : 1;
        unshift @$argv, "$starter$rest" if defined $rest;
        return \%found;
    }

    my $mandatory = $opt->{mandatory};
    my $is_hash   = $opt->{dest} eq '%';
    # "--opt=" has an empty value only in the GNU way.
    my $empty_given;
    if ($config{gnu_compat} and defined $value) {
        if ($mandatory and $value eq '') { $found{value} = $type eq 's' ? '' : 0; return \%found if !$is_hash }
        $empty_given = 1 if $value eq '';
        if ($empty_given && !$mandatory) {
            $found{value} = _absent($opt, $type);
            $found{value} = '' if $type eq 's';
            return \%found;
        }
    }
    if (defined $value ? $value eq '' : !defined $rest && !@$argv) {
        if ($mandatory) { return { error => "Option $shown requires an argument\n" } }
        return _optional_absent(\%found, $opt, $type);
    }

    my $from_argv = !defined $value && !defined $rest;
    my $arg = defined $rest ? $rest : defined $value ? $value : shift @$argv;
    my $key;
    if ($is_hash and defined $arg) {
        ($key, $arg) = $arg =~ /^([^=]*)=(.*)$/s ? ($1, $2)
            : ($arg, defined $opt->{default} ? $opt->{default} : $mandatory ? undef : $type eq 's' ? '' : 1);
        if (!defined $arg) {
            return { error => "Option $shown, key \"$key\", requires a value\n", put_back => [] };
        }
        $found{key} = $key;
    }

    if ($type eq 's') {
        if ($mandatory or !$from_argv or $is_hash) { $found{value} = $arg; return \%found }
        # An optional value does not look like an option.
        if ($arg eq '--' or $arg =~ /^$config{prefix}.+/s) {
            unshift @$argv, $arg;
            $arg = '';
        }
        $found{value} = $arg;
        return \%found;
    }

    my ($pattern, $what) = $type eq 'f' ? ($float, 'real number')
        : $type eq 'o' ? ($extended, 'extended number') : ($integer, 'number');
    my $give_back = sub { unshift @$argv, $is_hash ? "$key=$arg" : $arg if $from_argv };
    # In a bundle the number ends where it stops looking like one.
    if (defined $rest and $config{bundling} and !$is_hash and $rest =~ /^($pattern)(.*)$/si) {
        ($arg, my $more) = ($1, $2);
        unshift @$argv, "$starter$more" if length $more;
        $found{value} = _number($type, $arg);
        return \%found;
    }
    if ($arg =~ /^$pattern$/si) {
        $found{value} = _number($type, $arg);
        return \%found;
    }
    if (defined $value or $mandatory) {
        if ($config{pass_through}) {
            return { error => 'invalid', put_back => $from_argv ? [$arg] : [] };
        }
        # What follows the letter may be more letters.
        unshift @$argv, "$starter$rest" if defined $rest;
        return { error => "Value \"$arg\" invalid for option $shown ($what expected)\n" };
    }
    # Not ours: leave it.
    if (defined $rest) { unshift @$argv, "$starter$rest" }
    else               { $give_back->() }
    return _optional_absent(\%found, $opt, $type);
}

sub _number {
    my ($type, $text) = @_;
    $text =~ tr/_//d;
    if ($type eq 'o' && $text =~ /^0/) { return oct $text }
    return $type eq 'f' ? $text : $text + 0;
}

sub _absent {
    my ($opt, $type) = @_;
    return defined $opt->{default} ? $opt->{default} : $type eq 's' ? '' : 0;
}

sub _optional_absent {
    my ($found, $opt, $type) = @_;
    if ($type eq 'I') { $found->{increment} = 1; $found->{value} = 1; return $found }
    $found->{value} = _absent($opt, $type);
    # A list or hash gets nothing from an option without a value, but a hash key is still one.
    if ($opt->{repeat}) { $found->{none} = 1 if $opt->{min} == 0 }
    return $found;
}

# Values to their places --------------------------------------------------------------------------

sub _store {
    my ($state, $found) = @_;
    my $opt   = $found->{entry}{opt};
    my $name  = $found->{name};
    my $count = 0;
    my $outcome;
    while (1) {
        $outcome = _assign($state, $found, $opt, $name) unless $found->{none};
        $count++ unless $found->{none};
        last unless $opt->{repeat};
        last if defined $opt->{max} && $opt->{max} > 0 && $count >= $opt->{max};
        my $argv = $state->{argv};
        last if defined $outcome;
        if (!@$argv) {
            if ($count < $opt->{min}) { _complain("Insufficient arguments for option $found->{shown}\n") }
            last;
        }
        # More values, as long as they look like such.
        my $word = $argv->[0];
        if ($word eq '--' or $word =~ /^$config{prefix}./s && !_fits($opt, $word)) {
            if ($count < $opt->{min}) { _complain("Insufficient arguments for option $found->{shown}\n") }
            last;
        }
        if ($opt->{type} ne 's' and !_fits($opt, $word)) {
            if ($count < $opt->{min}) { _complain(qq(Value "$word" invalid for option $found->{shown}\n)) }
            last;
        }
        shift @$argv;
        my %next = (%$found, value => $word, none => 0);
        if ($opt->{dest} eq '%') {
            @next{qw(key value)} = $word =~ /^([^=]*)=(.*)$/s ? ($1, $2) : ($word, $opt->{type} eq 's' ? '' : 1);
        }
        elsif ($opt->{type} ne 's') { $next{value} = _number($opt->{type}, $word) }
        $found = \%next;
    }
    return $outcome;
}

sub _fits {
    my ($opt, $word) = @_;
    ($word) = $word =~ /=(.*)$/s if $opt->{dest} eq '%' and $word =~ /=/;
    my $type = $opt->{type};
    return $type eq 'i' ? $word =~ /^$integer$/s : $type eq 'o' ? $word =~ /^$extended$/si
        : $type eq 'f' ? $word =~ /^$float$/s : 0;
}

sub _complain { warn @_; $error++ }

sub _assign {
    my ($state, $found, $opt, $name) = @_;
    my ($value, $key) = @{$found}{qw(value key)};
    my $link = $state->{links}{$name};
    my $add  = $opt->{type} eq '+' || $found->{increment};

    if (defined $link) {
        if (UNIVERSAL::isa($link, 'CODE') or ref $link eq 'CODE') {
            my $back = Getopt::Long::CallBack->new(name => $name, given => $found->{shown});
            return _call($link, $back, $opt->{dest} eq '%' ? $key : (), $value);
        }
        if (UNIVERSAL::isa($link, 'ARRAY') && ref $link ne 'SCALAR') { push @$link, $value; return }
        if (UNIVERSAL::isa($link, 'HASH')) { _put(\$link->{$key}, $value, $add); return }
        # A scalar, which may be told to hold a list or a hash.
        if    ($opt->{dest} eq '@') { ref $$link ? push @{$$link}, $value : ($$link = [$value]) }
        elsif ($opt->{dest} eq '%') { ref $$link ? ($$link->{$key} = $value) : ($$link = { $key => $value }) }
        else                        { _put($link, $value, $add) }
        return;
    }
    my $store = $state->{store};
    if ($opt->{dest} eq '@') {
        if (defined $store->{$name}) { push @{ $store->{$name} }, $value } else { $store->{$name} = [$value] }
    }
    elsif ($opt->{dest} eq '%') {
        if (defined $store->{$name}) { $store->{$name}{$key} = $value } else { $store->{$name} = { $key => $value } }
    }
    else { _put(\$store->{$name}, $value, $add) }
    return;
}

sub _put {
    my ($place, $value, $add) = @_;
    if ($add) { $$place = defined $$place ? $$place + $value : $value }
    else      { $$place = $value }
}

# Runs a user's sub; die in it is an error, die("!FINISH") the end.
sub _call {
    my ($code, @args) = @_;
    local $@;
    my $ok = eval {
        local $SIG{__DIE__} = 'DEFAULT';
        &$code(@args);
        1;
    };
    return if $ok;
    my $why = $@;
    if ($why =~ /^!/) { return $why =~ /^!FINISH\b/ ? 'FINISH' : undef }
    warn $why;
    $error++;
    return;
}

# Messages ----------------------------------------------------------------------------------------

sub VersionMessage {
    my $pa = _usage_args('version', @_);
    my $v  = $main::VERSION;
    my $fh = $pa->{-output} || (($pa->{-exitval} || 0) eq 'NOEXIT' || ($pa->{-exitval} || 0) < 2 ? \*STDOUT : \*STDERR);
    print {$fh} defined $pa->{-message} ? $pa->{-message} : (),
        $0, defined $v ? " version $v" : (), "\n",
        '(', __PACKAGE__, '::', 'GetOptions', ' version ', $VERSION_STRING, ',',
        ' Perl version ', $] >= 5.006 ? sprintf('%vd', $^V) : $], ")\n";
    exit $pa->{-exitval} unless $pa->{-exitval} eq 'NOEXIT';
}

sub HelpMessage {
    eval { require Pod::Usage; Pod::Usage->import; 1 } or die "Cannot provide help: cannot load Pod::Usage\n";
    # (the program's own pod)
    Pod::Usage::pod2usage(_usage_args('help', @_));
}

sub _usage_args {
    my $what = shift;
    my %args;
    if (@_ % 2 and ref $_[0] eq 'Getopt::Long::CallBack' or @_ == 2 and ref $_[0]) { }
    elsif (ref $_[0] eq 'HASH') { %args = %{ $_[0] } }
    elsif (@_ == 1)             { $args{$_[0] =~ /^\d+$/ ? '-exitval' : '-message'} = $_[0] }
    else                        { %args = @_ }
    for my $pair (['message', 'msg'], ['exitval', 'exit', 'exitstatus', 'exit_value'], ['verbose'], ['output']) {
        my $name = $pair->[0];
        for my $alias (@$pair) {
            for my $form ("-$alias", $alias) {
                $args{"-$name"} = delete $args{$form} if exists $args{$form} and $form ne "-$name";
            }
        }
    }
    if (!exists $args{-exitval}) { $args{-exitval} = 0 }
    $args{-message} .= "\n" if defined $args{-message} and $args{-message} !~ /\n\z/;
    return \%args;
}

# What a callback gets as name: an object that reads as the name.
package Getopt::Long::CallBack;

use overload '""' => \&name, fallback => 1;

sub new {
    my ($class, %args) = @_;
    return bless {%args}, $class;
}

sub name  { my $self = shift; return '' . $self->{name} }
sub given { my $self = shift; return $self->{given} }

# A configuration of its own.
package Getopt::Long::Parser;

sub new {
    my ($class, %args) = @_;
    my $self = bless { caller => (caller)[0] }, $class;
    my $saved = { %config };
    Getopt::Long::_defaults(exists $ENV{POSIXLY_CORRECT});
    Getopt::Long::Configure(@{ delete $args{config} }) if $args{config};
    $self->{config} = { %config };
    %config = %$saved;
    delete $args{config};
    if (%args) { die __PACKAGE__ . '->new: unhandled parameters: ' . join(', ', sort keys %args) . "\n" }
    return $self;
}

sub configure {
    my ($self, @words) = @_;
    my $saved = { %config };
    %config = %{ $self->{config} };
    Getopt::Long::Configure(@words);
    $self->{config} = { %config };
    %config = %$saved;
    return;
}

sub getoptions {
    my ($self, @specs) = @_;
    return $self->getoptionsfromarray(\@ARGV, @specs);
}

sub getoptionsfromarray {
    my ($self, $argv, @specs) = @_;
    my $saved = { %config };
    %config = %{ $self->{config} };
    local $Getopt::Long::caller = $self->{caller};
    my $ok;
    # Whatever happens, the other configuration comes back.
    my $lived = eval { $ok = Getopt::Long::GetOptionsFromArray($argv, @specs); 1 };
    my $why = $@;
    %config = %$saved;
    die $why unless $lived;
    return $ok;
}

package Getopt::Long;

1;
