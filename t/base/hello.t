# The smallest things a test file needs: print, lexicals, a sub, a loop, an exit status.
print "1..9\n";
print "ok 1\n";
my $n = 2;
print "ok $n\n";
$n = $n + 1;
print "ok ", $n, "\n";
sub next_ok { my ($what) = @_; $n++; print "ok $n - $what\n"; return $n }
next_ok("called");
for my $i (1 .. 2) { next_ok("loop $i") }
if (next_ok("condition") == 7) { print "ok 8 - returned\n"; $n = 8 } else { print "not ok 8\n" }
my @list = (3, 4, 5);
my %hash = (a => 1, b => 2);
print $list[1] + $hash{b} == 6 ? "ok 9\n" : "not ok 9\n";
