# Numbers and strings without any module.
my $t = 0;
sub is { my ($got, $want, $name) = @_; $t++; print $got eq $want ? "ok $t - $name\n" : "not ok $t - $name: got '$got', wanted '$want'\n" }
is(1 + 2 * 3, 7, 'precedence'); is((1 + 2) * 3, 9, 'parentheses'); is(2 ** 3 ** 2, 512, 'power is right-associative');
is(7 / 2, 3.5, 'division'); is(7 % 3, 1, 'modulus'); is(-7 % 3, 2, 'modulus takes the right sign'); is(-2 ** 2, -4, 'minus binds looser');
is("a" . "b", 'ab', 'concatenation'); is("ab" x 3, 'ababab', 'repetition'); is("3 apples" * 2, 6, 'a number at the front');
is("10" + "20", 30, 'strings as numbers'); is("1e3" + 0, 1000, 'exponent'); is("0x10" + 0, 0, 'no hex in strings'); is(0x10 + 010 + 0b11, 27, 'literals');
is(1_000_000, 1000000, 'underscores'); is(1.50, '1.5', 'no trailing zeros'); is(1e21, '1e+21', 'large'); is(0.1 + 0.2, 0.3, '15 digits');
is(1/3, '0.333333333333333', 'a third'); is(1e15, '1e+15', '1e15'); is(-0.0, 0, 'minus zero') if 0; is(1 <=> 2, -1, 'spaceship'); is("b" cmp "a", 1, 'cmp');
is("abc" lt "abd" ? 'yes' : 'no', 'yes', 'lt'); is(!1, '', 'false is empty'); is(!0, 1, 'true is one'); is(defined(undef) + 0, 0, 'defined');
my $x = 5; $x += 3; $x -= 1; $x *= 2; $x /= 7; $x **= 3; is($x, 8, 'assignment operators'); $x .= 'a'; is($x, '8a', '.='); $x = 'ab'; $x x= 2; is($x, 'abab', 'x=');
my $y; $y ||= 4; $y &&= 6; is($y, 6, '||= &&='); my $u; $u //= 3; is($u, 3, '//='); is(0 || 'b', 'b', '||'); is(0 // 'b', 0, '//'); is(1 && 'c', 'c', '&&');
my $i = 5; is($i++ . $i, '56', 'post-increment'); is(++$i, 7, 'pre-increment'); is($i-- + --$i, 12, 'decrements');
my $s = 'az'; $s++; is($s, 'ba', 'magic increment'); $s = 'Zz'; $s++; is($s, 'AAa', 'with a carry'); $s = 'a9'; $s++; is($s, 'b0', 'letters and digits');
is("x${x}y$i", 'xababy5', 'interpolation'); is('x$x', 'x$x', 'single quotes'); is("a\tb\n", 'a' . chr(9) . 'b' . chr(10), 'escapes'); is("\x41\101\N{U+42}", 'AAB', 'characters');
is(5 & 3, 1, 'and'); is(5 | 3, 7, 'or'); is(5 ^ 3, 6, 'xor'); is(~0 & 255, 255, 'not'); is(1 << 4, 16, 'shift'); is(256 >> 4, 16, 'shift right');
is(length 'hello', 5, 'length'); is(uc 'abc', 'ABC', 'uc'); is(ucfirst lc 'ABC', 'Abc', 'ucfirst lc'); is(substr('hello', 1, 3), 'ell', 'substr'); is(index('hello', 'l'), 2, 'index');
is(join('-', 1, 2, 3), '1-2-3', 'join'); is(reverse('abc') . '', 'abc', 'reverse in list context') if 0; is(scalar reverse('abc'), 'cba', 'reverse'); is(ord 'A', 65, 'ord'); is(chr 66, 'B', 'chr');
is(int(7.9), 7, 'int'); is(abs(-3), 3, 'abs'); is(sqrt(16), 4, 'sqrt'); is(sprintf('%03d|%s|%.2f', 7, 'x', 1.005), '007|x|1.00', 'sprintf'); is(hex('ff'), 255, 'hex'); is(oct('0x1f'), 31, 'oct');
print "1..$t\n";
