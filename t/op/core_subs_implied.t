# Subs of package CORE without their argument take $_; those without parameters take none (CORE "CALLING THE SUBS").
use strict;
use warnings;
use Test::More;

for ('-3Ab') {
    no warnings 'numeric';
    is &CORE::abs(), 3, 'abs of $_';
    is &CORE::lc(), '-3ab', 'lc of $_';
    is &CORE::abs(-4), 4, '... and of an argument';
}
for my $name (qw(abs lc)) {
    ok !eval "&CORE::$name(1, 2); 1";
    like $@, qr/^Too many arguments for $name at /, $name;
}
for my $name (qw(__FILE__ __LINE__ __PACKAGE__ __SUB__ wantarray)) {
    ok !eval "&CORE::$name(1); 1";
    like $@, qr/^Too many arguments for $name at /, $name;
}
done_testing;
