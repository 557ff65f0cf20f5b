# open in every form; close; dup; in memory; errors.
use strict;
use warnings;
no warnings 'io';
use Test::More;
my $n   = 0;
my $dir = ($ENV{TMPDIR} || '/tmp') . "/open.$$";
mkdir $dir or die;
sub path { "$dir/f" . $n++ }
sub put  { my ($p, $t) = @_; open my $f, '>', $p or die "$p: $!"; print $f $t; close $f or die; $p }
sub get  { open my $f, '<', shift or return "undef: $!"; local $/; my $t = <$f>; defined $t ? $t : '' }
my $p = path;
ok(open(my $f, '>', $p));
ok(print $f 'one');
ok(close $f);
is(get($p), 'one');
ok(open($f, '>>', $p));
print $f 'two';
close $f;
is(get($p), 'onetwo');
ok(open($f, '+<', $p));
is(read($f, my $b, 3), 3);
seek $f, 0, 1;
print $f 'TWO';
close $f;
is(get($p), 'oneTWO', '+<');
ok(open($f, '+>', $p));
print $f 'new';
seek $f, 0, 0;
is(<$f>, 'new', '+>');
close $f;
ok(open($f, '+>>', $p));
print $f 'app';
seek $f, 0, 0;
is(<$f>, 'newapp', '+>>');
close $f;
open($f, ">$p") or die;
print $f 'x';
close $f;
is(get($p), 'x', 'two arguments >');
open($f, ">> $p") or die;
print $f 'y';
close $f;
is(get($p), 'xy', '>> with a blank');
open($f, "<$p");
is(<$f>, 'xy');
close $f;
open($f, " $p ");
is(<$f>, 'xy', 'blanks around are dropped');
close $f;
open(FH, $p) or die;
is(<FH>, 'xy');
close FH;
our $FH2 = $p;
{ no strict; open(FH2) ? is(<FH2>, 'xy', 'one argument') : fail("$!"); close FH2 }
my $odd = "$dir/ odd>|name ";
put($odd, 'odd');
is(get($odd), 'odd', 'three arguments take the name as it is');
ok(!open($f, '<', "$dir/none"));
is($! + 0, 2);
ok($!{ENOENT});
ok(!open($f, '<', "$dir/none/x"));
ok(!open($f, '>', $dir));
is($! . '', 'Is a directory');
ok(open($f, '<', $dir), 'a directory can be opened for reading');
ok(!defined scalar <$f>);
is($! + 0, 21);
close $f;
eval { open($f, 'nonsense', $p) };
like($@, qr/^Unknown open\(\) mode 'nonsense' at/);
eval { open($f, '<', $p, 'extra') };
like($@, qr/^More than one argument to open/);
ok(!close $f, 'closed twice');
is($! + 0, 9);
{ no warnings; ok(!open($f, '<', "a\0b")); is($! + 0, 2) }
open(my $save, '>&', \*STDOUT) or die;
ok(fileno $save > 2);
open(my $o,  '>',  $p);
open(STDOUT, '>&', $o) or die;
print STDOUT "into file\n";
system('echo from child');
open(STDOUT, '>&', $save);
close $o;
is(get($p), "into file\nfrom child\n", 'STDOUT redirected and back');
open(my $d1, '>',   $p);
open(my $d2, '>&=', fileno $d1) or die;
is(fileno $d2, fileno $d1, '&= shares the descriptor');
open(my $d3, '>&', fileno $d1);
isnt(fileno $d3, fileno $d1);
print $d3 'a';
close $d3;
print $d1 'b';
close $d1;
is(get($p), 'ab', 'a dup shares the offset');
open(my $r1, '<',  put(path, "l1\nl2\n"));
open(my $r2, '<&', $r1);
is(<$r1>, "l1\n");
close $r1;
ok(defined fileno $r2);
{ open(local *STDERR, '>', $p) or die; print STDERR 'err'; }
is(get($p), 'err', 'local *STDERR');
open(STDERR_SAVE, '>&STDERR') or die;
ok(fileno(STDERR_SAVE) > 2);
close STDERR_SAVE;
open(my $m, '<', \ "a\nb\nc") or die;
is(join('|', <$m>), "a\n|b\n|c", 'in memory');
ok(eof $m);
seek $m, 2, 0;
is(<$m>,      "b\n");
is(tell $m,   4);
is(fileno $m, -1);
my $buf = 'old';
open($m, '>', \$buf);
is($buf, '');
print $m 'x';
is($buf, 'x', 'at once');
printf $m '%d', 5;
is($buf, 'x5');
seek $m, 0, 0;
print $m 'Y';
is($buf, 'Y5');
close $m;
open($m, '>>', \$buf);
print $m '!';
is($buf, 'Y5!');
close $m;
open($m, '+<', \$buf);
read $m, $b, 1;
is($b, 'Y');
print $m '6';
is($buf, 'Y6!');
close $m;
my $und;
open($m, '>', \$und);
print $m 'u';
close $m;
is($und, 'u');
open($m, '<', \ 'x');
is(getc $m, 'x');
ok(!defined getc $m);
close $m;
{
    my @l = do { open my $h, '<', \ "1\n2\n"; <$h> };
    is(@l, 2)
}
open($f, '+>', undef) or die;
print $f 'anon';
seek $f, 0, 0;
is(<$f>, 'anon', 'an anonymous file');
close $f;
is(do { local @ARGV = ($p); my $t = <>; $t }, 'err');
{
    local ($^I, @ARGV) = ('.bak', put(path, "a\nb\n"));
    my $fn = $ARGV[0];
    while (<>) { s/a/A/; print }
    is(get($fn), "A\nb\n", '$^I');
    is(get("$fn.bak"), "a\nb\n")
}
sub takes { my $h = shift; print $h 'via' }
open($f, '>', $p);
takes($f);
takes(\*$f);
close $f;
is(get($p), 'viavia');
open(BARE, '>', $p);
takes(*BARE);
takes(\*BARE);
takes('BARE') if 0;
print BARE '!';
print {*BARE} '?';
close BARE;
is(get($p), 'viavia!?');
my %h = (
    fh => do { open my $x, '>', $p; $x }
);
print { $h{fh} } 'in hash';
close $h{fh};
is(get($p), 'in hash');
{ open my $x, '>', $p; print $x 'scope' }
is(get($p), 'scope', 'closed at scope exit');
open($f, '>', $p);
print $f 'first';
open($f, '>', path);
is(get($p), 'first', 'reopened: the old one is closed');
ok(defined fileno $f);
undef $f;
my @fds = map { open my $x, '<', '/dev/null'; $x } 1 .. 5;
is(scalar(grep { defined fileno $_ } @fds), 5);
ok(-e $p);
ok(!-e "$p.no");
is(-s _, undef);
{ local $, = '-'; local $\ = '|'; open my $x, '>', $p; print $x 1, 2; close $x }
is(get($p), '1-2|');
{
    my $old = select(
        my $sel = do { open my $x, '>', $p; $x }
    );
    print 'selected';
    $| = 1;
    is(get($p), 'selected');
    select $old
}
is(ref(\*STDOUT),       'GLOB');
is(*STDOUT{IO} ? 1 : 0, 1);
is(fileno(STDIN),       0);
is(fileno(STDERR),      2);
ok(open(my $full, '>', '/dev/full'));
print $full 'x';
ok(!close $full, '/dev/full: close fails');
is($! . '', 'No space left on device');
open($full, '>', '/dev/full');
{ local $| = 0; my $o2 = select $full; $| = 1; select $o2 }
ok(!print $full 'y');
ok($!{ENOSPC});
{ no warnings; close $full }
use Fcntl;
ok(sysopen($f, path, O_RDWR | O_CREAT | O_EXCL, 0640));
is((stat $f)[2] & 0777, 0640 & ~umask);
ok(!sysopen(my $g, "$dir/f" . ($n - 1), O_RDWR | O_CREAT | O_EXCL));
ok($!{EEXIST});
system 'rm', '-rf', $dir;
{
    open my $f, '+>>', undef or die $!;
    print $f 'abc';
    seek $f, 0, 0;
    print $f 'xyz';
    seek $f, 0, 0;
    is(join('', <$f>), 'abcxyz', 'a file without a name that is written at its end');
}
done_testing;
