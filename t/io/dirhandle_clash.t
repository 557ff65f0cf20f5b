# One name is not a file and a directory at once (perldiag "Cannot open %s as a filehandle").
use strict;
use warnings;
use Test::More;

opendir FOO, '.' or die;
ok !eval { open FOO, '<', $0 };
is $@, "Cannot open FOO as a filehandle: it is already open as a dirhandle at $0 line @{[__LINE__ - 1]}.\n";
closedir FOO;
ok open(FOO, '<', $0), 'free again';
ok !eval { opendir FOO, '.' };
is $@, "Cannot open FOO as a dirhandle: it is already open as a filehandle at $0 line @{[__LINE__ - 1]}.\n";
close FOO;
ok opendir(FOO, '.');
opendir my $dir, '.' or die;
ok !eval { open $dir, '<', $0 };
like $@, qr/^Cannot open \$dir as a filehandle/;

ok defined *Mentioned{IO}, 'a function of handles that names one makes it';
tell Mentioned if 0;

ok !eval { $SIG{_FOO} = 1 };
like $@, qr/^No such hook: _FOO at/;
ok !eval { my $x; no strict; &$x };
like $@, qr/^Can't use an undefined value as a subroutine reference at/;
done_testing;
