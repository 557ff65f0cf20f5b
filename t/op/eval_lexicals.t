# What BEGIN, use and named subs in the text of an eval see of the variables around it.
use strict;
use warnings;
use Test::More;

our @seen;

sub begin_in_eval {
    my ($word, @list) = @_;
    eval 'BEGIN { push @seen, "$word:@list" } 1' or die $@;
}
begin_in_eval('one', 1);
begin_in_eval('two', 2, 3);
is("@seen", 'one:1 two:2 3', 'BEGIN sees the variables of the running call');

sub load { my ($module, @args) = @_; return eval "package Target; use $module \@{\$args[0]}; 1" || die $@ }
load('List::Util', ['max']);
ok(defined &Target::max, 'so does the list of use');

sub make {
    my ($name, $count) = @_;
    eval "sub $name { return \$count++ } 1" or die $@;
    return sub { $count };
}
my $first  = make('counts_one', 10);
my $second = make('counts_two', 20);
counts_one() for 1 .. 3;
is(counts_one() . ' ' . counts_two(), '13 20', 'a named sub keeps the variable of its call');
is($first->() . ' ' . $second->(), '14 21', 'shared with closures of the same call');

@seen = ();
sub nested {
    my ($v) = @_;
    eval 'BEGIN { eval q{ BEGIN { push @seen, "inner $v" } push @seen, "run $v" } or die $@ } 1' or die $@;
}
nested(5);
nested(6);
is("@seen", 'inner 5 run 5 inner 6 run 6', 'one eval inside the other');

done_testing;
