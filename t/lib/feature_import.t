# Modules that switch features on for those who use them, and what looks at the tables of the pragmas (perldoc feature).
use strict;
use warnings;
use Test::More;

BEGIN {
    package Sayer;
    $INC{'Sayer.pm'} = 1;
    sub import { require feature; feature->import(qw(say fc)) }
    sub unimport { feature->unimport('say') }
}
my $said = '';
{
    use Sayer;
    open my $fh, '>', \$said or die;
    say $fh 'one';
    is fc 'A', 'a', 'a feature a module switched on';
    no Sayer;
    no warnings;
    ok !eval 'say "x"; 1', '... and off';
}
is $said, "one\n";
{ no warnings; ok !eval q{say 'x'; 1}, 'only in its block' }
{
    BEGIN { $^H |= 0x3c020000; $^H{"feature_$_"} = 1 for qw(say bareword_filehandles indirect multidimensional) }
    open my $fh, '>', \$said or die;
    say $fh 'two';
}
is $said, "two\n", 'what feature.pm does, done by hand';
ok exists $feature::feature{say}, 'the table of features';
ok exists $warnings::Offsets{void}, '... and of warnings';
{
    use experimental qw(bitwise declared_refs);
    my $o = 3;
    is 0 + ("$o" &. '1'), 1, 'an experimental feature';
    my \$alias = \$o;
    is $alias, 3;
}
ok !eval q{use experimental 'nosuch'; 1};
like $@, qr/^Can't enable unknown feature nosuch at/;
done_testing;
