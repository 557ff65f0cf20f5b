# What caller says of evals: where they begin, what their text is.
use strict;
use warnings;
use Test::More;
sub outer {
    my @c;
    eval {

        @c = caller(0);
    };
    return @c;
}
my @c = outer();
is($c[3], '(eval)', 'an eval block');
is($c[2], 7, 'the line where it begins');
is($c[6], undef, 'no text');
@c = eval "1;\n caller(0)";
is($c[3], '(eval)');
is($c[6], "1;\n caller(0)", 'the text of an eval STRING');
is($c[7], '', 'no file');
is($c[2], 17, 'its line');
sub trace { require Carp; return Carp::longmess('x') }
my $text = eval {
    trace();
};
like($text, qr/^\teval \{\.\.\.\} called at \S+ line 23$/m, 'a trace shows where an eval begins');
done_testing;
