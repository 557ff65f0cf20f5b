# keshi-only: real perl runs out of native stack here
# Closures that hold closures, and long chains of other kinds, are dropped without recursion.
use strict; use warnings;
use Test::More;
my $code = sub { 1 };
for (1 .. 200_000) { my $inner = $code; $code = sub { $inner } }
undef $code;
pass('200,000 closures');
{ package Link; our $gone = 0; sub DESTROY { $gone++ } }
my $objects;
$objects = bless [$objects], 'Link' for 1 .. 200_000;
undef $objects;
is($Link::gone, 200_000, 'objects with destructors');
my $mixed;
for my $n (1 .. 200_000) { my $inner = $mixed; $mixed = $n % 3 == 0 ? [$inner] : $n % 3 == 1 ? { k => $inner } : \$inner }
undef $mixed;
pass('arrays, hashes and scalar references in turn');
done_testing;
