# keshi-only: perl goes by the name it was started under
# A script whose #! line names this very binary, under a name that tells nothing.
use strict;
use warnings;
use Test::More tests => 2;

my $dir = "/tmp/another-name-$$";
mkdir $dir or die $!;
symlink $^X, "$dir/other" or die $!;
open my $out, '>', "$dir/script" or die $!;
print {$out} "#!$dir/other\nprint qq(ran \@ARGV\\n);\n";
close $out;
chmod 0755, "$dir/script";
is `$dir/script 1 2`, "ran 1 2\n", 'run by the system';
is `$dir/other $dir/script 3`, "ran 3\n", '... and by name';
unlink "$dir/other", "$dir/script";
rmdir $dir;
