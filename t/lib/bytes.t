# Under `use bytes` strings are their bytes (perldoc bytes).
use strict;
use warnings;
use Test::More;

my $text  = "\xB6\x{100}";
my $bytes = "\xC2\xB6\xC4\x80";
my $wide  = "\xB6";
utf8::upgrade($wide);
ok $wide eq "\xB6", 'characters are compared';
{
    use bytes;
    is length($text), 4, 'length';
    ok $text eq $bytes, 'eq';
    ok !( $text ne $bytes ), 'ne';
    is $text cmp $bytes, 0, 'cmp';
    ok $wide ne "\xB6", 'the same character in other bytes';
    my $same = 0;
    $same++ if $text eq $bytes;
    is $same, 1, 'in a condition';
    is join( ',', map { ord } split //, $text ), '194,182,196,128', 'split';
    is join( ',', unpack 'C*', $text ), '194,182,196,128', 'unpack';
}
ok $text ne $bytes, 'only there';
is $bytes::hint_bits, 8, 'the bit of the pragma';
done_testing;
