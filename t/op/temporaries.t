# Values that become arguments, list items or referents keep to themselves.
use strict;
use warnings;
use Test::More;

our ($no, $yes) = (0, 1);
sub all { return join '|', @_ }
is(all($no ? 1 : 5, $yes ? 2 : 6), '5|2', 'conditionals as arguments');
is(all($no ? 1 : 5, $no ? 2 : $yes, $yes ? 7 : 8), '5|1|7', 'variables among them');
my $x = 3;
is(join('|', map $$_, \($x + 1), \($x + 2)), '4|5', 'references to results');
is(join('|', map $$_, \length($x), \length('abc')), '1|3', 'references to results of functions');
sub changes { $_[0]++ }
changes($yes ? $x : $no);
is($x, 4, 'a conditional passes the variable itself');
{
    my $text = '';
    $text .= $_ for $no ? 1 : 2, $yes ? 3 : 4;
    is($text, '23', 'conditionals as items of a loop');
}

# A brace behind the brace of map's block begins a hash.
my @rows = ({ a => 1 }, { a => 2 });
my @copies = map {{ %$_ }} @rows;
is(scalar @copies, 2, 'map {{ %$_ }}');
$copies[0]{a} = 9;
is($rows[0]{a}, 1, 'copies the hashes');
is(${{ %{ $rows[1] } }}{a}, 2, '${{ .. }}{key}');
is_deeply([sort keys %{{ map { $_->{a} => 1 } @rows }}], [1, 2], '%{{ .. }}');
is(scalar(() = map {; {1} } 1, 2), 2, 'behind a semicolon it is a block');

# A symbol table's entries seen through an alias.
our $some_variable = 1;
for my $entry ($main::{some_variable}) { is(ref \$entry, 'GLOB', 'an entry of a symbol table in a loop') }

# Nothing is put back where nothing can be assigned.
sub groups { local ($1, $2); return 'ab' =~ /(.)(.)/ ? "$1$2" : '' }
is(groups(), 'ab', 'local $1');
'x' =~ /(.)/ or die;
is(groups() . $1, 'abx', 'the caller has its own');

# Places that are made on the way.
{
    my $nothing;
    my @none = map { $_ } @$nothing;
    is(ref $nothing, 'ARRAY', 'map over an undefined reference makes an array');
    my %deep;
    my @also = grep { $_ } @{ $deep{list} };
    is(ref $deep{list}, 'ARRAY', 'so does grep');
}
{
    open my $fh, '<', \'some text' or die;
    my $got = read $fh, my ($first), 4;
    is($first, 'some', 'read into my ($variable)');
    local $/;
    my $rest = <$fh>;
    my $message = '';
    local $SIG{__WARN__} = sub { $message = $_[0] };
    warn 'here';
    like($message, qr/, <\$fh> chunk 1\.$/, 'without a separator lines are chunks');
}

done_testing;
