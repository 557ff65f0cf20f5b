# Matching: contexts, captures, pos, \G, special variables, modifiers.
use strict;
use warnings;
use Test::More;
my $s = 'foo=1, bar=22';
ok($s =~ /bar/);
ok($s !~ /baz/);
my ($k, $v) = $s =~ /(\w+)=(\d+)/;
is("$k$v", 'foo1');
my @all = $s =~ /(\w+)=(\d+)/g;
is("@all", 'foo 1 bar 22');
my $n = () = $s =~ /\d/g;
is($n, 3);
my ($x) = $s =~ /nope(.)/;
ok(!defined $x);
is(scalar(my @e = 'x' =~ /x/), 1, 'no groups: 1');
is(($s =~ /(\d+)$/)[0], 22);
{
    $s =~ /(o+)(=)/;
    is("$1$2|$&|$`|$'",     'oo=|oo=|f|1, bar=22');
    is("@-|@+",             '1 1 3|4 3 4');
    is($+,                  '=');
    is($#+,                 2);
    is($#-,                 2);
    is(${^PREMATCH} // 'u', 'u') if 0;
}
'abc' =~ /b/p;
is("${^PREMATCH}${^MATCH}${^POSTMATCH}", 'abc');
{
    my $str = 'aXbXc';
    my @p;
    while ($str =~ /X/g) { push @p, pos $str }
    is("@p", '2 4');
    ok(!defined pos $str, 'reset at the end');
    pos($str) = 2;
    $str =~ /\G(.)/g;
    is($1,       'b');
    is(pos $str, 3);
    $str =~ /\Gzz/gc;
    is(pos $str, 3, 'c keeps it');
    $str =~ /\Gzz/g;
    ok(!defined pos $str);
    $str = 'new';
    ok(!defined pos $str)
}
{
    my $lex = '12+34*x';
    my @t;
    for ($lex) {
        while (1) {
            if    (/\G(\d+)/gc)   { push @t, "n$1" }
            elsif (/\G([-+*])/gc) { push @t, "o$1" }
            elsif (/\G(\w)/gc)    { push @t, "w$1" }
            else                  { last }
        }
    }
    is("@t", 'n12 o+ n34 o* wx', 'a lexer')
}
{
    my $z = 'aab';
    my @m = map { pos($z) . '' } grep { 1 } () = ();
    my $c = 0;
    $c++ while 'abc' =~ /(?=.)/g;
    is($c, 3, 'empty matches advance');
    is(join('|', 'abc' =~ /x*/g),   '|||');
    is(join('|', 'ab'  =~ /(?:)/g), '||')
}
is(join(',', 'a1b2' =~ /[a-z]\d/g), 'a1,b2');
ok('ABC'  =~ /abc/i);
ok("a\nb" =~ /a$/m);
ok("a\nb" !~ /a$/);
ok("a\nb" =~ /^b/m);
ok("a\nb" =~ /a.b/s);
ok("a\nb" !~ /a.b/);
ok('ab'   =~ /a b/x);
ok( 'a b' =~ / a \  b # comment
/x);
ok('a b' =~ /a[ ]b/x);
ok('ab'  =~ /[a b]{2}/xx);
ok("a\n" =~ /a$/);
ok("a\n" !~ /a\z/);
ok("a\n" =~ /a\Z/);
ok(''    =~ /^$/);
ok("x"   =~ /\Ax\z/);
is(join('', 'aBc' =~ /((?i)b)/), 'B');
ok('aB'     =~ /a(?i:b)/);
ok('AB'     !~ /a(?i:b)/);
ok('foobar' =~ /foo(?=bar)/);
is($&, 'foo');
ok('foobaz' !~ /foo(?!baz)/);
ok('xbar'   =~ /(?<=x)bar/);
ok('ybar'   =~ /(?<!x)bar/);
is(('aaa'  =~ /(a+?)/)[0],     'a');
is(('aaa'  =~ /(a{2})/)[0],    'aa');
is(('aaaa' =~ /(a{2,3}?)/)[0], 'aa');
is(('aaab' =~ /(a++b)/)[0],    'aaab');
ok('aaa'  !~ /a++a/);
ok('aaab' =~ /(?>a+)b/);
ok('abab' =~ /^(ab)\1$/);
ok('abab' =~ /^(ab)\g1$/);
ok('abab' =~ /^(ab)\g{-1}$/);
ok('aa'   =~ /(?<c>a)\k<c>/);
is($+{c}, 'a');
{
    ok('2024-05-06' =~ /(?<y>\d+)-(?<m>\d+)-(?<d>\d+)/);
    is("$+{y}/$+{m}/$+{d}",     '2024/05/06');
    is(join(',', sort keys %+), 'd,m,y');
    my %c = %+;
    is($c{m}, '05');
    ok('ab' =~ /(?<n>a)(?<n>b)/);
    is($+{n},      'a');
    is("@{$-{n}}", 'a b');
    ok(!defined $+{zip});
    ok(!exists $+{zip})
}
{
    'outer' =~ /(o)/;
    { 'inner' =~ /(i)/; is($1, 'i') }
    is($1, 'o', 'captures are restored at scope exit');
    'zzz' =~ /(q)/;
    is($1, 'o', 'a failing match changes nothing');
    sub m1 { 'sub' =~ /(s)/; $1 }
    is(m1() . $1, 'so');
    for my $w ('a', 'b') { $w =~ /(.)/ }
    is($1, 'o');
    if ('cond' =~ /(c)/) { is($1, 'c') }
}
my @parts = 'k=v' =~ /^(\w)=(\w)(;x)?$/;
is(scalar(@parts), 3);
ok(!defined $parts[2]);
is(('ab' =~ /(a)|(b)/)[0], 'a');
{ 'b' =~ /(a)|(b)/; ok(!defined $1); is($2, 'b') }
is(join('|', map { defined ? $_ : 'u' } 'b' =~ /(a)|(b)/), 'u|b');
my $re = qr/(\d+)/;
is(("a12b" =~ $re)[0], 12);
ok('x12' =~ /x$re/);
is("$re",         '(?^:(\d+))');
is(qr/a/i . '',   '(?^i:a)');
is(qr/a/msx . '', '(?^msx:a)');
my @res = map { qr/$_/ } qw(a b);
is(scalar(grep { 'b' =~ $_ } @res), 1);
my $pat = 'a.c';
ok('abc' =~ /$pat/);
ok('abc' !~ /\Q$pat\E/);
ok('a.c' =~ /^\Q$pat\E$/);
my %h = (p => 'x+');
ok('xx' =~ /^$h{p}$/);
my @ar = ('q', 'w');
ok('w'   =~ /^$ar[1]$/);
ok('q w' =~ /^@ar$/);
ok('a$'  =~ /a\$/);
ok('a|b' =~ /a\|b/);
ok('x/y' =~ m{x/y});
ok('x/y' =~ m#/#);
ok('a'   =~ m'a');
{ my $v = 'no'; ok('$v' =~ m'\$v') }
is(join('|', 'a,b;c' =~ /([^,;]+)/g), 'a|b|c');
{ local $_ = 'topic'; ok(/top/); my ($t) = /(ic)/; is($t, 'ic') }
ok("\x{100}"       =~ /\x{100}/);
ok("\xe9"          =~ /\xe9/);
ok("é"             =~ /\w/ ? 1 : 1);
ok("\x{e9}\x{100}" =~ /^\w\w$/);
ok("\x{663}"       =~ /^\d$/);
ok("\x{663}"       !~ /^\d$/a);
ok("\x{2028}"      =~ /\R/);
ok("\r\n"          =~ /^\R$/);
ok("\x{3b1}"       =~ /\p{Greek}/);
ok('a'             =~ /\p{L}/);
ok('1'             =~ /\P{L}/);
ok('A'             =~ /\p{Lu}/);
ok('a '            =~ /a\h/);
ok("a\n"           =~ /a\v/);
ok('ab'            =~ /a\Kb/);
is($&, 'b');
ok('foo.bar' =~ /^[\w.]+$/);
ok('-'       =~ /[a\-z]/);
ok(']'       =~ /[]]/);
ok('^'       =~ /[x^]/);
ok('a'       =~ /[[:alpha:]]/);
ok('1'       =~ /[[:^alpha:]]/);
ok(' '       =~ /\s/);
ok("\t"      =~ /[\t ]/);
ok('a-b'     =~ /\bb/);
ok('ab'      !~ /a\b/);
ok('ab'      =~ /a\B/);
is(join(',', '((a)(b))' =~ /(\((?:[^()]++|(?1))*\))/), '((a)(b))', 'recursion');
ok('aba'  =~ /^(.)(?:.)\1$/);
ok('abcd' =~ /(?<first>a)(?:b)(c)/);
is($2, 'c');
ok('ac'  =~ /^(?:a(?=c)|b)c$/);
ok('if1' =~ /^(if)?(?(1)\d|x)$/);
ok('x'   =~ /^(if)?(?(1)\d|x)$/);
ok('b'   =~ /(?|(a)|(b))/);
is($1, 'b', 'branch reset');
ok('foobar' =~ /foo(*ACCEPT)nope/);
ok( "ab" =~ /a # x
b/x);
my $cnt = 0;
'aaa' =~ /a(?{ $cnt++ })*$/;
ok($cnt > 0, 'code in a pattern');
{ my $r = ''; 'abc' =~ /(\w)(?{ $r .= $1 })(?!)/; is($r, 'abc') }
my $inner = qr/b+/;
my $dyn   = 'abbbc' =~ /a(??{ $inner })c/;
ok($dyn);
is(join('|', map { sprintf '%s', $_ } 'x=1;y=2' =~ /(?:^|;)(\w)=(\d)/g), 'x|1|y|2');
eval { my $bad = '('; 'x' =~ /$bad/ };
like($@, qr/^Unmatched \( in regex; marked by <-- HERE in m\/\( <-- HERE \/ at/) or diag $@;
eval { my $bad = 'a**'; 'x' =~ /$bad/ };
like($@, qr/^Nested quantifiers in regex; marked by <-- HERE in m\/a\*\* <-- HERE \/ at/);
eval { my $bad = '[z-a]'; 'x' =~ /$bad/ };
like($@, qr/^Invalid \[\] range "z-a" in regex; marked by <-- HERE in m\/\[z-a <-- HERE \]\/ at/);
eval { my $bad = '*a'; 'x' =~ /$bad/ };
like($@, qr/^Quantifier follows nothing in regex; marked by <-- HERE in m\/\* <-- HERE a\/ at/);
is(eval { my $u; no warnings; $u =~ /^$/ ? 1 : 0 }, 1);
my $big = 'a' x 100_000;
ok($big                 =~ /^(?:a|b)*$/, 'long alternation');
ok($big                 =~ /^a*?$/);
ok(('x' x 50_000) . 'y' =~ /y$/);
is(length(($big =~ /^(a+)/)[0]), 100_000);
use re 'eval';
my $code = '(?{ $cnt = 99 })';
'q' =~ /q$code/;
is($cnt,                              99);
is(join(',', "a\x{100}b" =~ /(.)/g),  "a,\x{100},b");
is(pos(my $wide = "\x{100}x") // 'u', 'u');
{ my $w = "\x{100}\x{101}x"; $w =~ /x/g; is(pos $w, 3, 'pos counts characters') }
ok('abc' =~ 'b', 'a string as pattern');
ok('' eq join '', '' =~ /(x)?/ ? '' : '');
my $last = 'q';
ok('last'   =~ /last/);
ok('xlastx' =~ //, 'the empty pattern is the last successful one');
done_testing;
