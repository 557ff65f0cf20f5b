# read, sysread, seek, tell, eof, $/, $., truncate, binmode layers, say, printf.
use strict;
use warnings;
use Test::More;
use IO::Handle;
my $p = ($ENV{TMPDIR} || '/tmp') . "/rw.$$";
sub put { open my $f, '>:raw', $p or die; print $f @_; close $f or die }
sub raw { open my $f, '<:raw', $p or die; local $/; my $t = <$f>; $t // '' }
put("line1\nline2\nline3");
open my $f, '<', $p or die;
is($.,          0) if 0;
is(scalar <$f>, "line1\n");
is($.,          1);
is(tell $f,     6);
ok(!eof $f);
<$f>;
is(scalar <$f>, 'line3');
is($.,          3);
ok(eof $f);
ok(!defined <$f>);
is($., 3);
seek $f, 0, 0;
is($., 3, 'seek keeps $.');
my @all = <$f>;
is(@all, 3);
is($.,   6);
close $f;
is($., 0, 'close resets');
open $f, '<', $p;
is(read($f, my $b, 4),  4);
is($b,                  'line');
is(read($f, $b, 2, 4),  2);
is($b,                  "line1\n", 'offset');
is(read($f, $b, 3, -2), 3);
is($b,                  'line' . 'lin', 'negative offset');
is(read($f, $b, 1, 20), 1);
is(length $b,           21, 'padded');
is(read($f, $b, 100), 7);
is(read($f, $b, 5),   0);
is($b, '');
eval { read($f, $b, -1) };
like($@, qr/^Negative length at/);
seek $f, -5, 2;
is(<$f>, 'line3');
seek $f, 2, 0;
seek $f, 1, 1;
is(getc $f,            'e');
is(sysseek($f, 0, 0),  '0 but true');
is(sysread($f, $b, 5), 5);
is($b,                 'line1');
close $f;
{ local $/ = 'i';   open my $f, '<', $p; is(scalar <$f>, 'li') }
{ local $/ = undef; open my $f, '<', $p; is(length <$f>, 17) }
{ local $/ = \5; open my $f, '<', $p; my @r = <$f>; is(join('|', @r), "line1|\nline|2\nlin|e3", 'records') }
put("a\n\n\nb\nc\n\n\n\nd");
{ local $/ = ''; open my $f, '<', $p; my @r = <$f>; is(join('|', @r), "a\n\n|b\nc\n\n|d", 'paragraphs') }
put("aENDbENDc");
{ local $/ = 'END'; open my $f, '<', $p; is(join('|', <$f>), 'aEND|bEND|c'); }
put("x\0y\0");
{ local $/ = "\0";   open my $f, '<', $p; my @r = <$f>; chomp @r; is("@r", 'x y') }
{ local $/ = "\n\n"; put("a\n\n\nb"); open my $f, '<', $p; is(join('|', <$f>), "a\n\n|\nb") }
put('');
open $f, '<', $p;
ok(eof $f);
{ local $/; is(<$f>, '', 'slurping an empty file gives the empty string once'); ok(!defined <$f>) }
close $f;
open $f, '+<', $p;
print $f 'hello world';
is(truncate($f, 5), 1);
close $f;
is(raw, 'hello');
ok(truncate $p, 2);
is(raw, 'he');
open $f, '>', $p;
is(syswrite($f, 'abcdef'),        6);
is(syswrite($f, 'abcdef', 2),     2);
is(syswrite($f, 'abcdef', 2, 3),  2);
is(syswrite($f, 'abcdef', 2, -1), 1);
close $f;
is(raw, 'abcdefabdef');
open $f, '>', $p;
{ local ($,, $\) = ('-', "!\n"); print $f 'a', 'b'; }
use feature 'say';
say $f 'said', 1;
printf $f '%03d|%s', 7, 'x';
{ local $\ = '?'; say $f 'n'; printf $f 'f' }
close $f;
is(raw, "a-b!\nsaid1\n007|xn\nf");
put("\xe9\n");
open $f, '<:encoding(UTF-8)', $p;
{ no warnings; my $l = <$f>; ok(defined $l) }
close $f;
open $f, '>:utf8', $p;
print $f "\x{263a}\xe9\n";
close $f;
is(raw, "\xe2\x98\xba\xc3\xa9\n");
open $f, '<:utf8', $p;
my $l = <$f>;
is(length $l, 3);
is(ord $l,    0x263a);
is(tell $f,   6);
close $f;
open $f, '<:raw', $p;
is(length <$f>, 6);
close $f;
open $f, '<', $p;
binmode $f, ':utf8';
is(read($f, $b, 2), 2, 'read counts characters');
is(length $b, 2);
binmode $f;
close $f;
open $f, '>:crlf', $p;
print $f "a\nb\n";
close $f;
is(raw, "a\r\nb\r\n");
open $f, '<:crlf', $p;
is(join('|', <$f>), "a\n|b\n");
close $f;
open $f, '>:encoding(UTF-16LE)', $p;
print $f 'ab';
close $f;
is(raw, "a\0b\0");
open $f, '>:encoding(iso-8859-1)', $p;
print $f "\xe9";
close $f;
is(raw, "\xe9");
{
    my @w;
    local $SIG{__WARN__} = sub { push @w, @_ };
    open $f, '>', $p;
    print $f "\x{263a}";
    close $f;
    like($w[0], qr/^Wide character in print at/);
    is(raw, "\xe2\x98\xba")
}
is(join(',', PerlIO::get_layers(STDIN)), 'unix,perlio');
open $f, '<:utf8', $p;
is(join(',', PerlIO::get_layers($f)), 'unix,perlio,utf8');
close $f;
{ open my $o, '>:raw', \my $mem; print $o "\xff"; is($mem, "\xff") }
put(join '', map { "$_\n" } 1 .. 5000);
open $f, '<', $p;
my $sum = 0;
while (<$f>) { chomp; $sum += $_ }
is($sum, 12502500);
is($.,   5000);
close $f;
open $f, '<', $p;
my $last;
$last = $_ while <$f>;
is($last, "5000\n");
close $f;
{
    local @ARGV = ($p, $p);
    my $c = 0;
    while (<>) { $c++; close ARGV if eof }
    is($c, 10000);
    is($., 0)
}
{ local @ARGV = ($p); my $c = 0; $c++ while <<>>; is($c, 5000) }
open $f, '<', $p;
is((() = <$f>) + 0, 5000);
close $f;
open $f, '<', $p;
my ($first, @rest) = <$f>;
is($first . @rest, "1\n4999");
close $f;
put("a\r\nb\n");
open $f, '<', $p;
is(join('|', map { s/\r?\n$//r } <$f>), 'a|b');
close $f;
put("no newline");
open $f, '<', $p;
chomp(my $x = <$f>);
is($x, 'no newline');
close $f;
open $f, '<', $p;
local $_ = 'kept';
{
    while (my $q = <$f>) { }
}
is($_, 'kept');
close $f;
open $f, '<', $p;
is(-s $f, 10);
ok(-f $f);
is((stat $f)[7],    10);
is(eof($f) ? 1 : 0, 0);
read $f, $b, 10;
is(eof($f) ? 1 : 0, 1);
is(eof $f,          1);
close $f;
{
    my @w;
    local $SIG{__WARN__} = sub { push @w, @_ };
    my $z = <$f>;
    like($w[0], qr/^readline\(\) on closed filehandle \$f at/);
    print $f 'x';
    like($w[1], qr/^print\(\) on closed filehandle \$f at/)
}
open $f, '>', $p;
print $f 'abc';
is(-s $p, 0, 'buffered');
$f->flush;
is(-s $p, 3);
my $o = select $f;
$| = 1;
print 'd';
is(-s $p, 4, 'autoflush');
select $o;
close $f;
open my $dup, '<&=', 0;
ok(defined fileno $dup);
put("k=v\n");
my %cfg = map { chomp; split /=/ } do { open my $h, '<', $p; <$h> };
is($cfg{k}, 'v');
put('x' x 100_000 . "\n" . 'y');
open $f, '<', $p;
is(length <$f>, 100_001, 'a long line');
is(<$f>, 'y');
close $f;
is(fileno(STDOUT), 1);
put("1\n2\n3\n");
open $f, '<', $p;
my @two = (scalar <$f>, scalar <$f>);
is("@two", "1\n 2\n");
close $f;
unlink $p;
# bytes that are read behind wide characters are characters
put("\xa1\xa2\xa3");
for (['', 0, "\xa1\xa2"], ["\x{102}\x{103}", 0, "\xa1\xa2"], ["\x{102}\x{103}", 1, "\x{102}\xa1\xa2"],
    ["\x{102}", 2, "\x{102}\0\xa1\xa2"], ["\x{102}\x{103}", -1, "\x{102}\xa1\xa2"]) {
    my ($buffer, $offset, $expected) = @$_;
    open my $f, '<', $p or die;
    is(read($f, $buffer, 2, $offset), 2, 'counted as bytes');
    is($buffer, $expected, "read at $offset");
}
unlink $p;
done_testing;
