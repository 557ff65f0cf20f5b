# Inheritance in circles and without an order; what everything is; places that lie outside a string; globs in lists.
use strict;
use warnings;
no warnings 'substr';
use Test::More;
use mro;
{ no warnings 'once'; @X::ISA = (); @Y::ISA = (); @XY::ISA = qw(X Y); @YX::ISA = qw(Y X); @Z::ISA = qw(XY YX) }
ok(!eval { mro::get_linear_isa('Z', 'c3'); 1 });
like($@, qr/^Inconsistent hierarchy during C3 merge of class 'Z':\n\tcurrent merge results \[\n\t\tZ,\n\t\tXY,\n\t\tYX,\n\t\]\n\tmerging failed on 'Y' at /);
eval { no warnings 'once'; @K::ISA = 'L'; @L::ISA = 'K'; mro::get_linear_isa('K') };
like($@, qr/^Recursive inheritance detected in package '[KL]' at /);
@K::ISA = @L::ISA = ();
ok((bless [], 'X')->isa('UNIVERSAL'));
ok(!UNIVERSAL::isa([], 'UNIVERSAL'));
my $s = 'abc';
sub defined_arg { defined $_[0] ? 1 : 0 }
{
    is(defined_arg(substr($s, 10)), 0, 'an argument outside the string');
    my $place = \substr($s, 10);
    is($$place, undef, 'a reference');
    ok(!eval { $$place = 'x'; 1 });
    like($@, qr/^substr outside of string at /, 'assigned to');
}
our ($one, $other, $third);
our $x = 'one';
{
    local (*one) = *x;
    is($one, 'one', 'a localised glob in a list');
    (*other, *third) = (*x, *x);
    is("$other$third", 'oneone', 'globs in a list');
}
is($one, undef);
for my $code ('\$x = \3', 'foreach \my $y (\3) { }') {
    ok(!eval "$code; 1");
    like($@, qr/^Experimental aliasing via reference not enabled at /, $code);
}
for my $code ('my \$y = \3', 'my (\$y) = \3') {
    ok(!eval "$code; 1");
    like($@, qr/^The experimental declared_refs feature is not enabled at /, $code);
}
{
    use feature 'declared_refs', 'refaliasing';
    no warnings 'experimental';
    my (\($p, $q)) = (\1, \2);
    is($p + $q, 3, 'references declared in inner parentheses');
}
{ package Tied; sub TIESCALAR { bless [] } sub FETCH { 'fetched' } }
tie my ($t), 'Tied';
is($t, 'fetched', 'tie my ($t)');
use constant Class => 'Tied';
for my $class (qw(Tied Tied:: __PACKAGE__ Class)) { ok(eval "my $class \$obj; 1", "my $class") }
done_testing;
