# A key is its characters, whatever its internal form.
use strict; use warnings;
use Test::More;
my %h; my $byte = "\xe9"; my $wide = "\xe9\x{100}"; chop $wide;
is($byte, $wide, 'equal strings'); ok(utf8::is_utf8($wide), 'one is upgraded');
$h{$byte} = 1; $h{$wide}++; is(scalar keys %h, 1, 'one entry'); is($h{$byte}, 2);
ok(exists $h{"\x{e9}"}); ok(delete $h{$wide}); is(scalar keys %h, 0);
$h{"\x{100}"} = 1; ok(!exists $h{"\xc4\x80"}, 'its encoded bytes are another key');
$h{"\xc4\x80"} = 2; is(scalar keys %h, 2); is($h{"\x{100}"}, 1);
my ($k) = grep { length == 1 } keys %h; is(ord $k, 0x100, 'keys come back as characters');
my %n = (1 => 'a', '1.0' => 'b', 01 => 'c'); is(join(',', sort keys %n), '1,1.0'); is($n{1.0}, 'c', 'numbers as their strings');
is($n{"1"}, 'c'); my %u; { no warnings; $u{+undef} = 1 } ok(exists $u{''}, 'undef is the empty string');
done_testing;
