# Properties a program defines (perlunicode "User-Defined Character Properties").
use strict;
use warnings;
use Test::More;

sub IsVowel    { "61\n65\n69 69 # a comment\n6F\n75\n" }
sub IsOther    { "+utf8::Lowercase\n&utf8::ASCII\n-main::IsVowel\n" }
sub IsNotA     { "+main::IsOther\n-62\n" }
sub IsBad      { "zz\n" }
sub IsBack     { "200 100\n" }
sub IsDead     { die "dead\n" }
sub IsOne      { "+main::IsTwo\n" }
sub IsTwo      { "+main::IsOne\n" }
sub My::IsHash { "+nothing of the kind\n" }

is join( '', grep { /\p{IsVowel}/ } 'a' .. 'z' ), 'aeiou', 'ranges';
is join( '', grep { /\p{IsOther}/ } 'a' .. 'f' ), 'bcdf', 'sets combined';
is join( '', grep { /\p{IsNotA}/ } 'a' .. 'f' ),  'cdf',  'a line may take a single character away';

my %message = (
    IsBad        => qr/^Can't find Unicode property definition "zz" in expansion of IsBad in regex; marked by <-- HERE in m\/\\p\{IsBad\} <-- HERE \/ at /,
    IsBack       => qr/^Illegal range in "200 100" in expansion of IsBack in regex; /,
    IsDead       => qr/^Error "dead\n" in expansion of IsDead in regex; /,
    IsOne        => qr/^Infinite recursion in user-defined property "main::IsOne" in expansion of main::IsTwo in expansion of IsOne in regex; /,
    'My::IsHash' => qr/^Can't find Unicode property definition "nothing of the kind" in expansion of My::IsHash in regex; /,
    'Is::foo'    => qr/^Illegal user-defined property name "Is::foo" in regex; /,
    IsNowhere    => qr/^Unknown user-defined property name \\p\{main::IsNowhere\} at /,
);
for my $name ( sort keys %message ) {
    ok !eval { my $is = 'a' =~ /\p{$name}/; 1 }, "$name is none";
    like $@, $message{$name}, '... and says why';
}

my $later = qr/^\p{IsLater}\z/;
ok !eval { my $is = 'b' =~ $later; 1 }, 'a qr// may name what is not there yet';
is $@, "Unknown user-defined property name \\p{main::IsLater} at $0 line ${\(__LINE__ - 1)}.\n", '... but not be used';
eval q{ sub IsLater { "62\n" } };
ok 'b' =~ $later, 'then it is there';
ok 'c' !~ $later, '... and means what the sub says';
ok 'ab' =~ /a$later|b/, 'so within another pattern';
done_testing;
