package Test::More;
# The usual test functions, on top of Test::Builder (perldoc Test::More).

use 5.006;
use strict;
use warnings;
use Test::Builder::Module;

our $VERSION = '1.302190';
our @ISA     = ('Test::Builder::Module');
our @EXPORT  = qw(ok use_ok require_ok is isnt like unlike is_deeply cmp_ok skip todo todo_skip pass fail
    eq_array eq_hash eq_set $TODO plan done_testing can_ok isa_ok new_ok diag note explain subtest BAIL_OUT);
our $TODO;
our (@Data_Stack, %Refs_Seen);

sub plan {
    return Test::More->builder->plan(@_);
}

# `use Test::More ..., import => [...]`, and no_diag among the words.
sub import_extra {
    my ($class, $list) = @_;
    my @other;
    for my $word (@$list) {
        if (defined $word and $word eq 'no_diag') { $class->builder->no_diag(1) }
        else { push @other, $word }
    }
    @$list = @other;
    return;
}

sub done_testing { return Test::More->builder->done_testing(@_) }

sub ok ($;$)        { return Test::More->builder->ok(@_) }
sub is ($$;$)       { return Test::More->builder->is_eq(@_) }
sub isnt ($$;$)     { return Test::More->builder->isnt_eq(@_) }
sub like ($$;$)     { return Test::More->builder->like(@_) }
sub unlike ($$;$)   { return Test::More->builder->unlike(@_) }
sub cmp_ok ($$$;$)  { return Test::More->builder->cmp_ok(@_) }
sub pass (;$)       { return Test::More->builder->ok(1, @_) }
sub fail (;$)       { return Test::More->builder->ok(0, @_) }
sub diag            { return Test::More->builder->diag(@_) }
sub note            { return Test::More->builder->note(@_) }
sub explain         { return Test::More->builder->explain(@_) }
sub BAIL_OUT        { my $reason = shift; Test::More->builder->BAIL_OUT($reason) }

