# Restricted hashes: what may come, go and change (perldoc Hash::Util, fields).
use strict;
use warnings;
use Test::More;
use Hash::Util qw(
    all_keys lock_keys unlock_keys lock_value unlock_value lock_hash unlock_hash lock_keys_plus hash_locked
    hash_unlocked hidden_keys legal_keys hv_store num_buckets bucket_info bucket_array
);

sub dies (&$$) {
    my ($code, $message, $name) = @_;
    eval { $code->(); 1 } and return fail("$name: lives");
    is $@ =~ s/ at \S+ line \d+\.\n\z//r, $message, $name;
}
sub no_access { "Attempt to access disallowed key '$_[0]' in a restricted hash" }
sub no_delete { "Attempt to delete $_[0] key '$_[1]' from a restricted hash" }

my %h = (a => 1, b => 2, c => 3);
lock_keys(%h);
is delete $h{a}, 1, 'a key may go';
ok !exists $h{a}, 'and is away';
is $h{a}, undef, 'reading it gives undef';
is_deeply [sort(legal_keys(%h))], [qw(a b c)], 'legal keys';
is_deeply [hidden_keys(%h)], ['a'], 'hidden keys';
$h{a} = 5;
is $h{a}, 5, 'it may come back';
is_deeply [hidden_keys(%h)], [], 'nothing hidden';
ok !exists $h{z}, 'exists asks freely';
dies { my $x = $h{z} } no_access('z'), 'fetch';
dies { $h{z} = 1 } no_access('z'), 'store';
dies { my $x = \$h{z} } no_access('z'), 'reference';
dies { my $x = $h{z}{deep} } no_access('z'), 'autovivification';
dies { my @x = @h{qw(a z)} } no_access('z'), 'slice';
dies { local $h{z} = 1 } no_access('z'), 'local';
dies { delete $h{z} } no_delete('disallowed', 'z'), 'delete';
dies { delete @h{qw(a z)} } no_delete('disallowed', 'z'), 'delete of a slice';
dies { delete local $h{z} } no_delete('disallowed', 'z'), 'delete local';
{
    local $h{a} = 9;
    is $h{a}, 9, 'local of a key that may';
}
%h = ();
is_deeply [sort(legal_keys(%h))], [qw(a b c)], 'emptied, the keys stay legal';
%h = (a => 1, b => 2);
is join(',', map "$_$h{$_}", sort keys %h), 'a1,b2', 'filled again';
dies { %h = (zz => 1) } no_access('zz'), 'list assignment';
dies { undef %h } 'Modification of a read-only value attempted', 'undef';
{
    my (@there, @away);
    %h = (b => 1);
    all_keys(%h, @there, @away);
    is "@{[sort @there]}/@{[sort @away]}", 'b/a c', 'all_keys';
}
unlock_keys(%h);
$h{new} = 1;
is_deeply [sort keys %h], [qw(b new)], 'unlocked';

%h = (a => 1, b => 2);
{
    my @said;
    local $SIG{__WARN__} = sub { push @said, @_ };
    lock_value(%h, 'a');
    like "@said", qr/^Cannot usefully lock values in an unlocked hash at \S+hash_util.t line/, 'lock_value warns';
}
dies { $h{a} = 7 } 'Modification of a read-only value attempted', 'a locked value';
lock_keys(%h);
dies { delete $h{a} } no_delete('readonly', 'a'), 'delete of a locked value';
dies { %h = () } no_delete('readonly', 'a'), 'clearing with a locked value';
unlock_value(%h, 'a');
$h{a} = 8;
is $h{a}, 8, 'unlocked value';
unlock_keys(%h);

lock_hash(%h);
ok hash_locked(%h) && !hash_unlocked(%h), 'hash_locked';
dies { $h{a} = 1 } 'Modification of a read-only value attempted', 'lock_hash locks values';
unlock_hash(%h);
ok !hash_locked(%h) && hash_unlocked(%h), 'hash_unlocked';

%h = (a => 1);
lock_keys(%h, qw(a later));
$h{later} = 1;
is $h{later}, 1, 'keys that are to come';
unlock_keys(%h);
lock_keys_plus(%h, 'more');
is_deeply [sort(legal_keys(%h))], [qw(a later more)], 'lock_keys_plus';
unlock_keys(%h);
dies { lock_keys(%h, 'a') } "Hash has key 'later' which is not in the new key set", 'a key too many';

my $scalar = 3;
hv_store(%h, 'alias', $scalar);
$scalar = 4;
is $h{alias}, 4, 'hv_store';
my %many = map +($_ => 1), 1 .. 100;
my ($keys, $buckets, $used, @counts) = bucket_info(\%many);
is $keys, 100, 'bucket_info: keys';
is num_buckets(%many), $buckets, 'num_buckets';
{
    my $sum = 0;
    $sum += $_ * $counts[$_] for 0 .. $#counts;
    is $sum, 100, 'every key is in a bucket';
    is scalar(map { ref $_ ? @$_ : () } @{bucket_array(\%many)}), 100, 'bucket_array';
}

{
    package Point;
    use fields qw(x y);
    sub new { my Point $self = shift; $self = fields::new($self); $self->{x} = 1; return $self }
}
my $point = Point->new;
$point->{y} = 2;
is "$point->{x}$point->{y}", '12', 'an object with fields';
dies { $point->{z} = 3 } no_access('z'), 'no other field';

done_testing;
