# Bad input and exhausted means: perl's errors, nothing lost, no crash.
use strict;
use warnings;
no warnings qw(io closed unopened);
use Test::More;
use lib 't/lib';
use Snippet;

# The descriptor limit: opens fail with EMFILE, again and again, and nothing leaks.
my $code = temp_path('code');
open my $c, '>', $code or die;
print $c <<'END';
    my @open;
    while (open my $h, '<', '/dev/null') { push @open, $h }
    print @open > 10 && @open < 60 ? 'full ' : 'odd ', $! + 0, ' ';
    my $failed = 0;
    for (1 .. 100_000) { $failed++ if !open my $h, '<', '/dev/null' }
    print "$failed ";
    print pipe(my $x, my $y) ? 'pipe' : $! + 0, ' ', opendir(my $d, '/') ? 'dir' : 'no', ' ';
    my $out = `echo x`;
    print defined $out && $out eq "x\n" ? 'ran' : 'none', ' ';
    splice @open, 0, 10;
    print open(my $again, '<', '/dev/null') ? 'again ' : 'never ', `echo x` eq "x\n" ? 'ran' : 'none';
END
close $c;
is(`ulimit -n 60; "$^X" $code`, 'full 24 100000 24 no none again ran', 'the descriptor limit');
is($?, 0);
unlink $code;

# A full disk.
for my $way ('print {$f} "x" x 10_000', 'printf {$f} "%s", "x" x 10_000', 'say {$f} "x" x 10_000', 'syswrite $f, "x"') {
    my $r = snippet("use feature 'say'; open my \$f, '>', '/dev/full' or die; my \$ok = $way; print \$ok ? 'taken' : 'refused', ' ', \$! + 0, ' '; print close(\$f) ? 'closed' : 'failed'");
    like($r->{out}, qr/^(refused 28 (closed|failed)|taken \d+ failed)$/, "a full disk: $way");
    is($r->{status}, 0);
}

# Closed handles, directories as files, files as directories, odd descriptors.
open my $h, '<', $0 or die;
close $h;
ok(!print({$h} 'x'), 'print to a closed handle');
ok(!defined scalar <$h>, 'readline');
ok(!defined sysread($h, my $b, 1), 'sysread');
ok(!defined syswrite($h, 'x'), 'syswrite');
ok(eof $h, 'eof');
is(tell $h, -1, 'tell');
ok(!seek($h, 0, 0), 'seek');
ok(!defined fileno $h, 'fileno');
ok(!binmode($h), 'binmode');
ok(!truncate($h, 0), 'truncate');
ok(!flock($h, 2), 'flock');
ok(!stat $h, 'stat');
ok(!-e $h, '-e');
ok(!close $h, 'close');
ok(!defined getc $h, 'getc');
ok(!open($h, '<&', 999), 'dup of a descriptor that is not open');
is($! + 0, 9);
ok(!open($h, '<&=', 999), 'or its adoption');
ok(!opendir(my $d, $0), 'opendir of a file');
ok($!{ENOTDIR});
ok(!open($h, '>', '/'), 'a directory for writing');
ok(!open($h, '<', "$0/x"));
ok(!open($h, '<', 'x' x 5000), 'a long name');
ok($!{ENAMETOOLONG});
ok(!open($h, '<', ''), 'no name');
ok(!rename($0, '/nonexistent/x'));
ok(!unlink('/'), 'unlink of a directory');
ok(!rmdir $0);
ok(!chdir '/nonexistent');
ok(!defined readlink $0);
ok(!mkdir '/nonexistent/x');

# A script that is not there, is a folder, cannot be read, or is garbage.
sub command { my $out = `"$^X" @_ 2>&1`; return ($out, $? >> 8) }
my ($out, $status) = command('/nonexistent.pl');
is($out, "Can't open perl script \"/nonexistent.pl\": No such file or directory\n");
is($status, 2);
my $garbage = temp_path('garbage');
open my $g, '>', $garbage or die;
binmode $g;
print $g map { chr(($_ * 7919 + $_ % 13) % 256) } 1 .. 20_000;
close $g;
($out, $status) = command($garbage);
ok($status != 0, 'garbage as a script ends in an error');
unlike($out, qr/panicked|RUST_BACKTRACE|Segmentation/, 'and in no panic');
open $g, '>', $garbage or die;
print $g "\0" x 5000;
close $g;
($out, $status) = command($garbage);
unlike($out, qr/panicked|RUST_BACKTRACE/, 'nothing but zeros');
open $g, '>', $garbage or die;
print $g 'print "no newline at the end"';
close $g;
is((command($garbage))[0], 'no newline at the end');
unlink $garbage;

# A dead child at the other end.
{
    local $SIG{PIPE} = 'IGNORE';
    my $pid = open my $p, '|-', 'exit 3;' or die;
    my $sent = 0;
    for (1 .. 100_000) { print {$p} "line\n" or last; $sent++ }
    ok(!close $p, 'writing to a dead child fails at close at the latest');
    $pid = open $p, '-|', 'kill -9 $$';
    is(join('', <$p>), '', 'a child killed before it spoke');
    ok(!close $p);
    is($? & 127, 9);
}
done_testing;
