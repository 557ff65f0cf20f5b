# What IO, PerlIO and Config bring that other modules build on.
use strict;
use warnings;
use Test::More;
use IO::Handle;
use IO::File;
use Config;

pipe my $in, my $out or die "pipe: $!";
print $out "one\ntwo\nthree\n";
close $out;
is($in->getline, "one\n", 'getline');
is($in->gets, "two\n", 'gets');
ok(!eval { my $line = $in->getlines; 1 }, 'getlines wants a list');
like($@, qr/^Can't call \$io->getlines in a scalar context, use \$io->getline at /, 'and says so');
is_deeply([$in->getlines], ["three\n"], 'getlines');
ok(!defined $in->getline, 'nothing is left');
for my $method ('getline', 'getlines') {
    ok(!eval { my @l = $in->$method(1); 1 }, "$method takes no arguments");
    like($@, qr/^usage: \$io->$method\(\) at /, 'and says so');
}

ok(ref PerlIO::Layer->find('perlio'), 'a layer that is there');
ok(!defined PerlIO::Layer->find('no_such_layer'), 'one that is not');
ok(defined &DynaLoader::boot_DynaLoader, 'native parts can be loaded');
is(${^SAFE_LOCALES}, 1, 'locales are safe');

ok(!eval { $!{ENOENT} = 1; 1 }, '%! cannot be changed');
like($@, qr/^ERRNO hash is read only!/, 'with a reason');

{
    package Ticks;
    sub TIEHANDLE { bless ['Tick', 'tick', 'tock'] }
    sub READLINE { my $left = shift; die "Boom!" if !@$left; wantarray ? splice @$left : shift @$left }
    package main;
    tie *TICKS, 'Ticks';
    is(*TICKS->getline, 'Tick', 'getline of a tied handle');
    is(join(' ', *TICKS->getlines), 'tick tock', 'getlines: READLINE is called once, for a list');
    ok(!eval { my @more = *TICKS->getlines; 1 });
    like($@, qr/^Boom!/);
}
done_testing;
