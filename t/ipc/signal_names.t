# Real-time signals and second names, handlers that are not there, sigtrap's options.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
for my $name (qw(RTMIN NUM35 NUM63 RTMAX IOT CLD POLL)) {
    my @got;
    local $SIG{$name} = sub { push @got, @_ };
    kill $name => $$;
    # IOT, CLD and POLL are second names: the handler is called by them all the same
    is(scalar @got, 1, "$name arrives");
}
{
    my @got;
    local $SIG{RTMIN} = sub { push @got, @_ };
    kill RTMIN => $$ for 1 .. 3;
    is("@got", 'RTMIN RTMIN RTMIN', 'each of three');
}
{
    my @warned;
    local $SIG{__WARN__} = sub { push @warned, @_ };
    $SIG{NOSUCH} = sub { };
    like("@warned", qr/^No such signal: SIGNOSUCH at /, 'no such signal');
    @warned = ();
    local $SIG{USR1} = 'not_there';
    kill USR1 => $$;
    is("@warned", qq(SIGUSR1 handler "not_there" not defined.\n), 'no such handler');
    ok(!eval { kill NOSUCH => $$; 1 }, 'kill');
    like($@, qr/^Unrecognized signal name "NOSUCH" at /);
}
my %traps = (
    'stack-trace TERM'                => qr/^Caught a SIGTERM at -e line 2\n\$ = eval \{\.\.\.\} called from -e line 2\n\$ = main::f\('x'\) called from -e line 3\n/,
    'die TERM'                        => qr/^Caught a SIGTERM at -e line 2\.\n/,
    'die normal-signals'              => qr/^Caught a SIGTERM at -e line 2\.\n/,
    'die error-signals'               => qr/^$/,
    'die old-interface-signals'       => qr/^Caught a SIGTERM at -e line 2\.\n/,
    'die untrapped TERM'              => qr/^Caught a SIGTERM at -e line 2\.\n/,
    'die untrapped any TERM'          => qr/^Caught a SIGTERM at -e line 2\.\n/,
    'handler main::mine TERM'         => qr/^mine TERM\n$/,
    'handler mine TERM'               => qr/^mine TERM\n$/,
    'handler IGNORE TERM'             => qr/^$/,
    '1.0 die TERM'                    => qr/^Caught a SIGTERM at -e line 2\.\n/,
);
for my $words (sort keys %traps) {
    my $code = "use sigtrap qw($words); sub mine { print STDERR qq(mine \@_\\n); exit 0 }\nsub f { kill TERM => \$\$; 1 }\nf('x');\n";
    like(snippet($code)->{err}, $traps{$words}, "sigtrap $words");
}
my $r = snippet("BEGIN { \$SIG{TERM} = sub { print STDERR 'own' } } use sigtrap qw(die untrapped TERM); kill TERM => \$\$; 1");
is($r->{err}, 'own', 'sigtrap untrapped leaves what is trapped');
like(snippet("use sigtrap qw(no-such)")->{err}, qr/^Unrecognized argument no-such at -e line 1\.\n/, 'sigtrap: a wrong word');
is(snippet('print "$ENV{PERL_SIGNALS}"', env => { PERL_SIGNALS => $_ })->{out}, $_, "PERL_SIGNALS=$_") for qw(safe unsafe);
is(snippet('print 1', env => { PERL_SIGNALS => 'odd' })->{err}, qq(PERL_SIGNALS illegal: "odd".\n), 'PERL_SIGNALS: neither');
done_testing;
