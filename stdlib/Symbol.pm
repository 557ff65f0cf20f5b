package Symbol;
# Globs without names of their own, and names turned into full ones (perldoc Symbol).

use strict;
use warnings;
require Exporter;

our $VERSION   = '1.09';
our @ISA       = ('Exporter');
our @EXPORT    = qw(gensym ungensym qualify qualify_to_ref);
our @EXPORT_OK = qw(delete_package geniosym);

my $prefix = 'Symbol::';
my $number = 0;

# Names that live in main wherever they are used.
my %global = map +($_ => 1), qw(ARGV ARGVOUT ENV INC SIG STDERR STDIN STDOUT);

sub gensym () {
    no strict 'refs';
    my $name = 'GEN' . $number++;
    my $ref  = \*{"$prefix$name"};
    # Out of the table at once: the glob goes when its last reference does.
    delete $Symbol::{$name};
    return $ref;
}

sub geniosym () {
    my $symbol = gensym;
    select(select $symbol);    # brings the handle to life
    return *$symbol{IO};
}

sub ungensym ($) { }

sub qualify ($;$) {
    my ($name) = @_;
    if (!ref $name and ref \$name ne 'GLOB' and $name !~ /^\*|::|'/) {
        my $package;
        if ($name =~ /^[^a-z]\z/i or $name =~ /^\^[a-z_]+\z/i or $global{$name}) {
            # "^W" stands for the control character.
            $name =~ s/^\^(.)/chr(ord(uc $1) ^ 64)/e;
            $package = 'main';
        }
        else { $package = @_ > 1 ? $_[1] : caller }
        $name = "${package}::$name";
    }
    return $name;
}

sub qualify_to_ref ($;$) {
    no strict 'refs';
    return \*{ qualify $_[0], @_ > 1 ? $_[1] : caller };
}

sub delete_package ($) {
    my ($package) = @_;
    no strict 'refs';
    $package =~ s/^::/main::/;
    $package = "main::$package" unless $package =~ /^main::.*::$/ or $package =~ /^main(?:::)?\z/;
    $package .= '::' unless $package =~ /::\z/;
    my ($stem, $leaf) = $package =~ /^(.*::)(.*::)$/ or return;
    my $outer = *{$stem}{HASH} or return;
    return unless exists $outer->{$leaf};
    my $inner = *{ $outer->{$leaf} }{HASH};
    # Sub-packages stay reachable through what still refers to them.
    for my $name (keys %$inner) {
        undef *{"$package$name"} unless $name =~ /::\z/;
    }
    %$inner = ();
    delete $outer->{$leaf};
    return;
}

1;
