package Test::Builder;
# The one counter and reporter behind all test modules of a program (perldoc Test::Builder).

use 5.006;
use strict;
use warnings;

our $VERSION = '1.302190';
our $Level   = 1;
our $Test;

# State of a test run; a subtest gets one of its own, with the outer one as parent.
sub _new_hub {
    my (%with) = @_;
    return {
        count => 0, results => [], planned => undef, no_plan => 0, plan_printed => 0, skip_all => undef,
        done => undef, bailed => 0, passing => 1, todo => [], indent => '', pid => $$, name => $0, %with,
    };
}

sub new {
    my ($class) = @_;
    return $Test ||= create($class, singleton => 1);
}

sub create {
    my ($class, %opt) = @_;
    my $self = bless {}, $class;
    $self->reset(%opt);
    return $self;
}

sub reset {
    my ($self, %opt) = @_;
    $Level = 1;
    $self->{hub}  = _new_hub();
    $self->{pid}  = $$;
    $self->{main} = $opt{singleton} || $self->{main};
    $self->{exported_to} = undef;
    @{$self}{qw(use_numbers no_header no_ending no_diag)} = (1, 0, 0, 0);
    $self->reset_outputs;
    return;
}

# Settings ----------------------------------------------------------------------------------------

sub level {
    my ($self, $level) = @_;
    $Level = $level if defined $level;
    return $Level;
}

for my $switch (qw(use_numbers no_header no_ending no_diag)) {
    no strict 'refs';
    *$switch = sub {
        my ($self, $value) = @_;
        $self->{$switch} = $value if defined $value;
        return $self->{$switch};
    };
}

sub exported_to {
    my ($self, $package) = @_;
    $self->{exported_to} = $package if defined $package;
    return $self->{exported_to};
}

sub no_log_results { $_[0]{no_log_results} = 1 }
sub name   { $_[0]{hub}{name} }
sub parent { $_[0]{parent} }

# Where the test stands in the user's program. Frames of this file are passed over; $Level counts
# from there: 1 is the caller of the function that called the builder.
sub caller {
    my ($self, $height) = @_;
    my $inner = 0;
    $inner++ while (CORE::caller($inner) || '') eq __PACKAGE__;
    my $up = ($inner || 1) + $Level + ($height || 0);
    my @frame;
    do { @frame = CORE::caller($up--) } until @frame or $up < 0;
    return wantarray ? @frame : $frame[0];
}

sub croak {
    my ($self, @message) = @_;
    my (undef, $file, $line) = $self->caller;
    die join('', @message) . " at $file line $line.\n";
}

sub carp {
    my ($self, @message) = @_;
    my (undef, $file, $line) = $self->caller;
    warn join('', @message) . " at $file line $line.\n";
}

# Plans -------------------------------------------------------------------------------------------

sub plan {
    my ($self, $what, $arg) = @_;
    return unless $what;
    my $hub = $self->{hub};
    $self->croak('You tried to plan twice') if $self->has_plan;
    if ($what eq 'no_plan') {
        $self->carp("no_plan takes no arguments") if $arg;
        return $self->no_plan;
    }
    if ($what eq 'skip_all') { return $self->skip_all($arg) }
    if ($what eq 'tests') {
        return $self->expected_tests($arg) if $arg;
        $self->croak('Got an undefined number of tests') unless defined $arg;
        $self->croak('You said to run 0 tests');
    }
    my @args = grep defined, $what, $arg;
    $self->croak("plan() doesn't understand @args");
}

sub expected_tests {
    my ($self, $max) = @_;
    my $hub = $self->{hub};
    if (defined $max) {
        $self->croak("Number of tests must be a positive integer.  You gave it '$max'")
            unless $max =~ /^\+?\d+$/;
        $hub->{planned} = $max + 0;
        $self->_print_plan($max + 0) unless $self->no_header;
    }
    return $hub->{planned} || 0;
}

sub no_plan {
    my ($self) = @_;
    $self->{hub}{no_plan} = 1;
    return 1;
}

