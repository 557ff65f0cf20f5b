#!perl -T
# A statement that has read something tainted is tainted as a whole, up to its end (perlsec).
use strict;
use warnings;
no warnings 'void';
use Test::More;
use Scalar::Util 'tainted';

my $t = substr($^X, 0, 0);
my $zero = do { no warnings 'numeric'; 0 + $t };
my $none = "/nonexistent/keshi.$$";

sub refuses {
    my ($name, $code) = @_;
    eval { $code->() };
    like($@, qr/^Insecure dependency in unlink /, "refused: $name");
}

sub allows {
    my ($name, $code) = @_;
    eval { $code->(); 1 };
    is($@, '', "allowed: $name");
}

refuses('a tainted condition before', sub { unlink $none if !$t });
refuses('and',                        sub { !$t and unlink $none });
refuses('a concatenation',            sub { ("a$t", unlink $none) });
refuses('an assignment',              sub { my $x; (($x = $t), unlink $none) });
refuses('a hash key',                 sub { my %h; ($h{$t}, unlink $none) });
refuses('an index',                   sub { my @a; ($a[$zero], unlink $none) });
refuses('push',                       sub { my @a; (push(@a, $t), unlink $none) });
refuses('an anonymous array',         sub { ([$t], unlink $none) });
refuses('defined',                    sub { (defined($t), unlink $none) });
refuses('ref',                        sub { (ref($t), unlink $none) });
refuses('exists',                     sub { my %h; (exists($h{$t}), unlink $none) });
refuses('an element of %ENV',         sub { ($ENV{PATH}, unlink $none) });
refuses('join',                       sub { (join('', $t), unlink $none) });
refuses('print',                      sub { ((print STDOUT $t), unlink $none) });
refuses('a native function',          sub { (tainted($t), unlink $none) });

allows('the statement before',        sub { my $x = $t; unlink $none });
allows('the condition of a block',    sub { if (!$t) { unlink $none } });
allows('else',                        sub { if ($t) { 1 } else { unlink $none } });
allows('a constant by ?:',            sub { my $x; (($x = $t ? 1 : 2), unlink $none) });
allows('a list assignment',           sub { my $x; ((($x) = $t), unlink $none) });
allows('the argument of a sub',       sub { my $f = sub { 1 }; ($f->($t), unlink $none) });
allows('what a sub gives',            sub { my $f = sub { $t }; ($f->(), unlink $none) });
allows('a match',                     sub { ($t =~ /x/, unlink $none) });
allows('foreach',                     sub { for my $x ($t) { unlink $none } });
allows('foreach as a modifier',       sub { unlink $none for $t });
allows('map',                         sub { map { unlink $none } $t });
allows('a loop that has read',        sub { my $n = 0; while ($n++ < 2) { my $x = "x$t" } unlink $none });
allows('after an eval that died',     sub { eval { unlink "$none$t" }; unlink $none });

my $one = 1;
{ my $y; my @x = ("a$t", $y = $one + 1); ok(tainted($y), 'a number computed in a tainted statement'); }
{ my $y = $one + 1; ok(!tainted($y), 'and in the next') }
{
    my $die = sub { die "inner\n" };
    my $y = eval { "a$t" . $die->() };
    my $z = 1 + 1;
    ok(!tainted($z), 'the statement after one that died');
}
{ my $r = eval { "$t", kill 0; 1 }; ok(!$r, 'kill with nobody to kill'); like($@, qr/^Insecure dependency in kill /, 'is refused in a tainted statement') }

done_testing;
