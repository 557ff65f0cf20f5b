package Encode;
# Characters and octets (perldoc Encode). The Unicode encodings, ASCII and Latin-1 are here in Perl;
# natives, where present, replace the codecs and add the other encodings:
#   _canonical(name)                     the encoding's own name, or undef
#   _encode_as(name, string, check)      octets
#   _decode_from(name, octets, check)    string
# check is a bit mask or code; both work on $_[1] in place when check asks for the rest.

use strict;
use warnings;
use bytes ();
require Exporter;

our $VERSION = '3.17';
our @ISA     = ('Exporter');
our $DEBUG   = 0;

use constant {
    DIE_ON_ERR => 0x1, WARN_ON_ERR => 0x2, RETURN_ON_ERR => 0x4, LEAVE_SRC => 0x8, ONLY_PRAGMA_WARNINGS => 0x10,
    PERLQQ => 0x100, HTMLCREF => 0x200, XMLCREF => 0x400, STOP_AT_PARTIAL => 0x800,
    FB_DEFAULT => 0x0, FB_CROAK => 0x1, FB_QUIET => 0x4, FB_WARN => 0x6,
    FB_PERLQQ => 0x108, FB_HTMLCREF => 0x208, FB_XMLCREF => 0x408,
};

our @FB_FLAGS = qw(DIE_ON_ERR WARN_ON_ERR RETURN_ON_ERR LEAVE_SRC PERLQQ HTMLCREF XMLCREF STOP_AT_PARTIAL);
our @FB_CONSTS = qw(FB_DEFAULT FB_CROAK FB_QUIET FB_WARN FB_PERLQQ FB_HTMLCREF FB_XMLCREF);
our @EXPORT = qw(decode decode_utf8 encode encode_utf8 str2bytes bytes2str encodings find_encoding
    find_mime_encoding clone_encoding);
our @EXPORT_OK = (qw(_utf8_off _utf8_on define_encoding from_to is_16bit is_8bit is_utf8 perlio_ok
    resolve_alias utf8_downgrade utf8_upgrade), @FB_FLAGS, @FB_CONSTS);
our %EXPORT_TAGS = (
    all => [@EXPORT, @EXPORT_OK], default => [@EXPORT], fallbacks => [@FB_CONSTS],
    fallback_all => [@FB_CONSTS, @FB_FLAGS],
);

# Only natives made for this file will do, not those of another Encode.
eval { require XSLoader; XSLoader::load('Encode::Native', $VERSION) };

sub _croak { require Carp; goto &Carp::croak }

# Flags of strings --------------------------------------------------------------------------------

BEGIN {
    no strict 'refs';
    my %perl = (
        is_utf8       => sub { my ($string, $check) = @_; return utf8::is_utf8($_[0]) && (!$check || utf8::valid($_[0])) },
        utf8_upgrade   => sub { utf8::upgrade($_[0]) },
        utf8_downgrade => sub { utf8::downgrade($_[0], 1) },
        _utf8_on  => sub { return undef unless defined $_[0]; my $was = utf8::is_utf8($_[0]); utf8::decode($_[0]) unless $was; return $was },
        _utf8_off => sub { return undef unless defined $_[0]; my $was = utf8::is_utf8($_[0]); utf8::encode($_[0]) if $was; return $was },
    );
    for my $name (keys %perl) { *$name = $perl{$name} unless defined &$name }
}

# Encodings by name -------------------------------------------------------------------------------

my %object;     # name => object, ours and those defined by others
my %alias;      # from define_alias: exact names
my @pattern;    # ... and patterns

my %builtin = map +(lc $_ => $_), qw(
    ascii iso-8859-1 utf8 utf-8-strict UTF-16 UTF-16BE UTF-16LE UTF-32 UTF-32BE UTF-32LE UCS-2BE UCS-2LE null ascii-ctrl
);

