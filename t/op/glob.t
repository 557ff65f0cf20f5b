# perlfunc glob: words, braces, tildes, patterns, and the walk in scalar context.
use strict;
use warnings;
use Test::More;
use File::Temp 'tempdir';

my $dir = tempdir(CLEANUP => 1);
chdir $dir or die "chdir: $!";
mkdir $_ or die "mkdir: $!" for 'sub', 'a b';
for my $name ('a.c', 'b.c', 'B.h', '.dot', 'x*y', 'sub/one.c', 'sub/two.h', 'a b/c', '[z]', "it's") {
    open my $fh, '>', $name or die "$name: $!";
}
sub is_glob { my ($pattern, @names) = @_; is join('|', glob $pattern), join('|', @names), $pattern }

is_glob '*.c',            'a.c', 'b.c';
is_glob '*.c *.h',        'a.c', 'b.c', 'B.h';
is_glob '*.[a-h]',        'a.c', 'b.c', 'B.h';
is_glob '[!ab]*',         '[z]', 'B.h', "it's", 'sub', 'x*y';
is_glob '{sub,nosuch}/*', 'sub/one.c', 'sub/two.h';
is_glob '{a,{b,c}}.c',    'a.c', 'b.c', 'c.c';
is_glob '{a}{}',          'a{}' =~ s/\{\}//r;
is_glob '?.c',            'a.c', 'b.c';
is_glob '.d*',            '.dot';
is_glob 'nosuch',         'nosuch';
is_glob 'nosuch*';
is_glob 'x\\*y',          'x*y';
is_glob '"a b"/*',        'a b/c';
is_glob 'a\\ b/*',        'a b/c';
is_glob '[z]';
is_glob '\\[z]',          '[z]';
is_glob '*/*.c',          'sub/one.c';
is_glob 'sub//*.c',       'sub//one.c';
is_glob '';
{
    local $ENV{HOME} = '/nowhere';
    is_glob '~/x', '/nowhere/x';
}
my @walk;
while (defined(my $name = <*.c>)) { push @walk, $name }
is "@walk", 'a.c b.c', 'one by one';
push @walk, scalar glob '*.c' for 1 .. 3;
is $walk[2], 'a.c', 'each glob walks for itself';
ok !defined $walk[4], 'and ends';
$_ = '*.h';
is join('', glob), 'B.h', 'the default is $_';
{
    my @warnings;
    local $SIG{__WARN__} = sub { push @warnings, @_ };
    is_glob "a\0b";
    like $warnings[0], qr/^Invalid \\0 character in pattern for glob: a\\0b at /;
}
chdir '/';
done_testing;
