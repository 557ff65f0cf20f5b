# What `_` means after stat, lstat and file tests (perlfunc -X).
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
my $file = temp_path('file');
my $link = temp_path('link');
{ open my $f, '>', $file; print $f "some text\n"; close $f }
symlink $file, $link or die;
sub dies { my $code = shift; my $r = eval $code; return defined $r ? "gave $r" : $@ =~ s/ at \(eval.*//sr }
my ($no_l, $no_lstat) = ("The stat preceding -l _ wasn't an lstat", "The stat preceding lstat() wasn't an lstat");
is(dies('stat $file; -l _'),        $no_l,      'stat, then -l _');
is(dies('-e $file; -l _'),          $no_l,      '-e, then -l _');
is(dies('-e "/no/such"; -l _'),     $no_l,      'even where there is nothing');
is(dies('-T $file; -l _'),          $no_l,      '-T, then -l _');
is(dies('-l -e $link'),             $no_l,      'stacked');
is(dies('no warnings; lstat *DATA; -l _'), $no_l,      'lstat of a handle is a stat');
is(dies('stat $file; lstat _'),     $no_lstat,  'stat, then lstat _');
is(dies('lstat $link; -l _'),       'gave 1',   'lstat, then -l _');
is(dies('lstat $file; -l _ || 0'),  'gave 0',   'of a file');
is(dies('-l $link && -e _'),        'gave 1',   '-l, then -e _');
is(dies('lstat $link; (stat _)[7]'), 'gave ' . length $file, 'stat _ after lstat is what lstat saw');
is(dies('stat $file; -T _'),        'gave 1',   '-T _ reads the file named last');
is(dies('lstat $link; -T _'),       'gave 1',   'through a link');
is(dies('stat $^X; -B _'),          'gave 1',   '-B _');
is(dies('-d "/tmp" && (-T _) || 0'), 'gave 0',  'a directory is no text');
is(dies('-T -e $file'),             'gave 1',   'stacked');
is(dies('open my $f, "<", $file; stat $f; -T _'), 'gave 1', 'a handle is remembered');
{
    $! = 0;
    stat '/no/such';
    ok(!defined(-e _), '-e _ after a failure');
    is($! + 0, 9, '$!');
    ok(!defined(-T _), '-T _ after a failure');
    is($! + 0, 2, 'it looks again');
}
my @warned;
{
    local $SIG{__WARN__} = sub { push @warned, @_ };
    ok(!-l DATA, '-l of a handle');
}
like("@warned", qr/^Use of -l on filehandle DATA at /);
unlink $file, $link;
done_testing;
__DATA__
text
