package re;
# Pragma and functions about patterns (perldoc re). is_regexp, regname, regnames, regnames_count
# and regexp_pattern are built in; regmust and optimization come with the native part.

use strict;
use warnings;

our $VERSION   = '0.43';
our @ISA       = ('Exporter');
our @EXPORT_OK = qw(is_regexp regexp_pattern regmust regname regnames regnames_count optimization);
my %exported = map +($_ => 1), @EXPORT_OK;

my %bit = (taint => 0x00100000, eval => 0x00200000);
my $hints_hash = 0x02020000;    # %^H is to be kept, and holds pattern flags

# Letters in $^H{reflags}; the character set is kept apart.
my %flag = (m => 1, s => 2, i => 4, x => 8, n => 32, p => 64, strict => 1024);
my $xx = 16;
my %charset = (d => 0, l => 1, u => 2, a => 3, aa => 4);

sub setcolor { }    # colours matter to the debugger of perl's own engine only

sub _native {
    return if defined &regmust;
    require XSLoader;
    XSLoader::load('re', $VERSION);
}

sub import {
    my $class = shift;
    $^H |= bits(1, @_);
}

sub unimport {
    my $class = shift;
    $^H &= ~bits(0, @_);
}

sub bits {
    my ($on, @words) = @_;
    my $bits = 0;
    unless (@words) {
        require Carp;
        Carp::carp('Useless use of "re" pragma') if $^W;
        return 0;
    }
    my $saw_charset;
    while (defined(my $word = shift @words)) {
        if ($bit{$word}) { $bits |= $bit{$word} }
        elsif (lc $word eq 'debug' or $word eq 'debugcolor') {
            # Nothing to show: patterns are not compiled by perl's own engine.
            @words = () if $word eq 'Debug';
        }
        elsif ($exported{$word}) {
            _native() if $word eq 'regmust' or $word eq 'optimization';
            require Exporter;
            local $Exporter::ExportLevel = 2;
            re->Exporter::import($word);
        }
        elsif ($word eq 'strict') { _strict($on) }
        elsif ($word =~ m{^/}) { _flags($on, substr($word, 1), \$saw_charset) or return $bits }
        else {
            require Carp;
            Carp::carp(qq{Unknown "re" subpragma '$word' (known ones are: },
                join(', ', map "'$_'", 'debug', 'debugcolor', sort keys %bit), ')');
        }
    }
    return $bits;
}

sub _strict {
    my ($on) = @_;
    my $flags = $^H{reflags} || 0;
    if ($on) {
        warnings::warnif_at_level('experimental::re_strict', 2, q("use re 'strict'" is experimental));
        $^H{reflags}   = $flags | $flag{strict};
        # Warnings about patterns come with it, and go with it unless they were there before.
        if (!$^H{re_strict}) {
            my $had = defined ${^WARNING_BITS} && vec(${^WARNING_BITS}, $warnings::Offsets{regexp}, 1);
            $^H{re_strict} = $had ? 2 : 1;
            warnings->import('regexp');
        }
    }
    else {
        $^H{reflags} = $flags & ~$flag{strict};
        warnings->unimport('regexp') if ($^H{re_strict} || 0) == 1;
        delete $^H{re_strict};
    }
    $^H |= $hints_hash;
}

sub _flags {
    my ($on, $letters, $saw) = @_;
    my $set = 0;
    $^H |= $hints_hash;
    my $flags = $^H{reflags} || 0;
    $flags &= ~($flag{x} | $xx) if $on && $letters =~ /x/;
    my $xs = () = $letters =~ /x/g;
    for my $i (0 .. length($letters) - 1) {
        my $letter = substr $letters, $i, 1;
        if ($letter eq 'x') { $set |= $flag{x} | ($xs > 1 || !$on ? $xx : 0) }
        elsif (defined $flag{$letter}) { $set |= $flag{$letter} }
        elsif (defined $charset{$letter}) {
            next unless _charset($on, $letter, $saw);
        }
        else {
            require Carp;
            Carp::carp(qq(Unknown regular expression flag "$letter"));
            last;
        }
    }
    $flags = $on ? $flags | $set : $flags & ~$set;
    $^H{reflags} = $flags if $set or !$on and $letters =~ /[msixnp]/;
    return 1;
}

sub _charset {
    my ($on, $letter, $saw) = @_;
    if (!$on) {
        my $number = $^H{reflags_charset} || 0;
        delete $^H{reflags_charset}
            if $letter eq 'a' ? $number == $charset{a} || $number == $charset{aa} : $number == $charset{$letter};
        return 1;
    }
    if (defined $$saw) {
        require Carp;
        if ($letter eq 'a' and $$saw eq 'a')     { $letter = 'aa' }
        elsif ($letter eq 'a' and $$saw eq 'aa') {
            Carp::carp('The "a" flag may only appear a maximum of twice');
            return;
        }
        elsif ($letter eq $$saw) {
            Carp::carp(qq(The "$letter" flag may not appear twice));
            return;
        }
        else {
            Carp::carp(qq(The "$$saw" and "$letter" flags are exclusive));
            return;
        }
    }
    $$saw = $letter;
    $^H{reflags_charset} = $charset{$letter};
    return 1;
}

sub AUTOLOAD {
    our $AUTOLOAD;
    my $name = $AUTOLOAD =~ s/.*:://r;
    if ($name eq 'regmust' or $name eq 'optimization') {
        _native();
        no strict 'refs';
        goto &$AUTOLOAD if defined &$AUTOLOAD;
    }
    require Carp;
    Carp::croak("Undefined subroutine &$AUTOLOAD called");
}

1;
