# Programs in UTF-16, with a mark and without (perlunicode, "BOMs").
use strict;
use warnings;
use Test::More;

my $file = "utf16-$$.pl";
END { unlink $file if defined $file }

my $text = qq{[map ord, split //, "a\x{e9}\x{263a}\x{1f600}"];\n};
my %order = (BE => 'n', LE => 'v');
for my $order (sort keys %order) {
    for my $mark (0, 1) {
        my @units = map { $_ > 0xFFFF ? (0xD800 + (($_ - 0x10000) >> 10), 0xDC00 + ($_ & 0x3FF)) : $_ } map ord,
            split //, ($mark ? "\x{feff}" : '') . $text;
        open my $out, '>:raw', $file or die;
        print {$out} pack "$order{$order}*", @units;
        close $out;
        is_deeply do "./$file", [97, 0xE9, 0x263A, 0x1F600], "UTF-16$order, " . ($mark ? 'marked' : 'not marked')
            or diag $@ || $!;
    }
}
done_testing;
