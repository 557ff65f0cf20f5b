# The line a statement over several lines is said to be on: braces make perl forget its first.
use strict;
use warnings;
use Test::More;
my (@lines, %h, $self);
sub here { push @lines, (caller)[2]; $_[0] }
$self = bless {};

sub lines_of {
    my ($code) = @_;
    @lines = ();
    eval "#line 1\n$code; 1" or die $@;
    return "@lines";
}
my @cases = (
    ['no braces',               "here(\n1,\n2\n)",                            1],
    ['an anonymous sub',        "here 1, sub {\n1;\n}",                       3],
    ['and more behind it',      "here 1, sub {\n1;\n},\n2\n",                 4],
    ['another call behind it',  "here 1, sub {\n}, here(5),\n2\n",            '2 2'],
    ['a method',                "\$self->here(1, sub {\n})\n",                3],
    ['two subs',                "here 1, sub {\n},\nsub {\n}\n, 7",           5],
    ['statements in the sub',   "here 1, sub {\nhere(5,\n6);\n1;\n}",         5],
    ['a do block',              "here 1,\ndo {\n5;\n}\n",                     2],
    ['an eval block',           "here 1,\neval { 3;\n3 }, 4,\n6",             2],
    ['a map block',             "here 1, map { \$_;\n} 1 .. 3",               1],
    ['a subscript',             "here 1,\n\$h{a},\n2\n",                      3],
    ['a subscript at the end',  "here 1,\n\$h{a}\n\n\n",                      5],
    ['a hash',                  "here 1,\n+{ 1,\n2\n}, 3\n",                  1],
    ['an array',                "here 1,\n[1,\n2], 3\n",                      1],
    ['a string with subscripts', "here 1,\n\"\$h{b} \${\\ 5}\",\n2\n",        1],
    ['an assignment',           "my \$x = here sub {\n} or die",              2],
);
$SIG{__WARN__} = sub { };    # constants in void context
for my $case (@cases) {
    my ($what, $code, $want) = @$case;
    is(lines_of($code), $want, $what);
}
done_testing;
