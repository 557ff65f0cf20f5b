package Pod::Usage;
# Usage messages out of a program's own pod (perldoc Pod::Usage).

use strict;
use warnings;
require Exporter;

our $VERSION = '2.01';
our @ISA     = ('Exporter');
our @EXPORT  = qw(pod2usage);

our $emphasis = '*';    # around I<...>

sub pod2usage {
    my %opt;
    if (@_ == 1 and ref $_[0] eq 'HASH') { %opt = %{ $_[0] } }
    elsif (@_ == 1) { $_[0] =~ /^[-+]?\d+\z/ ? ($opt{-exitval} = $_[0]) : ($opt{-message} = $_[0]) }
    else { %opt = @_ }
    # The dash may be left out, and some names have others.
    my %same = (msg => 'message', exit => 'exitval', exitstatus => 'exitval', exit_value => 'exitval', verbosity => 'verbose');
    for my $key (keys %opt) {
        (my $name = lc $key) =~ s/^-//;
        $name = $same{$name} if exists $same{$name};
        $opt{"-$name"} = delete $opt{$key};
    }
    if (!defined $opt{-exitval} and !defined $opt{-verbose}) { @opt{qw(-exitval -verbose)} = (2, 0) }
    elsif (!defined $opt{-exitval}) { $opt{-exitval} = $opt{-verbose} > 0 ? 1 : 2 }
    elsif (!defined $opt{-verbose}) { $opt{-verbose} = lc $opt{-exitval} eq 'noexit' || $opt{-exitval} < 2 ? 1 : 0 }
    my $quiet = $opt{-exitval} eq 'NOEXIT' || lc $opt{-exitval} eq 'noexit';
    my $out = $opt{-output} || ($quiet || $opt{-exitval} < 2 ? \*STDOUT : \*STDERR);
    if (!ref $out) { open my $handle, '>', $out or die "pod2usage: cannot write $out: $!\n"; $out = $handle }

    my $input = defined $opt{-input} ? $opt{-input} : $0;
    if (!ref $input and $input ne '-' and !-e $input) {
        for my $dir (split /:/, defined $opt{-pathlist} && !ref $opt{-pathlist} ? $opt{-pathlist} : $ENV{PATH} || '') {
            if (-e "$dir/$input") { $input = "$dir/$input"; last }
        }
    }
    my $message = defined $opt{-message} ? $opt{-message} : '';
    $message .= "\n" if length $message and $message !~ /\n\z/;
    print $out $message;

    my $handle = ref $input ? $input : undef;
    if (!ref $input) {
        if (!open $handle, '<', $input) {
            die "Can't open $input for reading: $!\n";
        }
    }
    my $verbose = $opt{-verbose};
    local $emphasis = $verbose < 2 ? '' : '*';
    my @sections = _sections($handle);
    my @wanted;
    if ($verbose == 99 and defined $opt{-sections}) {
        my @patterns = ref $opt{-sections} ? @{ $opt{-sections} } : $opt{-sections};
        @wanted = grep { my $title = $_->{title}; grep $title =~ /^(?:$_)\z/i, map { (split m{/}, $_)[0] } @patterns } @sections;
    }
    elsif ($verbose >= 2) { @wanted = @sections }
    else {
        my $pattern = $verbose == 1 ? qr/^(?:SYNOPSIS|OPTIONS|ARGUMENTS|OPTIONS\s+AND\s+ARGUMENTS|(?:OPTIONS|ARGUMENTS)\b.*)\z/i : qr/^SYNOPSIS\z/i;
        @wanted = grep $_->{title} =~ $pattern, @sections;
        # Without a synopsis, its other name.
        @wanted = grep $_->{title} =~ /^USAGE\z/i, @sections unless @wanted;
    }
    for my $section (@wanted) {
        my $title = $section->{title};
        if ($verbose < 2) {
            $title = $title =~ /^SYNOPSIS\z/i ? 'Usage' : $title =~ /[a-z]/ ? $title : join ' ', map ucfirst lc, split ' ', $title;
            print $out "$title:\n", $section->{text};
        }
        else { print $out "$title\n", $section->{text} }
    }
    exit $opt{-exitval} unless $quiet;
}

