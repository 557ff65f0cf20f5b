package Term::ANSIColor;
# Colours of terminals (perldoc Term::ANSIColor).

use 5.008;
use strict;
use warnings;
require Exporter;

our $VERSION = '5.01';
our @ISA     = ('Exporter');
our ($AUTORESET, $AUTOLOCAL, $EACHLINE, $AUTOLOAD);

my @attributes = qw(CLEAR RESET BOLD DARK FAINT ITALIC UNDERLINE UNDERSCORE BLINK REVERSE CONCEALED);
my @colours    = qw(BLACK RED GREEN YELLOW BLUE MAGENTA CYAN WHITE);

our %ATTRIBUTES = (
    clear => 0, reset => 0, bold => 1, dark => 2, faint => 2, italic => 3, underline => 4, underscore => 4,
    blink => 5, reverse => 7, concealed => 8,
);
for my $i (0 .. 7) {
    my $name = lc $colours[$i];
    @ATTRIBUTES{$name, "on_$name", "bright_$name", "on_bright_$name"} = (30 + $i, 40 + $i, 90 + $i, 100 + $i);
}
our %ATTRIBUTES_R;
for my $name (reverse sort keys %ATTRIBUTES) { $ATTRIBUTES_R{ $ATTRIBUTES{$name} } = $name }
$ATTRIBUTES_R{0} = 'clear'; $ATTRIBUTES_R{2} = 'faint'; $ATTRIBUTES_R{4} = 'underline';

# The 256 colours: 16 of the system, a cube, greys.
my @cube;
for my $r (0 .. 5) { for my $g (0 .. 5) { push @cube, "rgb$r$g$_" for 0 .. 5 } }
for my $entry ((map ["ansi$_", $_], 0 .. 255), (map [$cube[$_], 16 + $_], 0 .. 215), (map ["grey$_", 232 + $_], 0 .. 23)) {
    my ($name, $number) = @$entry;
    @ATTRIBUTES{$name, "on_$name"} = ("38;5;$number", "48;5;$number");
    @ATTRIBUTES_R{"38;5;$number", "48;5;$number"} = ($name, "on_$name");
}

my @plain  = (@attributes, @colours, map("ON_$_", @colours), map("BRIGHT_$_", @colours), map("ON_BRIGHT_$_", @colours));
my @wide   = ((map +("ANSI$_", "ON_ANSI$_"), 0 .. 255), (map +("GREY$_", "ON_GREY$_"), 0 .. 23), map +(uc $_, 'ON_' . uc $_), @cube);
our @EXPORT      = qw(color colored);
our @EXPORT_OK   = (qw(uncolor colorstrip colorvalid coloralias), @plain, qw(PUSHCOLOR POPCOLOR LOCALCOLOR), @wide);
our %EXPORT_TAGS = (
    constants => \@plain, constants256 => \@wide, pushpop => [@plain, qw(PUSHCOLOR POPCOLOR LOCALCOLOR)],
);

our @COLORLIST;     # for @COLORSTACK's users
our @COLORSTACK;
our %ALIASES;

sub _croak { require Carp; goto &Carp::croak }

