# Closures: made and called.
use strict;
use warnings;
sub counter {
    my $n = shift;
    return { inc => sub { $n += shift }, get => sub { $n } };
}
my $sum = 0;
for my $i (1 .. 180_000) { my $c = counter($i); $c->{inc}->(2); $c->{inc}->(3); $sum += $c->{get}->() }
my @add = map {
    my $k = $_;
    sub { $_[0] + $k }
} 1 .. 10;
for my $i (1 .. 400_000) { $sum += $add[$i % 10]->($i) }
my $compose = sub {
    my @f = @_;
    sub { my $x = shift; $x = $_->($x) for @f; $x }
};
my $all = $compose->(@add);
$sum += $all->($_) for 1 .. 90_000;
print "$sum\n";
