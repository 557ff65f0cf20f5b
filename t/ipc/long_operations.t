# limit: 300
# A handler that dies leaves an operation that would take far longer, or for ever.
use strict;
use warnings;
no warnings 'void';
use Test::More;
use Fcntl ':flock';
use POSIX ();
use Time::HiRes qw(ualarm);
use lib 't/lib';
use Snippet;

# What real perl finishes first (a match, a sort without a block, an `x`) is tried under Keshi only.
my $keshi = $^X =~ /keshi/;
my $fifo  = temp_path('fifo');
my $lock  = temp_path('lock');
POSIX::mkfifo($fifo, 0600) or die "mkfifo: $!";
pipe(my $r, my $w) or die;
my $child = fork;
die "fork: $!" unless defined $child;
if (!$child) {
    open my $l, '>', $lock or die;
    flock $l, LOCK_EX or die;
    syswrite $w, 'x';
    sleep 1 while getppid != 1;
    POSIX::_exit(0);
}
sysread $r, my $ready, 1;
open my $f, '>', $lock or die;
my $many = 2_000_000;
my @big;

my @cases = (
    flock    => sub { flock $f, LOCK_EX },
    fifo     => sub { open my $h, '<', $fifo },
    waitpid  => sub { waitpid $child, 0 },
    wait     => sub { wait },
    sysread  => sub { sysread $r, my $b, 1 },
    readline => sub { my $l = <$r> },
    select   => sub { select undef, undef, undef, 100 },
    sleep    => sub { sleep 100 },
    pause    => sub { POSIX::pause() },
    system   => sub { system 'exec sleep 2' },
    backtick => sub { my $x = `exec sleep 2` },
    loop     => sub { 1 while 1 },
    block    => sub { @big = map { $_ * 7919 % 1_000_003 } 1 .. 100_000 unless @big; 1 while my @s = sort { $a <=> $b || 0 } @big },
);
push @cases, (
    regex  => sub { 1 until (('a' x 40) . 'd') =~ /^(?:(?:a|a)*)*[bc]?$/ },
    sort   => sub { @big = map { $_ * 7919 % 1_000_003 } 1 .. 300_000; 1 while my @s = sort { $a <=> $b } @big },
    string => sub { my $ab = 'ab'; 1 while length(my $s = $ab x 50_000_000) },
    join   => sub { my $s = 'x' x 1_000_000; my @l = ($s) x 50; 1 while length join ',', @l },
    list   => sub { 1 while my @l = (1, 2) x $many },
    range  => sub { 1 while my @l = (1 .. $many) },
) if $keshi;
while (my ($name, $code) = splice @cases, 0, 2) {
    my $why = 'came back';
    eval {
        local $SIG{ALRM} = sub { die "left\n" };
        ualarm(100_000);
        $code->();
        ualarm(0);
        1;
    } or $why = $@;
    ualarm(0);
    is($why, "left\n", $name);
}
kill KILL => $child;
waitpid $child, 0;
unlink $fifo, $lock;
done_testing;
