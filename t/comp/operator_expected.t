# A term where an operator should be: what perl warns of before the syntax error (perldiag "%s found where operator expected").
use strict;
use warnings;
use Test::More;

my @cases = (
    ['$x 5;'            => 'Number',       '$x 5',        'Missing operator before 5?'],
    ['5 "abc";'         => 'String',       '5 "abc"',     'Missing operator before  "abc"?'],
    ['"a" "b";'         => 'String',       '"a" "b"',     'Missing operator before  "b"?'],
    ['1 @x;'            => 'Array',        '1 @x',        'Missing operator before  @x?'],
    ['$x $y;'           => 'Scalar',       '$x $y',       'Missing operator before $y?'],
    ['$x $#y;'          => 'Array length', '$x $#y',      'Missing operator before $#y?'],
    ['$x `a`;'          => 'Backticks',    '$x `a`',      'Missing operator before `a`?'],
    ['5 foo;'           => 'Bareword',     '5 foo',       'Missing operator before foo?'],
    ['Nosuch 1, 2;'     => 'Number',       'Nosuch 1',    'Do you need to predeclare Nosuch?'],
    ['No::Such "a";'    => 'String',       'No::Such "a"', 'Do you need to predeclare No::Such?'],
    ['$a[0] 5;'         => 'Number',       '] 5',         'Missing operator before  5?'],
    ['$h{a} "b";'       => 'String',       '} "b"',       'Missing operator before  "b"?'],
    ['f() 5;'           => 'Number',       ') 5',         'Missing operator before 5?'],
    ['(1 2);'           => 'Number',       '1 2',         'Missing operator before  2?'],
    ['if ($x) $y;'      => 'Scalar',       ') $y',        'Missing operator before $y?'],
);
for my $case (@cases) {
    my ($text, $what, $near, $guess) = @$case;
    my @warned;
    local $SIG{__WARN__} = sub { push @warned, @_ };
    eval "no strict;\n$text";
    like $warned[0], qr/^\Q$what found where operator expected at (eval \E\d+\Q) line 2, near "$near"\E$/, $text;
    is $warned[1], "\t($guess)\n";
    like $@, qr/^syntax error at \(eval \d+\) line 2, near "\Q$near\E/, '... and the error';
}

my @warned;
local $SIG{__WARN__} = sub { push @warned, @_ };
eval "no warnings; 1 2;";
is "@warned", '', 'not where warnings are off';
@warned = ();
eval $_ for '$x = = 3', 'my %h = (a => 1 b => 2)', 'if (1) { } else if (2) { }', 'print 5 print', ')';
is "@{[grep /operator expected/, @warned]}", '', 'not where something else is wrong';
like `$^X -e '\$x
5;' 2>&1`, qr/^\t\(Missing semicolon on previous line\?\)$/m, 'on a new line';

# what ends the text ends the parse: nothing is said behind it
is_deeply [map { open my $fh, '-|', "$^X -e '$_' 2>&1" or die; join '', <$fh> } '"abc', 's/a/b', '/abc', 'qw(a', "print <<X;\na"],
    [
    qq{Can't find string terminator '"' anywhere before EOF at -e line 1.\n},
    "Substitution replacement not terminated at -e line 1.\n",
    "Search pattern not terminated at -e line 1.\n",
    qq{Can't find string terminator ")" anywhere before EOF at -e line 1.\n},
    qq{Can't find string terminator "X" anywhere before EOF at -e line 1.\n},
    ];

# names that are none
for my $case (["use utf8; \$\x{20ac} = 4;", '\x{20ac}', 12], ["my \$x = 5 \x{300};", '\x{300}', 11]) {
    my ($text, $char, $column) = @$case;
    eval $text;
    like $@, qr/^Unrecognized character \Q$char\E; marked by <-- HERE after .{10}<-- HERE near column $column at /, $char;
}
use feature 'evalbytes';
is evalbytes("no strict; \$\xa1 = 4"), 4, 'a graphic character of Latin-1 is a name';
for my $gone ('$# + 1', '"$*"', '${*}') {
    eval $gone;
    like $@, qr/^\$[#*] is no longer supported as of Perl 5\.30 at \(eval \d+\) line 1\.$/, $gone;
}

done_testing;
