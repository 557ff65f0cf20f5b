# What the command says of switches, environment and #! lines it cannot take, and those it takes in rarer ways.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;

my $dir = temp_path('folder');
mkdir $dir or die $!;
my $me = $^X;
chdir $dir or die $!;

sub shown {
    my ($command, %env) = @_;
    local @ENV{ keys %env } = values %env;
    delete local $ENV{PERL5LIB};
    return join '', `$me $command 2>&1`;
}

sub file {
    my ($name, $text) = @_;
    open my $out, '>', $name or die $!;
    print $out $text;
    close $out;
    return $name;
}

is shown('-M -e 1'),          "Missing argument to -M.\n";
is shown('-M- -e 1'),         "Module name required with -M option.\n";
is shown(q('-mFoo Bar' -e1)), "Can't use ' ' after -mname.\n";
is shown('-MFoo:Bar -e1'),    "Invalid module name Foo:Bar with -M option: contains single ':'.\n";
like shown('-MNo::Such -e1'), qr/\ACan't locate No.Such\.pm in .*\)\.\nBEGIN failed--compilation aborted\.\n\z/,
    'a switch names no place';
is $? >> 8, 2, '... and the status is the error number';
is shown('-z -e1'), "Unrecognized switch: -z  (-h will show valid options).\n";
is shown('-Cz -e1'), "Unknown Unicode option letter 'z'.\n";
is shown(q(-C -e 'print ${^UNICODE}')), 95;
is shown('-e1', PERL5OPT => '-n'), "Illegal switch in PERL5OPT: -n.\n";
is shown(q(-e 'print "@INC[0,1]"'), PERL5OPT => '-Ia -Ib'), 'b a', 'directories of PERL5OPT, the last one first';
is shown(q(-e 'print ${^UNICODE}'), PERL_UNICODE => 'SD'), 31;
is shown(q(-CO -e 'print ${^UNICODE}'), PERL_UNICODE => 'SD'), 2, '-C counts more';
is shown('-e1', PERL_SIGNALS => 'no'), qq(PERL_SIGNALS illegal: "no".\n);
is shown(q(-e 'print chr 233'), PERLIO => ':utf8'), "\xc3\xa9";
is shown(q(-e 'print "a\n"'),   PERLIO => 'crlf'),  "a\r\n";

file(wide => "\xe2\x98\xba");
is shown(q(-Ci -e 'open my $f, "<", "wide"; print length <$f>')), 1, '-Ci: files read are UTF-8';
is shown(q(-Co -e 'open my $f, ">", "out"; print $f chr 300; close $f; print -s "out"')), 2;
is shown(q(-0x263a -e 'print length $/')), 1;
is shown(q(-g -e 'print defined $/ ? 1 : 0')), 0;
is shown(q(-s -e 'print ${"a-b"}, $c' -- -a-b=3 -c)), 31, '-s takes names as they are';
is shown('-V:ivsize -V:osname'), "ivsize='8';\nosname='linux';\n";
is shown(q('-V:i.size')), "i8size='1';\nivsize='8';\n";
is shown('-S no_such_script'), "Can't find no_such_script on PATH.\n";
is shown("-S wide"), "Can't find wide on PATH, '.' not in PATH.\n";
is shown(q(-ne 1 no_such_file)), "Can't open no_such_file: No such file or directory.\n";
is shown(q(-i -e 'print "[$^I]"' </dev/null)),
    "-i used with no filenames on the command line, reading from STDIN.\n[]";

