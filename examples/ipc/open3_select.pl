#!/usr/bin/env perl
# A child's output and errors, read side by side without a deadlock.
use strict;
use warnings;
use IPC::Open3;
use IO::Select;
use Symbol qw(gensym);

my $child = <<'END';
    $| = 1;
    while (<STDIN>) { print uc; print STDERR "line $.\n" if $. % 20_000 == 0 }
    print STDERR "done after $. lines\n";
    exit 2;
END
my $pid = open3(my $to, my $out, my $err = gensym, $^X, '-e', $child);
my $data = join '', map { "some text on line $_\n" } 1 .. 60_000;   # far more than a pipe holds
my ($written, %got) = (0, out => '', err => '');
my $readers = IO::Select->new($out, $err);
my $writers = IO::Select->new($to);
$to->blocking(0);
while ($readers->count) {
    my ($r, $w) = IO::Select::select($readers, $writers, undef, 5) or last;
    for (@$w) {
        my $n = syswrite $to, $data, 65_536, $written;
        $written += $n if defined $n;
        if ($written == length $data) { $writers->remove($to); close $to }
    }
    for my $handle (@$r) {
        my $which = $handle == $out ? 'out' : 'err';
        sysread($handle, $got{$which}, 65_536, length $got{$which}) or $readers->remove($handle);
    }
}
waitpid($pid, 0);
print "sent ", length $data, ", got ", length $got{out}, ", ", $got{out} eq uc $data ? "the same in capitals\n" : "something else\n";
print $got{err};
print "exit ", $? >> 8, "\n";
