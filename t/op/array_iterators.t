# keys and values of an array begin its each anew (perlfunc keys); classes inherit from names nothing is known of.
use strict;
use warnings;
no warnings 'void';
use Test::More;

my @array = qw(x y z);
sub next_one { my ($i, $val) = each @array; defined $i ? "$i$val" : 'end' }
is next_one(), '0x';
is next_one(), '1y';
keys @array;
is next_one(), '0x', 'keys in void context';
my $count = keys @array;
is next_one(), '0x', 'its number';
my @keys = keys @array;
is next_one(), '0x', 'its list';
my @values = values @array;
is next_one(), '0x', 'values';
is next_one(), '1y';
is scalar(@array), 3;
is next_one(), '2z', 'the array itself does not';
is next_one(), 'end';

@Foo::ISA = ();
ok !Foo->isa('Nothing');
push @Foo::ISA, 'Nothing';
ok(Foo->isa('Nothing'), 'a parent without a package');
ok((bless [], 'Foo')->isa('Nothing'));
splice @Foo::ISA;
ok(!Foo->isa('Nothing'));
done_testing;
