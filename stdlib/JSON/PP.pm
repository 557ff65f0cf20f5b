package JSON::PP;
# JSON written and read (perldoc JSON::PP).

use 5.008;
use strict;
use warnings;
BEGIN { $^H |= 0x10_0000 }    # use re 'taint': what is read stays as tainted as the text
require Exporter;
require JSON::PP::Boolean;

our $VERSION = '4.07';
our @ISA     = ('Exporter');
our @EXPORT  = qw(encode_json decode_json from_json to_json);
our @EXPORT_OK;

our ($true, $false);
$true  = $JSON::PP::true  = do { bless \(my $one = 1), 'JSON::PP::Boolean' };
$false = $JSON::PP::false = do { bless \(my $zero = 0), 'JSON::PP::Boolean' };

sub true  { $JSON::PP::true }
sub false { $JSON::PP::false }
sub null  { undef }

sub _croak { require Carp; goto &Carp::croak }

my $default;

sub encode_json ($) { return ($default ||= __PACKAGE__->new->utf8)->encode(@_) }
sub decode_json     { return ($default ||= __PACKAGE__->new->utf8)->decode(@_) }
sub to_json ($)     { _croak('JSON::PP::to_json has been renamed to encode_json.') }
sub from_json ($)   { _croak('JSON::PP::from_json has been renamed to decode_json.') }

sub is_bool {
    my ($value) = @_ > 1 ? $_[1] : $_[0];
    return ref $value && (UNIVERSAL::isa($value, 'JSON::PP::Boolean') || ref $value eq 'Types::Serialiser::Boolean') ? 1 : '';
}

# Settings ----------------------------------------------------------------------------------------

my @switches = qw(ascii latin1 utf8 indent canonical space_before space_after relaxed allow_nonref allow_blessed
    convert_blessed shrink allow_unknown allow_tags unblessed_bool core_bools
    loose allow_bignum allow_barekey allow_singlequote escape_slash as_nonblessed);

for my $name (@switches) {
    no strict 'refs';
    *$name = sub { my ($self, $on) = @_; $self->{$name} = @_ < 2 || $on ? 1 : 0; delete $self->{_ready}; return $self };
    *{"get_$name"} = sub { return $_[0]{$name} ? 1 : '' };
}

sub new {
    my $class = ref $_[0] || $_[0];
    return bless { max_depth => 512, max_size => 0, indent_length => 3, allow_nonref => 1 }, $class;
}

sub pretty {
    my ($self, $on) = @_;
    my $value = @_ < 2 || $on ? 1 : 0;
    return $self->indent($value)->space_before($value)->space_after($value);
}

sub property {
    my ($self, $name, $value) = @_;
    if (@_ == 1) { return { map +($_ => $self->{$_} ? 1 : ''), @switches } }
    if (@_ == 2) { my $get = "get_$name"; return $self->$get }
    return $self->$name($value);
}

sub max_depth     { my ($self, $n) = @_; $self->{max_depth} = @_ > 1 && defined $n ? $n : 0x80000000; return $self }
sub get_max_depth { $_[0]{max_depth} }
sub max_size      { my ($self, $n) = @_; $self->{max_size} = @_ > 1 && defined $n ? $n : 0; return $self }
sub get_max_size  { $_[0]{max_size} }

sub indent_length {
    my ($self, $n) = @_;
    if (!defined $n or $n > 15 or $n < 0) { require Carp; Carp::carp('The acceptable range of indent_length() is 0 to 15.') }
    else { $self->{indent_length} = $n }
    return $self;
}
sub get_indent_length { $_[0]{indent_length} }

sub sort_by {
    my ($self, $how) = @_;
    $self->{sort_by} = defined $how ? $how : 1;
    return $self;
}

sub filter_json_object {
    my ($self, $code) = @_;
    $self->{on_object} = defined $code && ref $code eq 'CODE' ? $code : undef;
    return $self;
}

sub filter_json_single_key_object {
    my ($self, $key, $code) = @_;
    if (@_ == 1 or !defined $code or ref $code ne 'CODE') { delete $self->{on_key}{$key}; delete $self->{on_key} unless %{ $self->{on_key} || {} } }
    else { $self->{on_key}{$key} = $code }
    return $self;
}

