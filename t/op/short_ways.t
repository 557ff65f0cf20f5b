# Edges of the short ways that hot operations take: what must send them the long way.
use strict;
use warnings;
use Test::More;

# ---- numbers: captured variables, mixed kinds, ends of the words
{
    my ($n, $f) = (5, 0.5);
    my $see = sub { $n + $f };
    is $see->(), 5.5, 'captured variables add';
    $n += $f;
    is $n, 5.5, 'a captured variable takes a sum';
    $n = 9223372036854775807;
    $n++;
    is $n, '9223372036854775808', 'a captured integer steps over its end';
    $n = 9007199254740993;
    is $n + 0.5, 9.00719925474099e+15, 'integers that a double cannot hold';
    is $n - 9007199254740992, 1, 'a difference of large wholes is exact';
    is $n <=> 9007199254740992, 1, 'large integers compare exactly';
    is 7 / 2, 3.5, 'division';
    is 9007199254740993 / 1, 9007199254740993, 'a whole quotient of a large integer is exact';
    is eval { my $z = 0; 1 / $z }, undef, 'division by zero';
    like $@, qr/^Illegal division by zero at /, '... says so';
    is -7 % 3, 2, 'modulus of a negative number';
    my $m = -7;
    is $m % 3,  2,  '... in a variable';
    is $m % -3, -1, '... of a negative modulus';
    is 2**0.5 * 2**0.5 < 2.1, 1, 'powers';
    is 3**2,  9,    'a whole power';
    is 0.5**2, 0.25, 'the square of a fraction';
    is -(-3), 3, 'negation';
    my $text = 'foo';
    is -$text, '-foo', 'negation of a string';
    is 1 <=> 'nan' + 0, undef, 'NaN has no order' if 'nan' + 0 != 'nan' + 0;
    is 5 & 3, 1, 'bits';
    is -1 & 255, 255, 'bits of a negative number';
    is 1 << 3, 8, 'shift';
    is '5' & '3', '1', 'bits of strings';
}

# ---- magic, ties, overloading see every access
{
    package Counted;
    my ($reads, $writes) = (0, 0);
    sub TIESCALAR { bless { v => $_[1] } }
    sub FETCH     { $reads++;  $_[0]{v} }
    sub STORE     { $writes++; $_[0]{v} = $_[1] }
    package main;
    tie my $t, 'Counted', 3;
    my $sum = $t + 1;
    is $sum, 4, 'a tied operand';
    $sum = $t * 0.5;
    is $sum, 1.5, 'a tied operand with a double';
    $t++;
    $t += 2;
    is $t, 6, 'steps of a tied variable';
    is $writes, 2, '... are stores';
    my @list = (1 .. 10);
    is $list[$t], 7, 'a tied index';
    is substr('abcdefgh', $t, 1), 'g', 'a tied offset';
    my %h = (6 => 'six');
    is $h{$t}, 'six', 'a tied key';
    cmp_ok $reads, '>=', 6, 'every look was a FETCH';
    our $global = 0;
    tie $global, 'Counted', 1;
    $global = 9;
    is $global, 9, 'a tied package variable';
    untie $global;
}
{
    package Num;
    use overload
        '+'   => sub { 'plus' },
        '-'   => sub { $_[2] ? 'from' : 'minus' },
        '/'   => sub { 'over' },
        '<=>' => sub { my ($x, $y) = @_; (ref $x ? $x->{n} : $x) <=> (ref $y ? $y->{n} : $y) },
        'eq'  => sub { 'same' },
        '""'  => sub { "n$_[0]{n}" },
        'neg' => sub { 'negative' },
        'bool' => sub { $_[0]{n} > 0 },
        '@{}' => sub { [ 'as', 'array' ] };
    sub new { bless { n => $_[1] } }
    package main;
    my ($a1, $b1) = (Num->new(1), Num->new(2));
    my $see = sub { $a1 };
    is $a1 + 1, 'plus',     'overloaded addition';
    is 1 - $a1, 'from',     'overloaded subtraction, turned round';
    is $a1 / 2, 'over',     'overloaded division';
    is -$a1,    'negative', 'overloaded negation';
    is $a1 eq 'x', 'same', 'overloaded eq';
    is $a1->[1], 'array', 'an object as an array';
    is "$a1$b1", 'n1n2', 'objects in a string';
    is join('-', $a1, 3, $b1), 'n1-3-n2', 'objects in join';
    ok !Num->new(0), 'an object that is false';
    is join(' ', map { $_->{n} } sort { $b <=> $a } $a1, $b1, Num->new(7)), '7 2 1',
        'objects sorted by an operator';
    my %h = (n1 => 'by name');
    is $h{$a1}, 'by name', 'an object as key';
}

