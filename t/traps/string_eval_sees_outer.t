# eval STRING in a named sub sees the live outer variable.
use Test::More;
my $x = 5;
sub f { eval q{$x} }
is(f(), 5); $x = 6; is(f(), 6, 'after a change');
my @list = (1, 2);
sub g { eval q{push @list, 3; scalar @list} }
is(g(), 3); is("@list", '1 2 3');
my $s = 'aXb';
sub h { (my $t = $s) =~ s/X/'$x + 1'/ee; $t }
is(h(), 'a7b', 's///ee sees it too');
sub outer { my $y = shift; my $in = sub { eval q{$y . (defined $x ? $x : 'undef')} }; $in->() }
like(outer('q'), qr/^q?6?/, 'in a closure it need not be captured');
sub writes { eval q{$x = 10} }
writes(); is($x, 10, 'writes reach it');
is(eval q{my $x = 3; eval q{$x}}, 3, 'nested evals');
is(eval { eval q{die "in\n"}; $@ }, "in\n");
done_testing;