my %other_name = (
    'utf-8' => 'utf-8-strict', 'utf_8' => 'utf-8-strict', 'us-ascii' => 'ascii', 'iso-646-us' => 'ascii', '646' => 'ascii',
    latin1 => 'iso-8859-1', 'latin-1' => 'iso-8859-1', l1 => 'iso-8859-1', 'iso8859-1' => 'iso-8859-1',
    'iso_8859-1' => 'iso-8859-1', 'iso_8859_1' => 'iso-8859-1', iso88591 => 'iso-8859-1', 'iso-8859_1' => 'iso-8859-1', binary => 'iso-8859-1',
    utf16 => 'UTF-16', 'utf16-be' => 'UTF-16BE', 'utf16be' => 'UTF-16BE', 'utf16le' => 'UTF-16LE', 'utf16-le' => 'UTF-16LE', 'utf-16-be' => 'UTF-16BE', 'utf-16-le' => 'UTF-16LE',
    utf32 => 'UTF-32', utf32be => 'UTF-32BE', utf32le => 'UTF-32LE', ucs2 => 'UCS-2BE', 'ucs-2' => 'UCS-2BE', 'iso-10646-1' => 'UCS-2BE', 'ucs-2-be' => 'UCS-2BE', 'ucs2-be' => 'UCS-2BE', 'ucs2-le' => 'UCS-2LE', 'ucs-2-le' => 'UCS-2LE', ucs4be => 'UTF-32BE', ucs4 => 'UTF-32BE', 'ucs-4' => 'UTF-32BE', 'ucs4le' => 'UTF-32LE',
);

sub _known_name {
    my ($name) = @_;
    my $key = lc $name;
    return $builtin{$key} if exists $builtin{$key};
    return $other_name{$key} if exists $other_name{$key};
    return defined &_canonical ? _canonical($name) : undef;
}

sub find_encoding ($;$) {
    my ($name, $skip) = @_;
    return getEncoding(__PACKAGE__, $name, $skip);
}

sub getEncoding {
    my ($class, $name, $skip_external) = @_;
    return undef unless defined $name;
    return $name if ref $name && UNIVERSAL::can($name, 'renew');
    $name =~ s/\s+//g;
    return $object{$name} if exists $object{$name};
    my $lower = lc $name;
    return $object{$lower} if exists $object{$lower};
    if (defined(my $real = $alias{$lower})) {
        return ref $real ? $real : getEncoding($class, $real);
    }
    for my $entry (@pattern) {
        my ($pattern, $to) = @$entry;
        local $_ = $name;
        my $target;
        if (ref $pattern eq 'Regexp') { next unless $name =~ $pattern; $target = ref $to ? $to : eval $to; $target = $to unless defined $target }
        elsif (ref $pattern eq 'CODE') { $target = $pattern->($to); next unless defined $target }
        next if !defined $target or !ref $target && lc $target eq $lower;
        my $found = ref $target ? $target : getEncoding($class, $target);
        return $found if $found;
    }
    my $known = _known_name($name);
    return undef unless defined $known;
    return $object{$known} ||= bless { Name => $known }, $known =~ /^utf-?8/i ? 'Encode::utf8' : $known =~ /^(?:UTF-(?:16|32)|UCS)/ ? 'Encode::Unicode' : 'Encode::XS';
}

sub find_mime_encoding ($;$) {
    my ($name) = @_;
    return undef unless defined $name;
    my $found = find_encoding($name) or return undef;
    my $mime = $found->mime_name;
    return defined $mime && lc $mime eq lc $name ? $found : undef;
}

sub resolve_alias ($) {
    my $found = find_encoding(shift);
    return defined $found ? $found->name : '';
}

sub define_encoding ($$;@) {
    my ($encoding, $name, @aliases) = @_;
    $object{$name} = $encoding;
    define_alias($_, $encoding) for @aliases;
    return $encoding;
}

sub define_alias {
    while (@_) {
        my ($from, $to) = splice @_, 0, 2;
        if (ref $from) { unshift @pattern, [$from, $to] }
        else           { $alias{ lc $from } = $to }
    }
}

sub find_alias { my ($class, $name) = @_; return find_encoding($name) }

sub clone_encoding ($) {
    my ($found) = @_;
    $found = find_encoding($found) unless ref $found;
    return undef unless $found;
    return bless {%$found}, ref $found;
}

sub encodings {
    my ($class, @more) = @_;
    my %names = map +($_ => 1), 'ascii', 'ascii-ctrl', 'iso-8859-1', 'null', 'utf-8-strict', 'utf8', keys %object;
    if (@more and defined &_all_names) { $names{$_} = 1 for _all_names() }
    if (@more) { $names{$_} = 1 for grep !/^(?:null|ascii-ctrl)$/, values %builtin }
    return sort { lc $a cmp lc $b } keys %names;
}

