# JSON::PP both ways.
use strict;
use warnings;
use Test::More;
use JSON::PP;

my $json = JSON::PP->new->canonical;
is $json->encode({ b => [1, '2', 1.5, undef, JSON::PP::true], a => "q\"\\\n" }), '{"a":"q\"\\\\\n","b":[1,"2",1.5,null,true]}';
my $data = $json->decode('{"x":[1,-2.5e1,"a\u00e9\ud83d\ude00",true,false,null,{}]}');
is_deeply $data->{x}[6], {};
is $data->{x}[1], -25;
is $data->{x}[2], "a\x{e9}\x{1f600}";
ok $data->{x}[3] && !$data->{x}[4] && !defined $data->{x}[5];
is encode_json(["\x{e9}"]), "[\"\xc3\xa9\"]", 'bytes';
is decode_json("[\"\xc3\xa9\"]")->[0], "\x{e9}";
is $json->pretty->encode({ a => [1] }), "{\n   \"a\" : [\n      1\n   ]\n}\n";
for my $case (['[1,2', qr/^, or \] expected while parsing array, at character offset 4 \(before "\(end of string\)"\)/],
    ['{"a" 1}', qr/^':' expected, at character offset 5 \(before "1\}"\)/], ['xyz', qr/^malformed JSON string, neither /],
    ['01', qr/^malformed number \(leading zero must not be followed by another digit\)/]) {
    eval { JSON::PP->new->decode($case->[0]) };
    like $@, $case->[1], $case->[0];
}
my $incr = JSON::PP->new;
$incr->incr_parse('[1,');
is_deeply scalar $incr->incr_parse("2][3]"), [1, 2];
is_deeply scalar $incr->incr_parse, [3];
done_testing;
