# Weak references to elements that move, and inside DESTROY.
use strict; use warnings;
use Test::More;
use Scalar::Util qw(weaken isweak);
my %h = (a => {}); my $strong = $h{a}; weaken $h{a};
$h{"k$_"} = $_ for 1 .. 50;
is(ref $h{a}, 'HASH', 'still there after the hash grew'); ok(isweak($h{a}));
undef $strong; ok(!defined $h{a}, 'undef once the last strong one is gone'); ok(exists $h{a}, 'the key stays');
my @a = ([]); $strong = $a[0]; weaken $a[0]; push @a, 1 .. 100; is(ref $a[0], 'ARRAY');
unshift @a, 1 .. 100; is(ref $a[100], 'ARRAY', 'after unshift'); undef $strong; ok(!defined $a[100]);
our $in; { package G; sub DESTROY { $main::in = defined $main::w ? 'defined' : 'undef' } }
our $w; { my $g = bless [], 'G'; $w = $g; weaken $w } is($in, 'defined', 'still defined inside DESTROY');
ok(!defined $w, 'undef after');
my $copy; { my $g = []; my $weak = $g; weaken $weak; $copy = $weak } is(ref $copy, 'ARRAY', 'a copy of a weak one is strong');
my $self = {}; $self->{me} = $self; weaken $self->{me}; my $gone = \my $flag; { package H; sub DESTROY { $flag = 1 } }
bless $self, 'H'; undef $self; is($flag, 1, 'a cycle with one weak link is freed');
my $x = []; my $r = $x; weaken $r; $r = $x; ok(!isweak($r), 'assigned again it is strong');
done_testing;
