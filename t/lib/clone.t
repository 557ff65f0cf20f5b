# keshi-only: Clone and String::CRC32 are modules of CPAN that come with Keshi
# Clone: deep copies. String::CRC32: checksums.
use strict;
use warnings;
use Test::More;
use Scalar::Util qw(weaken isweak blessed);
use Clone 'clone';

my $data = { list => [1, { deep => [2] }], name => 'x', none => undef };
my $copy = clone($data);
is_deeply($copy, $data, 'the same data');
isnt($copy->{list}[1]{deep}, $data->{list}[1]{deep}, 'of its own');
is(clone($data, 0), $data, 'no level');
is(clone($data, 1)->{list}, $data->{list}, 'one level');
my $two = clone($data, 2);
isnt($two->{list}, $data->{list}, 'two levels');
is($two->{list}[1], $data->{list}[1], '... and no more');
is(clone(5) . (defined clone(undef) ? 'defined' : ''), '5', 'plain values');
my $pattern = qr/x/;
is(clone($pattern),           $pattern,           'a pattern is shared');
is(clone(\&is),               \&is,               'a sub too');
is(clone(\*STDOUT),           \*STDOUT,           'a handle too');
my $object = bless [bless {}, 'Inner'], 'Outer';
is(blessed(clone($object)) . blessed(clone($object)->[0]), 'OuterInner', 'classes');
my $ring = { name => 'ring' };
$ring->{self} = $ring;
weaken $ring->{self};
my $other = clone($ring);
ok(isweak($other->{self}) && $other->{self} == $other, 'a ring of its own, as weak');
my $shared = [[1]];
push @$shared, $shared->[0], \$shared->[0];
my $clone = clone($shared);
is($clone->[0], $clone->[1], 'what is one thing stays one');
my $nested = [];
$nested = [$nested] for 1 .. 20_000;
my $depth = 0;
for (my $x = clone($nested); @$x; $x = $x->[0]) { $depth++ }
is($depth, 20_000, 'deep data');
{
    package Tied;
    require Tie::Hash;
    our @ISA = 'Tie::StdHash';
}
tie my %tied, 'Tied';
$tied{x} = [1];
my $tied = clone(\%tied);
ok(tied(%$tied) && tied(%$tied) != tied(%tied), 'a tied hash of its own');
is($tied->{x}[0], 1, 'with the same in it');

use String::CRC32;
is(crc32('abc'), 891568578, 'a checksum');
is(crc32('c', crc32('ab')), crc32('abc'), 'of pieces');
open my $in, '<', \'abc' or die $!;
is(crc32($in), 891568578, 'of a file');
done_testing;