sub perlio_ok { my ($name) = @_; my $found = ref $name ? $name : find_encoding($name); return $found ? 1 : 0 }

# The functions -----------------------------------------------------------------------------------

sub _need {
    my ($name) = @_;
    _croak('Encoding name should not be undef') unless defined $name;
    my $found = find_encoding($name);
    _croak("Unknown encoding '$name'") unless defined $found;
    return $found;
}

no warnings 'redefine';

sub encode ($$;$) {
    my ($name, $string, $check) = @_;
    return undef unless defined $string;
    $string .= '';    # a copy, and text
    $check = 0 unless defined $check;
    my $found = _need($name);
    # A plain look: the usual case needs nothing of the rest.
    my $octets = do {
        local $@ if !ref $check && !($check & 1);
        $found->encode($string, $check);
    };
    $_[1] = $string if $check and !ref $check and !($check & LEAVE_SRC) and !_readonly(\$_[1]);
    return $octets;
}
*str2bytes = \&encode;

sub decode ($$;$) {
    my ($name, $octets, $check) = @_;
    return undef unless defined $octets;
    $octets .= '';
    $check = 0 unless defined $check;
    my $string = _need($name)->decode($octets, $check);
    $_[1] = $octets if $check and !ref $check and !($check & LEAVE_SRC) and !_readonly(\$_[1]);
    return $string;
}
*bytes2str = \&decode;

sub _readonly { return Internals::SvREADONLY(${ $_[0] }) }

sub encode_utf8 ($) {
    my ($string) = @_;
    return undef unless defined $string;
    utf8::encode($string);
    return $string;
}

sub decode_utf8 ($;$) {
    my ($octets, $check) = @_;
    return undef unless defined $octets;
    $octets .= '';
    $check = 0 unless defined $check;
    my $string = find_encoding('utf8')->decode($octets, $check);
    $_[0] = $octets if $check and !ref $check and !($check & LEAVE_SRC) and !_readonly(\$_[0]);
    return $string;
}

sub from_to ($$$;$) {
    my ($string, $from, $to, $check) = @_;
    return undef unless defined $string;
    $check = 0 unless defined $check;
    my $unicode = _need($from)->decode($string, 0);
    my $octets  = _need($to)->encode($unicode, $check);
    return undef if $check && !ref $check && !($check & LEAVE_SRC) && length $unicode;
    $_[0] = $octets;
    return defined $_[0] ? length $octets : undef;
}

# Codecs in Perl ----------------------------------------------------------------------------------

# What becomes of a character the encoding lacks; undef means stop here.
sub _no_character {
    my ($name, $code, $check, $substitute) = @_;
    return $check->($code) if ref $check;
    my $message = sprintf '"\\x{%04x}" does not map to %s', $code, $name;
    if ($check & DIE_ON_ERR)  { _croak_at($message) }
    if ($check & WARN_ON_ERR) { _warn_at($message) }
    return sprintf '\\x{%04x}', $code if $check & PERLQQ;
    return "&#$code;"                 if $check & HTMLCREF;
    return sprintf '&#x%x;', $code    if $check & XMLCREF;
    return undef if $check & RETURN_ON_ERR;
    return $substitute;
}

