# tie: scalars, arrays, hashes, handles; every method that an operation calls.
use strict;
use warnings;
use Test::More;
our @log;
sub logged { my $r = join ' ', splice @log; $r }
{
    package TS;
    sub TIESCALAR { my ($c, $v) = @_; bless { v => $v } }
    sub FETCH     { push @main::log, 'F';      $_[0]{v} }
    sub STORE     { push @main::log, "S$_[1]"; $_[0]{v} = $_[1] }
    sub UNTIE     { push @main::log, 'U' }
    sub DESTROY   { push @main::log, 'D' }
    sub extra     { 'extra' }
}
my $o = tie my $s, 'TS', 5;
is(ref $o, 'TS');
is($s,     5);
is(logged, 'F');
$s = 7;
is(logged, 'S7');
$s++;
is(logged, 'F S8');
$s .= 'x';
is(logged,          'F S8x');
is(tied($s)->extra, 'extra');
is("a$s",           'a8x');
is(logged,          'F');
my $c = $s;
is(logged,    'F');
is(length $s, 2);
is(logged,    'F');
sub arg { $_[0] }
arg($s);
logged;
sub set { $_[0] = 'set' }
set($s);
is(logged, 'Sset');
for ($s) { $_ = 'loop' }
is(logged, 'Sloop');
my $r = \$s;
is($$r,    'loop');
is(logged, 'F');
if ($s) { }
is(logged, 'F');
{
    local $SIG{__WARN__} = sub { };
    undef $o;
    untie $s
}
is(logged, 'U D');
is($s, 'loop', 'the value stays') if 0;
ok(!tied $s);
($s) = (1);
is(logged, '');
{
    package TA;
    sub TIEARRAY  { bless { a => [] } }
    sub FETCH     { push @main::log, "F$_[1]";       $_[0]{a}[$_[1]] }
    sub STORE     { push @main::log, "S$_[1]=$_[2]"; $_[0]{a}[$_[1]] = $_[2] }
    sub FETCHSIZE { scalar @{ $_[0]{a} } }
    sub STORESIZE { push @main::log, "SS$_[1]"; $#{ $_[0]{a} } = $_[1] - 1 }
    sub CLEAR     { push @main::log, 'C'; @{ $_[0]{a} } = () }
    sub PUSH      { my $s = shift; push @main::log, "P@_"; push @{ $s->{a} }, @_ }
    sub POP       { push @main::log, 'POP'; pop @{ $_[0]{a} } }
    sub SHIFT     { push @main::log, 'SH';  shift @{ $_[0]{a} } }
    sub UNSHIFT   { my $s = shift; push @main::log, "UN@_"; unshift @{ $s->{a} }, @_ }
    sub EXTEND    { }
    sub DELETE    { push @main::log, "D$_[1]"; delete $_[0]{a}[$_[1]] }
    sub EXISTS    { push @main::log, "E$_[1]"; exists $_[0]{a}[$_[1]] }
    sub SPLICE    { my $s = shift; push @main::log, "SP@_"; splice @{ $s->{a} }, $_[0], $_[1], @_[2 .. $#_] }
}
tie my @a, 'TA';
@a = (1, 2);
is(logged, 'C S0=1 S1=2');
is("@a",   '1 2');
is(logged, 'F0 F1');
push @a, 3, 4;
is(logged,   'P3 4');
is(pop @a,   4);
is(logged,   'POP');
is(shift @a, 1);
unshift @a, 0;
is(logged,    'SH UN0');
is($#a,       2);
is(scalar @a, 3);
$a[1] = 'x';
is($a[1],  'x');
is($a[-1], 3);
is(logged, 'S1=x F1 F2');
$#a = 0;
is(logged, 'SS1');
ok(exists $a[0]);
delete $a[0];
is(logged, 'E0 D0');
@a = (1 .. 4);
logged;
my @sp = splice(@a, 1, 2, 'n');
is("@sp",                    '2 3');
is(logged,                   'SP1 2 n');
is(join(',', map { $_ } @a), '1,n,4');
logged;
$_ .= '!' for @a;
is(logged,                'F0 S0=1! F1 S1=n! F2 S2=4!');
is(join(',', reverse @a), '4!,n!,1!');
logged;
my ($x, $y) = @a;
is("$x$y", '1!n!');
logged;
is(join(',', sort { $a cmp $b } @a), '1!,4!,n!');
untie @a;
{
    package TH;
    sub TIEHASH  { bless { h => {} } }
    sub FETCH    { push @main::log, "F$_[1]";                       $_[0]{h}{ $_[1] } }
    sub STORE    { push @main::log, "S$_[1]=" . ($_[2] // 'undef'); $_[0]{h}{ $_[1] } = $_[2] }
    sub EXISTS   { push @main::log, "E$_[1]";                       exists $_[0]{h}{ $_[1] } }
    sub DELETE   { push @main::log, "D$_[1]";                       delete $_[0]{h}{ $_[1] } }
    sub CLEAR    { push @main::log, 'C';                            %{ $_[0]{h} } = () }
    sub FIRSTKEY { my @k = sort keys %{ $_[0]{h} }; $k[0] }
    sub NEXTKEY {
        my ($s, $l) = @_;
        my ($n) = grep { $_ gt $l } sort keys %{ $s->{h} };
        $n;
    }
    sub SCALAR { push @main::log, 'SC'; 'scalar' }
}
logged;
tie my %h, 'TH';
%h = (a => 1, b => 2);
is(logged, 'C Sa=1 Sb=2');
is($h{a},  1);
$h{c} = 3;
is(logged,               'Fa Sc=3');
is(join(',', keys %h),   'a,b,c');
is(join(',', values %h), '1,2,3');
is(logged,               'Fa Fb Fc');
ok(exists $h{a});
is(delete $h{a}, 1);
is(logged,       'Ea Da');
is(scalar(%h),   'scalar');
logged;
my @e;
while (my ($k, $v) = each %h) { push @e, "$k$v" }
is("@e",   'b2 c3');
is(logged, 'Fb Fc');
$h{b}++;
is(logged, 'Fb Sb=3');
my %copy = %h;
is($copy{b}, 3);
logged;
{ local $h{b} = 9; is($h{b}, 9) }
is($h{b}, 3);
logged;
my @sl = @h{qw(b c)};
is("@sl", '3 3');
@h{qw(x y)} = (1, 2);
logged;
$h{deep}{er} = 1;
is(ref $h{deep}, 'HASH');
logged;
is(join(',', map { "$_" } sort keys %h), 'b,c,deep,x,y');
undef %h;
is(logged, 'C');
untie %h;
is(keys %h, 0);
{
    package TFH;
    sub TIEHANDLE { bless { out => '', in => ["l1\n", "l2\n"] } }
    sub PRINT     { my $s = shift; $s->{out} .= join($, // '', @_) . ($\ // ''); 1 }
    sub PRINTF    { my $s = shift; my $f = shift; $s->{out} .= sprintf $f, @_ }
    sub WRITE     { my ($s, $b, $l, $o) = @_; $s->{out} .= substr($b, $o // 0, $l); $l }
    sub READLINE  { my $s = shift; wantarray ? splice @{ $s->{in} } : shift @{ $s->{in} } }
    sub GETC      { 'g' }
    sub READ      { my ($s, undef, $l, $o) = @_; $_[1] = 'r' x $l; $l }
    sub CLOSE     { $_[0]{closed} = 1 }
    sub EOF       { !@{ $_[0]{in} } }
    sub BINMODE   { 'bin' }
    sub FILENO    { 77 }
    sub SEEK      { "seek$_[1]" }
    sub TELL      { 5 }
    sub OPEN      { 'opened' }
}
tie *FH, 'TFH';
my $t = tied *FH;
print FH 'a', 'b';
printf FH '%03d', 7;
syswrite FH, 'xyz', 2, 1;
is($t->{out},   'ab007yz');
is(scalar <FH>, "l1\n");
my @rest = <FH>;
is(@rest,   1);
is(getc FH, 'g');
my $buf;
is(read(FH, $buf, 3), 3);
is($buf,              'rrr');
ok(eof FH);
is(fileno FH,      77);
is(tell FH,        5);
is(seek(FH, 9, 0), 'seek9');
ok(close FH);
is($t->{closed}, 1);
{ my $old = select FH; print 'sel'; select $old }
like($t->{out}, qr/sel$/);
{ local $\ = "!\n"; local $, = '-'; print FH 1, 2; }
like($t->{out}, qr/1-2!\n$/);
say FH 'said' if 0;
{ tie *STDOUT, 'TFH'; print 'captured'; my $got = (tied *STDOUT)->{out}; untie *STDOUT; is($got, 'captured') }
{ local *LH; tie *LH, 'TFH'; print LH 'x'; is((tied *LH)->{out}, 'x') }
eval { tie my $z, 'NoSuchTie' };
like($@, qr/^Can't locate object method "TIESCALAR" via package "NoSuchTie"/);
require Tie::Hash;
require Tie::Array;
require Tie::Scalar;
tie my %std, 'Tie::StdHash';
$std{a} = 1;
is($std{a}, 1);
tie my @sta, 'Tie::StdArray';
push @sta, 1, 2;
is("@sta", '1 2');
tie my $sts, 'Tie::StdScalar', 4;
is($sts, 4);
{

    package Told;
    sub TIESCALAR { bless { told => [] } }
    sub FETCH     { $_[0]{value} }
    sub STORE     { push @{ $_[0]{told} }, $_[1]; $_[0]{value} = $_[1] }

    package main;
    our ($tied, $other);
    my $object = tie $tied, 'Told';
    $tied = 1;
    sub seen { $tied }
    eval { local $tied = 2; is seen(), 2, 'local on a tied scalar'; is tied $tied, $object, '... which stays tied'; die };
    is seen(), 1, '... and gets its value back';
    { local ($other, $tied) = (3, 4) }
    is_deeply $object->{told}, [1, undef, 2, 1, undef, 4, 1], 'what the object is told';
    for $tied (5, 6) { }
    is_deeply $object->{told}, [1, undef, 2, 1, undef, 4, 1], 'foreach has a variable of its own';
}

done_testing;
