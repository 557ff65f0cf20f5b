package Carp;
# Errors and warnings that blame the caller (perldoc Carp). Walking the stack and formatting happen
# only when a message is made, so loading this costs little.

use strict;
use warnings;

our $VERSION = '1.52';

our @ISA         = 'Exporter';
our @EXPORT      = qw(confess croak carp);
our @EXPORT_OK   = qw(cluck verbose longmess shortmess);
our @EXPORT_FAIL = qw(verbose);

our $MaxEvalLen = 0;
our $MaxArgLen  = 64;
our $MaxArgNums = 8;
our $Verbose    = 0;
our $CarpLevel  = 0;
our $RefArgFormatter;
sub CALLER_OVERRIDE_CHECK_OK () { 1 }

our (%CarpInternal, %Internal, @CARP_NOT);
$CarpInternal{$_}++ for qw(Carp warnings);
$Internal{$_}++     for qw(Exporter Exporter::Heavy);

require Exporter;

sub export_fail {
    shift;
    $Verbose = shift if @_ and $_[0] eq 'verbose';
    return @_;
}

sub croak   { die shortmess(@_) }
sub confess { die longmess(@_) }
sub carp    { warn shortmess(@_) }
sub cluck   { warn longmess(@_) }

sub longmess {
    local ($!, $^E);
    my $from = _caller_of() ? _caller_of()->(0) : caller;
    return longmess_heavy(@_) if $Internal{$from} or $CarpInternal{$from};
    # Called by a user's own function: its caller is the place to name.
    local $CarpLevel = $CarpLevel + 1;
    return longmess_heavy(@_);
}

sub shortmess {
    local ($!, $^E);
    local @CARP_NOT = scalar(_caller_of() ? _caller_of()->(0) : caller);
    return shortmess_heavy(@_);
}

# A module may have replaced caller() for everybody, Carp included.
sub _caller_of {
    no strict 'refs';
    return defined &{'CORE::GLOBAL::caller'} ? \&{'CORE::GLOBAL::caller'} : undef;
}

sub longmess_heavy {
    return wantarray ? @_ : $_[0] if ref $_[0];
    return ret_backtrace(long_error_loc(), @_);
}

sub shortmess_heavy {
    return longmess_heavy(@_) if $Verbose;
    return wantarray ? @_ : $_[0] if ref $_[0];
    my $frame = short_error_loc();
    return $frame ? ret_summary($frame, @_) : longmess_heavy(@_);
}

# Both searches answer with a frame number as the function that called them would give to caller().
# A frame without a package is one whose package was deleted: its file and line are still good.
sub long_error_loc {
    my $over = _caller_of();
    my $skip = $CarpLevel;
    for (my $i = 1; ; $i++) {
        my @frame = $over ? $over->($i) : caller $i;
        # Ran out of callers, so too many levels were to be skipped: the outermost will do.
        return $i > 2 ? $i - 2 : 0 unless @frame;
        my $package = $frame[0];
        next if defined $package and $CarpInternal{$package};
        next if $skip-- > 0;
        next if defined $package and $Internal{$package};
        return $i - 1;
    }
}

sub short_error_loc {
    my $over = _caller_of();
    my $skip = $CarpLevel;
    my %trust;
    for (my $i = 1; ; $i++) {
        my $called = $over ? ($over->($i))[0] : caller $i;
        my @frame  = $over ? $over->($i + 1) : caller $i + 1;
        return 0 unless @frame;
        my $from = $frame[0];
        next if defined $called and $CarpInternal{$called};
        if (defined $from) {
            next if $Internal{$from} or $CarpInternal{$from};
            next if defined $called and trusts($called, $from, \%trust) || trusts($from, $called, \%trust);
        }
        next if $skip-- > 0;
        return $i;
    }
}

# Does $child trust $parent, directly or through others?
sub trusts {
    my ($child, $parent, $known) = @_;
    $known ||= {};
    my $reach = $known->{$child} ||= do {
        my %seen;
        my @todo = trusts_directly($child);
        while (defined(my $class = shift @todo)) {
            push @todo, trusts_directly($class) unless $seen{$class}++;
        }
        $seen{$child}++;
        \%seen;
    };
    return exists $reach->{$parent};
}

sub trusts_directly {
    my ($class) = @_;
    no strict 'refs';
    my $stash = \%{"${class}::"};
    for my $list (qw(CARP_NOT ISA)) {
        my $entry = $stash->{$list};
        next unless defined $entry and ref \$entry eq 'GLOB';
        my $array = *$entry{ARRAY};
        return @$array if $array and @$array;
    }
    return;
}

# Formatting --------------------------------------------------------------------------------------

sub ret_summary {
    my ($frame, @message) = @_;
    $frame++;
    my $over = _caller_of();
    my (undef, $file, $line) = $over ? $over->($frame) : caller $frame;
    return join('', @message) . " at $file line $line.\n";
}

