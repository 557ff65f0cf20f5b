package charnames;
# Names of characters (perldoc charnames). \N{...} and the look-up of full names are built in; here are
# aliases and the functions. Native: _name(code point) and _code(name).

use strict;
use warnings;
use bytes ();

our $VERSION = '1.50';
our $hint_bits = 0x20000;

sub _croak { require Carp; goto &Carp::croak }

my %short = (
    NULL => 0, BEL => 7, ALERT => 7, BS => 8, HT => 9, LF => 10, NL => 10, NEL => 0x85, FF => 12, CR => 13, ESC => 27,
    NBSP => 0xA0, SHY => 0xAD, ZWJ => 0x200D, ZWNJ => 0x200C, ZWSP => 0x200B, BOM => 0xFEFF, LRM => 0x200E, RLM => 0x200F,
    'LINE FEED' => 10, 'CARRIAGE RETURN' => 13, 'NEXT LINE' => 0x85, 'FORM FEED' => 12, 'BYTE ORDER MARK' => 0xFEFF,
    'NO-BREAK SPACE' => 0xA0,
);

sub import {
    my ($class, @words) = @_;
    $^H |= $hint_bits;
    my (@scripts, %alias);
    while (@words) {
        my $word = shift @words;
        if ($word eq ':full' or $word eq ':short' or $word eq ':loose') { $^H{"charnames_$word"} = 1; next }
        if ($word eq ':alias') {
            my $given = shift @words;
            if (ref $given eq 'HASH') { %alias = (%alias, %$given) }
            elsif (defined $given) {
                my $file = $given =~ m{/|\.} ? $given : "unicore/${given}_alias.pl";
                my @pairs = do $file;
                _croak("unicode: alias file $file not found or bad") if !@pairs or @pairs % 2;
                %alias = (%alias, @pairs);
            }
            $^H{'charnames_:full'} = 1 unless %alias == 0;
            next;
        }
        push @scripts, uc $word;
    }
    $^H{charnames_scripts} = join '|', map quotemeta, @scripts if @scripts;
    $^H{"charnames_alias_$_"} = $alias{$_} for keys %alias;
    $^H{charnames} = \&_lookup unless defined &_code;
}

# What \N{name} means under the hints of the code being compiled.
sub _lookup { my ($name) = @_; return string_vianame($name) }

sub viacode {
    my ($code) = @_;
    return if @_ != 1;
    $code = $code =~ /^(?:U\+|0[xX])([0-9a-fA-F]+)\z/ ? hex $1 : $code =~ /^[0-9]+\z/ ? $code : $code =~ /^[0-9a-fA-F]+\z/ ? hex $code : return;
    return defined &_name ? _name($code) : (grep $short{$_} == $code && length > 4, sort keys %short)[0];
}

sub vianame {
    my ($name) = @_;
    return if @_ != 1;
    if ($name =~ /^U\+([0-9a-fA-F]+)\z/) { return hex $1 }
    return $short{ uc $name } if exists $short{ uc $name };
    return defined &_code ? _code($name) : undef;
}

sub string_vianame {
    my ($name) = @_;
    return if @_ != 1;
    my $code = vianame($name);
    return defined $code ? chr $code : undef;
}

1;
