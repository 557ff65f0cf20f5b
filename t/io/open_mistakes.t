# What open says of modes, names and handles that cannot be; what the handles it makes are called.
use strict;
use warnings;
use Test::More;
my @warned;
local $SIG{__WARN__} = sub { push @warned, $_[0] };
sub dies { my ($code, $like, $name) = @_; ok(!eval { $code->(); 1 }, $name); like($@, $like, $name) }

{
    no warnings 'once';
    no strict 'refs';
    dies(sub { open my $f, '<&', 'nosuch' },  qr/^Bad filehandle: nosuch at /,     'a name');
    dies(sub { *some = \1; open my $f, '<&', *some }, qr/^Bad filehandle: some at /, 'a glob');
    dies(sub { open my $f, '>&', undef }, qr/^Can't use an undefined value as filehandle reference at /, 'undef');
    ok(!open(F, '<&nosuch'), 'in two arguments it only fails');
}
dies(sub { open my $f, '>>>', 'x' }, qr/^Unknown open\(\) mode '>>>' at /, 'one more');
like("@warned", qr/^Invalid separator character '>' in PerlIO layer specification > at /);
@warned = ();
for my $name ("x\0y", "<x\0y") {
    ok(!open(my $f, $name));
    like("@warned", qr/^Invalid \\0 character in pathname for open: x\\0y at /);
    @warned = ();
}

# names
our (@list, %hash, $plain);
my ($in, @l, %h);
open $list[0], '<', $0 or die;
open $hash{k}, '<', $0 or die;
open $plain,   '<', $0 or die;
open local $::local, '<', $0 or die;
open $l[1], '<', $0 or die;
open $h{a}, '<', $0 or die;
open my $deep->{a}{b}, '<', $0 or die;
is(join(' ', map "" . *$_, $list[0], $hash{k}, $plain, $::local, $l[1], $h{a}, $deep->{a}{b}),
    '*main::$list[...] *main::$hash{...} *main::$plain *main::$local *main::$l[...] *main::$h{...} *main::__ANONIO__');
() = scalar readline $h{a};
warn 'x';
like(pop @warned, qr/, <\$h\{\.\.\.\}> line 1\.$/, 'in messages');

# :perlio over a scalar buffers what is written
my $text = '';
open my $out, '>:scalar:perlio', \$text or die;
print {$out} 'abc';
is($text, '', 'waits');
undef $out;
is($text, 'abc', 'and goes out with the handle');
open $out, '>', \$text or die;
print {$out} 'xyz';
is($text, 'xyz', 'without it nothing waits');
close $out;
is("@warned", '');
done_testing;
