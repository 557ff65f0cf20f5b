package Text::Tabs;
# Tabs into blanks and back (perldoc Text::Tabs).

use strict;
use warnings;
require Exporter;

our $VERSION = '2021.0814';
our @ISA     = ('Exporter');
our @EXPORT  = qw(expand unexpand $tabstop);
our $tabstop = 8;

# Combining marks take no room.
sub _width { my ($text) = @_; my $marks = () = $text =~ /\pM/g; return length($text) - $marks }

sub expand {
    my @out;
    for my $text (@_) {
        if (!defined $text) { push @out, ''; next }
        my @lines = split /^/m, $text, -1;
        for my $line (@lines) {
            1 while $line =~ s/^([^\t]*)\t/my $before = $1; $before . ' ' x ($tabstop - _width($before) % $tabstop)/e;
        }
        push @out, join '', @lines;
    }
    return wantarray ? @out : $out[0];
}

sub unexpand {
    my @out;
    my $blank = ' ' x $tabstop;
    for my $text (@_) {
        if (!defined $text) { push @out, ''; next }
        my @lines = split /\n/, $text, -1;
        for my $line (@lines) {
            $line = expand($line);
            # Each full column ends in a tab if two blanks or more stand there.
            my @chunks = $line =~ /((?:\PM\pM*){1,$tabstop})/gs;
            my $last = @chunks && _width($chunks[-1]) < $tabstop ? pop @chunks : '';
            $last = "\t" if $last eq $blank;
            s/  +\z/\t/ for @chunks;
            $line = join '', @chunks, $last;
        }
        push @out, join "\n", @lines;
    }
    return wantarray ? @out : $out[0];
}

1;
