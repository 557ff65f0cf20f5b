package Data::Dumper;
# Values written out as Perl (perldoc Data::Dumper).

use strict;
use warnings;
use 5.008_001;
use constant IS_PRE_516_PERL => 0;
require Exporter;

our $VERSION   = '2.184';
our @ISA       = ('Exporter');
our @EXPORT    = ('Dumper');
our @EXPORT_OK = ('DumperX');

# Values a program has set before loading this stay. Useperl chooses how the Perl version writes numbers.
our ($Indent, $Trailingcomma, $Purity, $Pad, $Varname, $Useqq, $Terse, $Freezer, $Toaster, $Deepcopy, $Quotekeys,
    $Bless, $Pair, $Maxdepth, $Maxrecurse, $Useperl, $Sortkeys, $Deparse, $Sparseseen);
{
    my %default = (
        Indent => 2, Trailingcomma => 0, Purity => 0, Pad => '', Varname => 'VAR', Useqq => 0, Terse => 0,
        Freezer => '', Toaster => '', Deepcopy => 0, Quotekeys => 1, Bless => 'bless', Pair => ' => ',
        Maxdepth => 0, Maxrecurse => 1000, Useperl => 0, Sortkeys => 0, Deparse => 0, Sparseseen => 0,
    );
    no strict 'refs';
    for my $name (keys %default) { $$name = $default{$name} unless defined $$name }
}

sub _croak { require Carp; goto &Carp::croak }
sub _carp  { require Carp; goto &Carp::carp }

# Objects -----------------------------------------------------------------------------------------

sub new {
    my ($class, $values, $names) = @_;
    _croak('Usage:  PACKAGE->new(ARRAYREF, [ARRAYREF])') unless defined $values && ref $values eq 'ARRAY';
    $names = [] unless ref $names eq 'ARRAY';
    return bless {
        level => 0, todump => $values, names => $names, seen => {}, xpad => '', apad => '', sep => '',
        indent => $Indent, trailingcomma => $Trailingcomma, pad => $Pad, varname => $Varname, useqq => $Useqq,
        terse => $Terse, freezer => $Freezer, toaster => $Toaster, deepcopy => $Deepcopy,
        quotekeys => $Quotekeys, 'bless' => $Bless, pair => $Pair, maxdepth => $Maxdepth,
        maxrecurse => $Maxrecurse, useperl => $Useperl, sortkeys => $Sortkeys, deparse => $Deparse,
        noseen => $Sparseseen, purity => $Purity,
    }, $class;
}

for my $setting (qw(Indent Trailingcomma Purity Pad Varname Useqq Terse Freezer Toaster Deepcopy Quotekeys Bless Pair
    Maxdepth Maxrecurse Useperl Sortkeys Deparse Sparseseen)) {
    my $key = $setting eq 'Sparseseen' ? 'noseen' : lc $setting;
    # These may be switched off by naming undef.
    my $clears = $setting eq 'Freezer' || $setting eq 'Toaster';
    no strict 'refs';
    *$setting = sub {
        my ($s, $value) = @_;
        return $s->{$key} if @_ < 2;
        $s->{$key} = defined $value || !$clears ? $value : '';
        return $s;
    };
}

sub Values {
    my ($s, $values) = @_;
    return @{ $s->{todump} } if @_ < 2;
    $values = [] unless defined $values;
    _croak('Argument to Values, if provided, must be array ref') unless ref $values eq 'ARRAY';
    $s->{todump} = [@$values];
    return $s;
}

sub Names {
    my ($s, $names) = @_;
    return @{ $s->{names} } if @_ < 2;
    $names = [] unless defined $names;
    _croak('Argument to Names, if provided, must be array ref') unless ref $names eq 'ARRAY';
    $s->{names} = [@$names];
    return $s;
}

sub Reset {
    my ($s) = @_;
    $s->{seen} = {};
    return $s;
}

# The number by which a reference is known.
sub _id {
    BEGIN { $^H |= 0x01000000 }    # no overloading
    return 0 + $_[0];
}

sub init_refaddr_format { }

