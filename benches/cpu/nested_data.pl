# Nested structures: built, walked, copied.
use strict;
use warnings;
my %db;
for my $i (1 .. 90_000) {
    push @{ $db{ 'u' . $i % 500 }{orders}{ $i % 12 } }, { id => $i, qty => $i % 9, tags => [$i % 3, $i % 5] };
}
my ($qty, $tags) = (0, 0);
for my $round (1 .. 3) {
    for my $u (values %db) {
        for my $m (keys %{ $u->{orders} }) {
            for my $o (@{ $u->{orders}{$m} }) {
                $qty  += $o->{qty};
                $tags += $o->{tags}[1] if $o->{tags}->[0] == 1;
            }
        }
    }
}
sub copy {
    my $d = shift;
    return
          ref $d eq 'HASH'  ? { map { $_ => copy($d->{$_}) } keys %$d }
        : ref $d eq 'ARRAY' ? [map { copy($_) } @$d]
        :                     $d;
}
my $c = copy({ map { $_ => $db{$_} } grep { /^u\d\d?$/ } keys %db });
print "$qty $tags ", scalar(keys %$c), "\n";
