# Quote-like operators, here-documents, interpolation.
use strict; use warnings;
use Test::More;
is(q(a(b)c), 'a(b)c'); is(q{a}, 'a'); is(q<a>, 'a'); is(q[a], 'a'); is(q!a!, 'a'); is(q#a#, 'a'); is(qq{a{b}}, 'a{b}'); is(qq/\//, '/'); is(q(\)), ')'); is(q(\a), '\\a'); is('\\', "\x5c"); is(join('|', qw(a b
 c)), 'a|b|c'); is((qw(x y z))[1], 'y'); is(scalar(@{[qw()]}), 0); my $x = 'X'; my @a = (1, 2, 3); my %h = (k => 'v', 'a b' => 'ab'); my $r = { l => [1, [2]], c => sub { 'code' } };
is("$x", 'X'); is("${x}y", 'Xy'); is("$a[0]$a[-1]$a[$#a]", '133'); is("$h{k}$h{'k'}" . qq{$h{"k"}}, 'vvv'); is("$h{'a b'}", 'ab'); is("@a", '1 2 3'); is("@a[0,1]", '1 2'); is("$r->{l}[1][0]$r->{l}->[0]", '21'); is("@{$r->{l}}[0]", '1'); is("@{[ map { $_ * 2 } @a ]}", '2 4 6'); is("${\ $r->{c}->()}", 'code'); is("$$r{l}[0]", '1'); is("a$x-b", 'aX-b'); is("$x: $x; ($x) [$x] {$x}", 'X: X; (X) [X] {X}'); is("$x\[0]", 'X[0]'); is("$x\{k}", 'X{k}'); is("$x ->", 'X ->'); is("$x->", 'X->'); is("mail\@example", 'mail@example'); is("cost \$5", 'cost $5'); is("50%", '50%'); is("$a[0]-1", '1-1'); is("$a[1 + 1]", 3); is("$a[$a[0]]", 2); is("$h{$x eq 'X' ? 'k' : 'z'}", 'v'); is("$#a $#{$r->{l}}", '2 1'); is("@{$r->{l}[1]}", 2); is("\t\n\r\0\a\e\f", join '', map { chr } 9, 10, 13, 0, 7, 27, 12); is("\x41\x{263a}\101\o{102}\cA", "A\x{263a}AB\x01"); is("\LABC\E\Uabc\E\lA\ua", 'abcABCaA'); is("\Qa.b\E.c", 'a\\.b.c'); is("\u\LHELLO wORLD", 'Hello world'); is("\LÀ\E", "\LÀ\E"); is("a\
b", "a\nb"); is("$x$x" . '$x', 'XX$x'); is("@{[1]}@{[2]}", '12'); is("$$", $$); is("pid:$$;", "pid:$$;"); is("${$}x" , "$$" . 'x'); is("$0", $0); is("$;" eq $; ? 1 : 0, 1); is("a${\ 'b'}c", 'abc'); our $pkg = 'P'; our @pa = (7); is("$main::pkg $::pkg @main::pa", 'P P 7'); is("${main::pkg}", 'P'); 
my $h1 = <<EOT; my $h2 = <<'RAW' . 'tail'; is($h1, "line X\n  indented\n"); is($h2, "no \$x here\\n\n\ntail");
line $x
  indented
EOT
no $x here\n

RAW
is(<<~IND, "a\n  b\n\nc\n");
    a
      b

    c
    IND
is(<<"A" . <<"B", "1\n2\n"); is(lc(<<C) . 'after', "up\nafter");
1
A
2
B
UP
C
is("in @{[ <<E ]} string", "in here\n string");
here
E
my %conf = (text => <<T, n => 5); is($conf{text}, "conf\n"); is($conf{n}, 5);
conf
T
sub two { join '+', @_ } is(two(<<ONE, <<TWO), "one\n+two\n"); is(<<`CMD`, "shell\n"); (my $sub = <<S) =~ s/^\s+//gm; is($sub, "x\ny\n");
one
ONE
two
TWO
echo shell
CMD
  x
  y
S
is(<<"", "until empty\n"); is(<<'E1' =~ tr/a//, 3); is(eval "<<Q\nevaled\nQ\n", "evaled\n"); is(eval("<<Q;\nno end\n"), undef); like($@, qr/^Can't find string terminator "Q" anywhere before EOF at \(eval \d+\) line 1\./);
until empty

aaa
E1
my $nested = "a @{[ map { qq(<$_>) } @a ]} b"; is($nested, 'a <1> <2> <3> b'); is(qq{$h{k} {$x}}, 'v {X}'); is(eval q{"unterminated}, undef); like($@, qr/^Can't find string terminator '"' anywhere before EOF at/); is(eval 'q(abc', undef); like($@, qr/^Can't find string terminator "\)" anywhere before EOF/); is(`echo $x`, "X\n"); is(qx{echo a b}, "a b\n"); is(qx'echo $HOME' =~ /\// ? 1 : 0, 1, 'not interpolated'); is(join('', map { chomp; $_ } `printf 'a\nb\n'`), 'ab'); my $t = 'aXb'; $t =~ s{X} {Y}; is($t, 'aYb'); $t =~ s{Y}
 # comment
 {Z}; is($t, 'aZb'); $t =~ tr{a-z} {A-Z}; is($t, 'AZB'); ok('a/b' =~ m!/!); ok('a{2}' =~ m{a\{2\}}); is(join('|', split m|,|, 'a,b'), 'a|b'); is("a" . "b" x 2 . "c", 'abbc'); is(__LINE__, __LINE__); is(__FILE__, $0); is(__PACKAGE__, 'main'); is("$x" . __PACKAGE__, 'Xmain'); is("$x\n" =~ /\n/ ? 1 : 0, 1); { local $" = ','; local $, = ''; is("@a", '1,2,3') } is("${\($x)}", 'X'); is("@{ \@a }", '1 2 3'); is(-bareword, '-bareword'); is(join(',', %{{ a => 1 }}), 'a,1'); is("\N{LATIN SMALL LETTER E WITH ACUTE}", "\xe9"); is("\N{U+e9}", "\xe9"); is(v9786, "\x{263a}"); is(sprintf('%vd', v1.2.3), '1.2.3'); is(1_2 . 3, '123'); is(1 . 2, '12'); is('a'.1, 'a1'); is(1.2.3 eq "\1\2\3" ? 1 : 0, 1);
for (['m', 'Search pattern not terminated'], ['s', 'Substitution pattern not terminated'],
    ['y', 'Transliteration pattern not terminated']) {
    is(eval "1;\nprint $$_[0]", undef);
    like($@, qr/^\Q$$_[1]\E at \(eval/, "$$_[0] at the end of the text");
}
is(join('|', qw(a \ b \\ c \) d\ e)), 'a|\\|b|\\|c|)|d\\|e', 'a backslash keeps no blank in a word');
# nothing is said after what ends the text in the middle of a quote
is(`$^X -e 'print "abc' 2>&1`, qq{Can't find string terminator '"' anywhere before EOF at -e line 1.\n});
is(`$^X -c -e 'm/abc' 2>&1`, "Search pattern not terminated at -e line 1.\n");
done_testing;
