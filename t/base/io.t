# Print, open, read, write without any module.
my $t = 0;
sub is {
    my ($got, $want, $name) = @_;
    $t++;
    print $got eq $want ? "ok $t - $name\n" : "not ok $t - $name: got '$got', wanted '$want'\n";
}
my $file = (defined $ENV{TMPDIR} ? $ENV{TMPDIR} : '/tmp') . "/base-io.$$";
is(open(my $out, '>', $file) ? 1 : 0, 1, 'open for writing');
is(print($out "one\n", "two\n", "three"), 1,  'print to it');
is(close($out),                           1,  'close');
is(-s $file,                              13, 'size');
is(-e $file ? 1 : 0,                      1,  '-e');
open(my $in, '<', $file) or die;
my $l = <$in>;
is($l, "one\n", 'a line');
is($., 1,       '$.');
my @rest = <$in>;
is(join('|', @rest), "two\n|three", 'the rest');
is(eof($in)              ? 1 : 0, 1, 'eof');
is(defined(scalar <$in>) ? 1 : 0, 0, 'undef at the end');
close $in;
open(FH, '>>', $file) or die;
print FH "!\n";
close FH;
open(FH, $file) or die;
my $n = 0;
while (<FH>) { chomp; $n++; $l = $_ }
close FH;
is("$n $l", '3 three!', 'bareword handle and append');
{ local $/; open(my $in, '<', $file) or die; my $all = <$in>; is(length $all, 15, 'slurp'); }
{ local @ARGV = ($file); my @all = <>; is(scalar @all, 3, '<>') }
is(unlink($file),                    1,                           'unlink');
is(open(my $no, '<', $file) ? 1 : 0, 0,                           'no such file');
is($! . '',                          'No such file or directory', '$!');
is($! + 0,                           2,                           'errno');
open(my $mem, '<', \"a\nb\n") or die;
my @m = <$mem>;
is(scalar @m, 2, 'in memory');
my $buf = '';
open(my $w, '>', \$buf) or die;
printf $w '%s-%d', 'x', 5;
close $w;
is($buf,                           'x-5', 'printf in memory');
is(join('', map { chomp; $_ } @m), 'ab',  'chomp');
my $p = `echo hello`;
is($p,                    "hello\n", 'backticks');
is(system('exit 3') >> 8, 255 & 3,   'system') if 0;
is(system('true'),        0,         'system');
my $pid = fork();
if (!$pid) { exit 5 }
waitpid($pid, 0);
is($? >> 8, 5, 'fork, exit, waitpid');
pipe(my $r, my $wr);
print $wr "through\n";
close $wr;
is(scalar <$r>, "through\n", 'pipe');
my $here = <<"A" . <<'B'; is($here, "x 1\ny \$t\n", 'here-documents');
x ${\ 1 }
A
y $t
B
{
    local $, = '-';
    local $\ = "!\n";
    open(my $w, '>', \my $b) or die;
    print $w 1, 2;
    close $w;
    is($b, "1-2!\n", '$, and $\\')
}
my @list = (1, 2);
{ local $" = ':'; is("@list", '1:2', '$"') }
print "1..$t\n";
