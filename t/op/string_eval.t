# eval STRING: scopes, pragmas, subs, packages, errors, return values.
use strict;
use warnings;
use Test::More;
my $lex = 5;
our $pkg = 6;
is(eval '$lex + $pkg', 11);
eval '$lex = 7; my $inner = 1;';
is($lex,          7);
is(eval '$inner', undef);
like($@, qr/^Global symbol "\$inner"/);
is(eval 'my $x = 3; { my $x = 4; } $x', 3);
my $code = eval 'sub { $lex * $_[0] }';
is($code->(2), 14);
$lex = 10;
is($code->(2), 20, 'the sub sees the live variable');
eval 'sub named_in_eval { "named @_" }';
is(named_in_eval(1),                'named 1');
is(eval 'package Foo; __PACKAGE__', 'Foo');
is(__PACKAGE__,                     'main');
{ package Bar; main::is(eval '__PACKAGE__', 'Bar') }
my @l = eval '(1, 2, 3)';
is(@l, 3);
my $l = eval '(1, 2, 3)';
is($l,               3);
is(eval 'wantarray', '');
@l = eval 'wantarray';
is($l[0],              1);
is(eval 'return 5; 6', 5);
is(eval '',            undef);
is($@,                 '');
is(eval ';',           undef);
is(eval '# comment',   undef);
ok(!defined eval 'undef');
is(eval { eval '1 +'; $@ ? 'err' : 'ok' },          'err');
is(eval "5\n",                                      5);
is(eval "__LINE__",                                 1);
is(eval "\n\n__LINE__",                             3);
is(eval qq{#line 50 "file.x"\n__FILE__ . __LINE__}, 'file.x50');
like(eval '__FILE__', qr/^\(eval \d+\)$/);
{ no strict; is(eval '$undeclared_here = 5', 5) }
{ use integer; is(eval '7 / 2', 3, 'pragmas are seen') }
is(eval '7 / 2',              3.5);
is(eval 'use integer; 7 / 2', 3);
is(eval '7 / 2',              3.5, 'and do not leak');
for my $i (1 .. 3) { is(eval '$i * 2', $i * 2) }
sub in_sub { my ($p) = @_; return eval '$p . "!"' }
is(in_sub('a'), 'a!');
sub args { eval '"@_"' }
is(args(1, 2),                '1 2');
is(eval 'local $_ = "t"; $_', 't');
{ local $_ = 'topic'; is(eval '$_', 'topic'); is(eval, undef) if 0; }
{ local $_ = '1 + 2'; is(eval, 3, 'eval of $_') }
my $e = eval 'die { c => 5 }';
is($@->{c}, 5);
eval 'die "x\n"';
is($@, "x\n");
eval { eval 'die "in\n"'; is($@, "in\n") };
is($@,                                     '');
is(eval '$@ = ""; eval { die "q\n" }; $@', "q\n");
my $deep = 'eval q{eval q{$lex}}';
is(eval $deep, 10);
my $n = 0;
eval '$n++' for 1 .. 100;
is($n, 100);
my %dispatch = map { $_ => eval "sub { \$_[0] $_ \$_[1] }" } qw(+ - * /);
is($dispatch{'*'}->(3, 4),                             12);
is(eval "q\0a\0",                                      'a');
is(eval 'BEGIN { $main::began = 1 } $main::began',     1);
is(eval 'sub with_proto($$) { "@_" } with_proto 1, 2', '1 2');
is(eval 'my $s = <<E; $s' . "\nheredoc\nE\n",          "heredoc\n");
is(eval '"a" =~ /a/ ? $& : ""',                        'a');
is(eval 'my @a = map { $_ * 2 } 1 .. 3; "@a"',         '2 4 6');
is(ref eval '{ a => 1 }',                              'HASH');
is(ref eval '+{ a => 1 }',                             'HASH');
is(ref eval '[1]',                                     'ARRAY');
is(ref eval 'sub { }',                                 'CODE');
is(ref eval '\my $x',                                  'SCALAR');
is(ref eval 'qr/x/',                                   'Regexp');
{
    my $w = '';
    local $SIG{__WARN__} = sub { $w .= shift };
    eval 'my $u; my $x = "a$u"';
    like($w, qr/^Use of uninitialized value \$u in concatenation \(\.\) or string at \(eval \d+\) line 1\.$/);
    $w = '';
    eval 'no warnings; my $u; my $x = "a$u"';
    is($w, '')
}
my $closure_count = 0;
{
    my $obj = bless [], 'Counted';
    sub Counted::DESTROY { $closure_count++ }
    eval '$obj';
}
is($closure_count, 1, 'an eval keeps nothing alive');
is(eval 'state_test()', undef);
{ use feature 'state'; my $st = eval 'sub { state $c = 0; ++$c }'; $st->(); is($st->(), 2) }
is(eval { my $r = eval '1;'; $r },           1);
is(eval "1;\n\n=pod\n\nx\n\n=cut\n\n2",      2);
is(eval 'my $v = "\x{263a}"; length $v',     1);
is(eval "my \$v = \"\x{263a}\"; length \$v", 1);
{ use feature 'unicode_eval'; is(eval "length '\x{263a}'", 1) }
is(eval 'caller() ? 1 : 0',           1);
is((eval '(caller(0))[3]'),           '(eval)');
is(eval 'sub { (caller(0))[3] }->()', 'main::__ANON__');
my @big = map { eval "$_ * $_" } 1 .. 300;
is($big[-1],                 90000);
is(eval join('+', 1 .. 100), 5050);
done_testing;
