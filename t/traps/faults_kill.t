# kill SEGV => $$ ends the process by that signal, the first time.
use strict; use warnings;
use Test::More;
use lib 't/lib'; use Snippet;
my %number = (SEGV => 11, BUS => 7, ILL => 4, ABRT => 6, TERM => 15, KILL => 9, PIPE => 13, ALRM => 14);
for my $name (sort keys %number) {
    my $r = snippet("kill $name => \$\$; print 'alive'");
    is($r->{status} & 127, $number{$name}, "dies of SIG$name");
    is($r->{out}, '', "at once");
}
my $r = snippet('$n = 0; $SIG{SEGV} = sub { $n++ }; kill SEGV => $$; kill SEGV => $$; print $n');
is($r->{out}, 2, 'and it can be caught');
$r = snippet('kill FPE => $$; print "alive"');
is($r->{out}, 'alive', 'FPE is ignored from the start, as perl does');
done_testing;
