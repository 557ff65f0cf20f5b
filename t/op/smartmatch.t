# `~~` by the table of perlop "Smartmatch Operator".
use strict;
use warnings;
no warnings 'experimental::smartmatch';
use Test::More;

my @array = (1, 'two', undef);
my %hash  = (one => 1, two => 2);
my $qr    = qr/w/;
sub yes { 1 }
sub no_ { 0 }

for my $case (
    [undef,   undef,            1], [1,        undef,           ''], [undef, [1, undef],    1], [undef, [1],           ''],
    ['two',   \@array,          1], ['three',  \@array,         ''], [1,     \@array,       1], ['1.0', [1],            1],
    ['one',   \%hash,           1], ['three',  \%hash,          ''], [undef, \%hash,       ''], [['x', 'two'], \%hash,  1],
    [['x'],   \%hash,          ''], [\%hash,   ['x', 'two'],     1], [\%hash, {two => 5, one => 6}, 1], [\%hash, {two => 5}, ''],
    ['two',   $qr,              1], ['one',    $qr,             ''], [\@array, $qr,         1], [[1, 2], $qr,          ''],
    [\%hash,  $qr,              1], [{a => 1}, $qr,             ''], [$qr,   \%hash,        1], [$qr, ['x', 'two'],     1],
    [$qr,     ['x'],           ''], [5,        \&yes,            1], [5,     \&no_,        ''], [[1, 2], sub { $_[0] },  1],
    [[1, 0],  sub { $_[0] },   ''], [[],       \&no_,            1], [\%hash, sub { length $_[0] == 3 }, 1],
    [[1, [2, 3]], [1, [2, 3]],  1], [[1, [2, 3]], [1, [2, 4]],  ''], [[1, 2], [1],         ''], [['foo', 'bar'], [qr/o/, qr/a/], 1],
    [['foo', undef], [qr/o/, undef], 1], ['abc', 'abc', 1], ['1e1', 10, 1], ['a', 'b', ''],
) {
    my ($left, $right, $want) = @$case;
    no warnings;
    is !!($left ~~ $right), !!$want, join ' ~~ ', map { defined ? ref || $_ : 'undef' } $left, $right;
}
ok @array ~~ @array, 'arrays themselves';
ok %hash ~~ %{{%hash}}, 'hashes themselves';
ok 'two' ~~ @array;
ok 'x1y' ~~ /(\d)/ && $1 eq 1, 'a pattern leaves its groups';

# structures that hold themselves
my @loop = (1);
push @loop, \@loop;
my @other = (1);
push @other, \@other;
ok @loop ~~ @loop, 'the same';
ok !(@loop ~~ @other), 'another';
SKIP: {
    skip 'real perl overflows its stack', 1 if $^X !~ /keshi/;
    ok !(5 ~~ @loop), 'an element';
}

my $object = bless {}, 'Plain';
ok !eval { 1 ~~ $object; 1 };
like $@, qr/^Smart matching a non-overloaded object breaks encapsulation at/;
{
    package Matcher;
    use overload '~~' => sub { "$_[1]" eq 'me' xor $_[2] && 0 }, '""' => sub { 'text' };
}
my $matcher = bless [], 'Matcher';
ok 'me' ~~ $matcher, 'an object asked';
ok !('you' ~~ $matcher);
ok $matcher ~~ 'me', '... from the left';
ok !eval { $matcher ~~ $object; 1 }, 'the right one comes first';

my @warned;
local $SIG{__WARN__} = sub { push @warned, @_ };
is 'a' x 9**9**9, '', 'without end';
is scalar(my @none = (1) x -9**9**9), 0;
like "@warned", qr/^Non-finite repeat count does nothing at .*\n Non-finite repeat count does nothing at .*\n\z/;
ok !eval { my $s = sprintf '%*s', ~0 >> 1, 'a'; 1 };
like $@, qr/^Integer overflow in format string for sprintf/;
done_testing;
