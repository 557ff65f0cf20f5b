# No descriptor left: every way of opening fails with EMFILE, and works again afterwards.
use strict;
use warnings;
use Test::More;
use Socket;
use Errno 'EMFILE';
use lib 't/lib';
use Snippet;
my $limited = sub { my ($code) = @_; my $shell = 'ulimit -n 32; exec "$@"'; open my $run, '-|', '/bin/sh', '-c', $shell, 'sh', $^X, '-e', $code or die; local $/; return scalar <$run> };
my %ways = (
    open       => 'open my $f, "<", "/dev/null"',
    sysopen    => 'sysopen my $f, "/dev/null", 0',
    pipe       => 'pipe my $r, my $w',
    socketpair => 'socketpair my $s, my $t, 1, 1, 0',
    opendir    => 'opendir my $d, "/"',
    dup        => 'open my $f, ">&", \*STDOUT',
    command    => 'open my $f, "-|", "echo", "x"',
    fork       => 'open my $f, "-|"',
    temporary  => 'open my $f, "+>", undef',
    text       => '-T "/etc/passwd"',
    backticks  => 'scalar `echo x`',
);
for my $name (sort keys %ways) {
    my $seen = $limited->(
        'my @h; while (open my $f, "<", "/dev/null") { push @h, $f } print @h > 20 ? "many " : "few "; $! = 0; '
            . "my \$got = $ways{$name}; print defined \$got ? 'gave ' : 'undef ', \$! + 0; \@h = ();"
            . ' print open(my $f, "<", "/dev/null") ? " again" : " never"');
    my $errno = $name eq 'temporary' ? qr/\d+/ : EMFILE;
    like($seen, qr/^many undef $errno again$/, $name);
}
done_testing;
