# Operations on much text and long lists: done in pieces between which handlers run, they give what they give of little.
# limit: 120
use strict;
use warnings;
use Test::More;
use Time::HiRes qw(setitimer ITIMER_REAL);
no warnings 'void';

# Handlers come all the time, and one of them changes what is worked on.
our ($text, @list) = ('');
my ($came, $spoil) = (0, 0);
$SIG{ALRM} = sub { $came++; if ($spoil) { $text = 'spoilt'; @list = ('spoilt'); $spoil = 0 } };
setitimer(ITIMER_REAL, 0.02, 0.02);

sub spoiling { $spoil = 1; return $_[0] }

my $n     = 3_000_000;
my $bytes = 'abc' x $n;                  # 9 MB
my $wide  = "\x{e9}\x{263a}z" x 1_500_000;    # 9 MB, pieces end within characters
is(length $bytes, 3 * $n, 'x');
is(length $wide, 4_500_000, 'x of characters');
my $million = '-' x 1_500_000;
is(length($million x 7), 10_500_000, 'x of much');

# Two strings are the same: told by their ends and by what is in between, which is_deeply would show at length.
sub same { my ($got, $expected, $name) = @_; ok($got eq $expected, $name) }

same($bytes . $bytes, 'abc' x (2 * $n), 'concatenation');
same("$bytes-$bytes", join('', $bytes, '-', $bytes), 'interpolation');
same($bytes . $wide, 'abc' x $n . "\x{e9}\x{263a}z" x 1_500_000, 'of bytes and characters');
same(substr("\xff" . $wide, 0, 2), "\xff\x{e9}", '... above 127');
{
    my $copy = $bytes;
    $copy .= 'x';
    same($copy, 'abc' x $n . 'x', 'appending to a copy');
    same($bytes, 'abc' x $n, '... which leaves the first');
    $copy .= $bytes;
    same($copy, 'abc' x $n . 'x' . 'abc' x $n, 'appending much');
    my $short = 'x';
    $short .= $wide;
    same(substr($short, 0, 3), "x\x{e9}\x{263a}", 'appending characters');
    is(length $short, 4_500_001, '... all of them');
    my %h = (k => $bytes);
    $h{k} .= $wide;
    is(length $h{k}, 3 * $n + 4_500_000, 'to an element');
    my $empty = '';
    $empty .= $wide;
    same($empty, $wide, 'to nothing');
}
$text = $bytes;
same(spoiling($text) . $bytes . $bytes, $bytes x 3, 'what a handler changes meanwhile is not looked at');

