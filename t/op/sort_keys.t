# Comparators that compare the same of both items: their keys may be found beforehand, which nobody must notice.
binmode STDOUT, ":utf8";
use strict;
use warnings;
use Test::More;

my $seed = 42;
sub random { $seed = ($seed * 1103515245 + 12345) % 2147483648; int($seed / 65536) % $_[0] }

{

    package Loud;
    use overload
        '<=>' => sub { $main::asked++; (ref $_[0] ? ${ $_[0] } : $_[0]) <=> (ref $_[1] ? ${ $_[1] } : $_[1]) },
        'cmp' => sub { $main::asked++; "${$_[0]}" cmp(ref $_[1] ? ${ $_[1] } : $_[1]) },
        '""'  => sub { ${ $_[0] } };
    package Quiet;
    sub new { bless { id => $_[1], n => $_[2] }, $_[0] }
    package Tied;
    sub TIEHASH { bless {}, shift }
    sub FETCH { $main::asked++; length $_[1] }
}
our $asked = 0;
our (%global, @global, $pick);
my (%of, @of, %deep, $ref);
for my $word (map { join '', map { ('a' .. 'e', 'A', 'E', "\x{e9}", "\x{100}")[random 9] } 0 .. random 4 } 1 .. 60) {
    $of{$word} = $global{$word} = random 7;
    $deep{$word} = { n => [random(5), "x" . random(3)], s => random 3 };
}
@of = map { random 20 } 0 .. 30;
@global = map { "t" . random 20 } 0 .. 30;
($ref, $pick) = (\%of, 'n');

# The list, and what is compared.
my @plain = (
    ['keys %of',         '$of{$a} <=> $of{$b}'],
    ['keys %of',         '$of{$b} <=> $of{$a} || $a cmp $b'],
    ['keys %of',         '$global{$a} <=> $global{$b} or length $b <=> length $a or $b cmp $a'],
    ['keys %of',         '$ref->{$a} <=> $ref->{$b} || lc $a cmp lc $b'],
    ['keys %of',         '$$ref{$a} <=> $$ref{$b} || uc $a cmp uc $b || $a cmp $b'],
    ['keys %deep',       '$deep{$a}{n}[0] <=> $deep{$b}{n}[0] || $deep{$a}{n}[-1] cmp $deep{$b}{n}[1]'],
    ['keys %deep',       '$deep{$a}{$pick}[$of[0] ? 0 : 0] <=> $deep{$b}{$pick}[0]'],
    ['keys %deep',       '$deep{$a}->{$pick}->[0] <=> $deep{$b}->{$pick}->[0]'],
    ['values %deep',     '$a->{s} <=> $b->{s} || $a->{n}[1] cmp $b->{n}[1]'],
    ['0 .. 30',          '$of[$a] <=> $of[$b]'],
    ['0 .. 30',          '$global[$b] cmp $global[$a] || $b <=> $a'],
    ['(0 .. 30, 3, 4)',  '$of[$a] cmp $of[$b]'],
    ['map { $_ / 4 } -9 .. 9', 'length $a <=> length $b || $a <=> $b'],
    ['map { [$_ % 3, $_ / 3, "1e$_", ~0 - $_] } 0 .. 30', '$a->[0] <=> $b->[0] || $b->[2] <=> $a->[2]'],
    ['map { [$_ % 3, $_ / 3, " $_", ~0 - $_] } 0 .. 30', '$a->[3] <=> $b->[3]'],
    ['map { [$_ % 3, $_ / 3, " $_", ~0 - $_] } 0 .. 30', '$$a[0] <=> $$b[0] || $b->[2] <=> $a->[2]'],
    ['map { Quiet->new(random(5), $_) } 0 .. 30', '$a->{id} <=> $b->{id}'],
    ['map { Quiet->new(random(5), $_) } 0 .. 30', '$b->{id} cmp $a->{id} || $b->{n} <=> $a->{n}'],
);
my @odd = (
    ['map { $_ % 4 ? $_ % 7 : undef } 0 .. 30', '$a <=> $b || 0 <=> 0'],
    ['map { $_ % 4 ? $_ % 7 : undef } 0 .. 30', '$b->{x} <=> $a->{x}'],
    ['map { +{ $_ % 5 ? (k => $_ % 7) : () } } 0 .. 30', '$a->{k} <=> $b->{k}'],
    ['map { +{ k => $_ % 5 ? $_ % 7 : "abc" } } 0 .. 30', '$a->{k} <=> $b->{k}'],
    ['map { +{ k => $_ % 5 ? $_ % 7 : "3 apples" } } 0 .. 30', '$a->{k} <=> $b->{k} || $a cmp $a'],
    ['map { +{ $_ % 5 ? (k => { n => $_ % 7 }) : () } } 0 .. 30', '$a->{k}{n} <=> $b->{k}{n}'],
    ['map { my $n = $_ % 7; bless \$n, "Loud" } 0 .. 30', '$a <=> $b'],
    ['map { my $n = $_ % 7; { k => bless \$n, "Loud" } } 0 .. 30', '$a->{k} <=> $b->{k}'],
    ['map { my $n = $_ % 7; { k => bless \$n, "Loud" } } 0 .. 30', '$b->{k} cmp $a->{k}'],
    ['map { my $n = $_ % 7; { k => $_ % 9 ? $_ : bless \$n, "Loud" } } 0 .. 30', '$a->{k} <=> $b->{k}'],
    ['map { $_ % 9 ? [$_ % 4] : {} } 1 .. 8', '$a->[0] <=> $b->[0]'],
    ['map { $_ % 8 ? [$_ % 4] : {} } 1 .. 8', '$a->[0] <=> $b->[0]'],
    ['map { $_ % 8 ? [$_ % 4] : "name" } 1 .. 8', '$a->[0] <=> $b->[0]'],
    ['map { 9 ** 9 ** ($_ % 5) - 9 ** 9 ** ($_ % 4) } 1 .. 8', '$a <=> $b || length $a <=> length $b'],
    ['map { "k$_" } 1 .. 30', '$tied{$a} <=> $tied{$b}'],
    ['map { "HOME$_" } 1 .. 9', '$ENV{$a} cmp $ENV{$b}'],
    ['1 .. 9', '$_[0] <=> $_[0] || $b <=> $a'],
    ['1 .. 9', '$_[$a] <=> $_[$b]'],
    ['1 .. 9', '$none{$a} <=> $none{$b}'],
);
tie my %tied, 'Tied';
my %none;

