# Switches and settings that are wrong, late or in odd places (perlrun).
use strict;
use warnings;
use Test::More;
use File::Temp 'tempdir';

my $dir = tempdir(CLEANUP => 1);
chdir $dir or die;
delete @ENV{qw(PERL5OPT PERL_UNICODE PERL_HASH_SEED PERL_PERTURB_KEYS)};

sub script {
    my ($name, $text) = @_;
    open my $out, '>', $name or die;
    print $out $text;
    close $out or die;
    chmod 0755, $name;
    return $name;
}

# What a shell says of a command line, with the exit code behind it; `PERL` stands for the interpreter.
sub says {
    my ($line, $want, $name) = @_;
    $line =~ s/PERL\b/$^X/;
    my $got = `( $line ) 2>&1`;
    is $got . '=' . ($? >> 8), $want, $name // $line;
}

says q(PERL -C512 -e 1),             "Unknown Unicode option value 512.\n=29",           '-C512';
says q(PERL -C99999999999 -e 1),     "Invalid number '99999999999' for -C option.\n=29", '-C: too much of a number';
says q(PERL -C7e1),                  "Unknown Unicode option letter 'e'.\n=29",          '-C: a letter behind the number';
says q(PERL_UNICODE=999 PERL -e 1),  "Unknown Unicode option value 512.\n=29",           'PERL_UNICODE';
says q(PERL5OPT='-w -T' PERL -e 1),  "Illegal switch in PERL5OPT: -T.\n=29",             'PERL5OPT: -T must be first';
says q(PERL5OPT='-T -e' PERL -e 'print ${^TAINT}'), "1=0",                               '... and is then alone';
says q(PERL5OPT='-wMstrict' PERL -e '$x = $x; print $^W'), "1=0",                        'PERL5OPT: one switch a word';
says q(PERL_HASH_SEED=xyz PERL -e 'print 1'),
    "perl: warning: Non hex character in '\$ENV{PERL_HASH_SEED}', seed only partially set\n1=0", 'PERL_HASH_SEED';
says q(PERL_PERTURB_KEYS=foo PERL -e 'print 1'),
    "perl: warning: strange setting in '\$ENV{PERL_PERTURB_KEYS}': 'foo'\n1=0", 'PERL_PERTURB_KEYS';

script('v.pl', "#!perl -v\nprint 'not run'\n");
like `$^X v.pl`, qr/\A\nThis is perl 5, version 36/, '-v on the #! line';
script('h.pl', "#!perl -h\nprint 'not run'\n");
like `$^X h.pl`, qr/\A\nUsage: /, '-h on the #! line';

script('here.pl', "#!perl\nprint qq(\$0\\n)");
says q(PATH=.:/bin PERL -S here.pl), "./here.pl\n=0", '-S: found in "."';
says q(PATH=:/bin PERL -S here.pl),  "here.pl\n=0",   '-S: found in an empty entry';
chmod 0644, 'here.pl';
says q(PATH=.:/bin PERL -S here.pl), "Can't execute ./here.pl.\n=29", '-S: not executable';

says q(PERL -e 'print 1' >&-),       "Unable to flush stdout: Bad file descriptor\n=1", 'standard output closed';
says q(PERL -v >/dev/full),          "Unable to flush stdout: No space left on device\n=1", '-v where there is no room';
says q(PERL -e 'exit 3' >&-),        "=3",                                              'and not used';
says q(PERL -e 'die "x\n"' 2>&-),    "=9",  'an error that cannot be told';
says q(PERL -e 'die "x\n"' 2>/dev/full), "=28", 'nor here';

says q(PERL -w-e 1), "Unrecognized switch: --e  (-h will show valid options).\n=29", 'a sign inside of a cluster';
says q(PERL -w- -e), qq(Can't open perl script "-e": No such file or directory\n=2), '... at its end ends the switches';

script('in', "a b c\nd e f\n");
says q(PERL -ne 'print if /a/' in nosuch),
    "Can't open nosuch: No such file or directory at -e line 1, <> line 2.\na b c\n=0", '-n: the place where the loop stands';
says q(PERL -pe '' in nosuch), "Can't open nosuch: No such file or directory, <> line 2.\na b c\nd e f\n=0", '-p: none';
says q(PERL '-F ' -e 'print $F[2]' in),  'be=0', '-F: a blank is no pattern';
says q(PERL -F/ -e 'print scalar @F' in), '11=0', '-F: a delimiter that is not closed is the pattern';
says q(PERL -pe '}'),
    qq(Unmatched right curly bracket at -e line 1, at end of line\nsyntax error at -e line 1, near ";}"\n)
    . "Execution of -e aborted due to compilation errors.\n=255", '-p: an error behind the program';

says q(PERL -e 'use 5.40'),
    "Perl v5.400.0 required (did you mean v5.40.0?)--this is only v5.36.0, stopped at -e line 1.\n"
    . "BEGIN failed--compilation aborted at -e line 1.\n=255", 'a version that is meant otherwise';
says q(PERL -e 'require 5.9'),
    "Perl v5.900.0 required (did you mean v5.9.0?)--this is only v5.36.0, stopped at -e line 1.\n=255", 'another';
says q(PERL -e 'require v5.400'), "Perl v5.400.0 required--this is only v5.36.0, stopped at -e line 1.\n=255", 'as it is';
says q(PERL -e 'say 1'),
    qq{Number found where operator expected at -e line 1, near "say 1"\n\t(Do you need to predeclare say?)\n}
    . qq{syntax error at -e line 1, near "say 1"\nExecution of -e aborted due to compilation errors.\n=255},
    'a function that is a feature';

done_testing;
