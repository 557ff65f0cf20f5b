# What %INC holds of modules that a hook in @INC has found (perlfunc require).
use strict;
use warnings;
use Test::More;

my $named = '';
my $hook = sub {
    my ($self, $file) = @_;
    return unless $file =~ /^Hooked/;
    $INC{$file} = "named/$file" if $file =~ /Named/;
    my $text = "our \$file = __FILE__; 1;\n";
    open my $fh, '<', \$text or die;
    return $fh;
};
unshift @INC, $hook;
ok eval { require Hooked; 1 };
is $INC{'Hooked.pm'}, $hook, 'the hook';
like our $file, qr{^/loader/0x[0-9a-f]+/Hooked\.pm$}, '__FILE__ there';
ok eval { require HookedNamed; 1 };
is $INC{'HookedNamed.pm'}, 'named/HookedNamed.pm', 'what the hook has put there';
is $file, 'named/HookedNamed.pm';
done_testing;
