# More groups than nine: $10 and above are variables of the last match, however they are named.
use strict;
use warnings;
use Test::More;
my $text = join '', 'a' .. 'm';
ok($text =~ /(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)/, 'twelve groups');
is("$9$10$11$12", 'ijkl', 'in a string');
is(join(',', $10, $12), 'j,l', 'as terms');
{
    no strict 'refs';
    is(${"11"},     'k', 'by name');
    is(${"main::12"}, 'l', 'by full name');
}
is(${\$10}, 'j', 'by reference');
is($13, undef, 'no such group');
(my $turned = $text) =~ s/(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)/$11$10$9/;
is($turned, 'kjilm', 'in a replacement');
for my $code ('$10 = 5', '$99 = 5', '$12 .= 5', 'open $98, "<", "nosuch"', 'read STDIN, $97, 1') {
    ok(!eval "no warnings; $code; 1", $code);
    like($@, qr/^Modification of a read-only value attempted at /, 'is an error');
}
$text =~ /m/;
is($10, undef, 'gone with the next match');
done_testing;