sub text { open my $in, '<', shift or return; local $/; return scalar <$in> }
for my $end ('die "x\n"', 'exit 1') {
    file(edited => "one\ntwo\n");
    shown(qq(-n -i.bak -e 'print "new"; $end' edited));
    is text('edited'), "one\ntwo\n", "a file not edited to its end stays as it was: $end";
    is_deeply [ glob '*' ], [qw(edited out wide)], '... and nothing is left beside it';
}
shown(q(-p -i.bak -e 'chdir "/"; s/o/0/' edited));
is text('edited') . text('edited.bak'), "0ne\ntw0\none\ntwo\n", 'edited, with a backup';
is shown(q(-e '@ARGV = "edited"; $^I = ""; while (<>) {
        if (my $pid = fork) { waitpid $pid, 0 } else { close ARGVOUT; exit }
        print uc; print STDOUT -s "edited"; }')), '88', 'a child has no part in it';
is text('edited'), "0NE\nTW0\n";
chmod 0640, 'edited';
shown(q(-p -i -e 1 edited));
is +(stat 'edited')[2] & 07777, 0640, 'permissions are kept';
mkdir 'edited.no';
is shown(q(-p -i -e 1 .)), "Can't do inplace edit: . is not a regular file.\n";
like shown(q(-p -i.no -e 1 edited)), qr/^Can't rename edited to edited\.no: Is a directory, skipping file/;
is text('edited'), "0NE\nTW0\n", '... which stays';
unlink 'edited', 'edited.bak';
rmdir 'edited.no';

file(wide => "#!perl\n1;\n");
is shown('-x/no/such/folder wide'), "Can't chdir to /no/such/folder.\n";
is shown(q(-Mv7 -e1)), "Perl v7.0.0 required--this is only v5.36.0, stopped.\nBEGIN failed--compilation aborted.\n";
is shown(q(-e 'print 1'), PERL5OPT => '- -'), 1, 'nothing but signs in PERL5OPT';
is shown(q(-V:osname -e 'print 7')), "osname='linux';\n7", 'code behind -V runs, too';
is shown(q(-l0777 -e 'print 1')), "1\xff", 'four digits of -l with a zero in front, of which a byte is taken';
like shown('.'), qr/^Can't open perl script "\.": Is a directory$/;
like shown(q(-e 'require M')), qr/^Can't locate M\.pm in \@INC \(\@INC/, 'no advice about names of one letter';
is shown(q(-E 'say defined __SUB__ ? 1 : 0; sub f { eval q{ defined __SUB__ } } say f() ? 1 : 0')), "0\n0\n",
    'a program and an eval are no subs';

# A program on standard input: what stands behind it is standard input's.
my $data = "__END__\none\ntwo\n";
is shown(qq(<<'.'\nprint 'got ', scalar <STDIN>, <STDIN>;\n$data.\n)), "got one\ntwo\n";
is shown(qq(- <<'.'\nprint <DATA>;\n$data.\n)), "one\ntwo\n", 'as well as DATA\'s';
is shown(qq('' a <<'.'\nprint scalar(<STDIN>), <DATA>, "\@ARGV";\n$data.\n)), "one\ntwo\na", '... which is the same';
file(program => "print scalar <STDIN>; print `cat`;\n$data");
is shown('<program'), "one\ntwo\n", '... and goes on in a child';
unlink 'program';

my $script = file(script => "#!perl -T\nprint 1");
is shown($script), qq("-T" is on the #! line, it must also be used on the command line at script line 1.\n);
file(script => "#!perl -Mstrict\nprint 1");
is shown($script), qq(Too late for "-Mstrict" option at script line 1.\n);
file(script => "#!perl -CS\nprint 1");
is shown($script),       qq(Too late for "-CS" option at script line 1.\n);
is shown("-CS $script"), 1;
file(script => "#!perl -e1\nprint 1");
is shown($script), "Can't emulate -e on #! line at script line 1.\n";
file(script => "#!perl -x\nprint 1");
is shown($script), "Can't emulate -x on #! line at script line 1.\n";
file(script => "#!/bin/sh\necho shell \$1\n");
is shown("$script x"), "shell x\n", 'a script of another program is handed over';
is shown("-c -x $script"), "No Perl script found in input\n";
file(script => "#!/bin/echo  two words\nprint 1");
is shown("$script x"), "two script x\n", '... with one word of what stands there';
file(script => "#!/no/such/program\nprint 1");
is shown($script), "Can't exec /no/such/program at script line 1.\n";
is $? >> 8, 2;
file(script => "#!perl -w\nprint undef . 1");
is shown("-X $script"), 1, '-X counts more than a -w of the script';
file(script => "#!/usr/bin/env perl\nprint 9");
is shown($script), 9;

unlink qw(wide out script);
chdir '/';
rmdir $dir or die $!;
done_testing;
