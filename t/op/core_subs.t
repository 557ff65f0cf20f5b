# The functions of perlfunc as subs: &CORE::name (CORE, "CALLING THE SUBS").
use strict;
use warnings;
use Test::More;
is(&CORE::uc('a'), 'A');
my @a;
my $push = \&CORE::push;
$push->(\@a, 1, 2);
is("@a", '1 2', 'an array is passed by reference');
is(join(',', &CORE::splice(\@a, 0, 1)), '1', 'splice');
is(&CORE::substr('abc', 1, 1), 'b');
is(join(',', &CORE::keys({ x => 1 })), 'x');
is(&CORE::sprintf('%s-%s', 1, 2), '1-2');
is(&CORE::__LINE__, __LINE__);
like(&CORE::__FILE__, qr/core_subs\.t$/);
ok(defined &CORE::lc, 'defined');
is(prototype(\&CORE::push), '\@@');
is(prototype('CORE::lc'), '_');
for my $name (qw(ord chr)) {
    no strict 'refs';
    is(&{"CORE::$name"}($name eq 'ord' ? 'A' : 65), $name eq 'ord' ? 65 : 'A', "by name: $name");
}
ok(!eval { &CORE::lc(1, 2); 1 });
like($@, qr/^Too many arguments for lc at .* line \d+\.$/);
ok(!eval { &CORE::atan2(1); 1 });
like($@, qr/^Not enough arguments for atan2 at /);
ok(!eval { &CORE::push(1, 2); 1 });
like($@, qr/^Type of arg 1 to &CORE::push must be array reference at /);
ok(!eval { &CORE::chomp(1); 1 });
like($@, qr/^&CORE::chomp cannot be called directly at /);
sub context { (caller(0))[5] ? 'list' : 'scalar' }
sub asks { my @r = (&CORE::wantarray()); return $r[0] ? 'list' : 'scalar' }
my ($got) = asks();
is($got, 'list', 'wantarray');
done_testing;
