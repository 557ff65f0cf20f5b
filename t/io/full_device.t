# A device that is full: every way of writing tells it, and nothing is lost in silence.
use strict;
use warnings;
use feature 'say';
use Test::More;
use lib 't/lib';
use Snippet;
use IO::Handle;
plan skip_all => 'no /dev/full' unless -c '/dev/full';
my @warned;
$SIG{__WARN__} = sub { push @warned, $_[0] =~ s/ at \S+ line \d+\.\n//r };
sub full { my $layer = shift // ''; open my $f, ">$layer", '/dev/full' or die; return $f }
sub auto { my $f = full(); $f->autoflush(1); return $f }

{ my $f = full(); ok(print($f 'x'), 'print into the buffer'); $! = 0; ok(!close $f, 'close tells it'); is($! + 0, 28) }
for my $case (
    [print    => sub { print { $_[0] } 'x' x 100_000 }],
    [say      => sub { say { $_[0] } 'x' x 100_000 }],
    [printf   => sub { printf { $_[0] } '%s', 'x' x 100_000 }],
    [syswrite => sub { syswrite $_[0], 'x' }],
    [flush    => sub { print { $_[0] } 'x'; $_[0]->flush }],
    [auto     => sub { $_[0]->autoflush(1); print { $_[0] } 'x' }],
    )
{
    my ($name, $code) = @$case;
    my $f = full();
    $! = 0;
    is($code->($f), undef, "$name fails") if $name ne 'flush';
    $code->($f) if $name eq 'flush';
    is($! + 0, 28, '$!');
    next if $name eq 'syswrite';
    ok(!close $f, 'and close remembers');
}
{ my $f = auto(); print $f 'x'; ok($f->error, 'error'); $f->clearerr; ok(!$f->error, 'clearerr') ; close $f }
@warned = ();
{ my $f = full(); print $f 'x' }
is_deeply(\@warned, ['Warning: unable to close filehandle $f properly: No space left on device'], 'an implicit close warns');
@warned = ();
{ no warnings 'io'; my $f = full(); print $f 'x'; undef $f; }
is_deeply(\@warned, [], 'unless told not to');
@warned = ();
{ my $f = full(); print $f 'x'; open my $g, '>&', $f or die; ok(!close $f, 'a copy does not hide it') }
for my $case (
    ['print "x"',                      1,   "Unable to flush stdout: No space left on device\n"],
    ['print "x"; exit 0',              1,   "Unable to flush stdout: No space left on device\n"],
    ['print "x"; exit 3',              3,   "Unable to flush stdout: No space left on device\n"],
    ['print "x"; die "d\n"',           255, "d\nUnable to flush stdout: No space left on device\n"],
    ['print "x"; close STDOUT; exit 0', 0,  ''],
    ['open F, ">", "/dev/full"; print F "x"', 0, "Warning: unable to close filehandle properly: No space left on device during global destruction.\n"],
    )
{
    my ($code, $status, $err) = @$case;
    my $r = snippet($code, before => sub { open STDOUT, '>', '/dev/full' });
    is($r->{status} >> 8, $status, "$code: status");
    is($r->{err}, $err, 'what is said');
}
# closed handles
for my $case (
    ['print',    sub { print { $_[0] } 'x' }, undef],
    ['printf',   sub { printf { $_[0] } 'x' }, undef],
    ['readline', sub { scalar readline $_[0] }, undef],
    ['sysread',  sub { sysread $_[0], my $b, 1 }, undef],
    ['syswrite', sub { syswrite $_[0], 'x' }, undef],
    ['flock',    sub { flock $_[0], 2 }, 0],
    ['chdir',    sub { chdir $_[0] }, 0],
    ['-e',       sub { -e $_[0] }, undef],
    )
{
    my ($name, $code, $want) = @$case;
    my $f = full();
    close $f;
    @warned = ();
    is($code->($f), $want, "$name on a closed handle");
    my $shown = $name =~ /^-|^readline|^sys|^fl|^ch|^pr/ ? $name =~ /^-/ ? $name : "$name()" : $name;
    is($warned[0], "$shown on closed filehandle \$f", 'the warning');
}
done_testing;
