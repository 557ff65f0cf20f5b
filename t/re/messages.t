# What is wrong with a pattern is said in perl's words, with the place marked (perldiag).
use strict;
use warnings;
no warnings 'experimental';
use Test::More;

my @errors = (
    '('            => 'Unmatched ( in regex; marked by <-- HERE in m/( <-- HERE /',
    'a)b'          => 'Unmatched ) in regex; marked by <-- HERE in m/a) <-- HERE b/',
    'x[a'          => 'Unmatched [ in regex; marked by <-- HERE in m/x[ <-- HERE a/',
    'a**'          => 'Nested quantifiers in regex; marked by <-- HERE in m/a** <-- HERE /',
    '*a'           => 'Quantifier follows nothing in regex; marked by <-- HERE in m/* <-- HERE a/',
    'a{2}{3}'      => 'Nested quantifiers in regex; marked by <-- HERE in m/a{2}{ <-- HERE 3}/',
    'a{70000}'     => 'Quantifier in {,} bigger than 65534 in regex; marked by <-- HERE in m/a{70000 <-- HERE }/',
    '[z-a]'        => 'Invalid [] range "z-a" in regex; marked by <-- HERE in m/[z-a <-- HERE ]/',
    '[[:foo:]]'    => 'POSIX class [:foo:] unknown in regex; marked by <-- HERE in m/[[:foo:] <-- HERE ]/',
    '(?z)'         => 'Sequence (?z...) not recognized in regex; marked by <-- HERE in m/(?z <-- HERE )/',
    '(?<1>a)'      => 'Group name must start with a non-digit word character in regex; marked by <-- HERE in m/(?<1 <-- HERE >a)/',
    '\2(a)'        => 'Reference to nonexistent group in regex; marked by <-- HERE in m/\2 <-- HERE (a)/',
    '\k<n>'        => 'Reference to nonexistent named group in regex; marked by <-- HERE in m/\k<n <-- HERE >/',
    '(?(1)a|b|c)'  => 'Switch (?(condition)... contains too many branches in regex; marked by <-- HERE in m/(?(1)a|b| <-- HERE c)/',
    '(?<=a*)b'     => 'Lookbehind longer than 255 not implemented in regex m/(?<=a*)b/',
    '\p{NoSuch}'   => q{Can't find Unicode property definition "NoSuch" in regex; marked by <-- HERE in m/\p{NoSuch} <-- HERE /},
    '(*NO)'        => q{Unknown verb pattern 'NO' in regex; marked by <-- HERE in m/(*NO) <-- HERE /},
    '(?{ 1 })'     => q{Eval-group not allowed at runtime, use re 'eval' in regex m/(?{ 1 })/},
    "a\\"          => 'Trailing \ in regex m/a\/',
);
while (my ($pattern, $message) = splice @errors, 0, 2) {
    eval { 'x' =~ /$pattern/ };
    (my $got = $@) =~ s/ at \S+ line \d+\.\n\z//;
    is($got, $message, $pattern);
}

my @warnings = (
    'a{x'       => [],
    'ab{x'      => ['Unescaped left brace in regex is passed through in regex; marked by <-- HERE in m/ab{ <-- HERE x/'],
    '[:alpha:]' => ['POSIX syntax [: :] belongs inside character classes in regex; marked by <-- HERE in m/[:alpha:] <-- HERE /'],
    '[a-\d]'    => ['False [] range "a-\d" in regex; marked by <-- HERE in m/[a-\d <-- HERE ]/'],
    'a{2,1}'    => [q{Quantifier {n,m} with n > m can't match in regex; marked by <-- HERE in m/a{2,1} <-- HERE /}],
    '(?=a)*'    => ['(?=a)* matches null string many times in regex; marked by <-- HERE in m/(?=a)* <-- HERE /'],
    '\y'        => ['Unrecognized escape \y passed through in regex; marked by <-- HERE in m/\y <-- HERE /'],
);
$warnings[1] = ['Unescaped left brace in regex is passed through in regex; marked by <-- HERE in m/a{ <-- HERE x/'];
while (my ($pattern, $expected) = splice @warnings, 0, 2) {
    my @got;
    local $SIG{__WARN__} = sub { push @got, $_[0] =~ s/ at \S+ line \d+\.\n\z//r };
    my $compiled = qr/$pattern/;
    is_deeply(\@got, $expected, "warnings of $pattern");
}

done_testing;