sub boolean_values {
    my $self = shift;
    if (@_) {
        my ($no, $yes) = @_;
        @{$self}{qw(bool_false bool_true)} = ($no, $yes);
    }
    else { delete @{$self}{qw(bool_false bool_true)} }
    return $self;
}
sub get_boolean_values { my ($self) = @_; return exists $self->{bool_true} ? @{$self}{qw(bool_false bool_true)} : () }

sub _bools {
    my ($self) = @_;
    return @{$self}{qw(bool_false bool_true)} if exists $self->{bool_true};
    return (!!0, !!1) if $self->{core_bools} or $self->{unblessed_bool};
    return ($false, $true);
}

# Writing -----------------------------------------------------------------------------------------

my %escape = ("\n" => '\n', "\r" => '\r', "\t" => '\t', "\f" => '\f', "\b" => '\b', '"' => '\"', '\\' => '\\\\');

sub encode {
    my ($self, $value) = @_;
    local $self->{depth} = 0;
    if (!ref $value and !$self->{allow_nonref}) {
        _croak('hash- or arrayref expected (not a simple scalar, use allow_nonref to allow this)');
    }
    my $pretty = $self->{indent};
    local $self->{step}  = ' ' x $self->{indent_length};
    local $self->{colon} = ($self->{space_before} ? ' ' : '') . ':' . ($self->{space_after} ? ' ' : '');
    local $self->{order} = _order($self);
    my $text = _value($self, $value, $pretty ? "\n" : '');
    if ($self->{ascii}) {
        $text =~ s/([^\x00-\x7f])/_u(ord $1)/ge;
    }
    elsif ($self->{latin1}) {
        $text =~ s/([^\x00-\xff])/_u(ord $1)/ge;
        utf8::downgrade($text, 1);
    }
    elsif ($self->{utf8}) { utf8::encode($text) }
    $text .= "\n" if $pretty;
    return $text;
}

# A character as \u, as a surrogate pair above the first plane.
sub _u {
    my ($code) = @_;
    return sprintf '\u%04x', $code if $code < 0x10000;
    $code -= 0x10000;
    return sprintf '\u%x\u%x', 0xD800 + ($code >> 10), 0xDC00 + ($code & 0x3FF);
}

sub _order {
    my ($self) = @_;
    my $how = $self->{sort_by};
    if (defined $how) {
        if (ref $how eq 'CODE') { my $code = $how; return sub { local ($JSON::PP::a, $JSON::PP::b); sort { ($JSON::PP::a, $JSON::PP::b) = ($a, $b); $code->($a, $b) } @_ } }
        if ($how =~ /\D/) {
            no strict 'refs';
            my $name = $how =~ /::/ ? $how : "JSON::PP::$how";
            my $code = \&$name;
            return sub { sort { $code->($a, $b) } @_ };
        }
        return sub { sort @_ };
    }
    return $self->{canonical} ? sub { sort @_ } : undef;
}

sub _value {
    my ($self, $value, $nl) = @_;
    if (!ref $value) {
        return 'null' unless defined $value;
        # Text stays text even if it was used as a number since.
        no warnings 'experimental::builtin';
        return _number($self, $value) if builtin::created_as_number($value);
        if (builtin::is_bool($value)) { return $self->{core_bools} ? ($value ? 'true' : 'false') : $value ? '1' : '""' }
        return _string($self, $value);
    }
    my $type = ref $value;
    return _hash($self, $value, $nl)  if $type eq 'HASH';
    return _array($self, $value, $nl) if $type eq 'ARRAY';
    return _object($self, $value, $nl) if UNIVERSAL::can($value, 'can') && $type !~ /\A(?:CODE|SCALAR|REF|GLOB)\z/;
    return _other($self, $value);
}

sub _number {
    my ($self, $value) = @_;
    return "$value" if $value =~ /\A-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\z/;
    # inf and nan have no place in JSON; shown as perl shows them.
    return "$value";
}

