# limit: 200
# Hundreds of children that die at once are all reaped, by every reaper perlipc shows.
use strict;
use warnings;
use Test::More;
use POSIX ':sys_wait_h';
my $n = 150;

# All children wait for the same pipe to close, and so die together.
sub children {
    pipe my $r, my $w or die;
    my @kids;
    for (1 .. $n) {
        my $pid = fork;
        die "fork: $!" unless defined $pid;
        if (!$pid) { close $w; sysread $r, my $b, 1; POSIX::_exit(3) }
        push @kids, $pid;
    }
    return @kids;
}
my %got;
sub until_all { my $tries = 3000; select undef, undef, undef, 0.01 while keys %got < $n && $tries-- }
sub check {
    my ($how) = @_;
    is(keys %got, $n, "$how: all are reaped");
    is((grep $_ != 768, values %got), 0, "$how: with their status");
    is(waitpid(-1, WNOHANG), -1, "$how: none is left");
    $SIG{CHLD} = 'DEFAULT';
    %got = ();
}
{ my @kids = children(); for (@kids) { $got{$_} = $? if waitpid($_, 0) == $_ } check('waitpid') }
{ children(); while ((my $pid = wait) > 0) { $got{$pid} = $? } check('wait') }
{
    $SIG{CHLD} = sub { local ($!, $?); while ((my $pid = waitpid -1, WNOHANG) > 0) { $got{$pid} = $? } };
    children();
    until_all();
    check('a loop in the handler');
}
{
    sub again { while ((my $pid = waitpid -1, WNOHANG) > 0) { $got{$pid} = $? } $SIG{CHLD} = \&again }
    $SIG{CHLD} = \&again;
    children();
    until_all();
    check('a handler that installs itself again');
}
{
    my %known;
    $SIG{CHLD} = sub { local ($!, $?); for (keys %known) { $got{$_} = $?, delete $known{$_} if waitpid($_, WNOHANG) > 0 } };
    %known = map { $_ => 1 } children();
    until_all() while keys %got < $n && do { kill CHLD => $$; 1 } && keys %got < $n;
    check('only those it knows');
}
{
    $SIG{CHLD} = 'IGNORE';
    my @kids = children();
    is(wait, -1, 'IGNORE: wait ends when all are gone');
    is((grep { kill 0 => $_ } @kids), 0, 'none is left');
}
{
    # system waits for its own child, whatever the handler takes
    pipe my $r, my $w or die;
    my $kid = fork // die;
    if (!$kid) { close $w; sysread $r, my $b, 1; POSIX::_exit(3) }
    my @taken;
    $SIG{CHLD} = sub { while ((my $pid = waitpid -1, WNOHANG) > 0) { push @taken, $pid } };
    my @status = map { system $^X, '-e', 'exit 4' } 1 .. 5;
    is("@status", '1024 1024 1024 1024 1024', 'system: its status is not taken away');
    is("@taken",  '', 'nor its child');
    is(system($^X, '-MPOSIX', '-e', 'my $now = POSIX::SigSet->new;
        sigprocmask(SIG_BLOCK, POSIX::SigSet->new, $now); exit $now->ismember(SIGCHLD)'), 0, 'the child has SIGCHLD');
    close $w;
    my $tries = 3000;
    select undef, undef, undef, 0.01 while !@taken && $tries--;
    is("@taken", $kid, 'the other one comes afterwards');
}
done_testing;
