package Text::Wrap;
# Paragraphs of a given width (perldoc Text::Wrap).

use strict;
use warnings::register;
use Text::Tabs qw(expand unexpand);
require Exporter;

our $VERSION   = '2021.0814';
our @ISA       = ('Exporter');
our @EXPORT    = qw(wrap fill);
our @EXPORT_OK = qw($columns $break $huge);

our $columns   = 76;       # one more than the longest line
our $break     = '(?=\s)(?:\r\n|\PM\pM*)';
our $huge      = 'wrap';   # wrap, die or overflow
our $unexpand  = 1;
our $tabstop   = 8;
our $separator = "\n";
our $separator2;           # used where the text had no line break
our $debug     = 0;

sub _width { my ($text) = @_; my $marks = () = $text =~ /\pM/g; return length($text) - $marks }

sub wrap {
    my ($first, $next, @text) = map defined $_ ? $_ : '', @_;
    local $Text::Tabs::tabstop = $tabstop;

    my $tail = pop @text;
    my $text = expand(join '', map({ /\s+\z/ ? $_ : "$_ " } @text), defined $tail ? $tail : '');
    my $lead = $first;
    my $result = '';
    my $separated = $separator;
    my $between = '';
    my $remainder = '';

    # The leading text takes room too; a margin of the whole width would leave none.
    my $more = $columns - _width(expand($next)) - 1;
    if ($more <= 0 and length $next) {
        my $wanted = _width(expand($next)) + 2;
        warnings::warnif("Increasing \$Text::Wrap::columns from $columns to $wanted to accommodate length of subsequent tab");
        $columns = $wanted;
        $more = 1;
    }
    my $room = $columns - _width(expand($first)) - 1;
    $room = 0 if $room < 0;

    pos($text) = 0;
    my $put = sub {
        my ($line) = @_;
        $result .= $unexpand ? unexpand("$between$lead$line") : "$between$lead$line";
    };
    while ($text !~ /\G(?:$break)*\z/gc) {
        if ($text =~ /\G((?:(?=[^\n])\X){0,$room})($break|\n+|\z)/xmgc) {
            $put->($1);
            $remainder = $2;
        }
        elsif ($huge eq 'wrap' && $text =~ /\G((?:(?=[^\n])\X){$room})/gc) {
            # A word longer than the line.
            $put->($1);
            $remainder = defined $separator2 ? $separator2 : $separator;
        }
        elsif ($huge eq 'overflow' && $text =~ /\G((?:(?=[^\n])\X)*?)($break|\n+|\z)/xmgc) {
            $put->($1);
            $remainder = $2;
        }
        elsif ($huge eq 'die') { die "couldn't wrap '$text'" }
        elsif ($columns < 2) {
            warnings::warnif("Increasing \$Text::Wrap::columns from $columns to 2");
            $columns = 2;
            return ($first, $next, @_);
        }
        else { die "This shouldn't happen" }
        $lead = $next;
        $room = $more;
        $between = defined $separator2
            ? ($remainder eq "\n" ? "\n" : $separator2)
            : $separator;
    }
    return $result . (length $text ? $remainder : '');
}

# Whole texts: paragraphs begin with white space and are wrapped one by one.
sub fill {
    my ($first, $next, @text) = @_;
    my @paragraphs;
    for my $paragraph (split /\n\s+/, join "\n", @text) {
        $paragraph =~ s/\s+/ /g;
        push @paragraphs, wrap($first, $next, $paragraph);
    }
    # Between paragraphs an empty line, unless they are indented differently.
    return join $first eq $next ? "\n\n" : "\n", @paragraphs;
}

1;
