# A sub or format that an eval STRING defines sees the lexicals of the call that runs.
use strict;
use warnings;
use Test::More;
sub define { my ($n) = @_; eval "sub inner$n { \$n .= 'x'; \$n } 1" or die $@; return \$n }
my @places = map { define($_) } 1, 2;
no strict 'refs';
is(join(' ', inner1(), inner2(), inner1()), '1x 2x 1xx', 'each its own');
is("${$places[0]} ${$places[1]}", '1xx 2x', 'and the same variables as outside');

sub arrays {
    my @list = @_;
    eval 'no warnings; sub top { shift @list } 1' or die $@;
    push @list, 'pushed';
    return join ' ', top(), top();
}
is(arrays('a'), 'a pushed', 'an array');
is(arrays('b'), 'b pushed', 'another');

sub report {
    my $word = shift;
    our $out = '';
    eval "no warnings; format REPORT =\n\@<<<<\n\$word\n.\n1" or die $@;
    $word .= 'd';
    open REPORT, '>', \$out or die;
    write REPORT;
    close REPORT;
    return $out;
}
is(report('use'), "used\n", 'a format');

sub begun { my $v = shift; my $got; eval 'BEGIN { $got = $v } 1' or die $@; return $got }
is(begun('now'), 'now', 'BEGIN in an eval sees them too');
done_testing;
