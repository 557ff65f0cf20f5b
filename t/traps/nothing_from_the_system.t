# keshi-only: real perl lives in those directories
# What the tests use comes from keshi itself, not from an installed perl.
use strict; use warnings;
use Test::More;
my @modules = qw(POSIX Socket IO::Handle IO::File IO::Select IO::Pipe IO::Socket IPC::Open2 IPC::Open3 Carp Exporter
    Fcntl Errno Config Symbol SelectSaver FindBin File::Basename File::Spec File::Spec::Functions File::Temp Cwd
    Scalar::Util List::Util Time::HiRes Data::Dumper Getopt::Long constant overload parent base lib vars utf8);
for my $m (@modules) { ok(eval "require $m; 1", $m) or diag $@ }
my @outside = grep { defined $INC{$_} && !ref $INC{$_} && $INC{$_} =~ m{^/(usr|etc|lib)/} } sort keys %INC;
is("@outside", '', 'no file of the system was loaded');
my $searched = do { local $ENV{KESHI_SYSTEM_INC} = 0; qx{"$^X" -e 'print grep { !ref && m{^/(usr|etc)/} } \@INC'} };
is($searched, '', 'and none of its directories is searched where KESHI_SYSTEM_INC says so');
done_testing;
