# die, eval, $@, warn, __DIE__, __WARN__: messages to the letter.
use strict;
use warnings;
use Test::More;
my $f = __FILE__;
is(eval { die "x\n"; 1 } // $@, "x\n");
eval { die "no newline" };
is($@, "no newline at $f line 7.\n");
eval { die };
is($@, "Died at $f line 9.\n");
eval { die 'a', 'b', "\n" };
is($@, "ab\n");
eval { die { code => 5 } };
is($@->{code}, 5);
eval { die [1, 2] };
is("@{$@}", '1 2');
{
    package Err;
    sub new   { bless { m => $_[1] } }
    sub throw { die $_[0]->new($_[1]) }
    sub msg   { $_[0]{m} }
}
eval { Err->throw('obj') };
is(ref $@,      'Err');
is($@->msg,     'obj');
is(eval { 42 }, 42);
is($@,          '');
my @l = eval { (1, 2) };
is("@l", '1 2');
@l = eval { die };
is(@l, 0, 'empty list on failure');
my $s = eval { die };
ok(!defined $s);
is(eval '1 +', undef);
like($@, qr/^syntax error at \(eval \d+\) line 1, at EOF/);
eval "\n\ndie 'three'";
like($@, qr/^three at \(eval \d+\) line 3\.$/);
eval qq{#line 7 "other"\ndie};
is($@, "Died at other line 7.\n");
eval {
    eval { die "in\n" };
    is($@, "in\n");
    die "out\n";
};
is($@, "out\n", 'nested');
eval {
    eval { die "first\n" };
    die;
};
is($@, "first\n\t...propagated at $f line 48.\n");
eval { $@ = bless({}, 'Err'); die };
is(ref $@, 'Err', 'an object in $@ is thrown again');
{
    package Prop;
    sub new       { bless [] }
    sub PROPAGATE { my ($s, $file, $line) = @_; bless [$line], 'Prop' }
}
eval { $@ = Prop->new; die };
is($@->[0], 58, 'PROPAGATE');
eval { die "in a sub\n" for 1 };
is($@, "in a sub\n");
sub thrower { die "thrown\n" }
eval { thrower() };
is($@,                                       "thrown\n");
is(eval { thrower(); 1 } ? 'lived' : 'died', 'died');
my $ok = eval { local $@ = 'x'; 1 };
is($ok, 1);
eval { my $x = 1; my $y = $x / 0 };
like($@, qr/^Illegal division by zero at \Q$f\E line 68\.$/);
my (@w, @d);
{
    local $SIG{__WARN__} = sub { push @w, @_ };
    warn "w\n";
    warn 'no nl';
    $@ = '';
    warn;
    warn 'a', 'b';
    eval { die "e\n" };
    warn;
    $@ = '';
    my $u;
    my $z = "$u";
}
is($w[0], "w\n");
is($w[1], "no nl at $f line 74.\n");
is($w[2], "Warning: something's wrong at $f line 76.\n");
is($w[3], "ab at $f line 77.\n");
is($w[4], "e\n\t...caught at $f line 79.\n");
is($w[5], "Use of uninitialized value \$u in string at $f line 82.\n");
{
    local $SIG{__WARN__} = sub { push @w, @_ };
    my $o = { 1, 2 };
    warn $o;
    is($w[-1], $o, 'a reference')
}
{
    local $SIG{__DIE__} = sub { push @d, $_[0] };
    eval { die "seen\n" };
    is($d[0], "seen\n");
    is($@,    "seen\n");
    @d = ();
    eval { my $r = {}; $r->m };
    like($d[0], qr/^Can't call method "m" on unblessed/);
}
{
    local $SIG{__DIE__} = sub { die "changed: $_[0]" };
    eval { die "orig\n" };
    is($@, "changed: orig\n")
}
{
    local $SIG{__WARN__} = sub { die "fatal: $_[0]" };
    eval { warn "w\n" };
    is($@, "fatal: w\n")
}
sub handler { push @d, "named $_[0]" }
@d = ();
{
    local $SIG{__DIE__} = 'handler';
    eval { die "n\n" }
}
is($d[0], "named n\n");
{
    local $SIG{__DIE__} = 'main::handler';
    eval { die "m\n" }
}
is($d[-1], "named m\n");
{
    open my $fh, '<', \"l1\nl2\n";
    <$fh>;
    eval { die 'read' };
    is($@, "read at $f line 130, <\$fh> line 1.\n", 'the handle last read');
    <$fh>;
    eval { die 'read' };
    is($@, "read at $f line 133, <\$fh> line 2.\n");
    close $fh;
}
eval { die 'closed' };
is($@, "closed at $f line 137.\n");
{
    open FH, '<', \"a\n";
    <FH>;
    eval { die 'x' };
    is($@, "x at $f line 142, <FH> line 1.\n");
    local $/ = 'q';
    eval { die 'x' };
    is($@, "x at $f line 145, <FH> chunk 1.\n");
    close FH
}
is(eval { 1; }, 1);
eval { exit_not() if 0; die "a\n" } or do { is($@, "a\n"); };
{
    local $@ = 'kept';
    eval { 1 };
    is($@, '')
}
for my $i (1 .. 2) {
    no warnings 'exiting';
    eval { next if $i == 1; die "i$i\n" }
}
is($@, "i2\n");
my $r = eval { return 'returned'; 1 };
is($r, 'returned');
sub ev_ret {
    my $x = eval { return 5 };
    return $x + 1;
}
is(ev_ret(), 6);
is( do {
        eval { die "q\n" };
        $@;
    },
    "q\n");
is(eval q{ eval { die "in string\n" }; $@ }, "in string\n");
is(eval q{__PACKAGE__},                      'main');
my $lex = 5;
is(eval q{$lex + 1}, 6);
eval q{$lex = 7};
is($lex,                                          7);
is(eval q{my $n = 3; sub evsub { 'defined' } $n}, 3);
is(evsub(),                                       'defined');
is(eval "no strict; \$undeclared = 5",            5);
is(eval '$undecl2 = 5',                           undef);
like($@,
    qr/^Global symbol "\$undecl2" requires explicit package name \(did you forget to declare "my \$undecl2"\?\) at \(eval \d+\) line 1\./
);
is(eval { eval 'die "x\n"'; $@ . 'after' }, "x\nafter");
eval 'BEGIN { die "begin\n" }';
is($@, "begin\nBEGIN failed--compilation aborted at (eval " . ($@ =~ /eval (\d+)/)[0] . ") line 1.\n");
eval { require No::Such::Module };
like($@,
    qr{^Can't locate No/Such/Module\.pm in \@INC \(you may need to install the No::Such::Module module\) \(\@INC contains: }
);
eval 'use No::Such';
like($@, qr/BEGIN failed--compilation aborted at \(eval \d+\) line 1\.$/);
use feature 'try';
no warnings;
sub tried {
    my $v = shift;
    try { die "t\n" if $v; return 'ok' } catch ($e) {
        return "caught $e"
    }
}
is(tried(0), 'ok');
is(tried(1), "caught t\n");
my @o;
for my $i (1 .. 3) {
    try { next if $i == 2; push @o, $i } catch ($e) {
    }
}
is("@o", '1 3', 'next in try');
use warnings FATAL => 'uninitialized';
eval { my $u; my $x = "a$u" };
is($@, "Use of uninitialized value \$u in concatenation (.) or string at $f line 212.\n", 'FATAL warnings');
done_testing;