# ", <FH> line 5" as die itself would say it.
sub _handle_note {
    my $glob = ${^LAST_FH};
    return '' unless $glob and $.;
    my $name = *$glob{NAME};
    if ($name eq '__ANONIO__') {
        # A handle that has outlived its name: die knows what it was called.
        local ($@, $SIG{__DIE__});
        eval { die };
        return $@ =~ /(, <.*?> (?:line|chunk) \d+)\.$/ ? $1 : '';
    }
    my $unit = defined $/ && !ref $/ && $/ eq "\n" ? 'line' : 'chunk';
    return ", <$name> $unit $.";
}

sub ret_backtrace {
    my ($frame, @message) = @_;
    $frame++;
    my $note = _handle_note();
    my $text = join '', @message;
    my %first = caller_info($frame);
    $text .= " at $first{file} line $first{line}$note.\n";
    while (my %call = caller_info(++$frame)) {
        $text .= "\t$call{sub_name} called at $call{file} line $call{line}\n";
    }
    return $text;
}

sub caller_info {
    my $frame = shift() + 1;
    my (%call, $over, @args);
    $over = _caller_of();
    {
        package DB;
        @DB::args = \$frame;    # stays if a replaced caller() forgets to set it
        @call{qw(pack file line sub has_args wantarray evaltext is_require)}
            = $over ? $over->($frame) : caller $frame;
        @args = @DB::args;
    }
    return unless defined $call{file};
    my $name = get_subname(\%call);
    if ($call{has_args}) {
        if (@args == 1 and ref $args[0] and ref $args[0] eq 'SCALAR' and $args[0] == \$frame) {
            @args = '** Incomplete caller override detected; @DB::args were not set **';
        }
        else { @args = _shown_args(@args) }
        $name .= '(' . join(', ', @args) . ')';
    }
    $call{sub_name} = $name;
    return wantarray ? %call : \%call;
}

sub _shown_args {
    my $total = @_;
    my @shown = @_;
    my $most  = $MaxArgNums;
    my $cut;
    if ($most and $total > ($most < 0 || $most eq '0 but true' ? 0 : $most)) {
        $cut = 1;
        $#shown = ($most < 0 || $most eq '0 but true' ? 0 : $most) - 1;
    }
    $_ = format_arg($_) for @shown;
    push @shown, '...' if $cut;
    return @shown;
}

sub get_subname {
    my ($call) = @_;
    if (defined(my $text = $call->{evaltext})) {
        return "require $text" if $call->{is_require};
        $text =~ s/([\\'])/\\$1/g;
        return "eval '" . str_len_trim($text, $MaxEvalLen) . "'";
    }
    my $sub = $call->{sub};
    return !defined $sub ? '__ANON__::__ANON__' : $sub eq '(eval)' ? 'eval {...}' : $sub;
}

sub str_len_trim {
    my ($text, $most) = @_;
    if ($most > 2 and length $text > $most) {
        $text = substr($text, 0, $most - 3) . '...';
    }
    return $text;
}

my $can = \&UNIVERSAL::can;
my $busy;    # set while user code formats an argument: that code may call us

sub format_arg {
    my ($arg) = @_;
    return 'undef' unless defined $arg;
    return _format_ref($arg) if ref $arg;
    return $arg if $arg =~ /\A-?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?\z/;
    my $more = '';
    if ($MaxArgLen > 2 and length $arg > $MaxArgLen) {
        $arg  = substr $arg, 0, $MaxArgLen - 3;
        $more = '...';
    }
    return _quoted($arg) . $more;
}

sub _quoted {
    my ($text) = @_;
    $text =~ s/([\"\\\$\@])/\\$1/g;
    $text =~ s/([^ -~])/sprintf '\\x{%x}', ord $1/eg;
    return "\"$text\"";
}

sub _format_ref {
    my ($arg) = @_;
    if (!$busy) {
        my $trace = _StrVal($arg) =~ /=/ && eval { $can->($arg, 'CARP_TRACE') };
        for my $try ($trace ? sub { $arg->CARP_TRACE } : (), $RefArgFormatter ? sub { $RefArgFormatter->($arg) } : ()) {
            local $@;
            my $shown = _guarded($try);
            return $shown if defined $shown;
        }
    }
    if (ref $arg eq 'Regexp' or _StrVal($arg) =~ /=REGEXP\(/) {
        require re;
        my ($pattern, $flags) = re::regexp_pattern($arg);
        $pattern =~ s/([^ -~])/sprintf '\\x{%x}', ord $1/eg;
        my $more = '';
        if ($MaxArgLen > 2 and length $pattern > $MaxArgLen) {
            $pattern = substr $pattern, 0, $MaxArgLen - 3;
            $more = '...';
        }
        return "qr($pattern)$more$flags";
    }
    return _StrVal($arg);
}

sub _guarded {
    my ($try) = @_;
    $busy = 1;
    my $shown = eval { $try->() };
    $busy = 0;
    return $shown;
}

# The text of a reference whatever its class overloads.
sub _StrVal {
    BEGIN { $^H |= 0x01000000 }    # no overloading
    return "$_[0]";
}

1;
