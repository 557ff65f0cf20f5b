# A signal's handler runs as in an eval: caller, $^S and $@ show it.
use strict;
use warnings;
use Test::More;

sub trace {
    my @out;
    my $i = 0;
    while (my @c = caller $i++) { push @out, "$c[3]/" . ($c[5] // 'undef') . "/$c[4]" }
    return join ' ', @out;
}
my ($seen, $state, $want, $error);
$SIG{USR1} = sub { $seen = trace(); $state = $^S; $want = wantarray; $error = $@ };

sub send_it { kill USR1 => $$; 1 }
is($^S, 0, '$^S outside');
$@ = 'before';
send_it();
like($seen, qr{^main::trace//1 main::__ANON__//1 \(eval\)//0 main::send_it/undef/1$}, 'an eval between the sub and the handler');
is($state, 1,        '$^S in the handler');
is($want,  '',       'called in scalar context');
is($error, '',       '$@ is empty in the handler');
is($@,     'before', '$@ is put back');
$SIG{USR1} = sub {
    eval { die "inner\n" };
    is($@, "inner\n", 'an eval in the handler');
};
$@ = 'kept';
send_it();
is($@, 'kept', 'it does not touch $@ outside');
{
    my @told;
    local $SIG{__DIE__} = sub { push @told, $_[0] };
    local $SIG{USR1} = sub { die "handler\n" };
    eval { send_it(); fail('not reached') };
    is($@, "handler\n", 'a handler that dies');
    is_deeply(\@told, ["handler\n", "handler\n"], '__DIE__ is told in the handler and again outside');
}
{
    my ($in, $out);
    package Object { sub DESTROY { $in = $^S; eval { $out = $^S } } }
    { my $object = bless [], 'Object'; undef $object }
    is($in,  5, '$^S in DESTROY');
    is($out, 1, 'and in an eval there');
}
{
    my @c;
    my $note = sub { @c = (caller 1)[3, 6, 7] };
    eval '$note->(); 1' or die $@;
    is($c[0], '(eval)', 'an eval STRING');
    like($c[1], qr/^\$note->\(\); 1/, 'its text');
    is($c[2], '', 'it is no require');
}
done_testing;
