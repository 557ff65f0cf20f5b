#!perl -T
# What acts on the system refuses what is tainted (perlsec).
use strict;
use warnings;
no warnings 'void';
use Test::More;
use Socket;
use Fcntl;

my $taint = substr($^X, 0, 0);
my $zero = do { no warnings 'numeric'; 0 + $taint };
$ENV{PATH} = '/bin:/usr/bin';
delete @ENV{qw(IFS CDPATH ENV BASH_ENV)};
my $none = "/nonexistent/keshi.$$";
my $bad = $none . $taint;

sub refuses {
    my ($what, $code) = @_;
    my $file = quotemeta __FILE__;
    eval { $code->() };
    like($@, qr/^Insecure dependency in \Q$what\E while running with -T switch at $file line \d+\.$/, $what);
}

sub allows {
    my ($name, $code) = @_;
    eval { $code->(); 1 };
    is($@, '', "allowed: $name");
}

refuses('unlink',   sub { unlink $bad });
refuses('unlink',   sub { unlink $none, $bad });
refuses('unlink',   sub { my @files = ($none, $bad); unlink @files });
refuses('unlink',   sub { local $_ = $bad; unlink });
refuses('chmod',    sub { chmod 0, $bad });
refuses('chmod',    sub { chmod $zero, $none });
refuses('chown',    sub { chown -1, -1, $bad });
refuses('utime',    sub { utime 1, 1, $bad });
refuses('rename',   sub { rename $none, $bad });
refuses('link',     sub { link $bad, $none });
refuses('symlink',  sub { symlink $none, $bad });
refuses('mkdir',    sub { mkdir $bad });
refuses('mkdir',    sub { mkdir $none, 0755 + $zero });
refuses('rmdir',    sub { rmdir $bad });
refuses('chdir',    sub { chdir $bad });
refuses('chroot',   sub { chroot $bad });
refuses('truncate', sub { truncate $bad, 0 });
refuses('truncate', sub { truncate $none, $zero });
refuses('umask',    sub { umask(022 + $zero) });
refuses('kill',     sub { kill 0, $$ + $zero });
refuses('setpgrp',  sub { setpgrp 0, $zero });
refuses('setpriority', sub { setpriority 0, 0, $zero });
refuses('open',     sub { open my $f, '>', $bad });
refuses('open',     sub { open my $f, '>>', $bad });
refuses('open',     sub { open my $f, '+<', $bad });
refuses('open',     sub { open my $f, ">$bad" });
refuses('open',     sub { open my $f, '>&' . $taint, \*STDERR });
refuses('sysopen',  sub { sysopen my $f, $bad, O_WRONLY });
refuses('sysopen',  sub { sysopen my $f, $none, O_RDWR | $zero });
refuses('sysopen',  sub { sysopen my $f, $bad, O_RDONLY | O_CREAT });
refuses('piped open', sub { open my $f, "|cat $taint" });
refuses('piped open', sub { open my $f, "echo $taint|" });
refuses('piped open', sub { open my $f, '-|', "echo $taint" });
refuses('exec',     sub { no warnings; exec "true $taint" });
refuses('exec',     sub { no warnings; exec { 'true' } 'true', $bad });
refuses('system',   sub { system "true $taint" });
refuses('system',   sub { system 'true', $bad });
refuses('system',   sub { system { "true$taint" } 'true' });
refuses('``',       sub { my $x = `true $taint` });
refuses('``',       sub { my $x = readpipe "true $taint" });
refuses('require',  sub { require "$bad.pl" });
refuses('do',       sub { do "$bad.pl" });
refuses('eval',     sub { eval "1;$taint"; die $@ if $@ });
refuses('printf',   sub { printf STDERR "$taint#" });
refuses('printf',   sub { my @list = ("%s$taint", 1); printf STDERR @list });
refuses('sprintf',  sub { my $x = sprintf "%s$taint", 1 });
refuses('socket',   sub { socket(my $s, AF_UNIX, SOCK_STREAM, $zero) });
refuses('socketpair', sub { socketpair(my $s, my $t, AF_UNIX, SOCK_STREAM, $zero) });
refuses('ioctl',    sub { my $arg = $bad; ioctl(STDIN, 0, $arg) });
refuses('fcntl',    sub { fcntl(STDIN, F_GETFD, $zero) });
refuses('assigning to $^O', sub { local $^O; $^O = $^X });
{
    socket(my $s, AF_UNIX, SOCK_STREAM, 0) or die;
    my $address = pack_sockaddr_un($none);
    refuses('bind',    sub { bind $s, $address . $taint });
    refuses('connect', sub { connect $s, $address . $taint });
}
require POSIX;
refuses('mkfifo', sub { POSIX::mkfifo($bad, 0600) });
refuses('open',   sub { POSIX::open($bad, POSIX::O_WRONLY()) });

allows('open for reading', sub { open my $f, '<', $bad });
allows('open with two arguments for reading', sub { open my $f, $bad });
allows('an argument in the list form of a pipe', sub { open my $f, '-|', 'echo', $bad });
allows('opendir', sub { opendir my $d, $bad });
allows('stat',    sub { my @s = stat $bad });
allows('file tests', sub { -e $bad });
allows('sysopen for reading', sub { sysopen my $f, $bad, O_RDONLY });
allows('print', sub { print STDOUT $taint });
allows('the values of printf', sub { printf STDOUT '%s', $taint });
allows('the values of sprintf', sub { my $x = sprintf '%s', $taint });
allows('a symbolic name', sub { no strict 'refs'; my $x = ${"main::x$taint"} });
allows('a method name', sub { my $m = "can$taint"; main->$m('x') });
allows('die', sub { eval { die $bad } });
allows('POSIX::open for reading', sub { POSIX::open($bad) });
allows('a clean command', sub { system 'true' });
allows('a clean list', sub { system 'true', 'x' });

done_testing;