sub Seen {
    my ($s, $given) = @_;
    return map @$_, values %{ $s->{seen} } unless ref $given eq 'HASH';
    for my $name (keys %$given) {
        my $value = $given->{$name};
        if (!defined $value) {
            _carp("Value of ref must be defined; ignoring undefined item \$$name");
            next;
        }
        if (!ref $value) {
            _carp("Only refs supported, ignoring non-ref item \$$name");
            next;
        }
        my $shown = $name;
        if ($shown =~ s/^[*]//) {
            my $type = ref $value;
            $shown = $type eq 'ARRAY' ? "\\\@$shown" : $type eq 'HASH' ? "\\\%$shown" : $type eq 'CODE' ? "\\\&$shown" : "\$$shown";
        }
        elsif ($shown !~ /^\$/) { $shown = "\$$shown" }
        $s->{seen}{ _id($value) } = [$shown, $value];
    }
    return $s;
}

# Entry points ------------------------------------------------------------------------------------

sub Dumper  { return Data::Dumper->Dump([@_]) }
sub DumperX { return Data::Dumper->Dump([@_]) }
sub Dumpf   { return Data::Dumper->Dump(@_) }
sub Dumpp   { print Data::Dumper->Dump(@_) }

sub Dump {
    # Called on the class with values, or on an object.
    my $s = ref $_[0] ? shift : do { my $class = shift; $class->new(@_) };
    local $s->{xpad} = $s->{indent} > 0 ? '  ' : '';
    local $s->{sep}  = $s->{indent} > 0 ? "\n" : '';

    my $break = $s->{sep} . $s->{pad};
    local $s->{break} = $break;
    my @out;
    my $i = 0;
    for my $value (@{ $s->{todump} }) {
        local $s->{post} = [];
        my $name = _top_name($s, $s->{names}[$i++], $value, $i);
        local $s->{level} = 0;
        # From the second level on, lines stand below the value's own column.
        my $column = $s->{indent} >= 2 && !$s->{terse} ? length("$name = ") : 0;
        my $text = $s->_dump($value, $name, $break . ' ' x $column);
        my @post = @{ $s->{post} };
        if (@post or !$s->{terse}) {
            if ($s->{terse} and $s->{indent} >= 2) {
                # The name is needed after all, and moves the rest to the right.
                @{ $s->{post} } = ();
                $s->{seen} = {};
                $text = $s->_dump($value, $name, $break . ' ' x length "$name = ");
                @post = @{ $s->{post} };
            }
            $text = "$name = $text;";
        }
        push @out, join '', map "$s->{pad}$_$s->{sep}", $text, map "$_;", @post;
    }
    return wantarray ? @out : join '', @out;
}

# The names of the two styles; they differ in when a number is quoted.
{
    no warnings;
    *Dumpperl = sub {
        my $s = ref $_[0] ? shift : do { my $class = shift; $class->new(@_) };
        local $s->{useperl} = 1;
        return $s->Dump;
    };
    *Dumpxs = sub {
        my $s = ref $_[0] ? shift : do { my $class = shift; $class->new(@_) };
        local $s->{useperl} = 0;
        return $s->Dump;
    };
}

sub _top_name {
    my ($s, $name, $value, $number) = @_;
    return "\$$s->{varname}$number" unless defined $name and length $name;
    if ($name =~ s/^[*]//) {
        return "\$$name" unless defined $value and ref $value;
        my $type = ref $value;
        return $type eq 'ARRAY' ? "\@$name" : $type eq 'HASH' ? "\%$name" : $type eq 'CODE' ? "\*$name" : "\$$name";
    }
    return $name =~ /^\$/ ? $name : "\$$name";
}

# Writing -----------------------------------------------------------------------------------------

# $nl is the line break with the indentation of the value's first column.
sub _dump {
    my ($s, undef, $name, $nl) = @_;
    return ref $_[1] ? &_dump_ref : &_dump_plain;
}

