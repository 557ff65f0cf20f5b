# The current key may be deleted during each; keys resets the iterator.
use strict; use warnings;
use Test::More;
my %h = map { $_ => $_ * 2 } 1 .. 1000; my %seen;
while (my ($k, $v) = each %h) { $seen{$k}++; delete $h{$k} if $k % 2 }
is(scalar keys %seen, 1000, 'every key was seen'); is(scalar(grep { $_ > 1 } values %seen), 0, 'none twice');
is(scalar keys %h, 500);
my ($first) = each %h; keys %h; my ($again) = each %h; is($first, $again, 'keys resets');
keys %h; my $n = 0; while (defined(my $k = each %h)) { delete $h{$k}; $n++ } is($n, 500); is(scalar %h, 0);
my %c = (a => 1, b => 2, c => 3); is(join(',', map { $c{$_} } keys %c), join(',', values %c), 'keys and values in the same order');
done_testing;
