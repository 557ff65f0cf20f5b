# AUTOLOAD of UNIVERSAL: it answers for any class, and patterns are dropped without it.
use strict;
use warnings;
use Test::More;

my @called;
sub UNIVERSAL::AUTOLOAD {
    push @called, $UNIVERSAL::AUTOLOAD;
    my $pattern = qr/x/;
    return 'loaded';
}
is No::Such::Class->method, 'loaded', 'a class nobody has heard of';
ok scalar(grep $_ eq 'No::Such::Class::method', @called), '... by its name';
is +(bless [], 'Known')->other, 'loaded';
ok !grep(/^Regexp::DESTROY/, @called), 'patterns end quietly';
done_testing;
