# `$x = $x . ...` and `$x = "$x..."` may work on the string itself, and nobody must see that.
use strict;
use warnings;
use Test::More;

my ( $x, $more ) = ( 'a', 'b' );
my $copy = $x;
$x = $x . $more;
is "$x $copy", 'ab a', 'a copy stays';
$copy = $x;
$x    = "$x-$more";
is "$x $copy", 'ab-b ab', 'with quotes too';
$x = "$x$x";
is $x, 'ab-bab-b', 'its own text behind it';
$x = $x . $x;
is length $x, 16, '... and again';
my $wide = "\xE9";
$wide = "$wide$more\x{263A}";
is length $wide, 3, 'bytes become characters';
is ord $wide, 0xE9, '... and stay the same';
my $number = 5;
$number = "$number$more";
is $number, '5b', 'a number becomes a string';
my @list = ( 'x', 'y' );
for my $item (@list) { $item = $item . 1; $item = "${item}2" }
is "@list", 'x12 y12', 'elements by another name';
sub grow { $more = "${more}k"; $more }
is grow() . grow(), 'bkbkk', 'captured variables';
my @warned;
local $SIG{__WARN__} = sub { push @warned, shift };
my $undef;
$undef = $undef . 'x';
is $undef, 'x', 'undef';
like $warned[0], qr/^Use of uninitialized value \$undef in concatenation/, '... is warned of';
done_testing;
