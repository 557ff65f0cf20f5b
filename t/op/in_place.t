# What works in a string's or array's own memory changes nothing that shares it.
use strict;
use warnings;
use Test::More;

my $long = join '', map { chr(97 + $_ % 26) } 0 .. 999;
sub shared(&) {
    my ($change) = @_;
    my $string = $long;
    my ($copy, $got) = ($string);
    my $ref = \$string;
    $got = $change->($string);
    is $copy, $long, '... leaves a copy alone';
    return $string;
}

is shared { chop $_[0] }, substr($long, 0, 999), 'chop';
is shared { substr $_[0], 0, 5, '' }, substr($long, 5), 'substr at the front';
is shared { substr $_[0], 3, 2, 'new text' }, substr($long, 0, 3) . 'new text' . substr($long, 5), 'substr inside';
is shared { substr($_[0], -3, 2) = 'X' }, substr($long, 0, 997) . 'X' . substr($long, -1), 'substr as a place';
is shared { $_[0] = $_[0] . 'more' }, "${long}more", '$s = $s . ...';
is shared { $_[0] = "$_[0]$_[0]." }, "$long$long.", '... of itself';
{
    my $s = $long;
    my $copy = $s;
    my $n = 5;
    $s = $s . 'x';
    $s = $s . $n;
    $s = "$s,$n,$copy";
    $s = $s . $s;
    is $s, ("${long}x5,5,$long") x 2, 'a lexical added to';
    is $copy, $long;
    my $wide = "\x{100}";
    $copy = $copy . $wide;
    is length $copy, 1001;
    is ord substr($copy, -1), 256, 'wide characters behind bytes';
    our $global = $long;
    $global = $global . $n;
    $global = "$global$n";
    is $global, "${long}55", 'a package variable';
    my @list = ($long);
    $list[0] = $list[0] . 'z';
    is length $list[0], 1001;
    my ($old, $text) = ('', $long);
    $old = substr($text, 0, 1000, 'all new');
    is "$old|$text", "$long|all new", 'all of a string replaced';
    is eval { substr($text, 10, 1, 'x'); 1 }, undef;
    like $@, qr/^substr outside of string/;
    is $text, 'all new', '... which is not lost';
    substr($text, 3, 0, "\x{263a}");
    is $text, "all\x{263a} new", 'a wide character among bytes';
    is substr($text, 2, 2, "\xe9"), "l\x{263a}";
    is $text, "al\xe9 new", 'a byte among characters';
}
{

    package Joined;
    use overload '.' => sub { Joined->new("($_[0]{s}.$_[1])") }, '""' => sub { $_[0]{s} };
    sub new { bless { s => $_[1] }, $_[0] }
    package main;
    my $object = Joined->new('o');
    my $s = $long;
    $s = $s . $object;
    is ref $s, 'Joined', 'an object behind a string';
    $s = $object . $long;
    is "$s", "(o.$long)";
}
{

    package Counting;
    sub TIESCALAR { bless [$long] }
    sub FETCH { $_[0][1]++; $_[0][0] }
    sub STORE { $_[0][0] = $_[1] }
    package main;
    my $object = tie my $tied, 'Counting';
    $tied = $tied . 'x';
    is $object->[0], "${long}x", 'a tied variable';
    is substr($tied, 0, 4, ''), 'abcd';
    is $object->[0], substr($long, 4) . 'x';
}
{
    pipe my $r, my $w or die "pipe: $!";
    syswrite $w, 'abcdef';
    my $buffer = $long;
    my $copy = $buffer;
    is sysread($r, $buffer, 2, length $buffer), 2;
    is sysread($r, $buffer, 2, 3), 2;
    is $buffer, 'abccd', 'sysread cuts off what is behind';
    is sysread($r, $buffer, 1, -2), 1;
    is $buffer, 'abce';
    is sysread($r, $buffer, 1, 6), 1;
    is $buffer, "abce\0\0f", '... and fills up';
    is $copy, $long;
    open my $file, '<', \"text\x{e9}" or die;
    is read($file, $copy, 4, length $copy), 4;
    is $copy, "${long}text", 'read behind what is there';
    $copy = "\x{100}";
    is read($file, $copy, 4, 1), 1;
    is $copy, "\x{100}\x{e9}", 'bytes behind wide characters';
}

# splice beside a list that is put together anew
my $seed = 1;
sub random { $seed = ($seed * 1103515245 + 12345) % 2147483648; int($seed / 65536) % $_[0] }
my ($wrong, $rounds) = (0, 0);
for my $round (1 .. 400) {
    my @array = map { $_ % 3 ? $_ : "s$_" } 1 .. random(30);
    shift @array for 1 .. random(4);
    for (1 .. 8) {
        my @before = @array;
        my $from = random(@array + 1);
        my $count = random(@array - $from + 1);
        my @new = map { "n$_" } 1 .. random(6);
        my @gone = splice @array, $from, $count, @new;
        my @expected = (@before[0 .. $from - 1], @new, @before[$from + $count .. $#before]);
        $rounds++;
        $wrong++ if "@array" ne "@expected" or "@gone" ne "@before[$from .. $from + $count - 1]";
        push @array, 'pushed' if random(4) == 0;
        unshift @array, 'unshifted' if random(4) == 0;
        shift @array if random(4) == 0;
    }
}
is $wrong, 0, "splice ($rounds times)";
{
    my @array = map { [$_] } 0 .. 20;
    my $held = \$array[2];
    splice @array, 1, 1;
    splice @array, 0, 0, 'a', 'b';
    is $array[3], $$held, 'an element moves as itself';
    $$held = 'changed';
    is $array[3], 'changed';
}

# what the compiler works out is a value like others
my @seen;
for (1 + 2, 'a' . 'b', 'x' x 3, -1) { $_ .= '!'; push @seen, $_ }
is "@seen", '3! ab! xxx! -1!', 'folded constants in foreach';
is eval {
    for (1 + 2, 5) { $_++ }
    1;
}, undef, 'a literal is read-only';
is join('|', 'ab' x 2, 'ab' x 0, 'ab' x -1, "\x{100}" x 2), "abab|||\x{100}\x{100}", 'repetition worked out';
is length('-' x 5000), 5000;

done_testing;
