# Escapes that lack something; files the subs in @INC know by their full name.
use strict;
use warnings;
use Test::More;
BEGIN { open my $first, '<', \'' or die }    # loads what such handles need
for (
    ['"\x{"',   'Missing right brace on \x{}'],
    ['"\x{41"', 'Missing right brace on \x{}'],
    ['"\N{"',   'Missing right brace on \N{}'],
    ['"\N"',    'Missing braces on \N{}'],
    ['"\o{"',   'Missing right brace on \o{}'],
    ['"\o"',    'Missing braces on \o{}'],
    ['"\o{}"',  'Empty \o{}'],
    ['"abc$"',  'Final $ should be \$ or $name'],
  )
{
    my ($code, $wrong) = @$_;
    is(eval $code, undef, $code);
    like($@, qr/^\Q$wrong\E at \(eval \d+\) line 1, within string$/m);
}
is(eval '"\x{}|\x{41}|@"', "\0|A|@", 'these are complete');
local @INC = (sub { my $code = "'known'"; open my $fh, '<', \$code; return $_[1] eq '/no/such/file' ? $fh : () }, @INC);
is(do '/no/such/file', 'known', 'a sub in @INC is asked for a full name');
done_testing;