sub has_plan {
    my ($self) = @_;
    my $hub = $self->{hub};
    return $hub->{planned} if $hub->{planned};
    return 'no_plan' if $hub->{no_plan};
    return undef;
}

sub _print_plan {
    my ($self, $max, $directive, $reason) = @_;
    my $hub = $self->{hub};
    $hub->{plan_printed} = 1;
    my $line = "1..$max";
    $line .= " # $directive" if defined $directive;
    $line .= " $reason" if defined $reason and length $reason;
    $self->_print("$line\n");
}

sub skip_all {
    my ($self, $reason) = @_;
    my $hub = $self->{hub};
    $hub->{skip_all} = defined $reason ? $reason : '';
    $self->_print_plan(0, 'SKIP', $reason) unless $self->no_header;
    die bless({ hub => $hub }, 'Test::Builder::Leave') if $hub->{parent};
    exit 0;
}

sub done_testing {
    my ($self, $wanted) = @_;
    my $hub = $self->{hub};
    if (defined $wanted) { $hub->{no_plan} = 0 }
    else { $wanted = $hub->{count} }
    if ($hub->{done}) {
        my ($file, $line) = @{ $hub->{done} };
        $self->ok(0, "done_testing() was already called at $file line $line");
        return;
    }
    my (undef, $file, $line) = $self->caller;
    $hub->{done} = [$file, $line];
    if ($self->expected_tests and $wanted != $self->expected_tests) {
        $self->ok(0, 'planned to run ' . $self->expected_tests . " but done_testing() expects $wanted");
    }
    else { $hub->{planned} = $wanted }
    $self->_print_plan($wanted) unless $hub->{plan_printed} or $self->no_header;
    $hub->{planned} = $wanted unless defined $hub->{planned};
    $self->is_passing(0) if $hub->{planned} != $hub->{count} or !$hub->{count};
    return 1;
}

# Tests -------------------------------------------------------------------------------------------

sub ok {
    my ($self, $test, $name) = @_;
    my $hub = $self->{hub};
    my $passed = $test ? 1 : 0;
    unless ($hub->{count} or $hub->{plan_printed} or $self->has_plan) { $hub->{started} = 1 }

    $name = '' unless defined $name;
    $name = "$name";
    if ($name =~ /^[\d\s]+\z/) {
        $self->diag("    You named your test '$name'.  You shouldn't use numbers for your test names.\n    Very confusing.");
    }
    my ($in_todo, $todo) = $self->_todo_state;
    local $self->{todo_now} = [$in_todo, $todo];
    $hub->{count}++;

    my $line = $passed ? 'ok' : 'not ok';
    $line .= " $hub->{count}" if $self->use_numbers;
    (my $shown = $name) =~ s/#/\\#/g;
    $line .= " - $shown" if length $name;
    if ($in_todo) {
        $line .= ' # TODO';
        $line .= " $todo" if defined $todo and length $todo;
    }
    $hub->{results}[ $hub->{count} - 1 ] = {
        ok => $passed || $in_todo ? 1 : 0, actual_ok => $passed, name => $name,
        type => $in_todo ? 'todo' : '', reason => $in_todo ? $todo : '',
    };
    $self->_print("$line\n");

    if (!$passed) {
        my $what = $in_todo ? 'Failed (TODO)' : 'Failed';
        my (undef, $file, $line) = $self->caller;
        $self->_print_failure("\n") if $ENV{HARNESS_ACTIVE} and !$ENV{HARNESS_IS_VERBOSE} and !$self->no_diag and !$in_todo;
        $file = '(unknown)' unless defined $file;
        $line = 0 unless defined $line;
        if (length $name) { $self->diag("  $what test '$name'\n  at $file line $line.\n") }
        else              { $self->diag("  $what test at $file line $line.\n") }
        $self->is_passing(0) unless $in_todo;
    }
    $self->is_passing(0) if !$hub->{no_plan} && defined $hub->{planned} && $hub->{count} > $hub->{planned};
    return $passed;
}

