package Encode::MIME::Name;
# What MIME calls an encoding (perldoc Encode::MIME::Name).

use strict;
use warnings;

our $VERSION = '1.3';

our %MIME_NAME_OF = (
    'AdobeStandardEncoding' => 'Adobe-Standard-Encoding', 'ascii' => 'US-ASCII', 'big5-eten' => 'Big5', 'big5-hkscs' => 'Big5-HKSCS',
    'euc-cn' => 'EUC-CN', 'euc-jp' => 'EUC-JP', 'euc-kr' => 'EUC-KR', 'gb2312-raw' => 'GB2312', 'hp-roman8' => 'hp-roman8', 'hz' => 'HZ-GB-2312',
    (map +("iso-2022-$_" => 'ISO-2022-' . uc $_), qw(jp jp-1 kr)), 'jis-raw' => undef,
    (map +("iso-8859-$_" => "ISO-8859-$_"), 1 .. 11, 13 .. 16), 'koi8-r' => 'KOI8-R', 'koi8-u' => 'KOI8-U',
    'MacRoman' => 'macintosh', 'shiftjis' => 'Shift_JIS', 'utf8' => 'UTF-8', 'utf-8-strict' => 'UTF-8', 'viscii' => 'VISCII', 'UTF-7' => 'UTF-7',
    (map +($_ => $_), qw(UTF-16 UTF-16BE UTF-16LE UTF-32 UTF-32BE UTF-32LE)),
    (map +("cp$_" => "windows-$_"), 1250 .. 1258), (map +("cp$_" => "IBM$_"), qw(437 850 852 855 857 860 861 862 863 864 865 866 869 424)),
    'cp936' => 'GBK', 'cp932' => 'Windows-31J',
);

sub get_mime_name ($) { return $MIME_NAME_OF{ $_[0] } }

1;
