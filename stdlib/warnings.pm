package warnings;
# Lexical warning categories: bits in ${^WARNING_BITS}, two per category (enabled, fatal).
# perldoc warnings. The masks are built when a category is first named, so that a bare
# `use warnings` costs next to nothing.

our $VERSION = '1.58';
BEGIN { ${^WARNING_BITS} = '' }    # the subs here take the place of native ones, under -w too

# Names in the order of their offsets (0, 2, 4 ...); "a>b" says that b also belongs to a.
my @names = qw(
    all closure deprecated exiting glob io io>closed io>exec io>layer io>newline io>pipe
    io>unopened misc numeric once overflow pack portable recursion redefine regexp severe
    severe>debugging severe>inplace severe>internal severe>malloc signal substr syntax
    syntax>ambiguous syntax>bareword syntax>digit syntax>parenthesis syntax>precedence
    syntax>printf syntax>prototype syntax>qw syntax>reserved syntax>semicolon taint threads
    uninitialized unpack untie utf8 void imprecision syntax>illegalproto utf8>non_unicode
    utf8>nonchar utf8>surrogate experimental experimental::lexical_subs
    experimental::regex_sets experimental::smartmatch experimental::postderef
    experimental::signatures io>syscalls experimental::bitwise experimental::const_attr
    experimental::re_strict experimental::refaliasing locale missing redundant
    experimental::declared_refs experimental::alpha_assertions experimental::script_run
    shadow experimental::private_use experimental::uniprop_wildcards experimental::vlb
    experimental::isa experimental::try experimental::args_array_with_signatures
    experimental::builtin experimental::defer experimental::extra_paired_delimiters
    experimental::for_list scalar
);

our %Offsets;
my %members;    # category => offsets of the categories below it
{
    my $offset = 0;
    for my $name (@names) {
        my ($parent, $leaf) = $name =~ />/ ? split(/>/, $name, 2)
            : $name =~ /^(experimental)::/ ? ($1, $name)
            : (undef, $name);
        push @{ $members{$parent} }, $offset if defined $parent;
        $Offsets{$leaf} = $offset;
        $offset += 2;
    }
}

our $BYTES    = 20;
our $LAST_BIT = 160;
our $NONE     = "\0" x $BYTES;
our $DEFAULT  = pack 'H*', '1001000000500400000000000051511554545515';
our %Bits     = (all => "\x55" x $BYTES);
our %DeadBits = (all => "\xaa" x $BYTES);
our %NoOp;
my $masks_built;

sub _build_masks {
    $masks_built = 1;
    for my $name (keys %Offsets) {
        next if $name eq 'all' or exists $Bits{$name};
        my ($on, $fatal) = ($NONE, $NONE);
        for my $offset ($Offsets{$name}, @{ $members{$name} || [] }) {
            vec($on,    $offset,     1) = 1;
            vec($fatal, $offset + 1, 1) = 1;
        }
        @Bits{$name}     = $on;
        @DeadBits{$name} = $fatal;
    }
}

# Errors of this module are blamed on the caller by Carp, loaded only when needed.
sub Croaker {
    require Carp;
    local $Carp::CarpInternal{'warnings'};
    delete $Carp::CarpInternal{'warnings'};
    Carp::croak(@_);
}

# Categories registered after the mask was made follow its "all" pair.
sub _grown {
    my ($mask) = @_;
    my $want = ($LAST_BIT + 7) >> 3;
    if (length $mask < $want) {
        my $pair = vec($mask, 0, 2);
        $mask .= chr($pair * 0x55) x ($want - length $mask);
    }
    return $mask;
}

# Applies a list such as (FATAL => 'void', 'io') to a mask and returns the new mask.
sub _apply {
    my ($mask, @list) = @_;
    my ($fatal, $nonfatal) = (0, 0);
    _build_masks() unless $masks_built;
    $mask = _grown($mask);
    # A lone FATAL or NONFATAL stands for all categories.
    push @list, 'all' if @list and ($list[-1] eq 'FATAL' or $list[-1] eq 'NONFATAL');
    for (@list) {
        my $word = $_;
        if ($word =~ s/^-//) {
            my $on = $Bits{$word};
            Croaker("Unknown warnings category '$word'") unless defined $on;
            $mask = ~(~$mask | $on | $DeadBits{$word});
        }
        elsif ($word eq 'FATAL')    { ($fatal, $nonfatal) = (1, 0) }
        elsif ($word eq 'NONFATAL') { ($fatal, $nonfatal) = (0, 1) }
        elsif (defined(my $on = $Bits{$word})) {
            $mask |= $on;
            $mask |= $DeadBits{$word} if $fatal;
            $mask = ~(~$mask | $DeadBits{$word}) if $nonfatal;
        }
        elsif (!exists $NoOp{$word}) { Croaker("Unknown warnings category '$word'") }
    }
    return $mask;
}

# The name B::Deparse knows.
sub _expand_bits { return _grown(@_) }

sub bits {
    push @_, 'all' unless @_;
    return _apply($NONE, @_);
}

sub import {
    my $class = shift;
    my $mask = ${^WARNING_BITS};
    if (!@_) {
        # The everyday case, without looking at single categories.
        ${^WARNING_BITS} = defined $mask && $mask ne $NONE ? _grown($mask) | $Bits{all} : $Bits{all};
        return;
    }
    $mask = ($^W ? $Bits{all} : $DEFAULT) unless defined $mask;
    # `use warnings FATAL => 'x'` on a mask keeps what was on.
    ${^WARNING_BITS} = _apply($mask, @_);
}