# ---- strings
{
    my $wide  = "\x{263a}abc\x{e9}";
    my $latin = "\xe9t\xe9";
    is length $wide, 5, 'length in characters';
    is substr($wide, 1, 2),  'ab', 'substr of a wide string';
    is substr($latin, -1),   "\xe9", 'substr from the end';
    is substr('abc', 1, -1), 'b', 'a negative length';
    is substr('abc', 3), '', 'at the very end';
    {
        my @warned;
        local $SIG{__WARN__} = sub { push @warned, @_ };
        is substr('abc', 4, 1), undef, 'beyond the end';
        like "@warned", qr/^substr outside of string at /, '... warns';
        @warned = ();
        my $none;
        my $got = substr($none, 0, 1);
        like "@warned", qr/^Use of uninitialized value \$none in substr at /, 'an undefined string is named';
        @warned = ();
        $got = "<$none>";
        like "@warned", qr/^Use of uninitialized value \$none in concatenation/, '... in a concatenation';
        @warned = ();
        $got = join ',', 1, $none;
        like "@warned", qr/^Use of uninitialized value \$none in join or string at /, '... in join';
    }
    is index($wide, 'c'), 3, 'index in characters';
    is index('x' x 100 . 'needle', 'needle'), 100, 'index far away';
    is index('x' x 60 . 'needle', 'needle'), 60, 'index over the near end';
    is index('abcabc', 'c', 3), 5,  'index from a place';
    is index('abc', '', 9),     3,  'the empty string beyond the end';
    is index('abc', 'bcd'),     -1, 'not found';
    is index('aXb', 'b', -5),   2,  'from before the start';
    is "$latin$wide", "\xe9t\xe9\x{263a}abc\xe9", 'mixed encodings in one string';
    is join($wide, $latin, 1, 'z'), "\xe9t\xe9${wide}1${wide}z", '... in join';
    is lc("\xc9"), "\xc9", 'lc of a byte without unicode_strings';
    is lc('ABC1'), 'abc1', 'lc';
    is uc("stra\x{df}e\x{263a}"), "STRASSE\x{263a}", 'uc of a wide string';
    is ord(''), 0, 'ord of nothing';
    is ord("\x{263a}"), 0x263a, 'ord of a wide character';
    is chr(255) . chr(256), "\xff\x{100}", 'chr';
    ok $latin eq "\xe9t\xe9", 'eq of bytes';
    (my $up = $latin) .= "\x{100}";
    chop $up;
    ok $latin eq $up, 'eq over encodings';
    is $latin cmp $up, 0, 'cmp over encodings';
    is 'a' lt 'b', 1, 'lt';
    my $copy = $latin;
    $copy .= 'x';
    is $latin, "\xe9t\xe9", 'a copy is a copy';
    is scalar reverse('abc'), 'cba', 'reverse';
    is scalar reverse("a\x{263a}"), "\x{263a}a", 'reverse of a wide string';
    my $self = 'ab';
    $self = "$self$self-$self";
    is $self, 'abab-ab', 'a string made of itself';
}

# ---- split
{
    my @f = split /,/, 'a,b,,c,,';
    is "@f", 'a b  c', 'empty fields at the end are dropped';
    @f = split /,/, ',,';
    is scalar @f, 0, 'nothing but separators';
    @f = split /,/, '';
    is scalar @f, 0, 'nothing at all';
    @f = split /,/, 'x', -1;
    is "@f", 'x', 'no separator';
    @f = ('p,q', 'r');
    @f = split /,/, $f[0];
    is "@f", 'p q', 'the array itself is split';
    @f = split /\x{e9}/, "1\xe92";
    is "@f", '1 2', 'a separator above ASCII';
    my $n = () = split /,/, 'a,b,c,,,', -1;
    is $n, 6, 'a negative limit keeps all';
    my $count = (my @kept = split /:/, 'a:b:c');
    is $count, 3, 'the number of fields';
    @f = split /A/i, '1a2A3';
    is "@f", '1 2 3', 'without case';
}

