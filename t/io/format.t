# format and write.
use strict;
use warnings;
use Test::More;
my $out = '';
sub capture {
    my ($name, $code) = @_;
    open my $fh, '>', \my $buf or die;
    my $old = select $fh;
    no strict 'refs';
    $~ = $name;
    $code->();
    select $old;
    close $fh;
    return $buf;
}
our ($name, $text, $number, @lines) = ('alpha', 'some text that is long enough to wrap over lines', 3.14159);
format LEFT =
[@<<<<<<] [@>>>>>>] [@||||||]
$name,    $name,    $name
.
format NUMS =
@### @.### @##.## @0##
$number, $number, $number, $number
.
format WRAP =
^<<<<<<<<<~~
$text
.
format MULTI =
@*
$text
end
.
format COND =
~ ^<<<<
$name
x
.
is(capture('LEFT', sub { write }), "[alpha  ] [  alpha] [ alpha ]\n");
is(capture('NUMS', sub { write }), "   3 3.142   3.14 0003\n") or 1;
{
    local $text = $text;
    is(capture('WRAP', sub { write }), "some text\nthat is\nlong\nenough to\nwrap over\nlines\n")
}
{
    local $text = "two\nlines";
    is(capture('MULTI', sub { write }), "two\nlines\nend\n")
}
my $r = capture(
    'LEFT',
    sub {
        for (qw(a bb ccc)) { local $name = $_; write }
    });
is($r, "[a      ] [      a] [   a   ]\n[bb     ] [     bb] [  bb   ]\n[ccc    ] [    ccc] [  ccc  ]\n");
{
    local $name = '';
    is(capture('COND', sub { write }), "x\n", '~ drops an empty line')
}
{
    my $lexical = 'lex';
    my $sub     = sub {
        eval "format DYN =\n\@<<<\n\$lexical\n.\n1" or die $@;
        capture('DYN', sub { write });
    };
    is($sub->(), "lex\n")
}
{ use utf8; local $name = 'é'; }
$^A = '';
formline '@<< @>>', 'a', 'b';
is($^A, "a     b");
$^A = '';
my @list = (1, 2);
{
    open my $fh, '>', \my $b;
    my $old = select $fh;
    $^ = 'TOP_T';
    $~ = 'LEFT';
    select $old;
    no warnings;
    eval "format TOP_T =\nHEAD\n.\n";
    write $fh;
    is($b, "HEAD\n[alpha  ] [  alpha] [ alpha ]\n", 'a top of form')
}
eval {
    no strict 'refs';
    open my $fh, '>', \my $b;
    my $old = select $fh;
    $~ = 'NOPE_F';
    select $old;
    write $fh;
};
like($@, qr/^Undefined format "NOPE_F" called at|^Undefined format "main::NOPE_F" called at/);
done_testing;