sub unimport {
    my $class = shift;
    my $mask = ${^WARNING_BITS};
    $mask = ($^W ? $Bits{all} : $DEFAULT) unless defined $mask;
    if (!@_ || "@_" eq 'FATAL') {
        ${^WARNING_BITS} = $NONE;
        return;
    }
    _build_masks() unless $masks_built;
    $mask = _grown($mask);
    for my $word (@_) {
        next if $word eq 'FATAL' or exists $NoOp{$word};
        my $on = $Bits{$word};
        Croaker("Unknown warnings category '$word'") unless defined $on;
        $mask = ~(~$mask | $on | $DeadBits{$word});
    }
    ${^WARNING_BITS} = $mask;
}

sub _mkMask {
    my $mask = '';
    vec($mask, $_[0], 1) = 1;
    return $mask;
}

sub register_categories {
    _build_masks() unless $masks_built;
    for my $name (@_) {
        next if defined $Bits{$name};
        $Offsets{$name} = $LAST_BIT;
        $LAST_BIT += 2;
        $BYTES = ($LAST_BIT + 7) >> 3;
        $Bits{$name}     = _mkMask($Offsets{$name});
        $DeadBits{$name} = _mkMask($Offsets{$name} + 1);
        if (length $Bits{all} < $BYTES) {
            $Bits{all}     .= "\x55";
            $DeadBits{all} .= "\xaa";
        }
    }
}

# What a module asks about its caller ---------------------------------------------------------

my %builtin_class = map +($_ => 1), qw(SCALAR ARRAY HASH CODE REF GLOB LVALUE IO FORMAT Regexp VSTRING);

# Which scope an object was first used in: the outermost frame that got it as first argument.
# The answer counts from the caller of this function.
sub _object_frame {
    my $address = _address($_[0]);
    my $found;
    for (my $frame = 2; ; $frame++) {
        my @args = do {
            package DB;
            @DB::args = ();
            my @call = caller $frame;    # list context is what fills @DB::args
            last unless @call;
            @DB::args;
        };
        $found = $frame - 1 if @args and ref $args[0] and _address($args[0]) eq $address;
    }
    return $found;
}

# A reference as text, whatever its class overloads.
sub _address {
    BEGIN { $^H |= 0x01000000 }
    return "$_[0]";
}

# The question behind enabled(), warn() and the rest. Frames count from the public function.
# $need: 0 enabled, 1 fatal, 2 warn whatever, 3 warn if enabled.
sub _ask {
    my ($need, $has_level, $usage, @arg) = @_;
    my $wants_message = $need >= 2;
    my $most = 1 + $has_level + $wants_message;
    my $least = $has_level ? $most : $wants_message;
    Croaker("Usage: $usage") if @arg > $most or @arg < $least;

    my $message = $wants_message ? pop @arg : undef;
    my ($category, $object, $own);
    if (@arg) {
        $category = shift @arg;
        if (my $type = ref $category) {
            Croaker('not an object') if $builtin_class{$type};
            ($object, $category) = ($category, $type);
        }
    }
    else { $category = caller; $own = 1 }
    my $offset = $Offsets{$category};
    if (!defined $offset) {
        Croaker($own || defined $object
            ? "package '$category' not registered for warnings"
            : "Unknown warnings category '$category'");
    }

    my $frame;
    if ($has_level) { $frame = 1 + ($arg[0] || 0) }
    elsif (defined $object) {
        $frame = _object_frame($object);
        $frame = 1 unless defined $frame;
    }
    else {
        require Carp;
        $frame = Carp::short_error_loc() || undef;
    }

    my $mask = defined $frame ? (caller $frame)[9] : undef;
    if (!defined $mask) {
        # No caller, or one that left warnings alone.
        $mask = $^W ? $Bits{all} : $DEFAULT;
    }
    $mask = _grown($mask) if length($mask) * 8 <= $offset;
    my ($on, $fatal) = (vec($mask, $offset, 1), vec($mask, $offset + 1, 1));
    return $on    if $need == 0;
    return $fatal if $need == 1;
    return '' if $need == 3 and !$on;

    # Blame the frame that decided.
    require Carp;
    my $text;
    if (defined $frame && ($has_level || defined $object)) {
        my (undef, $file, $line) = caller $frame;
        $text = defined $file ? "$message at $file line $line" . Carp::_handle_note() . ".\n" : undef;
    }
    if (!defined $text) {
        $text = Carp::shortmess($message);
    }
    die $text if $fatal;
    CORE::warn($text);
    return;
}

sub enabled        { unshift @_, 0, 0, 'warnings::enabled([category])';             goto &_ask }
sub fatal_enabled  { unshift @_, 1, 0, 'warnings::fatal_enabled([category])';       goto &_ask }
sub warn           { unshift @_, 2, 0, "warnings::warn([category,] 'message')";     goto &_ask }
sub warnif         { unshift @_, 3, 0, "warnings::warnif([category,] 'message')";   goto &_ask }
sub enabled_at_level {
    unshift @_, 0, 1, 'warnings::enabled_at_level(category, level)';
    goto &_ask;
}
sub fatal_enabled_at_level {
    unshift @_, 1, 1, 'warnings::fatal_enabled_at_level(category, level)';
    goto &_ask;
}
sub warn_at_level {
    unshift @_, 2, 1, "warnings::warn_at_level(category, level, 'message')";
    goto &_ask;
}
sub warnif_at_level {
    unshift @_, 3, 1, "warnings::warnif_at_level(category, level, 'message')";
    goto &_ask;
}

1;