# ... and of octets that mean nothing.
sub _no_octets {
    my ($name, $octets, $check) = @_;
    return $check->(map ord, split //, $octets) if ref $check;
    my $hex = join '', map sprintf('\\x%02X', ord), split //, $octets;
    my $message = qq($name "$hex" does not map to Unicode);
    if ($check & DIE_ON_ERR)  { _croak_at($message) }
    if ($check & WARN_ON_ERR) { _warn_at($message) }
    if ($name =~ /^utf-?8/i) {
        return join '', map sprintf('&#%d;', ord), split //, $octets if $check & HTMLCREF;
        return join '', map sprintf('&#x%x;', ord), split //, $octets if $check & XMLCREF;
    }
    return $hex if $check & (PERLQQ | HTMLCREF | XMLCREF);
    return undef if $check & RETURN_ON_ERR;
    return "\x{FFFD}";
}

# Blamed on the first caller outside.
sub _place {
    my $up = 0;
    $up++ while (caller $up)[0] =~ /^Encode\b/;
    my (undef, $file, $line) = caller $up;
    return " at $file line $line.\n";
}
sub _croak_at { die $_[0], _place() }
sub _warn_at  { warn $_[0], _place() }

sub _encode_bytes {
    my ($name, undef, $check, $limit) = @_;
    my $out = '';
    my $pattern = $limit == 0x7f ? qr/[^\x00-\x7f]/ : qr/[^\x00-\xff]/;
    while (length $_[1]) {
        if ($_[1] !~ /$pattern/) { $out .= $_[1]; $_[1] = ''; last }
        my $at = $-[0];
        $out .= substr $_[1], 0, $at, '';
        my $code = ord $_[1];
        my $text = _no_character($name, $code, $check, '?');
        last unless defined $text;
        substr $_[1], 0, 1, '';
        $out .= $text;
    }
    utf8::downgrade($out, 1);
    return $out;
}

sub _decode_bytes {
    my ($name, undef, $check, $limit) = @_;
    utf8::downgrade($_[1], 1) or _croak('Cannot decode string with wide characters');
    if ($limit == 0xff or $_[1] !~ /[\x80-\xff]/) { my $out = $_[1]; $_[1] = ''; utf8::upgrade($out); return $out }
    my $out = '';
    while (length $_[1]) {
        if ($_[1] !~ /[\x80-\xff]/) { $out .= $_[1]; $_[1] = ''; last }
        $out .= substr $_[1], 0, $-[0], '';
        my $text = _no_octets($name, substr($_[1], 0, 1), $check);
        last unless defined $text;
        substr $_[1], 0, 1, '';
        $out .= $text;
    }
    return $out;
}

# One well-formed character; the strict form leaves out what Unicode does.
my $utf8_lax = qr/
      [\x00-\x7f] | [\xc2-\xdf][\x80-\xbf] | \xe0[\xa0-\xbf][\x80-\xbf] | [\xe1-\xef][\x80-\xbf]{2}
    | \xf0[\x90-\xbf][\x80-\xbf]{2} | [\xf1-\xf7][\x80-\xbf]{3} | \xf8[\x88-\xbf][\x80-\xbf]{3}
    | [\xf9-\xfb][\x80-\xbf]{4} | \xfc[\x84-\xbf][\x80-\xbf]{4} | \xfd[\x80-\xbf]{5}
/x;
my $utf8_strict = qr/
      [\x00-\x7f] | [\xc2-\xdf][\x80-\xbf] | \xe0[\xa0-\xbf][\x80-\xbf] | [\xe1-\xec\xee\xef][\x80-\xbf]{2}
    | \xed[\x80-\x9f][\x80-\xbf] | \xf0[\x90-\xbf][\x80-\xbf]{2} | [\xf1-\xf3][\x80-\xbf]{3} | \xf4[\x80-\x8f][\x80-\xbf]{2}
/x;
# The beginning of one: as many octets as can still become a character.
my $utf8_start = qr/
      \xe0[\xa0-\xbf]? | \xed[\x80-\x9f]? | [\xe1-\xec\xee\xef][\x80-\xbf]? | \xf0(?:[\x90-\xbf][\x80-\xbf]?)?
    | [\xf1-\xf3][\x80-\xbf]{0,2} | \xf4(?:[\x80-\x8f][\x80-\xbf]?)? | [\xc2-\xdf]
/x;

sub _decode_utf8 {
    my ($name, undef, $check) = @_;
    utf8::downgrade($_[1], 1) or _croak('Cannot decode string with wide characters');
    my $strict = $name eq 'utf-8-strict';
    my $good = $strict ? $utf8_strict : $utf8_lax;
    my $shown = $strict ? 'UTF-8' : 'utf8';
    if ($_[1] !~ /[\x80-\xff]/) { my $out = $_[1]; $_[1] = ''; utf8::upgrade($out); return $out }
    my $out = '';
    while (length $_[1]) {
        if ($_[1] =~ /\A(?:$good)+/) {
            my $piece = substr $_[1], 0, $+[0], '';
            utf8::decode($piece);
            $out .= $piece;
            next;
        }
        # A character Unicode does not have is one mistake, not several.
        my $bad = $strict && $_[1] =~ /\A(?:$utf8_lax)/ ? substr($_[1], 0, $+[0]) : $_[1] =~ /\A(?:$utf8_start)/ ? substr($_[1], 0, $+[0]) : substr($_[1], 0, 1);
        # A character cut off at the end may be completed by what comes next.
        last if !ref $check && $check & STOP_AT_PARTIAL && length $bad == length $_[1] && $bad =~ /\A(?:$utf8_start)\z/;
        my $text = _no_octets($shown, $bad, $check);
        last unless defined $text;
        substr $_[1], 0, length $bad, '';
        $out .= $text;
    }
    utf8::upgrade($out);
    return $out;
}

sub _encode_utf8 {
    my ($name, undef, $check) = @_;
    my $out = $_[1];
    if ($name eq 'utf-8-strict' and $out =~ /[^\x00-\x{d7ff}\x{e000}-\x{10ffff}]/) {
        $out = '';
        while (length $_[1]) {
            if ($_[1] !~ /[^\x00-\x{d7ff}\x{e000}-\x{10ffff}]/) { $out .= $_[1]; $_[1] = ''; last }
            $out .= substr $_[1], 0, $-[0], '';
            my $text = _no_character('UTF-8', ord $_[1], $check, "\x{FFFD}");
            last unless defined $text;
            substr $_[1], 0, 1, '';
            $out .= $text;
        }
    }
    else { $_[1] = '' }
    utf8::encode($out);
    return $out;
}

# UTF-16, UTF-32 and UCS-2: (octets a unit, big end first or undef for a mark, surrogates allowed).
my %wide = (
    'UTF-16' => [2, undef, 1], 'UTF-16BE' => [2, 1, 1], 'UTF-16LE' => [2, 0, 1], 'UCS-2BE' => [2, 1, 0], 'UCS-2LE' => [2, 0, 0],
    'UTF-32' => [4, undef, 0], 'UTF-32BE' => [4, 1, 0], 'UTF-32LE' => [4, 0, 0],
);

sub _encode_wide {
    my ($name, undef, $check) = @_;
    my ($size, $big, $pairs) = @{ $wide{$name} };
    my $mark  = defined $big ? 0 : 1;
    $big = 1 if $mark;
    my $unit  = $size == 4 ? ($big ? 'N' : 'V') : ($big ? 'n' : 'v');
    my $out   = $mark ? pack $unit, 0xFEFF : '';
    while (length $_[1]) {
        my $code = ord $_[1];
        if ($code >= 0xD800 && $code <= 0xDFFF or $code > 0x10FFFF or $code > 0xFFFF && $size == 2 && !$pairs) {
            if (!ref $check && $check & DIE_ON_ERR) { _croak_at("$name:code point \"\\x{" . sprintf('%04x', $code) . '}" too high') }
            $code = 0xFFFD;
        }
        substr $_[1], 0, 1, '';
        if ($size == 2 and $code > 0xFFFF) {
            $code -= 0x10000;
            $out .= pack "${unit}2", 0xD800 + ($code >> 10), 0xDC00 + ($code & 0x3FF);
        }
        else { $out .= pack $unit, $code }
    }
    return $out;
}

sub _decode_wide {
    my ($name, undef, $check) = @_;
    my ($size, $big, $pairs) = @{ $wide{$name} };
    utf8::downgrade($_[1], 1) or _croak('Cannot decode string with wide characters');
    if (!defined $big and length $_[1]) {
        my $mark = substr $_[1], 0, $size;
        if    ($mark eq ($size == 4 ? "\0\0\xFE\xFF" : "\xFE\xFF")) { $big = 1 }
        elsif ($mark eq ($size == 4 ? "\xFF\xFE\0\0" : "\xFF\xFE")) { $big = 0 }
        elsif ($size == 4) { _croak_at("$name:Unrecognised BOM " . sprintf '%x', unpack 'N', $mark . "\0" x 4) }
        substr $_[1], 0, $size, '' if defined $big;
        $big = 1 unless defined $big;    # UTF-16 without a mark
    }
    my $unit = $size == 4 ? ($big ? 'N' : 'V') : ($big ? 'n' : 'v');
    my $out = '';
    while (length $_[1] >= $size) {
        my $code = unpack $unit, $_[1];
        my $used = $size;
        if ($code >= 0xD800 and $code <= 0xDFFF) {
            my $low = $size == 2 && $pairs && $code < 0xDC00 && length $_[1] >= 4 ? unpack("x2$unit", $_[1]) : 0;
            if ($low >= 0xDC00 and $low <= 0xDFFF) {
                $code = 0x10000 + (($code - 0xD800) << 10) + ($low - 0xDC00);
                $used = 4;
            }
            else {
                last if !ref $check && $check & STOP_AT_PARTIAL && length $_[1] < 4;
                _illegal($check, "$name:Malformed " . ($code < 0xDC00 ? 'LO' : 'HI') . sprintf ' surrogate %x', $code);
                $code = 0xFFFD;
            }
        }
        elsif ($code > 0x10FFFF or $code == 0xFFFE or $code == 0xFFFF) {
            _illegal($check, sprintf '%s:Unicode character %x is illegal', $name, $code);
            $code = 0xFFFD;
        }
        substr $_[1], 0, $used, '';
        $out .= chr $code;
    }
    if (length $_[1] and !ref $check and !($check & STOP_AT_PARTIAL)) {
        if ($check & DIE_ON_ERR) { _croak_at("$name:Partial character") }
        _warn_at("$name:Partial character") if $check & WARN_ON_ERR;
    }
    utf8::upgrade($out);
    return $out;
}

sub _illegal {
    my ($check, $message) = @_;
    return if ref $check;
    if ($check & DIE_ON_ERR)  { _croak_at($message) }
    if ($check & WARN_ON_ERR) { _warn_at($message) }
}

sub _perl_encode {
    my ($name, undef, $check) = @_;
    return _encode_utf8($name, $_[1], $check) if $name =~ /^utf-?8/i;
    return _encode_wide($name, $_[1], $check) if $wide{$name};
    return _encode_bytes($name, $_[1], $check, $name eq 'ascii' ? 0x7f : 0xff);
}

sub _perl_decode {
    my ($name, undef, $check) = @_;
    return _decode_utf8($name, $_[1], $check) if $name =~ /^utf-?8/i;
    return _decode_wide($name, $_[1], $check) if $wide{$name};
    return _decode_bytes($name, $_[1], $check, $name eq 'ascii' ? 0x7f : 0xff);
}

# Objects -----------------------------------------------------------------------------------------

package Encode::Encoding;

our $VERSION = '2.08';

require Encode::MIME::Name;

sub Define {
    my ($object, $canonical, @aliases) = @_;
    $object = bless { Name => $canonical }, $object unless ref $object;
    Encode::define_encoding($object, $canonical, @aliases);
}

sub name      { my ($self) = @_; return $self->{Name} }
sub mime_name { my ($self) = @_; return Encode::MIME::Name::get_mime_name($self->name) }
sub renewed   { $_[0]{renewed} || 0 }
sub perlio_ok { 1 }
sub fromUnicode { shift->encode(@_) }
sub toUnicode   { shift->decode(@_) }
sub DEBUG { 0 }
sub DESTROY { }

sub renew {
    my ($self) = @_;
    my $clone = bless {%$self}, ref $self;
    $clone->{renewed}++;
    return $clone;
}

sub encode { my $class = ref $_[0]; require Carp; Carp::croak("$class->encode() is not implemented") }
sub decode { my $class = ref $_[0]; require Carp; Carp::croak("$class->decode() is not implemented") }

package Encode::XS;

our @ISA = ('Encode::Encoding');

sub encode {
    my ($self, undef, $check) = @_;
    return undef unless defined $_[1];
    $check = 0 unless defined $check;
    # The caller's string is used up only if the check says so.
    my $keep = ref $check || !$check || $check & 8;
    my $string = $_[1];
    my $code = defined &Encode::_encode_as ? \&Encode::_encode_as : \&Encode::_perl_encode;
    my $octets = $code->($self->{Name}, $string, $check);
    $_[1] = $string unless $keep;
    return $octets;
}

sub decode {
    my ($self, undef, $check) = @_;
    return undef unless defined $_[1];
    $check = 0 unless defined $check;
    my $keep = ref $check || !$check || $check & 8;
    my $octets = $_[1];
    my $code = defined &Encode::_decode_from ? \&Encode::_decode_from : \&Encode::_perl_decode;
    my $string = $code->($self->{Name}, $octets, $check);
    $_[1] = $octets unless $keep;
    return $string;
}

package Encode::utf8;
our @ISA = ('Encode::XS');

package Encode::Unicode;
our @ISA = ('Encode::XS');
our $VERSION = '2.20';

package Encode;

$INC{'Encode/Encoding.pm'} ||= $INC{'Encode.pm'};

1;
