# limit: 100
# Deep nesting: parsed in linear time, run, and dropped; one wrong sign at the bottom is an error.
use strict;
use warnings;
no warnings;
use Test::More;
my %nest = (
    parentheses => ['(',         '1', ')',      1],
    blocks      => ['do { ',     '2', ' }',     2],
    arrays      => ['[',         '3', ']',      undef],
    hashes      => ['{ a => ',   '4', ' }',     undef],
    ternaries   => ['1 ? ',      '5', ' : 0',   5],
    subs        => ['sub { ',    '6', ' }->()', 6],
    ifs         => ['if (1) { ', '7', ' }',     7],
    calls       => ['int(',      '8', ')',      8],
    indexes     => ['[',         '9', ']->[0]', 9]);
for my $kind (sort keys %nest) {
    my ($open, $middle, $close, $value) = @{ $nest{$kind} };
    for my $depth (10, 100, 1000) {
        my $got =
              eval "no warnings; "
            . ($kind eq 'hashes' ? '+' : '')
            . $open x $depth
            . $middle
            . $close x $depth;
        is($@,   '',     "$kind, $depth deep: no error");
        is($got, $value, "$kind, $depth deep") if defined $value;
        eval $open x $depth . ' $x $y ' . $close x $depth;
        like($@, qr/syntax error/, "$kind, $depth deep, wrong at the bottom");
        eval $open x $depth . $middle . $close x ($depth - 1);
        isnt($@, '', "$kind, $depth deep, one left open");
    }
}
my $string = 'x';
for (1 .. 30) { $string = "\"\@{[ '$string' ]}\"" =~ s/'"/q{"/r =~ s/"'/"}/r }
ok(length $string);
my $expression = join ' + ', 1 .. 5000;
is(eval $expression, 12502500, '5,000 terms');
$expression = join ' . ', ('"a"') x 5000;
is(length eval $expression, 5000);
is(scalar(@{ eval '[' . join(',', 1 .. 20_000) . ']' }), 20_000, 'a list of 20,000');
is(eval join(';',  map { "my \$v$_ = $_" } 1 .. 2000) . '; $v2000',   2000, '2,000 variables');
is(eval join("\n", map { "sub s$_ { $_ }" } 1 .. 2000) . "\ns2000()", 2000, '2,000 subs');
my $here = join('', map { "<<A$_ . " } 1 .. 200) . "'';\n" . join('', map { "text $_\nA$_\n" } 1 .. 200);
is(length eval $here, length join '', map { "text $_\n" } 1 .. 200);
my $chain = '$h' . '->{a}' x 1000;
my $h;
is(eval "$chain = 5; $chain", 5, 'a chain of a thousand');
my $else = 'if (0) { 1 } ' . join(' ', map { "elsif (0) { $_ }" } 1 .. 500) . ' else { "end" }';
is(eval "sub chain_test { $else } chain_test()", 'end');
my $and = join ' && ', ('1') x 3000;
is(eval $and, 1);
my $long = '"' . 'x' x 1_000_000 . '"';
is(length eval $long, 1_000_000);
my $garbage = join '', map { chr(33 + ($_ * 7919) % 94) } 1 .. 3000;
eval $garbage;
isnt($@, '', 'garbage is an error');
for my $seed (1 .. 60) {
    my $s = $seed;
    my $g = join '', map {
        $s = ($s * 1103515245 + 12345) % 2147483648;
        (   qw(( ) { } [ ] " ' / $ @ % & * + - = ; , . < > ? : ! ~ | ^ \\),
            ' ', "\n", 'my', 'sub', 'if', 'x', '1', 'q', 's'
        )[$s / 65536 % 43]
    } 1 .. 60;
    eval "return 1; $g";
}
pass('random signs end in an error or run');
done_testing;