# ---- slices
{
    my @a = (1 .. 5);
    @a[ 0, 1 ] = @a[ 1, 0 ];
    is "@a", '2 1 3 4 5', 'a swap by slices';
    @a[ 1 .. 3 ] = (9);
    is "@a[0,1]", '2 9', 'too few values';
    ok !defined $a[2] && !defined $a[3], '... leave undef';
    is scalar(@a), 5, '... and the length';
    @a[ -1, 6 ] = ('last', 'new');
    is "$a[4] $a[6] " . scalar(@a), 'last new 7', 'from the end, and beyond it';
    eval { @a[ -20 ] = (1) };
    like $@, qr/^Modification of non-creatable array value attempted, subscript -20 at /, 'before the start';
    my %h;
    @h{qw(a b c)} = (1, 2);
    is join(',', map { $_ . ($h{$_} // 'u') } sort keys %h), 'a1,b2,cu', 'a hash slice';
    my $r = {};
    @$r{qw(x y)} = @h{qw(a b)};
    @{ $r->{deep} }[ 0, 2 ] = ('p', 'q');
    is "$r->{x}$r->{y}$r->{deep}[2]", '12q', 'slices through references';
    my $number = (@h{qw(a b)} = (7, 8, 9));
    is $number, 3, 'the number of values in scalar context';
    my @back = (@h{qw(a b)} = (5, 6, 7));
    is "@back", '5 6', 'the elements in list context';
    { local @h{qw(a b)} = (0, 0); is "$h{a}$h{b}", '00', 'local slices'; }
    is "$h{a}$h{b}", '56', '... are restored';
    is join(',', (10 .. 20)[ 1, -1, 3 ]), '11,20,13', 'a list slice';
    my @empty = ()[ 0, 1 ];
    is scalar @empty, 0, 'a slice of nothing';
    {
        package Row;
        my @log;
        sub TIEARRAY  { bless [] }
        sub STORE     { push @log, "$_[1]=$_[2]" }
        sub FETCH     { push @log, "get$_[1]"; $_[1] * 2 }
        sub FETCHSIZE { 10 }
        sub EXTEND    { }
        package main;
        tie my @t, 'Row';
        @t[ 1, 2 ] = ('a', 'b');
        my @got = @t[ 3, 4 ];
        is "@log", '1=a 2=b get3 get4', 'slices of a tied array';
        is "@got", '6 8', '... and their values';
    }
}

# ---- sort
{
    my @n = sort { $a <=> $b } (10, 9, 2.5, '3', 1e3);
    is "@n", '2.5 3 9 10 1000', 'mixed numbers';
    @n = reverse sort { $a <=> $b } 3, 1, 2;
    is "@n", '3 2 1', 'reversed';
    @n = sort { $b cmp $a } qw(b a c);
    is "@n", 'c b a', 'strings downwards';
    my @recs = map { { k => $_ % 3, i => $_ } } 0 .. 20;
    is join(',', map { $_->{i} } sort { $a->{k} <=> $b->{k} } @recs),
        '0,3,6,9,12,15,18,1,4,7,10,13,16,19,2,5,8,11,14,17,20', 'a comparator block; stable';
    my @nested = sort { my @x = sort { $b <=> $a } 1, 2; ($a <=> $b) * $x[0] } 3, 1, 2;
    is "@nested", '1 2 3', 'a sort in a comparator';
    my $died = eval { my @x = sort { die "stop\n" if $a == 2 || $b == 2; $a <=> $b } 3, 1, 2; 1 };
    is $@, "stop\n", 'a comparator that dies';
    @n = sort { eval { die 'x' if $a == 1; 1 }; $a <=> $b } 3, 1, 2;
    is "@n", '1 2 3', 'an eval in a comparator';
    sub later { return $b <=> $a }
    @n = sort later 1, 3, 2;
    is "@n", '3 2 1', 'a named comparator';
    sub pair($$) { my ($x, $y) = @_; $x <=> $y }
    @n = sort pair 2, 3, 1;
    is "@n", '1 2 3', 'a comparator with arguments';
    my $by = sub { my $first = $a; local $_ = $b; $first <=> $_ };
    @n = sort $by 2, 3, 1;
    is "@n", '1 2 3', 'a closure as comparator';
    my @seen;
    {
        package Gone;
        sub new     { bless { n => $_[1] } }
        sub DESTROY { push @seen, $_[0]{n} }
    }
    @n = sort { my $tmp = Gone->new("$a$b"); $a <=> $b } 1, 2;
    is scalar(@seen), 1, 'what a comparator makes is destroyed';
    my @subs = map { my $n = $_; sub { $n } } 3, 1, 2;
    is join(',', map { $_->() } sort { $a->() <=> $b->() } @subs), '1,2,3', 'subs called by a comparator';
    my @up = map { $_ * 1 } sort { $a =~ /(\d)/; my $x = $1; $b =~ /(\d)/; $x <=> $1 } qw(3 1 2);
    is "@up", '1 2 3', 'matches in a comparator';
    my @q = (3, 1, 2);
    my @x = sort { ($a, $b) = ($a, $b) if 0; $a <=> $b } @q;
    is "@q", '3 1 2', 'the sorted array stays';
    is join(' ', sort qw(b a), 3, 10), '10 3 a b', 'as strings by default';
}

# ---- foreach, aliases, arguments
{
    my @a = (1, 2, 3);
    $_ *= 2 for @a;
    is "@a", '2 4 6', 'elements are aliased';
    my @subs;
    for my $i (1 .. 3) { push @subs, sub { $i } }
    is join(',', map { $_->() } @subs), '1,2,3', 'each round has its own variable';
    my @refs;
    for (1 .. 3) { push @refs, \$_ }
    is join(',', map { $$_ } @refs), '1,2,3', '... and its own $_';
    my @strings = ('x', 'y');
    my $last = '';
    for my $s (@strings) { $s .= '!' if $last; $last = $s }
    is "@strings", 'x y!', 'a string element is changed through its alias';
    sub change { $_[0] = 'changed'; $_[1]++ }
    my ($x, %h) = ('old');
    change($x, $h{new});
    is "$x $h{new}", 'changed 1', 'arguments are aliases';
    my $obj = bless {}, 'Meth';
    sub Meth::touch { $_[1] = 'touched' }
    sub Meth::copy { my ($self, $v) = @_; $v }
    $obj->touch($h{by});
    is $h{by}, 'touched', 'an element as argument of a method';
    $obj->copy($h{none});
    ok !exists $h{none}, 'a method that copies makes no element';
    my @order;
    eval { $obj->missing(do { push @order, 'argument'; 1 }) };
    is "@order", 'argument', 'arguments come before the look for a method';
    like $@, qr/^Can't locate object method "missing" via package "Meth" at /, '... which fails then';
    sub own { my $v = shift; my $r = \$v; $v = 5; return $v }
    is own(1), 5, 'the value of a variable that was referred to';
    sub keep { my $s = "s$_[0]"; return $s }
    my @kept = map { keep($_) } 1 .. 3;
    is "@kept", 's1 s2 s3', 'returned strings are their own';
    sub ctx { return wantarray ? 'list' : defined(wantarray) ? 'scalar' : 'void' }
    my ($l) = ctx();
    my $s = ctx();
    is "$l $s", 'list scalar', 'contexts of calls';
}

# ---- containers that keep their room
{
    my @rounds;
    for my $i (1 .. 3) { my (@a, %h); push @rounds, scalar(@a) . scalar(keys %h); push @a, 1 .. $i; $h{$_} = 1 for 1 .. $i }
    is "@rounds", '00 00 00', 'each round begins with empty ones';
    my @gone;
    {
        package Tell;
        sub new     { bless [ $_[1] ] }
        sub DESTROY { push @gone, $_[0][0] }
    }
    for my $i (1, 2) { my @a = (Tell->new($i)); my %h = (k => Tell->new("h$i")) }
    is join(',', sort @gone), '1,2,h1,h2', '... and lets go of what was in them';
    my @kept;
    for my $i (1, 2) { my @a = ($i); push @kept, \@a }
    is join(',', map { $_->[0] } @kept), '1,2', 'one that is kept is another';
    my @self = (1, 2, 3);
    @self = (@self, 4);
    @self = @self[ 1 .. 3 ];
    is "@self", '2 3 4', 'an array assigned from itself';
    my %big = map { $_ => $_ } 1 .. 1000;
    delete @big{ grep { $_ % 3 } 1 .. 1000 };
    is scalar(keys %big), 333, 'deletes from a large hash';
    is join(',', grep { exists $big{$_} } 1 .. 12), '3,6,9,12', '... leave the others to be found';
    $big{$_} = -$_ for 1 .. 1000;
    is scalar(grep { $big{$_} == -$_ } 1 .. 1000), 1000, '... and room for more';
}

# ---- formats of numbers and values
is sprintf('%05d|%-6s|%6s|%.2f|%x|%+d', 42, 'ab', 'cd', 1 / 3, 255, 7), '00042|ab    |    cd|0.33|ff|+7', 'sprintf';
is sprintf('%s' . 'x' x 100 . '%40s', 'a', 'b'), 'a' . 'x' x 100 . ' ' x 39 . 'b', 'wide fields';
is join(',', unpack('(A2)*', pack('(A2)3 @8', qw(a bb c)))), 'a,bb,c,', 'groups and places in pack';
is join(',', unpack('N n/a* C', pack('N n/a* C', 1, 'len', 2))), '1,len,2', 'lengths in pack';

done_testing;
