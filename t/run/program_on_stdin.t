# A program on standard input, and what its BEGIN blocks read there (perldata "Special Literals", perlrun).
use strict;
use warnings;
use Test::More;
use File::Temp 'tempdir';

my $dir = tempdir(CLEANUP => 1);

# What the program prints: by a pipe, and from a file.
sub both {
    my ($program, $want, $name) = @_;
    open my $out, '>', "$dir/prog" or die;
    print $out $program;
    close $out or die;
    is `cat $dir/prog | $^X 2>&1`, $want, "$name, by a pipe";
    is `$^X < $dir/prog 2>&1`, $want, "$name, from a file";
}

both(qq{BEGIN { \$x = <STDIN>; print "got \$x" }\nno Perl at all (((\nprint "then \$x";\n},
    "got no Perl at all (((\nthen no Perl at all (((\n", 'a line');
both(qq{BEGIN { while (<STDIN>) { last if /^end/; print "got \$_" } }\n((( 1\n((( 2\nend\nprint "ok\\n", <STDIN>;\n__END__\nrest\n},
    "got ((( 1\ngot ((( 2\nok\nrest\n", 'lines up to a mark; data behind __END__');
both(qq{print "one\\n"; BEGIN { \$x = <STDIN> } print "two\\n";\n(((\nprint \$x;\n}, "one\ntwo\n(((\n", 'the line goes on');
both(qq{BEGIN { read STDIN, \$x, 7 }\nabc\n(((print "[\$x]\\n";\n}, "[abc\n(((]\n", 'bytes');
both(qq{BEGIN { \@l = <STDIN> } print \@l;\nline 1\nline 2\n}, "line 1\nline 2\n", 'everything');
both(qq{print <<E; BEGIN { \$x = <STDIN> }\nheredoc \$x\nE\n(((\nprint "ok\\n";\n}, "heredoc (((\n\nok\n", 'behind a here-document');
both(qq{sub f {\nBEGIN { \$x = <STDIN> }\n(((\nreturn __LINE__ }\n\$| = 1; print f(), "\\n"; warn "here";\n},
    "3\nhere at - line 4, <STDIN> line 1.\n", 'such lines are not counted');
both(qq{BEGIN { print eof(STDIN) ? "at the end\\n" : "more\\n" }\nprint "ok\\n";\n}, "more\nok\n", 'eof');
both(qq{BEGIN { my \$kid = fork; exit if !\$kid; waitpid \$kid, 0 }\nprint "ok\\n";\n}, "ok\n", 'a child changes nothing');
both(qq{BEGIN { close STDIN }\nprint "never\\n";\n}, '', 'closed: the program ends there');
both("print \"\xe9\";\nBEGIN { \$x = <STDIN> }\n\xe8 (((\nprint \$x;\n", "\xe9\xe8 (((\n", 'bytes that are no UTF-8');
both("use utf8;\nBEGIN { \$x = <STDIN> }\n\xc3\xa9 (((\nprint \$x;\n", "\xc3\xa9 (((\n", 'UTF-8');

my $tell = qq{BEGIN { print tell(STDIN), "\\n" }\nprint "ok\\n";\nBEGIN { print tell(STDIN), "\\n" }\n};
open my $out, '>', "$dir/prog" or die;
print $out $tell;
close $out or die;
is `$^X < $dir/prog`, "34\n82\nok\n", 'tell';

done_testing;
