# The command's switches.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
sub run {
    my ($switches, $code, %o) = @_;
    my $args = delete $o{args} || [];
    my ($in, $out, $err) = map { temp_path($_) } qw(i o e);
    open my $f, '>', $in;
    print $f $o{stdin} // '';
    close $f;
    my $pid = fork;
    if (!$pid) {
        open STDIN,  '<', $in;
        open STDOUT, '>', $out;
        open STDERR, '>', $err;
        $ENV{$_} = $o{env}{$_} for keys %{ $o{env} || {} };
        exec $^X, @$switches, (defined $code ? ('-e', $code) : ()), @$args;
        die;
    }
    waitpid $pid, 0;
    my $st = $?;
    my @r  = map { my $p = $_; open my $h, '<', $p; local $/; my $t = <$h>; unlink $p; $t // '' } $out, $err;
    unlink $in;
    return { out => $r[0], err => $r[1], status => $st };
}
is(run([], 'print "e"')->{out}, 'e');
is(run(['-e', 'print "a";'], 'print "b"')->{out}, 'ab', 'several -e');
is(run(['-l'], 'print "x"; print "y"')->{out},                                      "x\ny\n");
is(run(['-n'], 'print if /b/', stdin => "a\nb\n")->{out},                           "b\n");
is(run(['-ne'], undef, args => ['print uc', '/dev/stdin'], stdin => "ab\n")->{out}, "AB\n");
is(run(['-p'], 's/a/A/', stdin => "ab\nba\n")->{out},                               "Ab\nbA\n");
is(run(['-ln'], 'print length', stdin => "abc\nde\n")->{out},                       "3\n2\n");
is(run(['-lane'],        undef, args => ['print $F[1]'],         stdin => "a b c\nd e f\n")->{out}, "b\ne\n");
is(run(['-F:', '-lane'], undef, args => ['print $F[0]'],         stdin => "x:y\n")->{out},          "x\n");
is(run(['-F/,/', '-ae'], undef, args => ['print $F[1]'],         stdin => "p,q\n")->{out},          "q\n");
is(run(['-0777', '-ne'], undef, args => ['print length'],        stdin => "a\nb\n")->{out},         4);
is(run(['-0', '-ne'],    undef, args => ['chomp; print "[$_]"'], stdin => "a\0b\0")->{out},         '[a][b]');
is(run(['-00', '-ne'],   undef, args => ['print "<$_>"'], stdin => "a\nb\n\nc\n")->{out}, "<a\nb\n\n><c\n>");
is(run(['-l', '-0040', '-ne'], undef, args => ['print'],  stdin => 'a b')->{out},         "a\nb\n");
is(run(['-MList::Util=sum'], 'print sum 1, 2')->{out},                                 3);
is(run(['-MList::Util', '-e'], undef, args => ['print List::Util::max(1, 5)'])->{out}, 5);
is(run(['-mList::Util'], 'print defined &sum ? 1 : 0')->{out},                         0);
is(run(['-M-strict'], '$x = 5; print $x')->{out},                                      5);
is(run(['-Mstrict'], '$x = 5; print $x')->{status} >> 8,                               255);
is(run(['-w'], 'my $x; print "a$x"')->{err},
    "Use of uninitialized value \$x in concatenation (.) or string at -e line 1.\n");
is(run(['-W'], 'no warnings; my $x; print "a$x"')->{err} ne '' ? 1 : 0, 1);
is(run(['-X'], 'use warnings; my $x; print "a$x"')->{err},              '');
is(run(['-c'], 'print "no"; BEGIN { print "b" }')->{out},               'b');
is(run(['-c'], '1')->{err},                                             "-e syntax OK\n");
is(run(['-c'], '1 +')->{status} >> 8,                                   255);
is(run(['-E', 'say "x"; state $n = 5; say $n'])->{out}, "x\n5\n");
is( run([   '-i.bak', '-pe', 's/a/b/',
            (   my $file =
                    do { my $p = temp_path('edit'); open my $f, '>', $p; print $f "aaa\n"; close $f; $p }
            )]
    )->{out},
    '');
is(do { open my $h, '<', $file; <$h> },             "baa\n");
is(do { open my $h, '<', "$file.bak"; <$h> },       "aaa\n");
is(run(['-i', '-ne', 'print uc', $file])->{status}, 0);
is(do { open my $h, '<', $file; <$h> },             "BAA\n");
unlink $file, "$file.bak";
is(run(['-s', '-e', 'print $x, $name, "@ARGV"', '--', '-x', '-name=val', 'rest'])->{out}, '1valrest');
like(run(['-v'])->{out}, qr/This is (?:perl|keshi).*5\.36|v5\.36\.0/is);
is(run(['-V:version'])->{out},                       "version='5.36.0';\n");
is(run(['-I', '/some/dir'], 'print $INC[0]')->{out}, '/some/dir');
is(run(['-I/other'], 'print $INC[0]')->{out},        '/other');
is(run([], 'print $INC[0]',      env => { PERL5LIB => '/env/lib:/second' })->{out},               '/env/lib');
is(run([], 'my $x; print "a$x"', env => { PERL5OPT => '-w' })->{err} =~ /^Use of uninit/ ? 1 : 0, 1);
is(run([], 'print sum(1, 2)',    env => { PERL5OPT => '-MList::Util=sum' })->{out},               3);
is(run([],     'print "@ARGV"',  args  => ['a', '-b', '--c'])->{out},                      'a -b --c');
is(run(['--'], 'x',              args  => []) ? 1 : 0,                                     1);
is(run([],     undef,            stdin => 'print "from stdin $0"')->{out},                 'from stdin -');
is(run(['-'],  undef,            stdin => "print 'dash'\n__END__\nrest")->{out},           'dash');
is(run([],     undef,            stdin => "print scalar <DATA>;\n__END__\ndata\n")->{out}, "data\n");
my $script = temp_path('script');
sub script { open my $f, '>', $script or die; print $f shift; close $f; chmod 0755, $script }
script("#!perl -w\nmy \$x; print \"a\$x\";\n");
like(run([$script])->{err}, qr/^Use of uninitialized value \$x .* line 2\.$/, 'switches on the #! line');
script("#!/usr/bin/perl -l\nprint 'x';\n");
is(run([$script])->{out}, "x\n");
script("print \"\$0|\@ARGV|\", __FILE__, '|', __LINE__");
is(run([$script, 'p', 'q'])->{out}, "$script|p q|$script|1");
script("garbage\nmore\n#!perl -l\nprint 'found', __LINE__;\n__END__\nrest");
is(run(['-x', $script])->{out}, "found2\n");
script("print <DATA>;\n__DATA__\nd1\nd2\n");
is(run([$script])->{out}, "d1\nd2\n");
script("\xef\xbb\xbfprint 'bom'");
is(run([$script])->{out}, 'bom');
script("print 'crlf';\r\nprint 2;\r\n");
is(run([$script])->{out}, 'crlf2');
unlink $script;
my $no = run(['/no/such/file']);
is($no->{err},         "Can't open perl script \"/no/such/file\": No such file or directory\n");
is($no->{status} >> 8, 2);
is(run(['-foo'])->{status} == 0 ? 1 : 0, 0);
like(run(['-z'])->{err}, qr/^Unrecognized switch: -z  \(-h will show valid options\)\.$/);
is(run(['-C7', '-e', 'print chr 0x263a'])->{out},                                    "\xe2\x98\xba");
is(run(['-CS'], 'print length <STDIN>', stdin => "\xc3\xa9")->{out},                 1);
is(run(['-le', 'print $^X'])->{out},                                                 "$^X\n");
is(run(['-le', 'print ${^TAINT}'])->{out},                                           "0\n");
is(run(['-e', 'print $0'])->{out},                                                   '-e');
is(run(['-l012', '-e', 'print 1'])->{out},                                           "1\n");
is(run(['-pi', '-e', '1', '/dev/null'])->{status},                                   0);
is(run(['-ne', 'END { print $. }'], undef, stdin => "a\nb\n")->{out},                2);
is(run(['-ne', 'BEGIN { print "b" } print; last'], undef, stdin => "1\n2\n")->{out}, "b1\n");
is(run(['-pe',    '}{ $_ = $.'], undef, stdin => "a\nb\n")->{out}, 2, 'the Eskimo greeting');
is(run(['-we',    'use strict; my @a = (1); print "$a[0]\n"'])->{out}, "1\n");
is(run(['-Mutf8', '-CO', '-e', 'print length "é"'])->{out}, 1);
is(run(['-a',     '-F',  ',',  '-e', 'print $F[0]'], undef, stdin => "q,r\n") ? 1 : 0, 1);
is(run(['-h'])->{out} =~ /-e/ ? 1 : 0, 1);
# -i: what was written takes the file's place where the program ends well in the middle of it
for (['last', ''], ['exit', ''], ['print "new\n"; last', "new\n"], ['exit 1', "old\n"], ['die', "old\n"]) {
    my ($code, $after) = @$_;
    my $file = temp_path('inplace');
    { open my $f, '>', $file or die; print $f "old\n" }
    snippet($code, switches => ['-i', '-n'], args => [$file]);
    open my $f, '<', $file or die;
    is(join('', <$f>), $after, "-i, $code");
    unlink $file;
}
is(run(['-Ca'], 'print ${^UNICODE}, ${^UTF8CACHE}')->{out}, '256-1', '-Ca');
is(run([], 'print ${^UTF8CACHE}')->{out},               '1');
is(run([], 'print 1; printf STDERR 2', env => { PERLIO => 'stdio' })->{out}, '1', 'PERLIO=stdio');

done_testing;
