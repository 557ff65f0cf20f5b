# tr of a text that is worked on in parts where it stands.
use strict;
use warnings;
use Test::More;

my $text = 'abcz' x 5_000_001;
is $text =~ tr/a-y/b-z/, 15_000_003, 'the count of all parts';
is $text, 'bcdz' x 5_000_001, 'changed everywhere';
my $copy = $text;
is $text =~ tr/b/B/, 5_000_001, 'a text somebody else has, too';
is substr($copy, -4), 'bcdz', '... who keeps it';
is substr($text, -4), 'Bcdz';
is $text =~ tr/B//d, 5_000_001, 'characters deleted';
is length $text, 15_000_003;
is $text =~ tr/cdz//, 15_000_003, 'counted';
done_testing;