sub _dump_ref {
    my ($s, $value, $name, $nl) = @_;
    if ($s->{freezer}) {
        # The method may bring the object into a shape that can be dumped.
        if (defined _class($value) and UNIVERSAL::can($value, $s->{freezer})) {
            my $method = $s->{freezer};
            eval { $value->$method() };
            warn "WARNING(Freezer method call failed): $@" if $@;
        }
    }
    my $class = _class($value);
    my $type  = _type($value);
    my $id    = _id($value);

    my $known = $s->{seen}{$id};
    if ($known) { return _seen_again($s, $name, $type, $known) }
    $s->{seen}{$id} = [
        $name =~ /^[@%]/ ? "\\$name" : $type eq 'CODE' && $name =~ /^[*](.*)$/ ? "\\&$1" : $name,
        $value,
    ];

    my $is_regexp = $type eq 'REGEXP';
    my $plain_regexp = $is_regexp && defined $class && $class eq 'Regexp';
    undef $class if $plain_regexp;

    if (!$s->{purity} and $s->{maxdepth} and $s->{level} >= $s->{maxdepth}) {
        return _single("$value");
    }
    if ($s->{maxrecurse} > 0 and $s->{level} >= $s->{maxrecurse}) {
        _croak("Recursion limit of $s->{maxrecurse} exceeded");
    }

    my $out = '';
    my $inner = $nl;
    if (defined $class) {
        $out = "$s->{bless}( ";
        $inner .= ' ' x length $out if $s->{indent} >= 2;
    }
    {
        local $s->{level} = $s->{level} + 1;
        if    ($type eq 'ARRAY') { $out .= _dump_array($s, $value, $name, $inner) }
        elsif ($type eq 'HASH')  { $out .= _dump_hash($s, $value, $name, $inner) }
        elsif ($is_regexp)       { $out .= _dump_regexp($s, $value) }
        elsif ($type eq 'SCALAR' or $type eq 'REF' or $type eq 'VSTRING' or $type eq 'LVALUE') {
            if (defined $class) { $out .= 'do{\\(my $o = ' . $s->_dump($$value, "\${$name}", $inner) . ')}' }
            else                { $out .= '\\' . $s->_dump($$value, "\${$name}", "$inner$s->{xpad}") }
            # From now on the scalar itself can be shown as what this reference leads to.
            $s->{seen}{$id}[2] = 1 if $s->{seen}{$id};
        }
        elsif ($type eq 'GLOB') { my $glob = *{$value}; $out .= '\\' . $s->_dump($glob, "*{$name}", "$inner$s->{xpad}") }
        elsif ($type eq 'CODE') { $out .= _dump_code($s, $value, $inner) }
        elsif (!$s->{useperl} and $type eq 'FORMAT' || $type eq 'IO') {
            _carp("cannot handle ref type $type");
            $out .= "'" . $value . "'";
        }
        else { _croak("Can't handle '$type' type") }
    }
    if (defined $class) {
        $out .= ", " . _single($class) . ' )';
        $out .= "->$s->{toaster}()" if $s->{toaster} ne '';
    }
    # With Deepcopy only what is still open counts as seen.
    delete $s->{seen}{$id} if $s->{deepcopy} && $s->{level} > 0 && $type ne 'CODE';
    return $out;
}

# The kind of thing behind a reference, and the class if it is an object.
sub _type {
    BEGIN { $^H |= 0x01000000 }
    my ($type) = "$_[0]" =~ /([A-Z]+)\(0x[0-9a-f]+\)\z/;
    # A Regexp shows its pattern.
    if (!defined $type) { require Scalar::Util; $type = Scalar::Util::reftype($_[0]) }
    return $type;
}

sub _class {
    my ($value) = @_;
    my $name = ref $value;
    return undef if $name =~ /\A(?:ARRAY|HASH|SCALAR|REF|CODE|GLOB|LVALUE|VSTRING|IO|FORMAT)\z/ && _type($value) eq $name
        && !_blessed_alike($value, $name);
    return $name;
}

# A class may bear the name of a type.
sub _blessed_alike {
    BEGIN { $^H |= 0x01000000 }
    my ($value, $name) = @_;
    return "$value" =~ /\A\Q$name\E=/;
}

sub _seen_again {
    my ($s, $name, $type, $known) = @_;
    my $out = $known->[0];
    if ($s->{purity} and $s->{level} > 0 and $out !~ /^\\&/) {
        # Filled in by a statement of its own, when everything exists.
        push @{ $s->{post} }, "$name = $out";
        return $type eq 'HASH' ? '{}' : $type eq 'ARRAY' ? '[]' : 'do{my $o}';
    }
    if ($name =~ /^([@%])/) {
        my $sigil = $1;
        if ($out !~ s/^\\(?=\Q$sigil\E)//) { $out = "$sigil\{$out}" }
    }
    return $out;
}

# How the elements of a container are reached.
sub _element_prefix {
    my ($name, $sigil) = @_;
    if ($name =~ /^\Q$sigil\E(.*)$/s) { return "\$$1" }
    # After a subscript no arrow is needed.
    my $prefix = $name =~ /^\\?[%\@\*\$][^\{].*[\]\}]$/ ? $name : "$name->";
    $prefix .= '->' if $prefix =~ /^\*.+\{[A-Z]+\}$/;
    return $prefix;
}

