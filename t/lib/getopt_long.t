# Getopt::Long's settings and kinds of options.
use strict;
use warnings;
use Test::More;
use Getopt::Long qw(GetOptionsFromArray GetOptionsFromString);

my @warned;
local $SIG{__WARN__} = sub { push @warned, $_[0] };

sub run {
    my ($config, $args, @spec) = @_;
    @warned = ();
    Getopt::Long::Configure('default', @$config);
    my (%h, @rest);
    @rest = @$args;
    my $ok = GetOptionsFromArray(\@rest, \%h, @spec);
    return [$ok ? 1 : 0, \%h, \@rest];
}
my @s = qw(foo bar=s num=i opt:s def:5 inc+ neg! list=s@ hash=s% fl=f x|y|zed=s);
is_deeply run([], [qw(--foo --bar x --num 5 rest)], @s), [1, { foo => 1, bar => 'x', num => 5 }, ['rest']];
is_deeply run([], [qw(--ba=x --no-neg --inc --inc)], @s), [1, { bar => 'x', neg => 0, inc => 2 }, []];
is_deeply run([], [qw(--list a --list b --hash k=v --def --zed z)], @s), [1, { list => ['a', 'b'], hash => { k => 'v' }, def => 5, x => 'z' }, []];
is run([], [qw(--unknown)], @s)->[0], 0;
is $warned[0], "Unknown option: unknown\n";
run([], [qw(--num abc)], @s);
is $warned[0], "Value \"abc\" invalid for option num (number expected)\n";
run([], [qw(--bar)], @s);
is $warned[0], "Option bar requires an argument\n";
run([], [qw(--foo=1)], @s);
is $warned[0], "Option foo does not take an argument\n";
run([], [qw(--f)], @s);
is $warned[0], "Option f is ambiguous (fl, foo)\n";
is_deeply run(['bundling'], [qw(-abv -vn5 -sfoo)], qw(a b v+ n=i s=s)), [1, { a => 1, b => 1, v => 2, n => 5, s => 'foo' }, []];
is_deeply run(['pass_through'], [qw(--foo --unk x)], @s), [1, { foo => 1 }, [qw(--unk x)]];
is_deeply run(['require_order'], [qw(--foo x --bar y)], @s), [1, { foo => 1 }, [qw(x --bar y)]];
is_deeply run([], [qw(--foo -- --bar)], @s), [1, { foo => 1 }, ['--bar']];
Getopt::Long::Configure('default');
my ($called, @loose);
my @args = qw(--cb 1 a --stop b);
ok GetOptionsFromArray(\@args, 'cb=i' => sub { $called = "$_[0]:$_[1]" }, 'stop' => sub { die '!FINISH' }, '<>' => sub { push @loose, "$_[0]" });
is $called, 'cb:1';
is "@loose|@args", 'a|b';
my ($ok, $rest) = GetOptionsFromString("--foo 'a b' c", 'foo=s' => \my $foo);
is "$ok|$foo|@$rest", '1|a b|c';
done_testing;
