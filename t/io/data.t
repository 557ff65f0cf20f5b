# __DATA__, __END__, DATA handles of packages, STDIN forms, <>, eof forms, $ARGV.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
my @lines = <DATA>;
is(scalar @lines, 3);
is($lines[0],     "first\n");
is($lines[2],     'last without newline');
ok(eof DATA);
is(snippet("print <DATA>;\n__END__\nx\n")->{out}, '') if 0;
is( snippet(
        'while (<>) { print "$ARGV:$.:$_" }',
        args => [map { my $p = temp_path('f'); open my $f, '>', $p; print $f "1\n2\n"; close $f; $p } 1 .. 2]
    )->{out} =~ s/[^ \n]*\/f\.\S+?:/F:/gr,
    "F:1:1\nF:2:2\nF:3:1\nF:4:2\n");
my $p = temp_path('g');
{ open my $f, '>', $p; print $f "a\nb\n"; close $f }
is(snippet('while (<>) { print "$.$_"; close ARGV if eof }', args => [$p, $p])->{out}, "1a\n2b\n1a\n2b\n");
is(snippet('while (<>) { print "last " if eof(); print }', args => [$p, $p])->{out},   "a\nb\na\nlast b\n");
is(snippet('print while <>', stdin => "in\n")->{out},                                  "in\n");
is(snippet('print scalar(my @l = <>)', args => [$p, '-'], stdin => "s\n")->{out},      3);
is(snippet('print <STDIN>', stdin => "x\ny\n")->{out},                                 "x\ny\n");
is(snippet('$_ = <STDIN>; chomp; print "[$_]"', stdin => "x\n")->{out},                '[x]');
is(snippet('print "[", join("|", map { chomp; $_ } <STDIN>), "]"', stdin => "x\ny\n")->{out}, '[x|y]');
is(snippet('while (<STDIN>) { last if /b/ } print <STDIN>', stdin => "a\nb\nc\n")->{out},     "c\n");
like(
    snippet('print while <>', args => ['/no/such'])->{err},
    qr{^Can't open /no/such: No such file or directory at -e line 1\.$});
is(snippet('print while <>',   args => ['/no/such', $p])->{out}, "a\nb\n");
is(snippet('print while <>',   args => ['echo piped |'])->{out}, "piped\n");
is(snippet('print while <<>>', args => [$p])->{out},             "a\nb\n");
like(
    snippet('print while <<>>', args => ['echo no |'])->{err},
    qr/^Can't open echo no \|: No such file or directory at/);
is(snippet('@ARGV = ($ARGV[0]); while (<ARGV>) { print uc }', args  => [$p])->{out}, "A\nB\n");
is(snippet('$/ = undef; print length <>',                     args  => [$p])->{out}, 4);
is(snippet('print eof(STDIN) ? 1 : 0, eof() ? 1 : 0',         stdin => '')->{out},   '11');
is(snippet('read STDIN, $x, 3; print $x; print getc; print scalar <STDIN>', stdin => "abcdef\ng")->{out},
    "abcdef\n");
is(snippet('print STDOUT "o"; print STDERR "e"; printf("%s", "p")')->{out},                   'op');
is(snippet('$| = 1; print "a"; print STDERR "b"; print "c"')->{out},                          'ac');
is(snippet('open STDIN, "<", $ARGV[0]; print <STDIN>', args => [$p])->{out},                  "a\nb\n");
is(snippet('print -t STDIN ? 1 : 0, -p STDIN ? 1 : 0, -f STDIN ? 1 : 0', stdin => '')->{out}, '001');
is(snippet('close STDIN; open F, "<", "/dev/null"; print fileno F')->{out},                   0);
is(snippet('close STDERR; warn "x"; print "alive"')->{out},                                   'alive');
is(snippet('print "x" x 100000')->{out},                                                      'x' x 100000);
unlink $p;
{
    package WithData;
    main::is(eval { my $x = <WithData::DATA>; 1 }, 1)
}
done_testing;
__DATA__
first
second
last without newline