#!perl -T
# What %ENV must be before another program is run (perlsec "Cleaning Up Your Path").
use strict;
use warnings;
use Test::More;

my $t = substr($^X, 0, 0);

sub refuses {
    my ($what, $code) = @_;
    my $file = quotemeta __FILE__;
    is(eval { $code->(); 1 }, undef, "$what: refused");
    like($@, qr/^Insecure \Q$what\E while running with -T switch at $file line \d+\.$/, 'its message');
}

sub allows {
    my ($name, $code) = @_;
    eval { $code->(); 1 };
    is($@, '', "allowed: $name");
}

refuses('$ENV{PATH}', sub { system 'true' });
refuses('$ENV{PATH}', sub { my $x = `true` });
refuses('$ENV{PATH}', sub { open my $f, '-|', 'true' });
refuses('$ENV{PATH}', sub { open my $f, '|true' });
refuses('$ENV{PATH}', sub { no warnings; exec 'true' });
allows('a fork', sub { my $pid = open(my $f, '-|') // die; exit if !$pid; close $f });

{
    local @ENV{qw(PATH IFS)};
    ok(!defined $ENV{PATH}, 'a local element of %ENV is undefined');
    allows('a path that is local and unset', sub { system '/bin/true' });
}
{
    local $ENV{PATH};
    allows('the same alone', sub { system '/bin/true' });
}
refuses('$ENV{PATH}', sub { system 'true' });
$ENV{PATH} = '/bin:/usr/bin';
delete @ENV{qw(IFS CDPATH ENV BASH_ENV)};
allows('a clean path', sub { system 'true' });
allows('a clean path for backticks', sub { my $x = `true` });
for my $name (qw(IFS CDPATH ENV BASH_ENV)) {
    refuses("\$ENV{$name}", sub { local $ENV{$name} = "x$t"; system 'true' });
    allows("a clean $name", sub { local $ENV{$name} = "x"; system 'true' });
}
refuses('$ENV{TERM}', sub { local $ENV{TERM} = "a b$t"; system 'true' });
allows('a tainted TERM that is a name', sub { local $ENV{TERM} = "xterm-256color$t"; system 'true' });
allows('a clean TERM that is none', sub { local $ENV{TERM} = 'a b'; system 'true' });
refuses('directory in $ENV{PATH}', sub { local $ENV{PATH} = 'bin'; system 'true' });
refuses('directory in $ENV{PATH}', sub { local $ENV{PATH} = '/bin:.'; system 'true' });
refuses('directory in $ENV{PATH}', sub { local $ENV{PATH} = '/bin::/usr/bin'; system 'true' });
SKIP: {
    skip '/tmp is not open to all', 2 unless (stat '/tmp')[2] & 2;
    refuses('directory in $ENV{PATH}', sub { local $ENV{PATH} = '/tmp:/bin'; system 'true' });
}
allows('no path', sub { delete local $ENV{PATH}; system '/bin/true' });
allows('an empty path', sub { local $ENV{PATH} = ''; system '/bin/true' });
refuses('$ENV{PATH}', sub { local $ENV{PATH} = "$ENV{PATH}$t"; system 'true' });
refuses('$ENV{PATH}', sub { local $ENV{PATH} = $ENV{PATH}; $ENV{PATH} .= $t; system 'true' });
allows('a path made clean again', sub { system 'true' });
refuses('$ENV{PATH}', sub { local $ENV{PATH} = "/bin$t"; system { '/bin/true' } 'true' });
{
    our %other = (PATH => '/bin');
    local *ENV = \%other;
    is(eval { system 'true'; 1 }, undef, 'another hash as %ENV');
    like($@, qr/^%ENV is aliased to another variable while running with -T switch at /, 'its message');
}
allows('the own one again', sub { system 'true' });
{
    local $ENV{PATH} = "/bin$t";
    is(eval { system "true $t"; 1 }, undef, 'both wrong');
    like($@, qr/^Insecure \$ENV\{PATH\} /, 'system: the path comes first');
    is(eval { my $x = `true $t`; 1 }, undef, 'both wrong');
    like($@, qr/^Insecure dependency in `` /, 'backticks: the command comes first');
}

done_testing;
