# Comparisons that do not chain do not stand beside others of their kind (perlop "Operator Precedence and Associativity").
use strict;
use warnings;
no warnings 'void';
use Test::More;

for my $text ('1 <=> 2 <=> 3', '1 <=> 2 == 3', '1 == 2 <=> 3', '1 cmp 2 eq 3', '1 < $x isa Foo', '$x isa Foo < 1',
    '$x isa Foo isa Bar', '1 lt 2 lt 3 isa Foo') {
    no warnings;
    ok !eval "use feature 'isa'; my \$x; $text; 1", $text;
    like $@, qr/^syntax error at /;
}
for my $text ('1 < 2 < 3', '1 == 1 != 2', '1 < 2 == 2 > 1', '!($x isa Foo == 1)', '!(1 == $x isa Foo)', '1 + 1 <=> 1', '!($x << 1 isa Foo)') {
    no warnings;
    ok eval "use feature 'isa'; my \$x; $text", $text or diag $@;
}
done_testing;
