# sort: orders, comparators, stability, in place, and odd comparators.
use strict;
use warnings;
use Test::More;
is(join(' ', sort qw(b a c)), 'a b c');
is(join(' ', sort 10, 9, 2, 33), '10 2 33 9', 'by string');
is(join(' ', sort { $a <=> $b } 10, 9, 2, 33),    '2 9 10 33');
is(join(' ', sort { $b <=> $a } 10, 9, 2),        '10 9 2');
is(join(' ', reverse sort { $a <=> $b } 3, 1, 2), '3 2 1');
is(join(' ', sort { $b cmp $a } qw(x z y)),       'z y x');
is(join(' ', sort { lc $a cmp lc $b } qw(b A c)), 'A b c');
sub num { $a <=> $b }
is(join(' ', sort num 3, 1, 2), '1 2 3', 'a named sub');
my $by = sub { $b <=> $a };
is(join(' ', sort $by 3, 1, 2), '3 2 1', 'a sub in a variable');
sub proto($$) { my ($l, $r) = @_; $l <=> $r }
is(join(' ', sort proto 3, 1, 2), '1 2 3', 'with a prototype');
{ my $name = 'num'; no strict 'refs'; is(join(' ', sort $name 2, 1), '1 2', 'a name in a variable') }
my @recs = map { { n => $_->[0], s => $_->[1] } } [2, 'b'], [1, 'b'], [3, 'a'];
is(join(' ', map { $_->{s} . $_->{n} } sort { $a->{s} cmp $b->{s} or $a->{n} <=> $b->{n} } @recs),
    'a3 b1 b2', 'two keys');
my @st = sort { substr($a, 0, 1) cmp substr($b, 0, 1) } qw(b1 a1 b2 a2 b3);
is("@st", 'a1 a2 b1 b2 b3', 'stable');
my @e = sort { $a <=> $b } ();
is(@e,                               0);
is(join(' ', sort { $a <=> $b } ()), '');
@e = sort { $a <=> $b } 5;
is("@e", '5');
my @a = (3, 1, 2);
@a = sort { $a <=> $b } @a;
is("@a", '1 2 3', 'in place');
@a = reverse sort @a;
is("@a", '3 2 1');
my @m = map { $_->[1] } sort { $a->[0] <=> $b->[0] } map { [length, $_] } qw(ccc a bb);
is("@m", 'a bb ccc', 'Schwartzian transform');
my %h = (x => 3, y => 1, z => 2);
is(join('',  sort { $h{$a} <=> $h{$b} } keys %h),       'yzx');
is(join(' ', sort { $a     <=> $b } qw(1e2 5 0x10 -3)), '') if 0;
is(join(' ', sort { $a <=> $b } 1e2, 5, -3.5), '-3.5 5 100');
eval {
    my @x = sort { die "in sort\n" } 1, 2;
};
is($@, "in sort\n");
my $calls = 0;
my @c     = sort { $calls++; $a <=> $b } 1 .. 100;
ok($calls < 1000, 'a sensible number of calls');
my @big = sort { $a <=> $b } map { ($_ * 7919) % 10007 } 1 .. 5000;
my $ok  = 1;
$big[$_ - 1] <= $big[$_] or $ok = 0 for 1 .. $#big;
ok($ok, '5000 numbers');
my @r = sort { 1 } 1 .. 50;
is(@r, 50, 'a senseless comparator loses nothing');
@r = sort { rand() <=> 0.5 } 1 .. 50;
is(join(',', sort { $a <=> $b } @r), join(',', 1 .. 50));
{
    package Other;
    sub by { $a <=> $b }
    main::is(join(' ', sort by 2, 1), '1 2', 'the $a and $b of the package');
    main::is(join(' ', sort { $b <=> $a } 1, 2), '2 1')
}
is(join(' ', sort main::num 2, 1), '1 2');
my @nested = sort {
    my @x = sort { $b <=> $a } 1, 2;
    $a <=> $b
} 3, 2, 1;
is("@nested", '1 2 3', 'sort inside a comparator');
my @u = do {
    my %s;
    grep { !$s{$_}++ } sort qw(b a b);
};
is("@u", 'a b');
@a = (3, 1, 2);
$_++ for sort { $a <=> $b } @a;
is("@a", '4 2 3', 'the result aliases');
is( join(' ', sort { $a <=> $b } 18446744073709551615, 1, 9223372036854775807),
    '1 9223372036854775807 18446744073709551615',
    'large integers');