same(uc $bytes, 'ABC' x $n, 'uc');
same(uc $wide, "\x{c9}\x{263a}Z" x 1_500_000, 'uc of characters');
same(lc(uc $wide), $wide, 'lc');
same(quotemeta('a.b' x $n), 'a\\.b' x $n, 'quotemeta');
same(scalar reverse($bytes), 'cba' x $n, 'reverse');
same(scalar reverse($wide), "z\x{263a}\x{e9}" x 1_500_000, 'reverse of characters');
{
    my $hay = 'ab' x 4_194_303 . 'a#b' . 'ab' x 1_000_000;    # the needle lies over the end of a piece of 8 MB
    is(index($hay, 'a#b'), 8_388_606, 'index');
    is(index($hay, '#', 8_388_608), -1, 'index from behind it');
    is(rindex($hay, 'a#b'), 8_388_606, 'rindex');
    is(rindex($hay, "aa"), -1, "rindex of what is not there");
    is(index($wide, 'zz'), -1, 'index in characters');
    is(index($wide . 'zz', 'zz'), 4_499_999, '... at the end');
}
{
    (my $changed = $bytes) =~ tr/a-c/b-d/;
    same($changed, 'bcd' x $n, 'tr');
    is($bytes =~ tr/a//, $n, 'tr counts');
    is(($changed = $wide) =~ tr/\x{263a}/x/, 1_500_000, 'tr of characters');
    same($changed, "\x{e9}xz" x 1_500_000, '... changes them');
    ($changed = $bytes) =~ tr/a-c/x/s;
    is($changed, 'x', 'tr///s');
    same($bytes =~ tr/abc/d/dr, 'd' x $n, 'tr///dr');
}
{
    my $octets = $wide;
    utf8::encode($octets);
    is(length $octets, 9_000_000, 'utf8::encode');
    my $latin = "\xe9a" x 4_500_000;
    utf8::encode($latin);
    same($latin, "\xc3\xa9a" x 4_500_000, '... of bytes');
}

# lists
my @long = 1 .. 300_000;
my @copy = @long;
is("$#copy $copy[65535] $copy[65536] $copy[-1]", '299999 65536 65537 300000', 'a list assigned');
@list = @long;
@copy = (spoiling(0), @long, @long);
is(scalar(@copy), 600_001, 'two lists');
my %hash = map { $_ => -$_ } @long;
my %other = %hash;
is(scalar(keys %other) . " $other{65536} $other{300000}", '300000 -65536 -300000', 'a hash assigned');
my %slice;
@slice{@long} = reverse @long;
is("$slice{1} $slice{65536} $slice{300000}", '300000 234465 1', 'a slice assigned');
my @fields = split /,/, join ',', @long;
is("$#fields $fields[65535] $fields[-1]", '299999 65536 300000', 'join and split');
@fields = split //, 'ab' x 100_000;
is(scalar(@fields) . $fields[131_072] . $fields[-1], '200000ab', 'split to characters');
my ($first, @rest) = split /(,)/, join ',', @long;
is(scalar(@rest) . " $first $rest[131_071]", '599998 1 65537', 'split with what separates');
my @words = join(' ', @long) =~ /\d+/g;
is("$#words $words[65536] $words[-1]", '299999 65537 300000', 'matches');
is((my $changed = 'ab' x 100_000) =~ s/b/-/g, 100_000, 's///g');
is(length((my $computed = 'ab' x 100_000) =~ s/(b)/$1$1/gr), 300_000, 's///gr with a computed text');
is((grep { $_ & 1 } @long), 150_000, 'grep');
$_++ for grep { $_ == 65_536 } @copy;
is($copy[65536], 65_537, '... of aliases');
{
    my @mixed = map { ($_ * 7919) % 300_007 } @long;
    my $rising = sub { my $bad = 0; $_[0]->($_[1][$_ - 1], $_[1][$_]) || $bad++ for 1 .. $#{ $_[1] }; $bad };
    is($rising->(sub { $_[0] <= $_[1] }, [sort { $a <=> $b } @mixed]), 0, 'sort by number');
    is($rising->(sub { $_[0] ge $_[1] }, [reverse sort map {"x$_"} reverse @mixed]), 0, 'sort by string, reversed');
    is($rising->(sub { $_[0] % 10 <= $_[1] % 10 }, [sort { $a % 10 <=> $b % 10 } @mixed[0 .. 70_000]]), 0, 'sort by a block');
}
cmp_ok($came, '>', 10, 'handlers have come');
setitimer(ITIMER_REAL, 0);

# One that dies: what was being assigned to is as it was, or empty.
for my $case (
    ['appending',  sub { my $copy = $bytes; while (1) { $copy .= $wide; $copy = substr $copy, 0, 9_000_000 } }],
    ['join',       sub { 1 while join ',', @long, $bytes, $bytes }],
    ['a hash',     sub { while (1) { my %h = (%hash) } }],
    ['split',      sub { my $s = join ',', @long; while (1) { my @f = split /,/, $s } }],
    ['a sort',     sub { while (1) { my @s = sort { $a % 7 <=> $b % 7 } @long } }],
    ['uc',         sub { 1 while uc $wide }],
    ['a slice',    sub { while (1) { my %h; @h{@long} = () } }],
) {
    my ($name, $run) = @$case;
    local $SIG{ALRM} = sub { die "late\n" };
    eval { setitimer(ITIMER_REAL, 0.02); $run->(); 1 };
    is($@, "late\n", "$name is broken off");
}
same($bytes, 'abc' x $n, 'and the data are whole');
is(scalar(@long), 300_000, 'the list too');
done_testing;
