# A handle named by a word or string as invocant: the method gets the glob, from any package.
use strict;
use warnings;
use Test::More;
my @got;
sub IO::File::told { push @got, $_[0]; return scalar @_ }
open(FILE, '<', $0) or die;
FILE->told(1);
is(ref $got[0], 'GLOB', 'a word');
is(*{ $got[0] }, '*main::FILE', 'of the package that calls');
my $name = 'FILE';
is($name->told, 1, 'a string');
is($name, 'FILE', 'which stays what it is');
is(*{ $got[1] }, '*main::FILE');
my $method = 'told';
is(FILE->$method(1, 2), 3, 'a method by name');
{
    package Other;
    open(THING, '<', $0) or die;
    THING->told;
    main::is(*{ $got[-1] }, '*Other::THING', 'in another package');
    main::like(THING->getline, qr/^# A handle/, 'and its methods work there');
}
ok(STDOUT->can('flush'), 'can');
is("@IO::File::ISA", 'IO::Handle IO::Seekable Exporter', 'known before IO::File is loaded');
ok(UNIVERSAL::can($_, 'flush'), 'can') for 'STDOUT', *STDOUT, \*STDOUT, *STDOUT{IO};
done_testing;