is(join(' ', sort map { chr } 0x100, 0xe9, 0x41) eq join(' ', map { chr } 0x41, 0xe9, 0x100) ? 1 : 0,
    1, 'wide characters');
{
    use integer;
    is(join(' ', sort { $a <=> $b } 2.9, 1.1), '1.1 2.9')
}
my $w = '';
{
    local $SIG{__WARN__} = sub { $w = shift };
    no warnings 'void';
    my @x = sort { $a <=> $b } 'x', 1;
    like($w, qr/^Argument "x" isn't numeric in sort at/);
    @x = sort { $a <=> $b } undef, 1;
    like($w, qr/^Use of uninitialized value in sort at/)
}
my @ret = sort { return -1 if $a eq 'first'; return 1 if $b eq 'first'; $a cmp $b } qw(b first a);
is("@ret", 'first a b', 'return in a comparator');
my $sorted = join ',', sort { ($a =~ /(\d+)/)[0] <=> ($b =~ /(\d+)/)[0] } qw(x10 x9 x100);
is($sorted, 'x9,x10,x100');
sub ctx {
    my @l = sort { $a <=> $b } @_;
    wantarray ? @l : $l[0];
}
is(scalar ctx(3, 1), 1);
my ($min) = sort { $a <=> $b } 5, 3, 9;
is($min,                                                            3);
is("@{[sort { $a <=> $b } grep { $_ % 2 } map { $_ * 3 } 1 .. 5]}", '3 9 15');
{
    local ($a, $b) = (1, 2);
    my @x = sort { $b <=> $a } 1 .. 3;
    is("$a$b", '12', '$a and $b are restored')
}
{
    package OL;
    use overload '<=>' => sub { $_[0]{v} <=> $_[1]{v} }, '""' => sub { $_[0]{v} };
}
my @o = sort { $a <=> $b } map { bless { v => $_ }, 'OL' } 3, 1, 2;
is("@o", '1 2 3', 'overloaded');
is(join('', sort { $a <=> $b } split //, '31452'), '12345');
{
    my $compared = 0;
    local $SIG{USR1} = sub { die "stopped\n" };
    my @sorted = eval { sort { ++$compared; kill(USR1 => $$) * 0 + ($a <=> $b) } reverse 1 .. 1000 };
    is $@, "stopped\n", 'a signal reaches a sort whose comparator calls nothing';
    cmp_ok $compared, '<', 10, '... at once';
}
{
    my @kept;
    my @sorted = sort { push @kept, \$a; $b cmp $a } map {"i$_"} 1 .. 4;
    is "@sorted", 'i4 i3 i2 i1', 'items whose references were kept';
    is join(' ', sort map {$$_} @kept), join(' ', sort grep {/^i[1-4]$/} map {$$_} @kept), '... keep their values';
    ${ $kept[0] } = 'changed';
    isnt ${ $kept[0] }, ${ $kept[-1] }, '... each its own';
}
{
    my @sorted = sort { pos($a) = 1; $b cmp $a } map {"i$_"} 1 .. 4;
    is "@sorted", 'i4 i3 i2 i1', 'items with a position';
    is pos($sorted[0]), undef, '... which stays behind';
    @sorted = sort { join('', sort { $b cmp $a } split //, $a) cmp join('', sort { $b cmp $a } split //, $b) }
        qw(123 19 55 8);
    is "@sorted", '123 55 8 19', 'a sort of the characters of what is sorted';
    local ($a, $b) = (1, 2);
    is eval { () = sort { "$a$b" =~ /c/ and die "no\n"; $a cmp $b } qw(a c b); 1 }, undef, 'a comparator that dies';
    is "$a$b", '12', '... leaves $a and $b as they were';
    @sorted = sort { local ($a, $b) = ($b, $a); $a cmp $b } qw(a c b);
    is "@sorted", 'c b a', 'a comparator that localizes $a and $b';
    @sorted = sort { local *a = \lc $a; $a cmp lc $b } qw(B a C);
    is "@sorted", 'a B C', 'a comparator that replaces $a';
}

done_testing;