{ no warnings 'once'; *isn't = \&isnt; }

sub subtest {
    return Test::More->builder->subtest(@_);
}

# Classes and objects -----------------------------------------------------------------------------

sub can_ok ($@) {
    my ($proto, @methods) = @_;
    my $class = ref $proto || $proto;
    my $tb    = Test::More->builder;
    if (!defined $class or !length $class) {
        my $ok = $tb->ok(0, '->can(...)');
        $tb->diag('    can_ok() called with empty class or reference');
        return $ok;
    }
    if (!@methods) {
        my $ok = $tb->ok(0, "$class->can(...)");
        $tb->diag('    can_ok() called with no methods');
        return $ok;
    }
    my @missing = grep { my $method = $_; !$tb->_try_can($class, $proto, $method) } @methods;
    my $name = @methods == 1 ? "$class->can('$methods[0]')" : "$class->can(...)";
    my $ok = $tb->ok(!@missing, $name);
    $tb->diag(map "    $class->can('$_') failed\n", @missing);
    return $ok;
}

sub Test::Builder::_try_can {
    my ($tb, $class, $proto, $method) = @_;
    local ($@, $!, $SIG{__DIE__});
    return eval { $proto->can($method) };
}

sub isa_ok ($;$$) {
    my ($thing, $class, $name) = @_;
    my $tb = Test::More->builder;
    my $kind
        = !defined $thing            ? 'undef'
        : !ref $thing                ? 'class'
        : _blessed($thing)           ? 'object'
        :                              'reference';
    my ($isa, $error) = _try(sub { $thing->isa($class) });
    if ($error) {
        # Not something with methods: a plain reference, or a class nobody defined.
        die <<"END" unless $error =~ /^Can't (?:call|locate object) method "isa"|^Can't call method "isa" (?:on|without)/;
WHOA! I tried to call ->isa on your $kind and got some weird error.
Here's the error.
$error
END
    }
    if ($kind eq 'reference') { $isa = UNIVERSAL::isa($thing, $class) }
    my $given = defined $name;
    $name = $given ? "'$name'"
        : $kind eq 'object'    ? "An object of class '" . ref($thing) . "'"
        : $kind eq 'reference' ? "A reference of type '" . ref($thing) . "'"
        : $kind eq 'class'     ? "The class (or class-like) '$thing'"
        :                        'undef';
    return $tb->ok(1, "$name isa '$class'") if $isa;
    my $ok = $tb->ok(0, "$name isa '$class'");
    my $what = $name;
    $what =~ s/^An? /The / unless $given;
    $tb->diag($kind eq 'undef' ? "    $what isn't defined" : "    $what isn't a '$class'");
    return $ok;
}

sub _blessed {
    my ($thing) = @_;
    return ref $thing && UNIVERSAL::can($thing, 'can') ? 1 : 0;
}

sub new_ok {
    my $tb = Test::More->builder;
    $tb->croak('new_ok() must be given at least a class') unless @_;
    my ($class, $args, $name) = @_;
    $args ||= [];
    my ($object, $error) = _try(sub { $class->new(@$args) });
    if ($error) {
        $class = 'undef' unless defined $class;
        $tb->ok(0, "$class->new() died");
        $tb->diag("    Error was:  $error");
        return;
    }
    {
        local $Test::Builder::Level = $Test::Builder::Level + 1;
        isa_ok $object, $class, $name;
    }
    return $object;
}

# Runs code; answers with its value, or undef and the error. $@ and $! stay as they were.
sub _try {
    my ($code) = @_;
    my ($value, $error);
    {
        local ($@, $!, $SIG{__DIE__});
        $value = eval { $code->() };
        $error = $@;
    }
    return ($value, $error);
}

# Modules -----------------------------------------------------------------------------------------

sub require_ok ($) {
    my ($module) = @_;
    my $tb   = Test::More->builder;
    my $pack = caller;
    my $what = $module =~ /^[a-zA-Z]\w*(?:(?:::|')\w+)*\z/ ? $module : "q{$module}";
    my $code = "package $pack;\nrequire $what;\n1;\n";
    my ($value, $error) = _eval($code);
    my $ok = $tb->ok($value, "require $module;");
    if (!$ok) {
        chomp $error;
        $tb->diag("    Tried to require '$module'.\n    Error:  $error");
    }
    return $ok;
}

sub use_ok ($;@) {
    my ($module, @imports) = @_;
    my $tb = Test::More->builder;
    my %caller;
    @caller{qw(pack file line sub args want eval req strict warn)} = caller 0;
    my ($pack, $file, $line, $warn) = @caller{qw(pack file line warn)};
    $file =~ s/["\n\r]/_/g;

    # The lexical effects of `use` belong to the line of the test, as far as they can be had.
    my $args = @imports == 1 && defined $imports[0] && $imports[0] =~ /^\d+(?:\.\d+)?\z/
        ? " $imports[0]" : @imports ? ' @{$args[0]}' : '';
    my $code = <<"END";
package $pack;
BEGIN { \${^WARNING_BITS} = \$args[-1] if defined \$args[-1] }
#line $line "$file"
use $module$args;
1;
END
    my ($value, $error) = _eval($code, \@imports, $warn);
    my $ok = $tb->ok($value, "use $module;");
    if (!$ok) {
        chomp $error;
        $error =~ s/^BEGIN failed--compilation aborted at .*\z/BEGIN failed--compilation aborted at $file line $line./m;
        $tb->diag("    Tried to use '$module'.\n    Error:  $error");
    }
    return $ok;
}

sub _eval {
    my ($code, @args) = @_;
    my ($ok, $error);
    {
        local ($@, $!, $SIG{__DIE__});
        $ok    = eval $code;
        $error = $@;
    }
    return ($ok, $error);
}

# Skipping ----------------------------------------------------------------------------------------

sub skip {
    my ($why, $many) = @_;
    my $tb = Test::More->builder;
    if (!defined $many) {
        # Without a plan nothing says how many there are.
        _carp('skip() needs to know $how_many tests are in the block') unless _unplanned($tb);
        $many = 1;
    }
    if (defined $many and $many =~ /\D/) {
        _carp('skip() was passed a non-numeric number of tests.  Did you get the arguments backwards?');
        $many = 1;
    }
    $tb->skip($why) for 1 .. $many;
    no warnings 'exiting';
    last SKIP;
}

sub todo_skip {
    my ($why, $many) = @_;
    my $tb = Test::More->builder;
    if (!defined $many) {
        _carp('todo_skip() needs to know $how_many tests are in the block') unless _unplanned($tb);
        $many = 1;
    }
    $tb->todo_skip($why) for 1 .. $many;
    no warnings 'exiting';
    last TODO;
}

sub _unplanned {
    my $plan = $_[0]->has_plan;
    return !defined $plan || $plan eq 'no_plan';
}

sub _carp {
    my (undef, $file, $line) = caller 1;
    warn @_, " at $file line $line\n";
}

# Structures --------------------------------------------------------------------------------------

my $nothing = bless [], 'Does::Not::Exist';

sub _dne { return ref $_[0] eq 'Does::Not::Exist' }

sub is_deeply {
    my $tb = Test::More->builder;
    if (@_ != 2 and @_ != 3) {
        my $message = "is_deeply() takes two or three args, you gave %d.\nThis usually means you passed "
            . "an array or hash instead \nof a reference to it";
        chomp(my $text = sprintf $message, scalar @_);
        _carp($text);
        return $tb->ok(0);
    }
    my ($got, $expected, $name) = @_;
    $tb->_unoverload_texts(\$got, \$expected);

    if (!ref $got and !ref $expected) {
        return $tb->is_eq($got, $expected, $name);
    }
    if (!ref $got xor !ref $expected) {
        my $ok = $tb->ok(0, $name);
        $tb->diag(_difference({ vals => [$got, $expected] }));
        return $ok;
    }
    local @Data_Stack;
    if (_deep_check($got, $expected)) { return $tb->ok(1, $name) }
    my $ok = $tb->ok(0, $name);
    $tb->diag(_difference(@Data_Stack));
    return $ok;
}

# Objects that turn into text are compared as that, at the top level.
sub Test::Builder::_unoverload_texts {
    my ($tb, @refs) = @_;
    for my $ref (@refs) {
        next unless ref $$ref and Test::More::_blessed($$ref) and defined &overload::Method;
        if (my $method = overload::Method($$ref, '""')) { $$ref = $$ref->$method }
    }
}

sub _difference {
    my @stack = @_;
    my $var = '$FOO';
    my $arrow = 0;
    for my $entry (@stack) {
        my $type = $entry->{type} || '';
        my $at   = $entry->{idx};
        if ($type eq 'HASH') {
            $var .= '->' unless $arrow++;
            $var .= "{$at}";
        }
        elsif ($type eq 'ARRAY') {
            $var .= '->' unless $arrow++;
            $var .= "[$at]";
        }
        elsif ($type eq 'REF') { $var = "\${$var}" }
    }
    my @values = @{ $stack[-1]{vals} }[0, 1];
    my @vars;
    ($vars[0] = $var) =~ s/\$FOO/     \$got/;
    ($vars[1] = $var) =~ s/\$FOO/\$expected/;
    my $out = "Structures begin differing at:\n";
    for my $value (@values) {
        $value = !defined $value ? 'undef' : _dne($value) ? 'Does not exist' : ref $value ? "$value" : "'$value'";
    }
    $out .= "$vars[0] = $values[0]\n";
    $out .= "$vars[1] = $values[1]\n";
    $out =~ s/^/    /msg;
    return $out;
}

sub _type {
    my ($thing) = @_;
    return '' unless ref $thing;
    for my $type (qw(Regexp ARRAY HASH REF SCALAR GLOB CODE VSTRING)) {
        return $type if UNIVERSAL::isa($thing, $type);
    }
    return '';
}

sub eq_array {
    local @Data_Stack = ();
    return _deep_check(@_);
}

sub eq_hash {
    local @Data_Stack = ();
    return _deep_check(@_);
}

sub _eq_array {
    my ($a1, $a2) = @_;
    if (grep _type($_) ne 'ARRAY', $a1, $a2) {
        warn 'eq_array passed a non-array ref';
        return 0;
    }
    return 1 if $a1 eq $a2;
    my $ok  = 1;
    my $max = $#$a1 > $#$a2 ? $#$a1 : $#$a2;
    for my $i (0 .. $max) {
        my $e1 = $i > $#$a1 ? $nothing : $a1->[$i];
        my $e2 = $i > $#$a2 ? $nothing : $a2->[$i];
        next if !ref $e1 && !ref $e2 && defined $e1 && defined $e2 && $e1 eq $e2;
        push @Data_Stack, { type => 'ARRAY', idx => $i, vals => [$e1, $e2] };
        $ok = _deep_check($e1, $e2);
        pop @Data_Stack if $ok;
        last unless $ok;
    }
    return $ok;
}

sub _eq_hash {
    my ($h1, $h2) = @_;
    if (grep _type($_) ne 'HASH', $h1, $h2) {
        warn 'eq_hash passed a non-hash ref';
        return 0;
    }
    return 1 if $h1 eq $h2;
    my $ok = 1;
    my $bigger = keys %$h1 > keys %$h2 ? $h1 : $h2;
    for my $key (sort keys %$bigger) {
        my $e1 = exists $h1->{$key} ? $h1->{$key} : $nothing;
        my $e2 = exists $h2->{$key} ? $h2->{$key} : $nothing;
        next if !ref $e1 && !ref $e2 && defined $e1 && defined $e2 && $e1 eq $e2;
        push @Data_Stack, { type => 'HASH', idx => $key, vals => [$e1, $e2] };
        $ok = _deep_check($e1, $e2);
        pop @Data_Stack if $ok;
        last unless $ok;
    }
    return $ok;
}

sub _deep_check {
    my ($e1, $e2) = @_;
    my $tb = Test::More->builder;
    # Pairs being compared further out: a cycle is equal as far as one can see.
    local %Refs_Seen = %Refs_Seen;

    $tb->_unoverload_texts(\$e1, \$e2);
    my ($both, $neither) = (defined $e1 && defined $e2, !defined $e1 && !defined $e2);
    my $not_ref = !ref $e1 && !ref $e2;
    return 1 if $neither;
    if (!$both) {
        push @Data_Stack, { type => '', vals => [$e1, $e2] };
        return 0;
    }
    if (_dne($e1) xor _dne($e2)) {
        push @Data_Stack, { type => '', vals => [$e1, $e2] };
        return 0;
    }
    if ($not_ref) {
        return 1 if $e1 eq $e2;
        push @Data_Stack, { type => '', vals => [$e1, $e2] };
        return 0;
    }
    if (ref $e1 and ref $e2) {
        no warnings;
        return 1 if $e1 eq $e2;
        if ($Refs_Seen{$e1}) { return $Refs_Seen{$e1} eq $e2 }
        $Refs_Seen{$e1} = "$e2";
    }
    my $type = _type($e1);
    $type = 'DIFFERENT' unless _type($e2) eq $type;
    if ($type eq 'ARRAY') { return _eq_array($e1, $e2) }
    if ($type eq 'HASH')  { return _eq_hash($e1, $e2) }
    if ($type eq 'REF' or $type eq 'SCALAR') {
        push @Data_Stack, { type => 'REF', vals => [$e1, $e2] };
        my $ok = _deep_check($$e1, $$e2);
        pop @Data_Stack if $ok;
        return $ok;
    }
    push @Data_Stack, { type => '', vals => [$e1, $e2] };
    return 0;
}

sub eq_set {
    my ($a1, $a2) = @_;
    return 0 unless @$a1 == @$a2;
    no warnings 'uninitialized';
    # Sorting by text brings equal values together; references only by their address.
    return eq_array(
        [grep(ref, @$a1), sort grep(!ref, @$a1)],
        [grep(ref, @$a2), sort grep(!ref, @$a2)],
    );
}

1;
