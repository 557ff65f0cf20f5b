# Conditions compare by the operator that is written, whichever way they jump (overload, perldiag).
use strict;
use warnings;
use Test::More;

our @asked;
{
    package Asks;
    my @all = map { my $op = $_; $op => sub { push @main::asked, "$op" . ($_[2] ? ' turned' : ''); 1 } }
        qw(== != < > <= >= eq ne lt gt);
    eval 'use overload @all; 1' or die $@;
}
my ($o, $p) = map { bless [], 'Asks' } 1, 2;

sub asks {
    my ($code, $want) = @_;
    local @asked;
    my $answer = eval "$code; 1";
    is "@asked", $want, $code;
}

for my $op (qw(== != < > <= >= eq ne)) {
    asks "if (\$o $op \$p) { 1 } else { 0 }",      $op;
    asks "unless (\$o $op \$p) { 1 } else { 0 }",  $op;
    asks "my \$x = \$o $op \$p ? 1 : 2",           $op;
    asks "\$o $op \$p or 1; 1",                    $op;
    asks "for (1) { last if \$o $op \$p }",        $op;
    asks "if (\$o $op 1) { 1 }",                   $op;
    asks "if (1 $op \$o) { 1 }",                   "$op turned";
}
{
    package Only;
    use overload '==' => sub { 1 };
    package main;
    my $only = bless [], 'Only';
    my $answer = eval { $only == 1 ? 'equal' : 'other' };
    is $answer, 'equal', 'a class with == alone needs no !=';
}

my @warnings;
local $SIG{__WARN__} = sub { push @warnings, $_[0] =~ s/ at .*//sr };
my ($u, $v);
my %name = ('==' => 'numeric eq (==)', '!=' => 'numeric ne (!=)', '<' => 'numeric lt (<)', '>' => 'numeric gt (>)',
    '<=' => 'numeric le (<=)', '>=' => 'numeric ge (>=)', 'eq' => 'string eq', 'ne' => 'string ne');
for my $op (sort keys %name) {
    my @order = $op =~ /\w/ ? qw($u $v) : qw($v $u);
    my $want = join '|', map "Use of uninitialized value $_ in $name{$op}", @order;
    for my $code ("if (\$u $op \$v) { 1 } else { 0 }", "unless (\$u $op \$v) { 1 } else { 0 }", "my \$x = \$u $op \$v ? 1 : 2") {
        @warnings = ();
        eval "$code; 1";
        is join('|', @warnings), $want, "$code warns of what is written";
    }
    @warnings = ();
    eval "if (\$u $op 7) { 1 } 1";
    is "@warnings", "Use of uninitialized value \$u in $name{$op}", "$op with a number";
}

done_testing;