sub is_eq {
    my ($self, $got, $expect, $name) = @_;
    if (!defined $got or !defined $expect) {
        my $test = !defined $got && !defined $expect;
        $self->ok($test, $name);
        $self->_is_diag($got, 'eq', $expect) unless $test;
        return $test;
    }
    return $self->cmp_ok($got, 'eq', $expect, $name);
}

sub is_num {
    my ($self, $got, $expect, $name) = @_;
    if (!defined $got or !defined $expect) {
        my $test = !defined $got && !defined $expect;
        $self->ok($test, $name);
        $self->_is_diag($got, '==', $expect) unless $test;
        return $test;
    }
    return $self->cmp_ok($got, '==', $expect, $name);
}

sub isnt_eq {
    my ($self, $got, $dont, $name) = @_;
    if (!defined $got or !defined $dont) {
        my $test = defined $got || defined $dont;
        $self->ok($test, $name);
        $self->_isnt_diag($got, 'ne') unless $test;
        return $test;
    }
    return $self->cmp_ok($got, 'ne', $dont, $name);
}

sub isnt_num {
    my ($self, $got, $dont, $name) = @_;
    if (!defined $got or !defined $dont) {
        my $test = defined $got || defined $dont;
        $self->ok($test, $name);
        $self->_isnt_diag($got, '!=') unless $test;
        return $test;
    }
    return $self->cmp_ok($got, '!=', $dont, $name);
}

sub _shown {
    my ($value, $type) = @_;
    return 'undef' unless defined $value;
    return "$value" if $type eq '==' or $type eq '!=';
    return "'$value'";
}

sub _is_diag {
    my ($self, $got, $type, $expect) = @_;
    my ($g, $e) = map _shown($_, $type), $got, $expect;
    return $self->diag("         got: $g\n    expected: $e\n");
}

sub _isnt_diag {
    my ($self, $got, $type) = @_;
    my $g = _shown($got, $type);
    return $self->diag("         got: $g\n    expected: anything else\n");
}

sub like   { my $self = shift; return $self->_regex_ok(shift, shift, '=~', @_) }
sub unlike { my $self = shift; return $self->_regex_ok(shift, shift, '!~', @_) }

sub _regex_ok {
    my ($self, $thing, $regex, $cmp, $name) = @_;
    my $usable = $self->maybe_regex($regex);
    if (!defined $usable) {
        my $ok = $self->ok(0, $name);
        $self->diag("    '$regex' doesn't look much like a regex to me.");
        return $ok;
    }
    my $test;
    {
        # The text may be undef: that only fails.
        no warnings 'uninitialized';
        $test = $cmp eq '=~' ? $thing =~ /$usable/ : $thing !~ /$usable/;
    }
    my $ok = $self->ok($test, $name);
    if (!$ok) {
        my $shown = defined $thing ? "'$thing'" : 'undef';
        my $verb  = $cmp eq '=~' ? "doesn't match" : 'matches';
        $self->diag(sprintf "                  %s\n    %13s '%s'\n", $shown, $verb, $usable);
    }
    return $ok;
}

