# <> and <<>>: where $. begins, what the names mean, empty files.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
my ($two, $empty) = map { temp_path('f') } 1, 2;
{ open my $f, '>', $two;   print $f "a\nb\n"; close $f }
{ open my $f, '>', $empty; close $f }
my @seen;
{ local @ARGV = ($two); my @x = <>; is($., 2, 'lines of the first round') }
{ local @ARGV = ($two); push @seen, $. while <>; is("@seen", '1 2', 'the next begins at 1') }
{ local @ARGV = ($two, $two); my @x = <>; is(@x . $., 44, 'files are counted through') }
{ local @ARGV = ($empty, $empty); my @x = <>; is(@x . $., '00', 'empty files') }
{
    local @ARGV = ($empty, $empty);
    local $/;
    is(scalar <>, '', 'the first empty file gives the empty string');
    is($., 1);
    is(scalar <>, '', 'so does the next');
    is(scalar <>, undef, 'then it is over');
}
for my $case (['memory', sub { open my $f, '<', \''; $f }], ['null', sub { open my $f, '<', '/dev/null'; $f }], ['pipe', sub { open my $f, '-|', 'true'; $f }]) {
    my ($what, $open) = @$case;
    local $/;
    my $f = $open->();
    is(scalar <$f>, '',    "$what: empty at first");
    is(scalar <$f>, undef, "$what: then undef");
    $f = $open->();
    my @all = <$f>;
    is(scalar @all, 0, "$what: no line in a list");
}
for my $name ('echo no |', '-', '< x') {
    my $r = snippet('@ARGV = shift; print while <<>>; print "end"', args => [$name], stdin => "no\n");
    is($r->{out}, 'end', "<<>> does not interpret '$name'");
    like($r->{err}, qr/^Can't open \Q$name\E: No such file or directory at -e line 1\.$/);
}
is(snippet('print while <<>>', stdin => "in\n")->{out}, "in\n", '<<>> without arguments');
for my $open (['<', '/dev/null'], ['<:raw', '/dev/null'], ['<', \'x'], ['<', undef], ['<&', 0], ['>>&', 1], ['+<&=', 0]) {
    my ($mode, $what) = @$open;
    ok(!eval { open my $f, $mode, $what, 'more'; 1 }, "$mode with too many arguments");
    like($@, qr/^More than one argument to (?:open\(,':\w+'\)|'[<>a+]&' open) at /);
}
unlink $two, $empty;
done_testing;