# The pod as plain text, by =head1.
sub _sections {
    my ($handle) = @_;
    my (@sections, $in, $indent, @over);
    local $/ = '';
    $indent = 4;
    while (defined(my $paragraph = <$handle>)) {
        $paragraph =~ s/\n+\z//;
        # A command in the middle of a paragraph of code begins pod as well.
        if (!$in) {
            $paragraph =~ s/\A.*?^(?==[a-zA-Z])//ms or next;
            $in = 1;
        }
        if ($paragraph =~ /\A=cut\b/) { $in = 0; next }
        if ($paragraph =~ /\A=(\w+)\s*(.*)\z/s) {
            my ($command, $text) = ($1, $2);
            if ($command eq 'head1') { push @sections, { title => _plain($text), text => '' }; $indent = 4; next }
            if (!@sections) { next }
            if ($command =~ /^head([2-6])/) { $sections[-1]{text} .= ' ' x ($1 == 2 ? 2 : 4) . _plain($text) . "\n" }
            elsif ($command eq 'over') { push @over, $indent; $indent += $text =~ /(\d+)/ ? $1 : 4 }
            elsif ($command eq 'back') { $indent = pop @over if @over }
            elsif ($command eq 'item') {
                my $label = _plain($text);
                $sections[-1]{text} .= ' ' x (@over ? $over[-1] : $indent) . $label . "\n";
            }
            elsif ($command eq 'begin') { while (defined(my $skip = <$handle>)) { last if $skip =~ /^=end/ } }
            next;
        }
        next unless @sections;
        if ($paragraph =~ /\A[ \t]/) {
            # Verbatim keeps its own shape.
            $paragraph =~ s/^/' ' x $indent/gme;
            $sections[-1]{text} .= "$paragraph\n\n";
        }
        else { $sections[-1]{text} .= _fill(_plain($paragraph), $indent) . "\n\n" }
    }
    return @sections;
}

sub _fill {
    my ($text, $indent) = @_;
    my @lines = ' ' x $indent;
    my $width = 76;
    for my $word (split ' ', $text) {
        if (length($lines[-1]) + 1 + length $word > $width and $lines[-1] =~ /\S/) { push @lines, ' ' x $indent }
        $lines[-1] .= ($lines[-1] =~ /\S\z/ ? ' ' : '') . $word;
    }
    return join "\n", @lines;
}

my %entity = (lt => '<', gt => '>', verbar => '|', sol => '/', amp => '&', quot => '"');

# Formatting codes become what a plain terminal shows.
sub _plain {
    my ($text) = @_;
    1 while $text =~ s/([A-Z])(?:<<+\s+(.*?)\s+>>+|<([^<>]*)>)/_code($1, defined $2 ? $2 : $3)/se;
    $text =~ tr/\x01\x02/<>/;
    return $text;
}

sub _code {
    my ($letter, $text) = @_;
    $text =~ tr/<>/\x01\x02/;
    return $letter eq 'E' ? do { my $c = exists $entity{$text} ? $entity{$text} : $text =~ /^\d+\z/ ? chr $text : "E<$text>"; $c =~ tr/<>/\x01\x02/; $c }
        : $letter eq 'X' || $letter eq 'Z' ? ''
        : $letter eq 'I' ? "$emphasis$text$emphasis"
        : $letter eq 'C' ? "\"$text\""
        : $letter eq 'F' ? $text
        : $letter eq 'L' ? ($text =~ /^([^|]*)\|/ ? $1 : $text =~ m{^(.*?)/"?(.*?)"?\z}s ? (length $1 ? "\"$2\" in $1" : "\"$2\"") : $text)
        : $text;
}

1;
