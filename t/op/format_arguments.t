# Arguments of formats that are more than a list on a line (perlform).
use strict;
use warnings;
use Test::More;

sub written { my ($name) = @_; open my $fh, '>', \my $out or die; my $old = select $fh; no strict 'refs'; $~ = $name; write; select $old; close $fh; $out }

our ($x, $n) = ('text', 0);
format LINES =
@<<<<<<<<<<<<<<<<<<<<<< @<<
"a string over
two lines: ${\ $x}",     'b'
.
is written('LINES'), "a string over           b\n", 'a string that goes over lines';

format PRAGMA =
@<<<
no strict; $n + 2;
.
is written('PRAGMA'), "2\n", 'a pragma among them';

our $long = 'one two three';
format CHOPPED =
^<<<<<~~
$long;
.
is written('CHOPPED'), "one\ntwo\nthree\n", 'a variable that is cut, with a semicolon';

my @warned;
local $SIG{__WARN__} = sub { push @warned, @_ };
eval "format PRAGMA =\nnew\n.\n1" or die;
like "@warned", qr/^Format PRAGMA redefined at \(eval \d+\) line \d+\.$/;
is written('PRAGMA'), "new\n";
done_testing;
