package Text::ParseWords;
# Lines split into words, with quotes as in a shell (perldoc Text::ParseWords).

use strict;
use warnings;
BEGIN { $^H |= 0x10_0000 }    # use re 'taint': words stay as tainted as their line
require 5.006;
require Exporter;

our $VERSION   = '3.31';
our @ISA       = ('Exporter');
our @EXPORT    = qw(shellwords quotewords nested_quotewords parse_line);
our @EXPORT_OK = qw(old_shellwords);
our $PERL_SINGLE_QUOTE;

sub shellwords {
    my @lines = @_ ? @_ : ($_);
    s/\A\s+// for @lines;
    my @all;
    for my $line (@lines) {
        my @words = parse_line('\s+', 0, $line);
        # Blanks at the end are followed by nothing.
        pop @words if @words and !defined $words[-1];
        return () unless @words or !length $line;
        push @all, @words;
    }
    return @all;
}

sub quotewords {
    my ($delimiter, $keep, @lines) = @_;
    my @all;
    for my $line (@lines) {
        my @words = parse_line($delimiter, $keep, $line);
        return () unless @words or !length $line;
        push @all, @words;
    }
    return @all;
}

sub nested_quotewords {
    my ($delimiter, $keep, @lines) = @_;
    my @all;
    for my $i (0 .. $#lines) {
        my @words = parse_line($delimiter, $keep, $lines[$i]);
        return () unless @words or !length $lines[$i];
        push @all, \@words;
    }
    return @all;
}

# An empty list says that a quote was not closed. $keep is true to leave quotes and backslashes,
# 'delimiters' to return what separates as well.
sub parse_line {
    my ($delimiter, $keep, $line) = @_;
    my (@pieces, $word);
    no warnings 'uninitialized';    # a word that does not come about
    while (length $line) {
        # An opened quote, plain text up to the next delimiter, or a delimiter.
        $line =~ s/\A(?:
                "((?:[^"\\]|\\.)*)"                     # $1: double-quoted
              | '((?:[^'\\]|\\.)*)'                     # $2: single-quoted
              | (\\.?)                                  # $3: escaped outside quotes
              | ((?:(?!(?-x:$delimiter))[^\\"'])+)            # $4: plain
              | ((?-x:$delimiter)|\z)                     # $5: delimiter
            )//xs or return ();
        my ($double, $single, $escaped, $plain, $between) = ($1, $2, $3, $4, $5);
        # A pattern without progress would never end.
        return () unless defined $double or defined $single or length "$escaped$plain$between";
        if ($keep) {
            $double = "\"$double\"" if defined $double;
            $single = "'$single'"   if defined $single;
        }
        else {
            $escaped =~ s/\A\\(.)/$1/s if defined $escaped;
            if (defined $double) { $double =~ s/\\(.)/$1/sg }
            if (defined $single and $PERL_SINGLE_QUOTE) { $single =~ s/\\([\\'])/$1/g }
        }
        for my $piece ($double, $single, $escaped, $plain) { $word .= $piece if defined $piece }
        if (defined $between and length $between) {
            push @pieces, defined $word ? $word : '';
            push @pieces, $between if $keep eq 'delimiters';
            undef $word;
        }
        if (!length $line) { push @pieces, $word }
    }
    return @pieces;
}

# Without regular expressions for the delimiter, as it used to be.
sub old_shellwords {
    my @lines = @_ ? @_ : ($_);
    local $_ = join '', @lines;
    my @words;
    s/\A\s+//;
    while (length) {
        my $word = '';
        while (1) {
            if    (s/\A"((?:[^"\\]|\\.)*)"//s) { (my $piece = $1) =~ s#\\(.)#$1#sg; $word .= $piece }
            elsif (/\A"/) { require Carp; Carp::carp("Unmatched double quote: $_"); return () }
            elsif (s/\A'((?:[^'\\]|\\.)*)'//s) { (my $piece = $1) =~ s#\\(.)#$1#sg; $word .= $piece }
            elsif (/\A'/) { require Carp; Carp::carp("Unmatched single quote: $_"); return () }
            elsif (s/\A\\(.?)//s) { $word .= $1 }
            elsif (s/\A([^\s\\'"]+)//) { $word .= $1 }
            else { s/\A\s+//; last }
        }
        push @words, $word;
    }
    return @words;
}

1;
