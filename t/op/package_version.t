# `package NAME VERSION` sets $VERSION when it is read, and takes strict versions only.
use strict;
use warnings;
use Test::More;
BEGIN { ok(!defined $Early::VERSION, 'not before') }
package Early 1.50;
BEGIN { main::is("$Early::VERSION", '1.50', 'while compiling'); main::is(ref $Early::VERSION, 'version', 'an object') }
package Dotted v1.2.3 { main::is("$Dotted::VERSION", 'v1.2.3', 'with a block') }
package main;
is(Early->VERSION, '1.50', 'VERSION');
ok(!eval { Dotted->VERSION('v1.3.0'); 1 }, 'too old');
ok(eval { Dotted->VERSION('v1.2.0'); 1 }, 'new enough');
for (
    ['1.2_3', 'no underscores'],
    ['1.2.3', "dotted-decimal versions must begin with 'v'"],
    ['v1.2',  'dotted-decimal versions require at least three parts'],
    ['01.2',  'no leading zeros'],
    ['1.',    'fractional part required'],
    ['.5',    '0 before decimal required'],
  )
{
    my ($version, $wrong) = @$_;
    ok(!eval "package Wrong $version; 1", $version);
    like($@, qr/^Invalid version format \(\Q$wrong\E\) at .* line 1, near "package Wrong "/, 'message');
}
done_testing;
