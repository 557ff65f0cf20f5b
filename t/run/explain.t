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

is output("END { print qq{at the end\\n} }\nexit 3\n", '--repl'), "at the end\n", 'END blocks run';
is $? >> 8, 3, '... and the status is what exit says';

done_testing;