sub _dump_array {
    my ($s, $array, $name, $nl) = @_;
    my ($open, $close) = $name =~ /^\@/ ? ('(', ')') : ('[', ']');
    return "$open$close" unless @$array;
    my $prefix = _element_prefix($name, '@');
    my $line   = "$nl$s->{xpad}";
    my $out    = $open;
    my $last   = $#$array;
    for my $i (0 .. $last) {
        $out .= "$line#$i" if $s->{indent} >= 3;
        $out .= $line;
        $out .= exists $array->[$i] ? $s->_dump($array->[$i], "${prefix}[$i]", $line) : 'undef';
        $out .= ',' if $i < $last or $s->{trailingcomma} && $s->{indent} >= 1;
    }
    return $out . $nl . $close;
}

sub _keys {
    my ($s, $hash) = @_;
    my $sort = $s->{sortkeys};
    return keys %$hash unless $sort;
    if (ref $sort eq 'CODE') {
        my $keys = $sort->($hash);
        if (ref $keys ne 'ARRAY') {
            _carp('Sortkeys subroutine did not return ARRAYREF');
            return ();
        }
        return @$keys;
    }
    return sort keys %$hash;
}

sub _dump_hash {
    my ($s, $hash, $name, $nl) = @_;
    my ($open, $close) = $name =~ /^%/ ? ('(', ')') : ('{', '}');
    my $prefix = _element_prefix($name, '%');
    my $line   = "$nl$s->{xpad}";
    my $pair   = $s->{pair};
    my $out    = $open;
    my $any;
    for my $key (_keys($s, $hash)) {
        my $shown = _shown_key($s, $key);
        $out .= ',' if $any++;
        $out .= $line . $shown . $pair;
        my $inner = $s->{indent} >= 2 ? $line . ' ' x length("$shown$pair") : $line;
        $out .= $s->_dump($hash->{$key}, "$prefix\{$shown}", $inner);
    }
    return "$open$close" unless $any;
    $out .= ',' if $s->{trailingcomma} && $s->{indent} >= 1;
    return $out . $nl . $close;
}

sub _shown_key {
    my ($s, $key) = @_;
    if (!$s->{quotekeys}) {
        return $key if $key =~ /^[A-Za-z_]\w*\z/ && $key !~ /[^\x00-\x7f]/
            or $key =~ /^(?:0|-?[1-9][0-9]{0,8})\z/;
    }
    return _text($s, $key);
}

sub _dump_regexp {
    my ($s, $value) = @_;
    require re;
    my ($pattern, $flags) = re::regexp_pattern($value);
    # A slash would end the pattern, unless it is escaped already.
    $pattern =~ s{(\\.)|/}{defined $1 ? $1 : '\\/'}gse;
    if ($pattern =~ /[^\x00-\x7f]/ and utf8::is_utf8($pattern)) {
        $pattern =~ s/([^\x00-\x7f])/sprintf '\\x{%x}', ord $1/ge;
    }
    return "qr/$pattern/$flags";
}

sub _dump_code {
    my ($s, $code, $nl) = @_;
    if ($s->{deparse}) {
        require B::Deparse;
        my $text = 'sub ' . B::Deparse->new->coderef2text($code);
        $text =~ s/\n/$nl/g;
        return $text;
    }
    _carp('Encountered CODE ref, using dummy placeholder') if $s->{purity};
    return 'sub { "DUMMY" }';
}

sub _dump_plain {
    my ($s, undef, $name, $nl) = @_;
    my $ref = \$_[1];
    # (a blessed glob or scalar would give its class)
    my $kind    = ref $ref eq 'SCALAR' ? 'SCALAR' : _type($ref);
    my $is_glob = $kind eq 'GLOB';
    if ($name ne '' and !$s->{noseen} and !$s->{deepcopy}) {
        # Somebody may refer to this very scalar.
        my $id = _id($ref);
        if (my $known = $s->{seen}{$id}) {
            # A reference to it came first, and is complete.
            return "\${$known->[0]}" if $known->[2];
        }
        else { $s->{seen}{$id} = ["\\$name", $ref] }
    }
    return _dump_glob($s, $ref, $name, $nl) if $is_glob;
    my $value = $_[1];
    return 'undef' unless defined $value;
    if ($kind eq 'VSTRING') { return _vstring_text($value) }
    if ($s->{useperl} || $s->{useqq}) { return $value if $value =~ /\A(?:0|-?[1-9][0-9]{0,8})\z/ }
    # Integers of up to ten characters need no quotes; text does even if it looks like one.
    if (!$s->{useperl} && $value =~ /\A(?:0|-?[1-9][0-9]{0,9})\z/ && length $value <= 10 && _is_int($_[1])) { return $value }
    # Longer ones do, even where other text has double quotes, so that smaller machines can read them.
    if (!$s->{useperl} && $s->{useqq} && $value =~ /\A-?[1-9][0-9]{9,}\z/ && _is_int($_[1])) { return "'$value'" }
    return _text($s, $value);
}

