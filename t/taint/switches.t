# -T, -t, where they may stand, and what they keep out (perlrun, perlsec).
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;

sub shows {
    my ($name, $code, $want, @how) = @_;
    my $r = snippet($code, @how);
    is($r->{out}, $want, $name) or diag $r->{err};
    return $r;
}

shows('without a switch', 'print ${^TAINT}', 0);
shows('-T', 'print ${^TAINT}', 1, switches => ['-T']);
shows('-t', 'print ${^TAINT}', -1, switches => ['-t']);
shows('both', 'print ${^TAINT}', 1, switches => ['-tT']);
shows('PERL5OPT', 'print ${^TAINT}', 1, env => { PERL5OPT => '-T' });
shows('${^TAINT} is read-only', 'eval { ${^TAINT} = 0 }; print $@ =~ /^Modification of a read-only value/ ? 1 : 0, ${^TAINT}', '11', switches => ['-T']);
shows('nothing is tainted without a switch', 'use Scalar::Util "tainted"; print tainted($^X), tainted($ENV{PATH}), tainted($ARGV[0])', '000', args => ['x']);
shows('@ARGV', 'use Scalar::Util "tainted"; print tainted($ARGV[0])', '1', switches => ['-T'], args => ['x']);

my $unlink = 'unlink "/nonexistent/x$ARGV[0]"; print "on"';
my $r = shows('-t goes on', $unlink, 'on', switches => ['-t'], args => ['y']);
like($r->{err}, qr/^Insecure dependency in unlink while running with -t switch at \S+ line \d+\.$/m, 'with a warning');
$r = shows('which can be switched off', "no warnings 'taint'; $unlink", 'on', switches => ['-t'], args => ['y']);
is($r->{err}, '', 'so');
$r = shows('-T does not go on', $unlink, '', switches => ['-T'], args => ['y']);
like($r->{err}, qr/^Insecure dependency in unlink while running with -T switch at \S+ line \d+\.$/, 'but dies');
$r = shows('-t and the path', 'system "true"; print "on"', 'on', switches => ['-t']);
like($r->{err}, qr/^Insecure \$ENV\{PATH\} while running with -t switch at /, 'warns as well');

my $dir = temp_path('lib');
mkdir $dir or die;
open(my $fh, '>', "$dir/KeshiTaintProbe.pm") or die;
print $fh "package KeshiTaintProbe; 1;\n";
close $fh;
my $probe = 'print eval { require KeshiTaintProbe } ? 1 : 0';
shows('PERL5LIB', $probe, 1, env => { PERL5LIB => $dir });
shows('PERL5LIB under -T', $probe, 0, env => { PERL5LIB => $dir }, switches => ['-T']);
shows('PERL5LIB under -t', $probe, 0, env => { PERL5LIB => $dir }, switches => ['-t']);
shows('PERLLIB under -T', $probe, 0, env => { PERLLIB => $dir }, switches => ['-T']);
shows('-I under -T', $probe, 1, switches => ['-T', "-I$dir"]);
shows('PERL5OPT', 'print exists $INC{"KeshiTaintProbe.pm"} ? 1 : 0', 1, env => { PERL5OPT => '-MKeshiTaintProbe' }, switches => ["-I$dir"]);
shows('PERL5OPT under -T', 'print exists $INC{"KeshiTaintProbe.pm"} ? 1 : 0', 0, env => { PERL5OPT => '-MKeshiTaintProbe' }, switches => ['-T', "-I$dir"]);
unlink "$dir/KeshiTaintProbe.pm";
rmdir $dir;

for my $switch (qw(T t)) {
    my $file = temp_path('script');
    open(my $out, '>', $file) or die;
    print $out "#!/usr/bin/perl -$switch\nprint \"ran \${^TAINT}\\n\";\n";
    close $out;
    my $got = `$^X $file 2>&1`;
    is($got, qq("-$switch" is on the #! line, it must also be used on the command line at $file line 1.\n), "-$switch only in the first line");
    is($? >> 8, 255, 'its exit');
    is(`$^X -T $file 2>&1`, "ran 1\n", 'with -T on the command line');
    is(`$^X -t $file 2>&1`, "ran -1\n", 'with -t on the command line');
    unlink $file;
}

SKIP: {
    skip 'needs root', 4 if $>;
    my $ids = sub {
        my ($set, $code) = @_;
        my $pid = open(my $from, '-|') // die;
        if (!$pid) {
            open(STDERR, '>&', \*STDOUT);
            eval "$set; 1" or die;
            exec $^X, '-e', $code or die;
        }
        local $/;
        return scalar readline $from;
    };
    my $code = 'print ${^TAINT}; eval { unlink $ENV{PATH} }; print " ", $@';
    like($ids->('$< = 65534', $code), qr/^1 Insecure dependency in unlink while running setuid at /, 'real and effective user differ');
    like($ids->('$( = 65533; $< = 65534; $> = 65534', $code), qr/^1 Insecure dependency in unlink while running setgid at /, 'real and effective group differ');
    is($ids->('$( = 65534', 'print ${^TAINT}'), '0', 'not for root');
    is($ids->('$) = 65534; $( = 65534; $< = 65534; $> = 65534', 'print ${^TAINT}'), '0', 'nor where they are the same');
}

done_testing;
