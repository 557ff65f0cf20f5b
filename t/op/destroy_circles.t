# Objects that hold themselves in a circle, or are held by subs only, get their DESTROY when the
# program ends (perlobj "Global Destruction"), once each.
use strict;
use warnings;
use Test::More tests => 4;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Snippet;

my $class = <<'CLASS';
package N;
sub new { my ($c, $n) = @_; bless { n => $n }, $c }
sub DESTROY { print "$_[0]{n} ${^GLOBAL_PHASE}\n" }
package main;
CLASS

sub lines {
    my ($code, $what, @expected) = @_;
    my $ran = snippet($class . $code);
    is_deeply([sort split /\n/, $ran->{out}], [sort @expected], $what) or diag $ran->{err};
}

lines(
    'my $x = N->new("circle"); $x->{self} = $x;
     my ($y, $z) = (N->new("one"), N->new("two")); $y->{other} = $z; $z->{other} = $y;',
    'circles', map "$_ DESTRUCT", qw(circle one two)
);
lines(
    'my $x = N->new("captured"); sub f { $x } my $y = N->new("closure"); my $s; $s = sub { $s; $y };',
    'what only subs hold', map "$_ DESTRUCT", qw(captured closure)
);
lines(
    'my $x = N->new("broken"); $x->{self} = $x; delete $x->{self}; undef $x; print "then\n";',
    'a circle that was broken in time', 'broken RUN', 'then'
);
lines(
    'my $x = N->new("again"); $x->{self} = $x; { no warnings; *N::DESTROY = sub { print "$_[0]{n}\n"; delete $_[0]{self} } }',
    'once, though it lets go of itself', 'again'
);