# Does the scalar hold an integer, as opposed to text or a float? Native where that is possible.
BEGIN {
    eval { require XSLoader; XSLoader::load('Data::Dumper', '2.184') };
    if (!defined &_is_int) {
        require B;
        my $iok = B::SVf_IOK();
        *_is_int = sub { B::svref_2object(\$_[0])->FLAGS & $iok };
    }
}

sub _vstring_text { my ($value) = @_; return sprintf 'v%vd', $value }

sub _dump_glob {
    my ($s, $ref, $name, $nl) = @_;
    my $full = substr "$$ref", 1;
    $full =~ s/^main::(?!\z)/::/;
    my $shown;
    if ($full =~ /\A(?:[A-Za-z_]\w*|::)(?:(?:::|')?\w+)*\z/ && $full !~ /[^\x00-\x7f]/) { $shown = "*$full" }
    else {
        $shown = '*{' . _text($s, $full) . '}';
    }
    if ($s->{purity}) {
        # Its slots, as statements.
        for my $slot (qw(SCALAR ARRAY HASH)) {
            my $thing = *$$ref{$slot};
            next unless defined $thing;
            next if $slot eq 'SCALAR' and !defined $$thing;
            next if $slot ne 'SCALAR' and !_glob_has($ref, $slot);
            # What the slot itself still lacks comes right behind it.
            my @after;
            my $text = do {
                local $s->{level} = 0;
                local $s->{post}  = \@after;
                my $width = $s->{indent} >= 2 ? length "$shown = " : 0;
                $s->_dump($thing, "$shown\{$slot}", $s->{break} . ' ' x $width);
            };
            push @{ $s->{post} }, "$shown = $text", @after;
        }
    }
    return $shown;
}

sub _glob_has {
    my ($ref, $slot) = @_;
    return $slot eq 'ARRAY' ? defined *$$ref{ARRAY} : do { my $hash = *$$ref{HASH}; defined $hash && %$hash };
}

# Strings -----------------------------------------------------------------------------------------

sub _text {
    my ($s, $value) = @_;
    return qquote($value, $s->{useqq}) if $s->{useqq};
    # Characters that no byte holds need escapes, hence double quotes.
    if ($s->{useperl} ? $value =~ /[^\x00-\xff]/ : utf8::is_utf8($value) && $value =~ /[^\x00-\x7f]/) {
        $value =~ s/([\\"\$\@])/\\$1/g;
        $value =~ s/([^\x00-\x7f])/sprintf '\\x{%x}', ord $1/ge;
        return "\"$value\"";
    }
    return _single($value);
}

sub _single {
    my ($value) = @_;
    $value =~ s/([\\'])/\\$1/g;
    return "'$value'";
}

my %escape = (
    "\a" => '\\a', "\b" => '\\b', "\t" => '\\t', "\n" => '\\n', "\f" => '\\f', "\r" => '\\r', "\e" => '\\e',
);

# A string in double quotes. $high says how bytes above 127 appear: utf8, iso8859 or 8bit as they are.
sub qquote {
    local ($_) = shift;
    my $high = shift || '';
    s/([\\\"\@\$])/\\$1/g;
    my $wide = utf8::is_utf8($_) && /[^\x00-\x7f]/;
    return qq("$_") unless /[[:^print:]]/ or $wide;
    s/([\a\b\t\n\f\r\e])/$escape{$1}/g;
    # Octal, in full where a digit follows.
    s/([\0-\037\177])(?![0-9])/sprintf '\\%o', ord $1/ge;
    s/([\0-\037\177])/sprintf '\\%03o', ord $1/ge;
    if ($wide) { s/([^\x00-\x7f])/sprintf '\\x{%x}', ord $1/ge }
    elsif ($high eq 'iso8859' or $high eq '8bit') {
        s/([\200-\240])/sprintf '\\%o', ord $1/ge if $high eq 'iso8859';
    }
    else { s/([\200-\377])/sprintf '\\%03o', ord $1/ge }
    return qq("$_");
}

1;