sub told {
    my ($list, $order, $known) = @_;
    my @warnings;
    local $SIG{__WARN__} = sub { push @warnings, $_[0] =~ s/ at .*//sr };
    ($seed, $asked) = (7, 0);
    my @list = eval $list;
    my %place;
    for my $i (0 .. $#list) { push @{ $place{ defined $list[$i] ? ref $list[$i] ? 0 + \$list[$i] : $list[$i] : 'undef' } }, $i }
    local $_ = 'topic';
    my $code = "sub { " . ($known ? "sort { $order } \@list" : "sort { my \$order = ($order); \$order } \@list") . " }";
    my @sorted = eval { (eval $code or die $@)->(5, 3, 8, 1) };
    my $died = $@ =~ s/ at .*//sr;
    my $show;
    $show = sub {
        my $x = shift;
        return 'undef' unless defined $x;
        my $type = Scalar::Util::reftype($x) // '';
        return '{' . join(',', map { "$_=" . $show->($x->{$_}) } sort keys %$x) . '}' if $type eq 'HASH';
        return '[' . join(',', map { $show->($_) } @$x) . ']' if $type eq 'ARRAY';
        return $type ? "\\$$x" : $x;
    };
    my $shown = join ' ', map { $show->($_) } @sorted;
    return "$shown\ndied: $died\nwarned: @warnings[0 .. ($#warnings > 3 ? 3 : $#warnings)]\n" . (ref $list[0] eq 'Loud' || $order =~ /tied/ ? !!$asked : '');
}
use Scalar::Util ();
for my $case (@plain, @odd) {
    my ($list, $order) = @$case;
    is told($list, $order, 1), told($list, $order, 0), "$order of $list";
    (my $reversed = $list) =~ s/^/reverse /;
    is told("sort { $order } $list", '$b cmp $a', 1) =~ s/\n.*//sr, told("sort { my \$x = ($order); \$x } $list", '$b cmp $a', 0) =~ s/\n.*//sr
        if !ref((eval $list)[0]) && $order !~ /_|tied|undef/;
}
is join(' ', reverse sort { $of[$a] <=> $of[$b] } 0 .. 30), join(' ', reverse sort { my $o = $of[$a] <=> $of[$b]; $o } 0 .. 30),
    'reversed';
is join(' ', sort { $of[$a] <=> $of[$b] } reverse 0 .. 30), join(' ', sort { my $o = $of[$a] <=> $of[$b]; $o } reverse 0 .. 30);
{
    my @items = map { { n => $_ } } 3, 1, 2;
    $_->{seen} = 1 for sort { $a->{n} <=> $b->{n} } @items;
    is scalar(grep { $_->{seen} } @items), 3, 'items of foreach';
    my @numbers = (3, 1, 2);
    my %rank = (1 => 9, 2 => 8, 3 => 7);
    $_ *= 10 for sort { $rank{$a} <=> $rank{$b} } @numbers;
    is "@numbers", '30 10 20', '... are aliases';
    my ($first) = sort { $rank{$a} <=> $rank{$b} } 1 .. 3;
    $rank{$_} = -$rank{$_} for 1 .. 3;
    my ($then) = sort { $rank{$a} <=> $rank{$b} } 1 .. 3;
    is "$first $then", '3 1', 'keys are of now';
}
{
    use integer;
    is join(' ', sort { $a <=> $b or $b cmp $a } 1.5, 1.25, 1.75), '1.75 1.5 1.25', 'use integer';
}
{
    my $by = sub {
        my ($of, @list) = @_;
        sort { $of->{$a} <=> $of->{$b} } @list;
    };
    is join('', $by->({ a => 2, b => 1 }, 'a', 'b')), 'ba', 'captured anew';
    is join('', $by->({ a => 1, b => 2 }, 'a', 'b')), 'ab', '... each time';
}
{

    package Other;
    our %rank = (x => 2, y => 1);
    ::is join('', sort { $rank{$a} <=> $rank{$b} } 'x', 'y'), 'yx', 'another package';
    no strict 'vars';
    my @none = sort { $main::a->{n} <=> $main::b->{n} } { n => 2 }, { n => 1 };
    ::is scalar(@none), 2, q($a of another package is not the item);
}
{
    my %rank = (x => 2, y => 1, z => 0);
    sub by_rank { $rank{$a} <=> $rank{$b} }
    my $backwards = sub { $rank{$b} <=> $rank{$a} };
    my $name = 'by_rank';
    is join('', sort by_rank qw(x y z)), 'zyx', 'a named sub';
    is join('', sort $backwards qw(y x z)), 'xyz', 'a sub in a variable';
    is join('', sort $name qw(y x z)), 'zyx', '... or its name';
    is join('', reverse sort by_rank qw(y x z)), 'xyz', '... backwards';
    sub by_prototype($$) { $rank{$a} <=> $rank{$b} }
    local ($a, $b) = ('x', 'x');
    is join('', sort by_prototype qw(y x z)), 'yxz', 'a prototype: $a and $b are not the items';
    sub by_signature { my ($x, $y) = @_; $rank{$a} <=> $rank{$b} }
    is join('', sort by_signature qw(y x z)), 'zyx', 'more than a comparison';

    package Far;
    our ($a, $b) = ('x', 'x');
    ::is join('', sort main::by_rank qw(y x z)), 'yxz', 'a sub of another package looks at its own $a and $b';
    sub by_rank { $rank{$a} <=> $rank{$b} }
    ::is join('', sort by_rank qw(y x z)), 'zyx';
}
is eval { my @s = sort { $a->{n} <=> $b->{n} } { n => 1 }, 'text'; 1 }, undef;
like $@, qr/^Can't use string \("text"\) as a HASH ref while "strict refs" in use at /, 'what is no reference';

{
    my ($x, $y) = (0, 5);
    SKIP: {
        skip 'real perl overflows its stack', 1 if $^X !~ /keshi/;
        my $long = eval 'sub { ' . '$x || ' x 100_000 . '$y }';
        is $long->(), 5, 'a sub that is a very long chain of something else';
    }
    my @items = map { { n => { n => $_ } } } 3, 1, 2;
    my $chain = join ' || ', ('$a->{n}{n} - $a->{n}{n} <=> $b->{n}{n} - $b->{n}{n}') x 3, ('$a->{n}{n} <=> $b->{n}{n}') x 40;
    is join(' ', map { $_->{n}{n} } eval "sort { $chain } \@items"), '1 2 3', 'many comparisons';
    my $nest = { n => 1 };
    my $other = { n => 2 };
    ($nest, $other) = ({ n => $nest }, { n => $other }) for 1 .. 99;
    my $key = '{n}' x 100;
    is join(' ', map { $_ == $nest ? 'one' : 'two' } eval "sort { \$a->$key <=> \$b->$key } \$other, \$nest"), 'one two', 'a long way to a key';
    use bytes;
    is join('', map ord, sort { $a cmp $b } "\x{e9}", "\x{100}"), join('', map ord, sort { my $order = $a cmp $b; $order } "\x{e9}", "\x{100}"), 'use bytes';
}

done_testing;