if (exists $ENV{ANSI_COLORS_ALIASES}) {
    my $list = $ENV{ANSI_COLORS_ALIASES};
    $list =~ s/\s+//g;
    for my $pair (split /,/, $list) {
        my ($new, $old) = split /=/, $pair, 2;
        if (!defined $new or !defined $old) { warn qq{Bad color mapping "$pair"} . " at $0 line 0.\n"; next }
        my $ok = eval { coloralias($new, $old); 1 };
        if (!$ok) { my $why = $@; $why =~ s/ at .*\z//s; warn qq{$why in "$pair"\n} }
    }
}

sub _disabled { return $ENV{ANSI_COLORS_DISABLED} || defined $ENV{NO_COLOR} }

# BOLD and its like: constants with an argument list, made when first used.
sub AUTOLOAD {
    my $name = $AUTOLOAD =~ s/.*:://r;
    my $full = $AUTOLOAD;
    my $code = $name =~ /\A[A-Z_]+[0-9]*\z/ ? $ATTRIBUTES{ lc $name } : undef;
    if (!defined $code) {
        _croak("undefined subroutine &$full called");
    }
    my $escape = "\e[${code}m";
    no strict 'refs';
    *$full = sub {
        if (_disabled()) { return join '', @_ }
        if ($AUTOLOCAL && @_) { return PUSHCOLOR($escape) . join('', @_) . POPCOLOR() }
        if ($AUTORESET && @_) { return $escape . join('', @_) . "\e[0m" }
        return $escape . join '', @_;
    };
    goto &$full;
}

sub PUSHCOLOR {
    my (@text) = @_;
    my $text = join '', @text;
    my ($colour) = $text =~ /\A((?:\e\[[\d;]+m)+)/;
    $colour = '' unless defined $colour;
    # What is on the stack stays in force.
    $colour = $COLORSTACK[-1] . $colour if @COLORSTACK;
    push @COLORSTACK, $colour;
    return $text;
}

sub POPCOLOR {
    my (@text) = @_;
    pop @COLORSTACK;
    return @COLORSTACK ? $COLORSTACK[-1] . join '', @text : "\e[0m" . join '', @text;
}

sub LOCALCOLOR { return PUSHCOLOR(join '', @_) . POPCOLOR() }

sub _code {
    my ($name) = @_;
    my $key = lc $name;
    return $ATTRIBUTES{$key} if defined $ATTRIBUTES{$key};
    return $ALIASES{$key} if defined $ALIASES{$key};
    # True colour: r255g0b51
    if ($key =~ /\A(on_)?r([0-9]+)g([0-9]+)b([0-9]+)\z/) {
        my ($on, @rgb) = ($1, $2 + 0, $3 + 0, $4 + 0);
        return undef if grep $_ > 255, @rgb;
        return ($on ? '48;2;' : '38;2;') . join ';', @rgb;
    }
    return undef;
}

sub color {
    my @names = map split(' ', $_), @_;
    return '' if _disabled();
    my @codes;
    for my $list (@names) {
        for my $name (split /,/, $list) {
            my $code = _code($name);
            _croak("Invalid attribute name $name") unless defined $code;
            push @codes, $code;
        }
    }
    return @codes ? "\e[" . join(';', @codes) . 'm' : undef;
}

sub uncolor {
    my @escapes = @_;
    my @codes;
    for my $text (@escapes) {
        $text =~ s/\A\e\[//;
        $text =~ s/m\z//;
        $text =~ /\A((?:\d+;)*\d*)\z/ or _croak("Bad escape sequence $text");
    }
    # A colour's numbers may come one by one.
    for my $plain (join ';', map { s/(?<![0-9])0+(?=[0-9])//gr } @escapes) {
        push @codes, $plain =~ /((?:38|48);0*5;\d+|(?:38|48);0*2;\d+;\d+;\d+|\d+)/g;
    }
    my @names;
    for my $code (@codes) {
        (my $number = $code) =~ s/(?<![0-9])0+(?=\d)//g;
        if ($number =~ /\A(38|48);2;(\d+);(\d+);(\d+)\z/) { push @names, ($1 == 48 ? 'on_' : '') . "r$2g$3b$4"; next }
        my $name = $ATTRIBUTES_R{$number};
        _croak("No name for escape sequence $number") unless defined $name;
        push @names, $name;
    }
    return @names;
}

# colored(TEXT, ATTRIBUTES) or colored([ATTRIBUTES], TEXT)
sub colored {
    my ($first, @rest) = @_;
    my ($text, @names);
    if (ref $first && ref $first eq 'ARRAY') { ($text, @names) = (join('', @rest), @$first) }
    else { ($text, @names) = ($first, @rest) }
    return $text if _disabled();
    my $escape = color(@names);
    return $text unless defined $escape;
    if (defined $EACHLINE) {
        # Line ends stay outside, so that the rest of the line is not coloured.
        return join '', map { $_ ne $EACHLINE && length $_ ? $escape . $_ . "\e[0m" : $_ }
            grep length, split /(\Q$EACHLINE\E)/, $text;
    }
    return $escape . $text . "\e[0m";
}

sub coloralias {
    my ($alias, @names) = @_;
    if (!@names) {
        my $code = $ALIASES{$alias};
        return undef unless defined $code;
        return join ' ', uncolor($code);
    }
    if ($alias !~ /\A[\w._-]+\z/)  { _croak(qq{Invalid alias name "$alias"}) }
    if ($ATTRIBUTES{$alias})       { _croak(qq{Cannot alias standard color "$alias"}) }
    my @codes;
    for my $name (map split(' ', $_), @names) {
        my $code = _code($name);
        _croak(qq{Invalid attribute name "$name"}) unless defined $code;
        push @codes, $code;
    }
    $ALIASES{$alias} = join ';', @codes;
    return join ' ', map { my $code = _code($_); uncolor($code) } map split(' ', $_), @names;
}

sub colorstrip {
    my @text = @_;
    s/\e\[[\d;]*m//g for @text;
    return wantarray ? @text : join '', @text;
}

sub colorvalid {
    my @names = map { split ' ', lc $_ } @_;
    for my $name (@names) { return unless defined _code($name) }
    return 1;
}

1;
