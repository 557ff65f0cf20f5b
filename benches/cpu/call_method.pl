# Method calls, accessors, inheritance.
use strict;
use warnings;
package Shape;
sub new  { my ($c, %a) = @_; return bless {%a}, $c }
sub area { 0 }
sub name { my $s = shift; return $s->{name} }
sub grow { my ($s, $by) = @_; $s->{size} += $by; return $s }
package Square;
our @ISA = ('Shape');
sub area { my $s = shift; return $s->{size} * $s->{size} }
package main;
my @shapes = map { Square->new(name => "s$_", size => $_) } 1 .. 10;
my $total  = 0;
for my $round (1 .. 160_000) {
    for my $s (@shapes[0 .. 4]) { $total += $s->area; $s->grow(1) if $round % 50 == 0 }
}
my $len = 0;
for (1 .. 160_000) {
    $len += length $shapes[$_ % 10]->name;
    my $o = Shape->new(size => $_, name => 'x');
    $len += $o->{size} & 1;
}
print "$total $len\n";
