# Arrays and hashes without any module.
my $t = 0;
sub is { my ($got, $want, $name) = @_; $t++; print $got eq $want ? "ok $t - $name\n" : "not ok $t - $name: got '$got', wanted '$want'\n" }
my @a = (1, 2, 3); is(scalar(@a), 3, 'count'); is($#a, 2, 'last index'); is($a[-1], 3, 'negative index'); is("@a[0,1]", '1 2', 'slice'); push @a, 4, 5; is("@a", '1 2 3 4 5', 'push');
is(pop @a, 5, 'pop'); is(shift @a, 1, 'shift'); unshift @a, 'x', 'y'; is("@a", 'x y 2 3 4', 'unshift'); my @s = splice(@a, 1, 2, 'q'); is("@a|@s", 'x q 3 4|y 2', 'splice'); $a[6] = 9; is(scalar(@a), 7, 'grows'); is(defined $a[5] ? 1 : 0, 0, 'a hole');
$#a = 1; is("@a", 'x q', 'truncated'); @a = (); is(scalar(@a), 0, 'emptied'); my @b = (1) x 3; is("@b", '1 1 1', 'list repetition'); my ($f, @rest) = (1, 2, 3); is("$f|@rest", '1|2 3', 'list assignment'); is((4, 5, 6)[1], 5, 'list slice');
is(join(',', reverse 1 .. 4), '4,3,2,1', 'reverse'); is(exists $b[1] ? 1 : 0, 1, 'exists'); my @c = @b; $c[0] = 9; is($b[0], 1, 'copied'); is("$#{[1,2,3]}", 2, '$#{}'); my @sorted = sort qw(b c a); is("@sorted", 'a b c', 'sort');
my %h = (a => 1, b => 2); is($h{a}, 1, 'look-up'); $h{c} = 3; is(scalar(keys %h), 3, 'keys'); is(join(',', map { "$_=$h{$_}" } sort keys %h), 'a=1,b=2,c=3', 'pairs'); is(delete $h{a}, 1, 'delete'); is(exists $h{a} ? 1 : 0, 0, 'exists');
is(join(',', sort { $a <=> $b } values %h), '2,3', 'values'); my @v = @h{qw(b c)}; is("@v", '2 3', 'hash slice'); my %k = (%h, d => 4); is(join(',', sort keys %k), 'b,c,d', 'merge'); $h{$_}++ for qw(x y x); is($h{x}, 2, 'counting');
my %inv = reverse %h; is($inv{3}, 'c', 'inverted'); is(%h ? 'yes' : 'no', 'yes', 'truth'); %h = (); is(%h ? 'yes' : 'no', 'no', 'empty'); my $n = 0; while (my ($key, $val) = each %k) { $n += $val } is($n, 9, 'each');
my $r = [1, [2, 3], { k => [4] }]; is($r->[1][1], 3, 'nested arrays'); is($r->[2]{k}[0], 4, 'mixed'); is(scalar @{ $r->[1] }, 2, 'dereference'); is($$r[0], 1, '$$r[0]'); is(${$r}[0], 1, '${$r}[0]'); is("@{$r->[1]}", '2 3', 'interpolated');
my %deep; $deep{a}{b}[2] = 'x'; is(ref $deep{a}, 'HASH', 'autovivified'); is(ref $deep{a}{b}, 'ARRAY', 'array inside'); is(scalar @{ $deep{a}{b} }, 3, 'length'); my @aoh = ({ n => 1 }, { n => 2 }); is(join(',', map { $_->{n} } @aoh), '1,2', 'map over hashes');
is(ref \1, 'SCALAR', 'ref'); is(ref [], 'ARRAY', 'ref'); is(ref {}, 'HASH', 'ref'); is(ref sub {}, 'CODE', 'ref'); is(ref \\1, 'REF', 'ref'); is(ref qr/x/, 'Regexp', 'ref'); is(ref \*STDOUT, 'GLOB', 'ref'); is(join(',', (1, 2, 3)[0, 2]), '1,3', 'slice of a list');
my ($x, undef, $y) = (1, 2, 3); is("$x$y", '13', 'undef skips'); my $cnt = my @got = (7, 8); is($cnt, 2, 'count of an assignment'); is("@{[ map { $_ ** 2 } 1 .. 3 ]}", '1 4 9', 'expression in a string'); is($r->@*, 3, 'postfix') if 0; is(join('', %{ { a => 1 } }), 'a1', 'hash in list context');
print "1..$t\n";
