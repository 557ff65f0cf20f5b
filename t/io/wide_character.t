# A character above 255 on a handle of bytes is told of unless somebody said not to (perldiag "Wide character in %s").
use Test::More;

my @warned;
local $SIG{__WARN__} = sub { push @warned, @_ };
open my $fh, '>', \my $out or die;
print $fh "\x{263a}";
like shift @warned, qr/^Wide character in print at /, 'without a pragma';
printf $fh '%s', "\x{263a}";
like shift @warned, qr/^Wide character in printf at /;
{ no warnings; print $fh "\x{263a}" }
{ no warnings 'utf8'; print $fh "\x{263a}" }
is scalar(@warned), 0, 'not where it is off';
print $fh "\t\r\\\"\$\@ plain\n";
is substr($out, -13), qq{\x09\x0d\x5c\x22\x24\x40 plain\x0a}, 'everyday escapes';
done_testing;
