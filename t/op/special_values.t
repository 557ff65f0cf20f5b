# Special variables that make something else of what they are given.
use strict;
use warnings;
use Test::More;
my @warned;
local $SIG{__WARN__} = sub { push @warned, $_[0] };

# the value of an assignment is what the variable holds then
my $got = $| = 5;
is($got, 1, '$|');
is(($| = 7) + 1, 2, '$| in an expression');
$| = 0;
$got = $! = 2;
is($got + 0, 2);
isnt("$got", '2', '$! is a text as well');
$got = $? = 65537;
is($got, 1, '$?');
{
    package Always;
    sub TIESCALAR { bless [] }
    sub FETCH { 42 }
    sub STORE { }
    sub TIEHASH { bless [] }
}
our $tied;
tie $tied, 'Always';
$got = $tied = 5;
is($got, 42, 'a tied scalar');
sub gives { $tied = 6 }
is(gives(), 42, 'as the last value of a sub');

# $$
my $pid = $$;
$$ = 42;
is($$, 42, '$$ can be set');
is(`$^X -e "print 1"`, 1);
pipe my $r, my $w or die;
if (!fork) { syswrite $w, $$; require POSIX; POSIX::_exit(0) }
close $w;
sysread $r, my $child, 100;
wait;
isnt($child, 42, 'a child has its own number');
isnt($child, $pid);
$$ = 'text';
is($$, 'text', 'any value');
$$ = $pid;

# $!
$! = 2;
$! = undef;
is($! + 0, 0);
is("@warned", '', 'undef is no error');

# $0 and %ENV hold bytes
(my $latin = "caf\x{e9}") .= chr 256;
chop $latin;
$0 = $latin;
is($0, "caf\x{e9}");
ok(!utf8::is_utf8($0), '$0 is made bytes');
is("@warned", '');
$0 = "haha\x{100}";
is($0, "haha\xc4\x80", 'a wide character is sent as UTF-8');
like(shift @warned, qr/^Wide character in \$0 at /);
$ENV{KESHI_LATIN} = $latin;
is(`printf %s "\$KESHI_LATIN"`, "caf\xe9", 'the environment has bytes');
ok(!utf8::is_utf8($ENV{KESHI_LATIN}));
is("@warned", '');
$ENV{KESHI_WIDE} = "w\x{100}";
is(`printf %s "\$KESHI_WIDE"`, "w\xc4\x80");
like(shift @warned, qr/^Wide character in setenv at /);
$ENV{"KESHI_\x{100}"} = 1;
like(shift @warned, qr/^Wide character in setenv key \(encoding to utf8\) at /);
$ENV{KESHI_NONE} = undef;
ok(exists $ENV{KESHI_NONE}, 'undef is kept');
is(`printf '[%s]' "\$KESHI_NONE"`, '[]', 'and is empty outside');
@warned = ();

# $. before anything is read
is($., undef);
$. = 5;
is($., 5, '$. keeps what it is given');
{ local $. = 6; is($., 6) }
is($., 5, 'and what it had');

# ${^LAST_FH} and $. are about the handle last read, told of or moved
open my $in, '<', $0 = __FILE__ or die;
() = scalar <$in> for 1 .. 3;
is($., 3);
() = tell STDOUT;
is($., 0, 'tell means another handle');
is(${^LAST_FH}, \*STDOUT);
() = eof $in;
is($., 3, 'eof, too');
() = tell STDOUT;
seek $in, 0, 1;
is($., 3, 'and seek');
eval { die 'x' };
like($@, qr/, <\$in> line 3\.$/);
# elements as well
tie our %always, 'Always';
tie my @always, 'Array';
{ package Array; sub TIEARRAY { bless [] } sub FETCHSIZE { 9 } sub FETCH { 43 } sub STORE { } }
my ($k, $i, $ref) = ('k', 2, \%always);
$got = $always{a} = 5;      is($got, 42, 'of a tied hash');
$got = $always{$k} = 5;     is($got, 42);
$got = $ref->{a} = 5;       is($got, 42);
$got = $ref->{$k} = 5;      is($got, 42);
$got = $always{a} .= 'x';   is($got, 42);
$got = $always[1] = 5;      is($got, 43, 'of a tied array');
$got = $always[$i] = 5;     is($got, 43);
$got = (\@always)->[1] = 5; is($got, 43);
my (%plain, @plain);
is(($plain{a} = $plain{b} = 3), 3);
is(($plain[1] = $plain[$i] = 4), 4);
is("@plain{qw(a b)} @plain[1, 2]", '3 3 4 4');
{
    no warnings 'utf8';
    $got = $ENV{KESHI_WIDE} = "\x{100}";
    is($got, "\xc4\x80", 'of %ENV');
}
$got = $SIG{USR1} = 'foo';
is($got, 'main::foo', 'of %SIG');
$SIG{USR1} = 'DEFAULT';

# $^S: no answer while a text is parsed
our @states;
sub state { push @states, $^S // 'none' }
@states = ();
main::state();
eval { main::state() };
eval q{ main::state(); BEGIN { main::state(); eval { main::state() } } };
is("@states", '0 1 none none 1');
is("@warned", '');
$! = 2;
is(join('|', $!{ENOENT}, $!{EPERM}, $!{NO_SUCH_ERROR}), '2|0|', '%!');
# local $. is about the handle, not about what it counts
open my $first,  '<', __FILE__ or die;
open my $second, '<', __FILE__ or die;
() = scalar <$first>;
{
    local $.;
    () = scalar <$second> for 1 .. 2;
    is($., 2, 'another handle');
    () = scalar <$first>;
}
is($., 2, 'the one of before, which has been read meanwhile');
{ local $. = 77; () = scalar <$second> }
is($., 77, 'what was assigned is the count of the handle of before');

# what a tied variable holds is not asked for where nobody wants it
{
    package Asked;
    our $asked = 0;
    sub TIESCALAR { bless [] }
    sub TIEHASH   { bless [] }
    sub STORE     { }
    sub FETCH     { $asked++; 5 }
}
tie our $asked, 'Asked';
tie our %asked, 'Asked';
sub last_scalar { $asked = 1 }
sub last_element { $asked{k} = 1 }
last_scalar();
last_element();
is($Asked::asked, 0, 'void context');
is(last_scalar() + last_element(), 10, 'scalar context');
is($Asked::asked, 2);
done_testing;
