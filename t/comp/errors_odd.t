# Less usual syntax errors in perl's words: the code, and what $@ is after an eval of it.
use strict;
use warnings;
use Test::More;
my @cases = (
    ['/a{2,1}/; 1', ''],
    [   '/(?<n>a)(?<n>/',
        "Unmatched ( in regex; marked by <-- HERE in m/(?<n>a)( <-- HERE ?<n>/ at F line 1.\n"
    ],
    [   'm/a/zz',
        "Unknown regexp modifier \"/z\" at F line 1, at end of line\nUnknown regexp modifier \"/z\" at F line 1, at end of line\n"
    ],
    ['@a = (1,,2); 1',                      ''],
    ['1;;;1',                               ''],
    ['no strict; no warnings; $a = foo; 1', ''],
    ['{ a => 1 }; 1',                       ''],
    ['format =', "Format not terminated at F line 2, at end of line\nsyntax error at F line 2, at EOF\n"],
    [   '"$x{"',
        "Missing right curly or square bracket at F line 1, within string\nsyntax error at F line 1, at EOF\n"
    ],
    [   '"@{["',
        "Missing right curly or square bracket at F line 1, within string\nsyntax error at F line 1, at EOF\n"
    ],
    [   "my \$\xc3\xa9 = 1",
        "Unrecognized character \\xA9; marked by <-- HERE after my \$\xc3<-- HERE near column 6 at F line 1.\n"
    ],
    ["\x01", "Unrecognized character \\x01; marked by <-- HERE after <-- HERE near column 1 at F line 1.\n"],
    ['package 5;', "syntax error at F line 1, at EOF\n"],
    ['sub 5 { }',  "Illegal declaration of anonymous subroutine at F line 1.\n"],
    [   'use strict "bogus"',
        "Unknown 'strict' tag(s) 'bogus' at F line 1.\nBEGIN failed--compilation aborted at F line 1.\n"
    ],
    [   'use feature "bogus"',
        "Feature \"bogus\" is not supported by Perl 5.36.0 at F line 1.\nBEGIN failed--compilation aborted at F line 1.\n"
    ],
    ['0x',           "No digits found for hexadecimal literal at F line 1, near \"0x\n\"\n"],
    ['09',           "Illegal octal digit '9' at F line 1, at end of line\n"],
    ['0b12',         "Illegal binary digit '2' at F line 1, at end of line\n"],
    ['1__0; 1',      ''],
    ['continue { }', "syntax error at F line 1, near \"continue \"\n"],
    [   'my $x = 5; $x->{a',
        "Missing right curly or square bracket at F line 1, at end of line\nsyntax error at F line 1, at EOF\n"
    ],
    ['print "a" if',       "syntax error at F line 1, at EOF\n"],
    ['for (1..3 { }',      "syntax error at F line 1, near \"3 { \"\n"],
    ['while (1) print 1;', "syntax error at F line 1, near \") print\"\n"],
    ['my %h = (a => 1; 2', "syntax error at F line 1, at EOF\n"],
    [   'sub f { return 1',
        "Missing right curly or square bracket at F line 1, at end of line\nsyntax error at F line 1, at EOF\n"
    ],
    [   'use strict; my $x = $y + @z;',
        "Global symbol \"\$y\" requires explicit package name (did you forget to declare \"my \$y\"?) at F line 1.\nGlobal symbol \"\@z\" requires explicit package name (did you forget to declare \"my \@z\"?) at F line 1.\n"
    ],
    ['my $s = "abc" $t;',          "syntax error at F line 1, near \"\"abc\" \$t\"\n"],
    ['if (1) { } else if (2) { }', "syntax error at F line 1, near \"else if\"\n"],
    ['print "x" "y";',             "syntax error at F line 1, near \"\"x\" \"y\"\"\n"],
    ['$x = = 5;',                  "syntax error at F line 1, near \"= =\"\n"],
    ['foreach my $x { }',          "syntax error at F line 1, near \"\$x { \"\n"],
    [   '@{',
        "Missing right curly or square bracket at F line 1, at end of line\nsyntax error at F line 1, at EOF\n"
    ],
    [   '$h{',
        "syntax error at F line 1, at EOF\nMissing right curly or square bracket at F line 1, at end of line\n"
    ],
    ['my ($x, $y = 1, 2;', "syntax error at F line 1, at EOF\n"],
    [   'no such;',
        "Can't locate such.pm in \@INC (you may need to install the such module) (\@INC contains: ...) at F line 1.\nBEGIN failed--compilation aborted at F line 1.\n"
    ],
    ['unless (1) { } elseif (2) { }', "syntax error at F line 1, near \") {\"\n"],
    ['package',                       "syntax error at F line 1, at EOF\n"],
    ['sub (',                         "Prototype not terminated at F line 1.\n"],
    [   'BEGIN { 1 +; }',
        "syntax error at F line 1, at EOF\nBEGIN not safe after errors--compilation aborted at F line 1.\n"
    ],
    ['do { 1 } while', "syntax error at F line 1, at EOF\n"],
    [   's/a/b/zz',
        "Unknown regexp modifier \"/z\" at F line 1, at end of line\nUnknown regexp modifier \"/z\" at F line 1, at end of line\n"
    ],
    ['tr/a/b/x',              "syntax error at F line 1, at EOF\n"],
    ['<<',                    "Use of bare << to mean <<\"\" is forbidden at F line 1.\n"],
    ['my $x; my $x->{a} = 1', ''],
    ['our $x->[0]',           ''],
    ['my Foo::bar $x',        "No such class Foo::bar at F line 1, near \"my Foo::bar\"\n"],
    [   'return; }',
        "Unmatched right curly bracket at F line 1, at end of line\nsyntax error at F line 1, near \"; }\"\n"
    ],
    [   '$x{a}{',
        "syntax error at F line 1, at EOF\nMissing right curly or square bracket at F line 1, at end of line\n"
    ],
    ['qw(a b',           "Can't find string terminator \")\" anywhere before EOF at F line 1.\n"],
    ['"a" . ',           "syntax error at F line 1, at EOF\n"],
    ['=> 1',             "syntax error at F line 1, near \"=>\"\n"],
    ['1 => => 2',        ''],
    ['\\',               "syntax error at F line 1, at EOF\n"],
    ['->m',              "syntax error at F line 1, near \"->m\n\"\n"],
    ['::',               ''],
    ['$',                "syntax error at F line 1, at EOF\n"],
    ['@',                "syntax error at F line 1, at EOF\n"],
    ['%',                "syntax error at F line 1, at EOF\n"],
    ['&',                "syntax error at F line 1, at EOF\n"],
    ['*',                "syntax error at F line 1, at EOF\n"],
    ["1;\n2;\n3 3;\n4;", "syntax error at F line 3, near \"3 3\"\n"],
    [   "my \$x = 'unclosed;\nprint 1;\n",
        "Can't find string terminator \"'\" anywhere before EOF at F line 1.\n"
    ],
    [   "{\n{\n}\n",
        "Missing right curly or square bracket at F line 4, at end of line\nsyntax error at F line 4, at EOF\n"
    ],
    [   "if (1) {\n  print 1;\n}}\n",
        "Unmatched right curly bracket at F line 3, at end of line\nsyntax error at F line 3, near \"}}\"\n"
    ],);
for my $case (@cases) {
    my ($code, $wanted) = @$case;
    no strict;
    no warnings;
    local $SIG{__WARN__} = sub { };
    eval $code;
    (my $got = $@) =~ s/\(eval \d+\)/F/g;
    $got =~ s/\@INC contains: [^)]*/\@INC contains: .../;
    is($got, $wanted, 'code: ' . ($code =~ s/\n/\\n/gr =~ s/[^ -~]/?/gr =~ s/#/./gr));
}
done_testing;