sub _string {
    my ($self, $text) = @_;
    if ($text =~ /["\\\x00-\x1f\/]/ or $self->{ascii} && $text =~ /\x7f/) {
        $text =~ s/(["\\\n\r\t\f\x08])/$escape{$1}/g;
        $text =~ s/\//\\\//g if $self->{escape_slash};
        $text =~ s/\x7f/\\u007f/g if $self->{ascii};
        $text =~ s/([\x00-\x1f])/sprintf '\u%04x', ord $1/ge;
    }
    return "\"$text\"";
}

sub _down {
    my ($self) = @_;
    _croak("json text or perl structure exceeds maximum nesting level (max_depth set too low?)") if ++$self->{depth} > $self->{max_depth};
}

sub _hash {
    my ($self, $hash, $nl) = @_;
    _down($self);
    my $inner = length $nl ? $nl . $self->{step} : '';
    my ($colon, @parts) = $self->{colon};
    my @keys = keys %$hash;
    @keys = $self->{order}->(@keys) if $self->{order} && @keys > 1;
    for my $key (@keys) {
        push @parts, $inner . _string($self, $key) . $colon . _value($self, $hash->{$key}, $inner);
    }
    $self->{depth}--;
    return @parts ? '{' . join(',', @parts) . "$nl}" : '{}';
}

sub _array {
    my ($self, $array, $nl) = @_;
    _down($self);
    my $inner = length $nl ? $nl . $self->{step} : '';
    my @parts = map $inner . _value($self, $_, $inner), @$array;
    $self->{depth}--;
    return @parts ? '[' . join(',', @parts) . "$nl]" : '[]';
}

sub _object {
    my ($self, $object, $nl) = @_;
    my $class = ref $object;
    if ($class eq 'JSON::PP::Boolean' or $class eq 'Types::Serialiser::Boolean') { return $$object ? 'true' : 'false' }
    if ($self->{allow_tags} and UNIVERSAL::can($object, 'FREEZE')) {
        my @parts = $object->FREEZE('JSON');
        _down($self);
        my $text = '("' . $class . '")[' . join(',', map _value($self, $_, $nl), @parts) . ']';
        $self->{depth}--;
        return $text;
    }
    if ($self->{convert_blessed} and UNIVERSAL::can($object, 'TO_JSON')) {
        my $result = $object->TO_JSON;
        if (defined $result and ref $result) {
            if (_same($result, $object)) {
                _croak(sprintf "%s::TO_JSON method returned same object as was passed instead of a new one", $class);
            }
        }
        return _value($self, $result, $nl);
    }
    if ($self->{allow_bignum} and $class =~ /^Math::Big(?:Int|Float|Rat)\z/) { return "$object" }
    return 'null' if $self->{allow_blessed};
    if ($self->{as_nonblessed}) { return _value($self, UNIVERSAL::isa($object, 'HASH') ? {%$object} : [@$object], $nl) }
    _croak(sprintf "encountered object '%s', but neither allow_blessed, convert_blessed nor allow_tags settings are enabled (or TO_JSON/FREEZE method missing)", $object);
}

sub _same {
    require Scalar::Util;
    return Scalar::Util::refaddr($_[0]) == Scalar::Util::refaddr($_[1]);
}

sub _other {
    my ($self, $ref) = @_;
    if (ref $ref eq 'SCALAR' and defined $$ref) {
        return 'true'  if $$ref eq '1';
        return 'false' if $$ref eq '0';
    }
    return 'null' if $self->{allow_unknown};
    _croak(ref $ref eq 'SCALAR' || ref $ref eq 'REF' ? 'cannot encode reference to scalar'
        : "encountered $ref, but JSON can only represent references to arrays or hashes");
}

# Reading -----------------------------------------------------------------------------------------

# The text lies in $$t, and pos() in it is where we are.
my %unescape = (b => "\x8", t => "\t", n => "\n", f => "\xC", r => "\r", '\\' => '\\', '"' => '"', '/' => '/', "'" => "'");

sub decode {
    my ($self, $text) = @_;
    my ($value) = _parse($self, $text, 0);
    return $value;
}

sub decode_prefix {
    my ($self, $text) = @_;
    return _parse($self, $text, 1);
}

sub _parse {
    my ($self, $text, $prefix) = @_;
    _croak('malformed JSON string, neither array, object, number, string or atom, at character offset 0 (before "(end of string)")')
        if !defined $text or ref $text;
    if ($self->{utf8}) {
        utf8::downgrade($text, 1) or _croak('Wide character in subroutine entry');
        if ($text =~ /[\x80-\xff]/) {
            utf8::decode($text) or _croak('malformed UTF-8 character in JSON string, at character offset 0 (before "' . substr($text, 0, 20) . '...")') if !utf8::is_utf8($text);
        }
    }
    if ($self->{max_size} and length $text > $self->{max_size}) {
        _croak(sprintf 'attempted decode of JSON text of %s bytes size, but max_size is set to %s', length $text, $self->{max_size});
    }
    local $self->{depth} = 0;
    local @{$self}{qw(no yes)} = _bools($self);
    local $self->{blank} = $self->{relaxed} ? qr/(?:[\x20\x09\x0a\x0d]+|\#[^\x0a\x0d]*)*/ : qr/[\x20\x09\x0a\x0d]*/;
    my $t = \$text;
    pos($$t) = 0;
    $$t =~ /\G$self->{blank}/gc;
    my $value = _read($self, $t);
    if (!ref $value and !$self->{allow_nonref}) {
        _croak('JSON text must be an object or array (but found number, string, true, false or null, use allow_nonref to allow this)');
    }
    my $end = pos $$t;
    return ($value, $end) if $prefix;
    $$t =~ /\G$self->{blank}/gc;
    if (pos($$t) < length $$t) { _wrong($t, 'garbage after JSON object', pos($$t) + 1) }
    return ($value, $end);
}

sub _wrong {
    my ($t, $message, $at) = @_;
    $at = pos $$t unless defined $at;
    $at = 0 unless defined $at;
    my $rest = substr $$t, $at;
    my $shown = '';
    for my $c (split //, substr $rest, 0, 20) {
        my $code = ord $c;
        $shown .= $c eq "\a" ? '\a' : $c eq "\t" ? '\t' : $c eq "\n" ? '\n' : $c eq "\f" ? '\f' : $c eq "\r" ? '\r' : $c eq '\\' ? '\\\\'
            : $code < 0x20 || $code == 0x7f ? sprintf('\x{%x}', $code) : $code < 0x80 ? $c : sprintf('\x{%x}', $code);
        if (length $shown >= 20) { $shown .= '...'; last }
    }
    $shown = '(end of string)' unless length $shown;
    _croak("$message, at character offset $at (before \"$shown\")");
}

sub _read {
    my ($self, $t) = @_;
    # By what is most common.
    if ($$t =~ /\G"/gc) { return _read_string($self, $t, '"') }
    if ($$t =~ /\G\{/gc) { return _read_hash($self, $t) }
    if ($$t =~ /\G\[/gc) { return _read_array($self, $t) }
    my $next = substr $$t, pos($$t), 1;
    if ($next ne '' and index('-0123456789', $next) >= 0) { return _read_number($self, $t) }
    if ($$t =~ /\Gtrue/gc)  { return $self->{yes} }
    if ($$t =~ /\Gfalse/gc) { return $self->{no} }
    if ($$t =~ /\Gnull/gc)  { return undef }
    if ($self->{allow_singlequote} and $$t =~ /\G'/gc) { return _read_string($self, $t, "'") }
    if ($next eq '(' and $self->{allow_tags}) { return _read_tag($self, $t) }
    if ($next eq 't') { _wrong($t, "'true' expected") }
    if ($next eq 'n') { _wrong($t, "'null' expected") }
    if ($$t =~ /\G(fal?s?)/gc) { _wrong($t, "'false' expected", pos($$t) - 1) if length $1 > 1; _wrong($t, "'false' expected") }
    _wrong($t, 'malformed JSON string, neither ' . ($self->{allow_tags} ? 'tag, ' : '') . 'array, object, number, string or atom');
}

sub _read_tag {
    my ($self, $t) = @_;
    $$t =~ /\G\($self->{blank}/gc;
    my $start = pos($$t);
    my $class = _read($self, $t);
    $$t =~ /\G$self->{blank}/gc;
    $$t =~ /\G\)/gc or _wrong($t, ') expected after tag');
    $$t =~ /\G$self->{blank}/gc;
    my $value = _read($self, $t);
    if (ref $value ne 'ARRAY') { _wrong($t, 'tag value must be an array') }
    $class->can('THAW') or _wrong($t, 'cannot decode perl-object (package does not exist)') if !UNIVERSAL::can($class, 'THAW');
    return $class->THAW('JSON', @$value);
}

sub _read_string {
    my ($self, $t, $quote) = @_;
    my $start = pos $$t;
    my $plain = $quote eq '"' ? qr/[^"\\\x00-\x1f]*/ : qr/[^'\\\x00-\x1f]*/;
    # Without escapes it is one piece.
    $$t =~ /\G($plain)/gc;
    my $out = $1;
    return $out if $$t =~ /\G$quote/gc;
    while (1) {
        return $out if $$t =~ /\G$quote/gc;
        if ($$t =~ /\G\\/gc) {
            if ($$t =~ /\G(["\\\/bfnrt])/gc) { $out .= $unescape{$1} }
            elsif ($$t =~ /\Gu([0-9a-fA-F]{4})/gc) {
                my $code = hex $1;
                if ($code >= 0xD800 and $code <= 0xDBFF) {
                    $$t =~ /\G\\u([0-9a-fA-F]{4})/gc or _wrong($t, 'missing low surrogate character in surrogate pair', pos($$t) + (substr($$t, pos $$t) eq '"' ? 1 : 0));
                    my $low = hex $1;
                    $low >= 0xDC00 && $low <= 0xDFFF or _wrong($t, 'surrogate pair expected');
                    $code = 0x10000 + (($code - 0xD800) << 10) + ($low - 0xDC00);
                }
                elsif ($code >= 0xDC00 and $code <= 0xDFFF) { _wrong($t, 'missing high surrogate character in surrogate pair') }
                $out .= chr $code;
            }
            elsif ($$t =~ /\Gu/gc) { $$t =~ /\G[0-9a-fA-F]*/gc; _wrong($t, 'unexpected end of string while parsing JSON string') }
            elsif ($self->{loose} || $quote eq "'" and $$t =~ /\G(.)/gcs) {
                if ($quote eq "'" and !$self->{loose} and $1 ne "'") { _wrong($t, 'illegal backslash escape sequence in string', pos($$t) - 2) }
                $out .= $1;
            }
            elsif (pos($$t) >= length $$t) { _wrong($t, 'unexpected end of string while parsing JSON string') }
            else { _wrong($t, 'illegal backslash escape sequence in string', pos($$t) - 1) }
        }
        elsif ($self->{relaxed} && $$t =~ /\G(\t)/gc or $self->{loose} && $$t =~ /\G([\x00-\x1f])/gc) { $out .= $1 }
        elsif (pos($$t) >= length $$t) { _wrong($t, 'unexpected end of string while parsing JSON string') }
        elsif (ord(substr $$t, pos $$t, 1) < 0x20) {
            _wrong($t, 'invalid character encountered while parsing JSON string');
        }
        $$t =~ /\G($plain)/gc;
        $out .= $1;
    }
}

sub _into {
    my ($self, $t) = @_;
    if (++$self->{depth} > $self->{max_depth}) { _croak('json text or perl structure exceeds maximum nesting level (max_depth set too low?)') }
}

sub _read_array {
    my ($self, $t) = @_;
    _into($self, $t);
    my @list;
    my $blank = $self->{blank};
    $$t =~ /\G$blank/gc;
    if ($$t !~ /\G\]/gc) {
        while (1) {
            if (pos($$t) >= length $$t) { _wrong($t, ', or ] expected while parsing array') }
            push @list, scalar _read($self, $t);
            $$t =~ /\G$blank/gc;
            last if $$t =~ /\G\]/gc;
            $$t =~ /\G,/gc or _wrong($t, ', or ] expected while parsing array');
            $$t =~ /\G$blank/gc;
            last if $self->{relaxed} && $$t =~ /\G\]/gc;
        }
    }
    $self->{depth}--;
    return \@list;
}

sub _read_hash {
    my ($self, $t) = @_;
    _into($self, $t);
    my %hash;
    my $blank = $self->{blank};
    $$t =~ /\G$blank/gc;
    if ($$t !~ /\G\}/gc) {
        while (1) {
            my $key;
            if ($$t =~ /\G"([^"\\\x00-\x1f]*)"/gc) { $key = $1 }
            elsif ($$t =~ /\G"/gc) { $key = _read_string($self, $t, '"') }
            elsif ($self->{allow_singlequote} and $$t =~ /\G'/gc) { $key = _read_string($self, $t, "'") }
            elsif ($self->{allow_barekey} and $$t =~ /\G([A-Za-z0-9_\$]+)/gc) { $key = $1 }
            elsif (pos($$t) >= length $$t) { _wrong($t, %hash ? 'unexpected end of string while parsing JSON string' : ', or } expected while parsing object/hash') }
            else { _wrong($t, 'unexpected end of string while parsing JSON string', pos($$t) + 1) }
            $$t =~ /\G$blank/gc;
            $$t =~ /\G:/gc or _wrong($t, "':' expected");
            $$t =~ /\G$blank/gc;
            if (pos($$t) >= length $$t) { _wrong($t, ', or } expected while parsing object/hash') }
            $hash{$key} = _read($self, $t);
            $$t =~ /\G$blank/gc;
            last if $$t =~ /\G\}/gc;
            $$t =~ /\G,/gc or _wrong($t, ', or } expected while parsing object/hash');
            $$t =~ /\G$blank/gc;
            last if $self->{relaxed} && $$t =~ /\G\}/gc;
        }
    }
    $self->{depth}--;
    return \%hash unless $self->{on_key} or $self->{on_object};
    return _filtered($self, \%hash);
}

# Callbacks may put something else in place of a hash.
sub _filtered {
    my ($self, $hash) = @_;
    if ($self->{on_key} and keys %$hash == 1) {
        my ($key) = keys %$hash;
        if (my $code = $self->{on_key}{$key}) {
            my @got = $code->($hash->{$key});
            return $got[0] if @got == 1;
            _croak("filter_json_single_key_object callbacks must not return more than one scalar") if @got > 1;
        }
    }
    if ($self->{on_object}) {
        my @got = $self->{on_object}->($hash);
        return $got[0] if @got == 1;
        _croak("filter_json_object callbacks must not return more than one scalar") if @got > 1;
    }
    return $hash;
}

sub _read_number {
    my ($self, $t) = @_;
    my $start = pos $$t;
    if ($$t =~ /\G(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?(?![0-9.eE])/gc) {
        my ($int, $fraction, $exponent) = ($1, $2, $3);
        if (!defined $fraction and !defined $exponent) {
            # What an integer cannot hold stays text, or becomes a big number.
            if (length $int > 15) {
                if ($self->{allow_bignum}) { require Math::BigInt; return Math::BigInt->new($int) }
                return "$int" if length $int > ($int =~ /^-/ ? 20 : 19) or "$int" ne 0 + $int;
            }
            return 0 + $int;
        }
        my $text = $int . (defined $fraction ? $fraction : '') . (defined $exponent ? $exponent : '');
        if ($self->{allow_bignum}) { require Math::BigFloat; return Math::BigFloat->new($text) }
        return 0 + $text;
    }
    # Say what is wrong, and where.
    $$t =~ /\G-/gc;
    if ($$t =~ /\G0(?=[0-9])/gc) { _wrong($t, 'malformed number (leading zero must not be followed by another digit)') }
    if (substr($$t, pos $$t, 1) !~ /[0-9]/) { _wrong($t, 'malformed number (no digits after initial minus)', pos($$t) + ($start < pos($$t) && pos($$t) < length $$t ? 1 : 0)) }
    $$t =~ /\G[0-9]+/gc;
    if ($$t =~ /\G\./gc) { $$t =~ /\G[0-9]+/gc or _wrong($t, 'malformed number (no digits after decimal point)') }
    if ($$t =~ /\G[eE][-+]?/gc) { $$t =~ /\G[0-9]+/gc or _wrong($t, 'malformed number (no digits after exp sign)') }
    my $text = substr $$t, $start, pos($$t) - $start;
    return 0 + $text;
}

# Piece by piece ----------------------------------------------------------------------------------

sub incr_text : lvalue {
    my ($self) = @_;
    if ($self->{incr_busy}) { _croak('incr_text can not be called when the incremental parser already started parsing') }
    $self->{incr} = '' unless defined $self->{incr};
    $self->{incr};
}

sub incr_skip {
    my ($self) = @_;
    substr $self->{incr}, 0, $self->{incr_at} || 0, '' if defined $self->{incr};
    @{$self}{qw(incr_at incr_depth incr_mode incr_busy)} = (0, 0, '', 0);
}

sub incr_reset {
    my ($self) = @_;
    @{$self}{qw(incr incr_at incr_depth incr_mode incr_busy)} = (undef, 0, 0, '', 0);
}

sub incr_parse {
    my ($self, $text) = @_;
    $self->{incr} = '' unless defined $self->{incr};
    if (defined $text) { $self->{incr} .= $text }
    return unless defined wantarray;
    if (wantarray) {
        my @all;
        while (defined(my $length = _incr_complete($self))) { push @all, _incr_take($self, $length) }
        return @all;
    }
    my $length = _incr_complete($self);
    return defined $length ? _incr_take($self, $length) : undef;
}

sub _incr_take {
    my ($self, $length) = @_;
    my $piece = substr $self->{incr}, 0, $length, '';
    @{$self}{qw(incr_at incr_depth incr_mode incr_busy)} = (0, 0, '', 0);
    my $value = eval { $self->decode($piece) };
    if ($@) {
        # The text stays, so that the caller can look at it.
        my $why = $@;
        $self->{incr} = $piece . $self->{incr};
        $self->{incr_at} = length $piece;
        die $why;
    }
    return $value;
}

# Length of the first complete text in the buffer, or undef; remembers how far it has looked.
sub _incr_complete {
    my ($self) = @_;
    my $buffer = \$self->{incr};
    my $at = $self->{incr_at} || 0;
    my ($depth, $mode) = ($self->{incr_depth} || 0, $self->{incr_mode} || '');
    pos($$buffer) = $at;
    my $found;
    while (pos($$buffer) < length $$buffer) {
        if ($mode eq 'string') {
            if ($$buffer =~ /\G(?:[^"\\]|\\.)+/gcs) { }
            if ($$buffer =~ /\G"/gc) { $mode = ''; if (!$depth) { $found = pos $$buffer; last } next }
            last;    # a lone backslash, or the end
        }
        if ($mode eq 'word') {
            $$buffer =~ /\G[^\x20\x09\x0a\x0d,\[\]{}":#]+/gc;
            $found = pos $$buffer;
            last;
        }
        if ($$buffer =~ /\G[\x20\x09\x0a\x0d,:]+/gc) { next }
        if ($self->{relaxed} and substr($$buffer, pos $$buffer, 1) eq '#') {
            if ($$buffer =~ /\G#[^\x0a\x0d]*[\x0a\x0d]/gc) { next }
            last;
        }
        if ($$buffer =~ /\G"/gc)      { $mode = 'string'; next }
        if ($$buffer =~ /\G[\[\{]/gc) {
            if (++$depth > $self->{max_depth}) { _croak('json text or perl structure exceeds maximum nesting level (max_depth set too low?)') }
            next;
        }
        if ($$buffer =~ /\G[\]\}]/gc) {
            if (--$depth <= 0) { $found = pos $$buffer; last }
            next;
        }
        if (!$depth) { $mode = 'word'; next }
        $$buffer =~ /\G[^\x20\x09\x0a\x0d,:\[\]{}"#]+|\G./gcs;
    }
    if (defined $found) {
        if ($$buffer =~ /\A[\x20\x09\x0a\x0d]*\z/) { return undef }
        return $found;
    }
    if ($self->{max_size} and length $$buffer > $self->{max_size}) {
        _croak(sprintf 'attempted decode of JSON text of %s bytes size, but max_size is set to %s', length $$buffer, $self->{max_size});
    }
    $self->{incr_at}    = pos($$buffer) // length $$buffer;
    $self->{incr_depth} = $depth;
    $self->{incr_mode}  = $mode;
    $self->{incr_busy}  = $depth || length $mode ? 1 : 0;
    return undef;
}

1;