# A pattern given as qr// or, as text, with its slashes.
sub maybe_regex {
    my ($self, $regex) = @_;
    return undef unless defined $regex;
    return $regex if ref $regex && (ref $regex eq 'Regexp' || "$regex" =~ /^\(\?/ && UNIVERSAL::isa($regex, 'Regexp'))
        or ref $regex && defined &overload::Method && overload::Method($regex, 'qr');
    my ($delimited, $flags);
    if ($regex =~ m{^/(.*)/([\w]*)\s*$}sx || $regex =~ m{^m([^\w\s])(.+)\1([\w]*)$}s) {
        ($delimited, $flags) = defined $3 ? ($2, $3) : ($1, $2);
        return length $flags ? "(?$flags)$delimited" : $delimited;
    }
    return undef;
}

# Operators that compare as numbers; the operands of the others are shown as they are.
my %numeric = map +($_ => 1), '<', '<=', '>', '>=', '==', '!=', '<=>';
my %bad_op  = map +($_ => 1), '=', '+=', '.=', 'x=', '^=', '|=', '||=', '&&=', '...';

sub cmp_ok {
    my ($self, $got, $type, $expect, $name) = @_;
    if ($bad_op{$type}) { $self->croak("$type is not a valid comparison operator in cmp_ok()") }

    my ($test, $error, $unusable);
    {
        local ($@, $!, $SIG{__DIE__});
        my (undef, $file, $line, $bits) = ($self->caller)[0 .. 2, 9];
        # Text against text cannot warn unless undef takes part; the rest runs as if on the test's
        # own line, under its warnings.
        if ($type eq 'eq' and defined $got and defined $expect) { $test = eval { $got eq $expect } }
        else {
            $file = '' unless defined $file;
            $line = 0  unless defined $line;
            $file =~ s/["\n]/_/g;
            my $warnings = defined $bits ? 'BEGIN { ${^WARNING_BITS} = $bits }' : 'BEGIN { ${^WARNING_BITS} = undef }';
            $test = eval qq{$warnings\n#line $line "(eval in cmp_ok) $file"\n\$got $type \$expect;\n};
        }
        $error = $@;
    }
    my $ok = $self->ok($test, $name);

    if ($error) {
        $self->diag(<<"END");
An error occurred while using $type:
------------------------------------
$error
------------------------------------
END
    }
    if (!$ok) {
        # Objects are shown through the overloading that was used.
        my $plain = $numeric{$type} ? '_as_number' : '_as_text';
        for my $side ($got, $expect) { $side = $self->$plain($side) if ref $side }
        if    ($type eq 'eq' or $type eq '==') { $self->_is_diag($got, $type, $expect) }
        elsif ($type eq 'ne' or $type eq '!=') {
            no warnings;
            my $same = $got eq $expect && ($type eq 'ne' ? 1 : $got == $expect);
            if ($same || $type eq 'ne') { $self->_isnt_diag($got, $type) }
            else { $self->_cmp_diag($got, $type, $expect) }
        }
        else { $self->_cmp_diag($got, $type, $expect) }
    }
    return $ok;
}

sub _as_text {
    my ($self, $value) = @_;
    my $text = eval { "$value" };
    return defined $text ? $text : $value;
}

sub _as_number {
    my ($self, $value) = @_;
    return $value unless UNIVERSAL::can('overload', 'Method') && overload::Overloaded($value);
    my $number = eval { no warnings; $value + 0 };
    return defined $number ? $number : $value;
}

sub _cmp_diag {
    my ($self, $got, $type, $expect) = @_;
    $got    = defined $got    ? "'$got'"    : 'undef';
    $expect = defined $expect ? "'$expect'" : 'undef';
    return $self->diag("    $got\n        $type\n    $expect\n");
}

sub BAIL_OUT {
    my ($self, $reason) = @_;
    $self->{bailed} = $self->{hub}{bailed} = 1;
    $reason = '' unless defined $reason;
    local $self->{hub}{indent} = '';
    $self->_print("Bail out!  $reason\n");
    exit 255;
}

{ no warnings 'once'; *BAILOUT = \&BAIL_OUT }

sub skip {
    my ($self, $why, $name) = @_;
    $why  = '' unless defined $why;
    $name = '' unless defined $name;
    my $hub = $self->{hub};
    $hub->{count}++;
    $hub->{results}[ $hub->{count} - 1 ] = { ok => 1, actual_ok => 1, name => $name, type => 'skip', reason => $why };
    my $line = 'ok';
    $line .= " $hub->{count}" if $self->use_numbers;
    $line .= ' # skip';
    (my $shown = $why) =~ s/\n/ /g;
    $line .= " $shown" if length $why;
    $self->_print("$line\n");
    return 1;
}

sub todo_skip {
    my ($self, $why) = @_;
    $why = '' unless defined $why;
    my $hub = $self->{hub};
    $hub->{count}++;
    $hub->{results}[ $hub->{count} - 1 ] = { ok => 1, actual_ok => 0, name => '', type => 'todo_skip', reason => $why };
    my $line = 'not ok';
    $line .= " $hub->{count}" if $self->use_numbers;
    $line .= " # TODO & SKIP $why";
    $self->_print("$line\n");
    return 1;
}

# Subtests ----------------------------------------------------------------------------------------

sub subtest {
    my ($self, $name, $code, @args) = @_;
    if (!$code or ref $code ne 'CODE' and !UNIVERSAL::isa($code, 'CODE')) {
        $self->croak("subtest()'s second argument must be a code ref");
    }
    $name = 'Child of "' . $self->name . '"' unless defined $name;
    my $outer = $self->{hub};
    # Inside, tests are expected to pass again; the subtest as a whole is not.
    my $package = $self->caller;
    my $todo    = $self->find_TODO($package, 1, undef);
    $self->_print_as_comment("Subtest: $name");

    my ($ok, $error, $hub);
    {
        local $self->{hub} = $hub = _new_hub(
            parent => $outer, name => $name, indent => $outer->{indent} . '    ');
        local $Level = 1;
        local $self->{todo_now};
        {
            local ($@, $!);
            $ok = eval { $code->(@args); 1 };
            $error = $@;
        }
        if (!$ok and ref $error eq 'Test::Builder::Leave' and $error->{hub} == $hub) { $ok = 1; $error = '' }
        $self->_end_subtest if $ok;
    }
    $self->find_TODO($package, 1, $todo);
    die $error if !$ok;
    return $self->_report_subtest($hub);
}

sub _end_subtest {
    my ($self) = @_;
    my $hub = $self->{hub};
    return if defined $hub->{skip_all};
    if (!$hub->{done}) {
        # The plan may be left out of a subtest.
        if ($hub->{no_plan} or !defined $hub->{planned}) {
            $self->_print_plan($hub->{count}) unless $hub->{plan_printed};
            $hub->{planned} = $hub->{count};
        }
    }
    my ($planned, $count) = ($hub->{planned}, $hub->{count});
    my $failed = grep !$_->{ok}, @{ $hub->{results} }[0 .. $count - 1];
    if ($planned != $count) {
        $self->diag(sprintf 'Looks like you planned %d test%s but ran %d.', $planned, $planned == 1 ? '' : 's', $count);
        $hub->{passing} = 0;
    }
    if ($failed) {
        my $total = $planned == $count ? $planned : "$count run";
        $self->diag(sprintf 'Looks like you failed %d test%s of %s.', $failed, $failed == 1 ? '' : 's',
            $planned == $count ? $planned : $count);
        $hub->{passing} = 0;
    }
    if (!$count) {
        $self->diag('No tests run!');
        $hub->{passing} = 0;
    }
}

sub _report_subtest {
    my ($self, $hub) = @_;
    if (defined $hub->{skip_all}) { return $self->skip($hub->{skip_all}, $hub->{name}) }
    if (!$hub->{count})           { return $self->ok(0, qq[No tests run for subtest "$hub->{name}"]) }
    return $self->ok($hub->{passing}, $hub->{name});
}

# The older way: a child object, used and then finalized.
sub child {
    my ($self, $name) = @_;
    $self->croak('You already have a child named (' . $self->{child_name} . ') running') if $self->{child_name};
    $name = 'Child of ' . $self->name unless defined $name;
    my $child = bless {%$self}, ref $self;
    $child->{hub} = _new_hub(parent => $self->{hub}, name => $name, indent => $self->{hub}{indent} . '    ');
    $child->{parent} = $self;
    $child->{main}   = 0;
    delete $child->{child_name};
    $self->{child_name} = $name;
    return $child;
}

sub finalize {
    my ($self) = @_;
    my $parent = $self->{parent} or return;
    if ($self->{child_name}) { $self->croak("Can't call finalize() with child ($self->{child_name}) active") }
    $self->_end_subtest;
    delete $parent->{child_name};
    return $parent->_report_subtest($self->{hub});
}

# To do -------------------------------------------------------------------------------------------

# (are tests expected to fail here, why)
sub _todo_state {
    my ($self, $package) = @_;
    return @{ $self->{todo_now} } if $self->{todo_now};
    my $hub = $self->{hub};
    return (1, $hub->{todo}[-1][0]) if @{ $hub->{todo} };
    my $found = $self->find_TODO($package);
    return (1, $found) if defined $found and $found ne '';
    return (0, '');
}

sub todo    { my ($self, $package) = @_; return ($self->_todo_state($package))[1] }
sub in_todo { my ($self, $package) = @_; return ($self->_todo_state($package))[0] }

# $TODO of the package under test.
sub find_TODO {
    my ($self, $package, $set, $new) = @_;
    $package ||= $self->caller || $self->exported_to or return;
    no strict 'refs';
    no warnings 'once';
    my $old = ${"${package}::TODO"};
    ${"${package}::TODO"} = $new if $set;
    return $old;
}

sub todo_start {
    my ($self, $message) = @_;
    push @{ $self->{hub}{todo} }, [defined $message ? $message : ''];
    return;
}

sub todo_end {
    my ($self) = @_;
    pop @{ $self->{hub}{todo} } or $self->croak('todo_end() called without todo_start()');
    return;
}

# Output ------------------------------------------------------------------------------------------

my ($out, $err);

sub _open_outputs {
    return if $out;
    local $!;    # asking whether it is a terminal leaves an error behind
    open $out, '>&', \*STDOUT or die "Can't dup STDOUT:  $!";
    open $err, '>&', \*STDERR or die "Can't dup STDERR:  $!";
    _copy_layers(\*STDOUT, $out);
    _copy_layers(\*STDERR, $err);
    my $old = select $out;
    $| = 1;
    select $err;
    $| = 1;
    select STDOUT;
    $| = 1;
    select STDERR;
    $| = 1;
    select $old;
}

sub _copy_layers {
    my ($from, $to) = @_;
    my %seen;
    my @layers = grep !/^(?:unix|perlio)\z/ && !$seen{$_}++, PerlIO::get_layers($from);
    binmode $to, join ':', '', 'raw', @layers if @layers;
}

sub reset_outputs {
    my ($self) = @_;
    _open_outputs();
    @{$self}{qw(output failure_output todo_output)} = ($out, $err, $out);
    return;
}

for my $which (qw(output failure_output todo_output)) {
    no strict 'refs';
    *$which = sub {
        my ($self, $to) = @_;
        $self->{$which} = $self->_new_fh($to) if defined $to;
        return $self->{$which};
    };
}

sub is_fh {
    my ($self, $maybe) = @_;
    return 0 unless defined $maybe;
    return 1 if ref $maybe eq 'GLOB' or ref \$maybe eq 'GLOB';
    return eval { $maybe->isa('IO::Handle') } || eval { tied(*$maybe)->can('TIEHANDLE') } ? 1 : '';
}

sub _new_fh {
    my ($self, $to) = @_;
    return $to if $self->is_fh($to);
    my $handle;
    if (ref $to eq 'SCALAR') {
        open $handle, '>>', $to or $self->croak("Can't open scalar ref $to: $!");
    }
    else {
        open $handle, '>', $to or $self->croak("Can't open test output log $to: $!");
        my $old = select $handle;
        $| = 1;
        select $old;
    }
    return $handle;
}

sub _print_to {
    my ($self, $handle, $text) = @_;
    return if $^C;    # perl -c
    my $indent = $self->{hub}{indent};
    # Lines of one message stay comments.
    $text =~ s/\n(?!\z)/\n# /g if $text !~ /^#/ && $text =~ /\n./;
    $text =~ s/^/$indent/gm if length $indent;
    local ($\, $,);
    print $handle $text;
    return;
}

sub _print         { $_[0]->_print_to($_[0]{output}, $_[1]) }
sub _print_failure { my ($self, $text) = @_; local ($\, $,); print { $self->{failure_output} } $text; return }

sub _comment {
    my (@parts) = @_;
    my $text = join '', map { defined $_ ? $_ : 'undef' } @parts;
    $text =~ s/^/# /gm;
    $text .= "\n" unless $text =~ /\n\z/;
    return $text;
}

sub _print_as_comment { my ($self, $text) = @_; $self->_print(_comment($text)) }

sub diag {
    my $self = shift;
    return 0 if $self->no_diag or !@_ or $^C;
    my $handle = $self->in_todo ? $self->{todo_output} : $self->{failure_output};
    $self->_print_to($handle, _comment(@_));
    return 0;
}

sub note {
    my $self = shift;
    return 0 if $self->no_diag or !@_ or $^C;
    $self->_print_to($self->{output}, _comment(@_));
    return 0;
}

sub explain {
    my $self = shift;
    local ($@, $!);
    return map {
        ref $_ ? do {
            require Data::Dumper;
            my $dumper = Data::Dumper->new([$_]);
            $dumper->Indent(1)->Terse(1);
            $dumper->Sortkeys(1);
            $dumper->Dump;
        } : $_
    } @_;
}

# Results -----------------------------------------------------------------------------------------

sub current_test {
    my ($self, $number) = @_;
    my $hub = $self->{hub};
    if (defined $number) {
        # Going forward, the skipped numbers count as passed; going back forgets.
        for my $i ($hub->{count} .. $number - 1) {
            $hub->{results}[$i] = { ok => 1, actual_ok => undef, reason => 'incrementing test number',
                type => 'unknown', name => undef };
        }
        $#{ $hub->{results} } = $number - 1 if $number < $hub->{count};
        $hub->{count} = $number;
    }
    return $hub->{count};
}

sub is_passing {
    my $self = shift;
    $self->{hub}{passing} = shift if @_;
    return $self->{hub}{passing};
}

sub summary { my ($self) = @_; return map $_->{ok}, @{ $self->{hub}{results} } }
sub details { my ($self) = @_; return @{ $self->{hub}{results} } }

# The end of the program: count, and choose the exit status.
sub _ending {
    my ($self) = @_;
    my $hub = $self->{hub};
    return if $self->{pid} != $$;    # a forked child is not the test
    return if $self->{no_ending};
    if ($self->{bailed}) { $? = 255; return }
    return if $hub->{ended}++;
    # Ended inside a subtest: report at the outermost.
    $hub = $hub->{parent} while $hub->{parent};
    local $self->{hub} = $hub;

    my $exit = $?;
    if (defined $hub->{skip_all}) { return }
    if (!defined $hub->{planned} and !$hub->{no_plan} and !$hub->{count}) {
        return unless $exit && $hub->{started};
        return;
    }
    my $count = $hub->{count};
    if ($hub->{no_plan} and !$hub->{done}) {
        if ($count or !$exit) { $self->_print_plan($count) if !$hub->{plan_printed} && !$self->no_header && $count }
        $hub->{planned} = $count;
    }
    my $no_plan = !defined $hub->{planned};
    my $failed  = grep !$_->{ok}, @{ $hub->{results} }[0 .. $count - 1];
    if ($no_plan) {
        $self->is_passing(0);
        $self->diag('Tests were run but no plan was declared and done_testing() was not seen.');
    }
    elsif ($count) {
        my $planned = $hub->{planned};
        my $s = $planned == 1 ? '' : 's';
        if ($planned != $count) {
            $self->is_passing(0);
            $self->diag("Looks like you planned $planned test$s but ran $count.");
        }
    }
    if ($count and $failed) {
        my $s = $failed == 1 ? '' : 's';
        my $run = $no_plan || $hub->{planned} == $count ? '' : ' run';
        $self->diag("Looks like you failed $failed test$s of $count$run.");
    }
    if ($exit) {
        $self->diag($count ? "Looks like your test exited with $exit just after $count."
            : "Looks like your test exited with $exit before it could output anything.");
        $? = $exit;
        return;
    }
    if (!$count) {
        $self->is_passing(0);
        $self->diag('No tests run!');
        $? = 255;
        return;
    }
    if ($no_plan) { $? = 254 if !$failed; $? = $failed <= 254 ? $failed : 254 if $failed; return }
    if    ($failed)                    { $? = $failed <= 254 ? $failed : 254 }
    elsif ($hub->{planned} != $count)  { $? = 255 }
    else                               { $? = 0 }
    return;
}

END {
    $Test->_ending if defined $Test;
}

1;
