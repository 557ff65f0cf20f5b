# Digest::MD5, Digest::SHA, MIME::Base64, MIME::QuotedPrint.
use strict;
use warnings;
use Test::More;
use Digest::MD5 qw(md5_hex md5_base64);
use Digest::SHA qw(sha1_hex sha224_hex sha256_hex sha384_hex sha512_hex sha512224_hex sha512256_hex hmac_sha256_hex);
use MIME::Base64;
use MIME::QuotedPrint;
is(md5_hex('abc'), '900150983cd24fb0d6963f7d28e17f72');
is(md5_hex(''),    'd41d8cd98f00b204e9800998ecf8427e');
is(md5_base64('abc'), 'kAFQmDzST7DWlj99KOF/cg');
is(sha1_hex('abc'), 'a9993e364706816aba3e25717850c26c9cd0d89d');
is(sha256_hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
# Lengths around the ends of blocks, all algorithms in one.
my $data = join '', map chr($_ % 251), 1 .. 1000;
my $all  = join '', map {
    my $d = substr $data, 0, $_;
    map $_->($d), \&md5_hex, \&sha1_hex, \&sha224_hex, \&sha256_hex, \&sha384_hex, \&sha512_hex, \&sha512224_hex, \&sha512256_hex;
} 0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 500, 1000;
is(md5_hex($all), '779b59aaa6cccd02a61a853d2441ee2b');
is(hmac_sha256_hex('data', 'key'), '5031fe3d989c6d1537a013fa6e739da23463fdaec3b70137d828e36ace221bd0');
my $one = Digest::MD5->new->add('a', 'b');
my $two = $one->clone->add('c');
is($one->hexdigest, md5_hex('ab'));
is($two->hexdigest, md5_hex('abc'));
is($one->hexdigest, md5_hex(''), 'begins again');
is(Digest::SHA->new(256)->add_bits('1101')->hexdigest, '0bac0fd3e4e42c29ef13a93582bd0291804789a04b58a9027f258e0db3f7d060');
my $sha = Digest::SHA->new(512)->add('abc');
is(Digest::SHA->putstate($sha->getstate)->add('d')->hexdigest, sha512_hex('abcd'), 'a state taken out and put back');
open my $file, '<', $0 or die;
my $text = do { local $/; <$file> };
seek $file, 0, 0;
is(Digest::MD5->new->addfile($file)->hexdigest, md5_hex($text));
is(Digest::SHA->new(1)->addfile($0)->hexdigest, sha1_hex($text));
eval { md5_hex("\x{100}") };
like($@, qr/^Wide character in subroutine entry at/);
eval { Digest::MD5->new->addfile('nope') };
like($@, qr/^Bad filehandle: nope at/);
is(encode_base64('x' x 58), ('eHh4' x 19) . "\neA==\n");
is(encode_base64('abcd', ''), 'YWJjZA==');
is(decode_base64("YWJj\nZA=="), 'abcd');
is(decode_base64('YW=Jj'), 'a');
is(MIME::Base64::encoded_base64_length('x' x 100), 138);
is(MIME::Base64::decoded_base64_length('YWJjZA'), 4);
for my $case (
    ["abc" => "abc=\n"], ["a b \n" => "a b=20\n"], ["x=y\n" => "x=3Dy\n"], ["\xe9\n" => "=E9\n"],
    ['a' x 75 . "\n" => 'a' x 75 . "\n"], ['a' x 76 . "\n" => 'a' x 76 . "\n"], ['a' x 77 . "\n" => 'a' x 75 . "=\naa\n"],
) {
    my ($from, $to) = @$case;
    is(encode_qp($from), $to);
    is(decode_qp($to), $from =~ /\n\z/ ? $from : $from);
}
is(encode_qp("a\n", "\n", 1), "a=0A=\n", 'binary');
is(decode_qp("a\r\nb \r\nc=\r\nd"), "a\nb\ncd");
done_testing;
