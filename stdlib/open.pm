package open;
# Default layers for files opened in the enclosing scope (perldoc open).

use strict;
use warnings;

our $VERSION   = '1.13';
our $hint_bits = 0x20000;

my $layer_of_locale;

sub _croak { require Carp; goto &Carp::croak }
sub _carp  { require Carp; goto &Carp::carp }

# The encoding the locale names.
sub _locale_encoding {
    require I18N::Langinfo;
    my $name = eval { I18N::Langinfo::langinfo(I18N::Langinfo::CODESET()) };
    $name = 'utf8' if !defined $name && join(' ', map defined $_ ? $_ : '', @ENV{qw(LC_ALL LC_CTYPE LANG)}) =~ /utf-?8/i;
    return $name;
}

sub import {
    my ($class, @args) = @_;
    _croak("open: needs explicit list of PerlIO layers") unless @args;
    my $std;
    my ($in, $out) = split /\0/, (${^OPEN} || "\0"), -1;
    while (@args) {
        my $word = shift @args;
        my $side;
        if ($word =~ /^[A-Za-z]+$/ and $word !~ /^(?:IN|OUT|IO)$/) { _croak("Unknown PerlIO layer class '$word' (need IN, OUT or IO)") }
        if ($word =~ /^:?(IN|OUT|IO)$/) {
            $side = $1;
            $word = shift @args;
            _croak("open: $side needs explicit list of PerlIO layers") unless defined $word;
        }
        elsif ($word eq ':std') { $std = 1; next }
        my @layers;
        for my $layer (split ' ', $word) {
            $layer =~ s/^://;
            if ($layer eq 'locale') {
                my $encoding = _locale_encoding();
                if (!defined $encoding) { _croak("Cannot figure out an encoding to use") }
                $layer = $encoding =~ /^utf-?8$/i ? 'utf8' : "encoding($encoding)";
            }
            elsif ($layer eq 'std') { $std = 1; next }
            else {
                my ($bare) = $layer =~ /^(\w+)/;
                # Layers are known by name; one nobody knows is only warned about.
                if (defined $bare and $bare !~ /^(?:utf8|raw|crlf|bytes|encoding|unix|perlio|stdio|pop|mmap|via|scalar)$/) {
                    eval { require "PerlIO/$bare.pm"; 1 } or warnings::warnif(layer => "Unknown PerlIO layer '$bare'");
                }
            }
            push @layers, ":$layer";
        }
        my $text = join ' ', @layers;
        next unless length $text;
        (my $last = $layers[-1]) =~ s/^://;
        $^H{open_IN}  = $last unless $side and $side eq 'OUT';
        $^H{open_OUT} = $last unless $side and $side eq 'IN';
        $^H{open_IO}  = $last if $side and $side eq 'IO';
        $in  = $text unless $side and $side eq 'OUT';
        $out = $text unless $side and $side eq 'IN';
    }
    ${^OPEN} = join "\0", map defined $_ ? $_ : '', $in, $out;
    $^H |= $hint_bits;
    if ($std) {
        binmode STDIN,  $in  if defined $in  && length $in;
        binmode STDOUT, $out if defined $out && length $out;
        binmode STDERR, $out if defined $out && length $out;
    }
}

1;
