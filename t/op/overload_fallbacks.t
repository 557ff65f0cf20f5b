# What an operator without a method does: fallback, nomethod, copies, lists of lines (perldoc overload).
use strict;
use warnings;
use Test::More;

{
    package Text;
    use overload '""' => sub { ${ $_[0] } };
    sub new { my $s = $_[1]; bless \$s }
}
{
    my $text = Text->new('abc');
    is "$text", 'abc', 'the conversion itself';
    is $text . 'd', 'abcd', 'joining goes by the string';
    is $text x 2, 'abcabc', 'so does repeating';
    ok !eval { my $is = $text eq 'abc'; 1 }, 'eq needs a method or a true fallback';
    like $@, qr/^Operation "eq": no method found,\n\tleft argument in overloaded package Text,/, '... and says so';
    ok !eval { my $n = -$text; 1 }, 'unary minus too';
    like $@, qr/^Operation "neg": no method found, argument in overloaded package Text at /, '... and says so';
}
{
    package Both;
    use overload '0+' => sub { 0 }, '""' => sub { 'yes' };
    package main;
    ok !bless([], 'Both'), 'truth asks for the number before the string';
}
{
    package Any;
    our @asked;
    use overload '""' => sub { 'any' },
        nomethod => sub { push @asked, [ $_[3], $_[2] ]; $_[0] };
    package main;
    my $any = bless [], 'Any';
    $any += 1;
    is_deeply [ splice @asked ], [ [ '+=', undef ] ], 'nomethod is told of +=';
    my $r = 3 - $any;
    is_deeply [ splice @asked ], [ [ '-', 1 ] ], 'and of operands that are swapped';
    $r = abs $any;
    is_deeply [ splice @asked ], [ [ 'abs', '' ] ], 'and of abs';
    is "<$any>", '<any>', 'strings do not ask it';
    is_deeply \@asked, [], '... at all';
}
{
    package Counter;
    use overload '++' => sub { ${ $_[0] } += 2; $_[0] }, '+=' => sub { ${ $_[0] } += $_[1]; $_[0] }, '""' => sub { ${ $_[0] } },
        fallback => 1;
    sub new { my $n = $_[1]; bless \$n }
    package main;
    my $one = Counter->new(10);
    my $two = $one;
    $two++;
    is "$one $two", '10 12', 'a plain scalar is copied before it is changed';
    my $was = $two++;
    is "$was $two", '12 14', 'what a postfix ++ gave stays';
    $one = $two;
    $two += 5;
    is "$one $two", '14 19', 'so for +=';
}
{
    package Copied;
    our $copies = 0;
    use overload '+=' => sub { $_[0][0] += $_[1]; $_[0] }, '=' => sub { $copies++; bless [ @{ $_[0] } ] }, '""' => sub { $_[0][0] };
    package main;
    my $one = bless [1], 'Copied';
    $one += 1;
    is $Copied::copies, 0, 'the only reference needs no copy';
    my $two = $one;
    $two += 1;
    is "$one $two $Copied::copies", '2 3 1', 'the second does';
}
{
    package Lines;
    use overload '<>' => sub { wantarray ? ( 1, 2, 3 ) : 'one' };
    package main;
    my $in = bless [], 'Lines';
    my @all = <$in>;
    is "@all", '1 2 3', '<> in list context is asked once';
    is scalar(<$in>), 'one', 'and in scalar context';
}
done_testing;
