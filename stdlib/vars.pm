package vars;
# Predeclares global variables (perldoc vars).

use 5.006;
use strict qw(vars subs);
use warnings::register;

our $VERSION = '1.05';

sub import {
    my $package = caller;
    shift;
    for my $name (@_) {
        my ($sigil, $symbol) = $name =~ /^([\$\@%*&])(.+)/s or do {
            require Carp;
            Carp::croak("'$name' is not a valid variable name");
        };
        if ($symbol =~ /\W/) {
            # Anything goes that perl's own lexer would not read as an element.
            require Carp;
            if ($symbol =~ /^\w+[\[\{].*[\]\}]\z/s) {
                Carp::croak("Can't declare individual elements of hash or array");
            }
            if ($^H & 0x400 and $symbol !~ /^(?:\w+(?:::|'))+\w+\z/) {
                Carp::croak("'$name' is not a valid variable name under strict vars");
            }
            if ($symbol !~ /^(?:\w+(?:::|')+)*\w+\z/) { warnings::warnif('No need to declare built-in vars') }
        }
        $symbol = "${package}::$symbol" unless $symbol =~ /::/;
        no strict 'refs';
        *$symbol
            = $sigil eq '$' ? \$$symbol
            : $sigil eq '@' ? \@$symbol
            : $sigil eq '%' ? \%$symbol
            : $sigil eq '*' ? \*$symbol
            :                 \&$symbol;
    }
}

1;
