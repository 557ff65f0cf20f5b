# keshi-only: perl has no --explain and no REPL
# Messages that show their place, and a session read from a pipe.
use strict;
use warnings;
use Test::More;

sub output {
    my ($input, @args) = @_;
    open my $in, '>', "explain.$$" or die $!;
    print $in $input;
    close $in;
    my $text = `$^X @args < explain.$$ 2>&1`;
    unlink "explain.$$";
    return $text;
}

is output(qq{my \$x = 1;\nmy \$y = \$x->frob;\n}, '--explain', '-'), <<'END', 'the line, the place, a hint';
Can't locate object method "frob" via package "1" (perhaps you forgot to load "1"?) at - line 2.
  2 | my $y = $x->frob;
    |             ^^^^
  hint: load the class first (`use CLASS;`), or look for a misspelled class name
END

is output("use strict;\n\$z = 1;\n", '--explain', '-'), <<'END', 'errors of the compiler';
Global symbol "$z" requires explicit package name (did you forget to declare "my $z"?) at - line 2.
  2 | $z = 1;
    | ^^
  hint: declare it with `my` (or `our` for a package variable), or look for a misspelling
Execution of - aborted due to compilation errors.
END

is output("die qq{plain\\n};\n", '--explain', '-'), "plain\n", 'what names no place stays as it is';
# The excerpt alone: the line and the mark.
sub excerpt {
    my ($program) = @_;
    return join "\n", grep /^ +\d* \|/, split /\n/, output($program, '--explain', '-');
}

is excerpt("use warnings;\nmy \$u;\nmy \$v = 'a'\n  . 'b'\n  . \$u;\n"), "  5 |   . \$u;\n    |     ^^", 'a statement of several lines';
is excerpt("\tmy\t\$x = 1;\tnowhere();\n"), "  1 |     my    \$x = 1;    nowhere();\n    |                      ^^^^^^^", 'tabs';
is excerpt("my \$s = 'caf\xc3\xa9'; nowhere();\n"), "  1 | my \$s = 'caf\xc3\xa9'; nowhere();\n    |                 ^^^^^^^", 'UTF-8';
is excerpt("my \$s = '\xe6\x97\xa5\xe6\x9c\xac'; nowhere();\n"),
    "  1 | my \$s = '\xe6\x97\xa5\xe6\x9c\xac'; nowhere();\n    |                 ^^^^^^^", 'wide characters';
is excerpt("my \$s = 'caf\xe9'; nowhere();\n"), "  1 | my \$s = 'caf\xc3\xa9'; nowhere();\n    |                 ^^^^^^^", 'bytes that are no UTF-8 are shown as Latin-1';
is excerpt('my $s = "' . 'x' x 300 . '"; nowhere(); my $t = "' . 'y' x 300 . qq{";\n}),
    '  1 | ...' . 'x' x 27 . '"; nowhere(); my $t = "' . 'y' x 44 . "...\n    | " . ' ' x 33 . '^^^^^^^', 'a long line is cut';
is excerpt("sub f { return \$_[0] / \$_[1] }\nf(1, 0);\n"), "  1 | sub f { return \$_[0] / \$_[1] }\n    |                ^^^^^^^^^^^^^", 'the operation';
is excerpt("my \$x = 1; \$x->{a}[0] = 1 if 0; die 'first' if \$x > 2; die 'second' if \$x;\n"),
    "  1 | my \$x = 1; \$x->{a}[0] = 1 if 0; die 'first' if \$x > 2; die 'second' if \$x;\n    | " . ' ' x 55 . '^^^^^^^^^^^^', 'the one that died';
is excerpt("use strict;\n\$p = 1; \$q = 2;\n"), "  2 | \$p = 1; \$q = 2;\n    | ^^\n  2 | \$p = 1; \$q = 2;\n    |         ^^",
    'two errors of a line have two marks';
is excerpt("eval qq{1 +\\nnowhere()} // die;\n"), "  2 | nowhere()\n    | ^^^^^^^\n  1 | eval qq{1 +\\nnowhere()} // die;\n    | " . ' ' x 27 . '^^^', 'an eval that failed';
is excerpt("eval { my \$r = 1; nowhere() }; print STDERR 'x'; eval qq{1;\\n  warn 'in eval'};\n"), "  2 |   warn 'in eval'\n    |   ^^^^^^^^^^^^^^",
    'a warning in the text of an eval';

is output("warn 1;\n", '-'), "1 at - line 1.\n", 'nothing is added unasked';

is output(<<'INPUT', '--repl'), <<'END', 'a session from a pipe has no prompts';
my $x = 20;
sub double {
    return 2 * shift;
}
double($x) + 2
$_1 / 2
my $line = <STDIN>;
read by the program
die "no\n"
$line
INPUT
20
$_1 = 42
$_2 = 21
"read by the program\n"
no
$_3 = "read by the program\n"
END

is output("\$y\n", '--repl', '-MPOSIX=floor', '-e', q{'our $y = floor 2.5; print "first\n"'}), "first\n\$_1 = 2\n", '-M and -e come first';
is output("END { print qq{at the end\\n} }\nexit 3\n", '--repl'), "at the end\n", 'END blocks run';
is $? >> 8, 3, '... and the status is what exit says';

done_testing;
