#!perl -T
# Captures are clean, and when they are not (perlsec "Laundering and Detecting Tainted Data").
use strict;
use warnings;
use Test::More;
use Scalar::Util 'tainted';

my $t = substr($^X, 0, 0);
my $text = "abc$t";
sub yes { my ($val, $name) = @_; ok(tainted($val), "$name: tainted") }
sub no_ { my ($val, $name) = @_; ok(!tainted($val), "$name: clean") }

ok($text =~ /(b)(c)/, 'match');
no_($1, '$1'); no_($2, '$2'); no_($&, '$&'); no_($`, '$`'); no_($+, '$+'); no_($', '$\'');
yes($text, 'the string');
{ my ($x, $y) = $text =~ /(a)(b)/; no_($x, 'captures in list context'); no_($y, 'all of them') }
{ my @x = $text =~ /./g; is(join('', map { tainted($_) } @x), '000', 'all matches') }
{ my $n = () = $text =~ /./g; no_($n, 'their number') }
{ my $r = $text =~ /b/; no_($r, 'success') }
{ while ($text =~ /(.)/g) { no_($1, "\$1 of //g ($1)") } }
{ $text =~ /(?<name>b)/; no_($+{name}, 'a named capture') }
{ if (my ($x) = $text =~ /^([a-z]+)$/) { no_($x, 'the idiom'); is($x, 'abc', 'its value') } }

{ 'abc' =~ /$t(b)/; yes($1, '$1 of a tainted pattern') }
{ my ($x) = 'abc' =~ /$t(b)/; yes($x, 'a capture of one in list context') }
{ my $r = qr/(b)$t/; yes("$r", 'qr// of something tainted'); 'abc' =~ $r; yes($1, '$1 of it'); 'abc' =~ /a$r/; yes($1, '$1 of a pattern that holds it') }
{ my $r = qr/(b)/; no_("$r", 'qr//'); $text =~ $r; no_($1, '$1 of it') }
{ my $f = sub { $_[0] =~ /(.*)/ or die; $1 }; no_($f->($text), 'a pattern'); no_($f->('x'), 'again') }
{ my $f = sub { 'x' =~ /$_[0](.*)/ or die; $1 }; yes($f->($t), 'a tainted pattern'); no_($f->('.'), 'it does not stick') }

{
    use re 'taint';
    my ($x) = $text =~ /(b)/;
    yes($x, q{under use re 'taint'}); yes($1, '$1');
    my ($y) = 'abc' =~ /(b)/;
    no_($y, 'a clean string is clean');
    { no re 'taint'; my ($x) = $text =~ /(b)/; no_($x, q{no re 'taint'}) }
}

{ my $s = $text; my $n = $s =~ s/b/x/; yes($s, 's///'); no_($n, 'its result'); is($s, 'axc', 'its text') }
{ my $s = $text; my $n = $s =~ s/./x/g; yes($s, 's///g'); yes($n, 'its number'); is($n, 3, 'which is') }
{ my $s = 'abc'; $s =~ s/b/$t/; yes($s, 's/// with a tainted replacement'); is($s, 'ac', 'its text') }
{ my $s = 'abc'; $s =~ s/(b)/<$1$t>/; yes($s, 'with a part of one'); is($s, 'a<b>c', 'its text'); no_($1, '$1') }
{ my $s = 'abc'; $s =~ s/b$t/x/; yes($s, 'with a tainted pattern') }
{ my $s = 'abc'; $s =~ s/x/$t/; no_($s, 'that does not match') }
{ my $s = 'abc'; my $r = $s =~ s/b/$t/r; yes($r, 's///r'); no_($s, 'its target') }
{ my $r = $text =~ s/b/x/r; yes($r, 's///r of a tainted string') }
{ my $s = 'abc'; $s =~ s/(.)/uc($1) . $t/ge; yes($s, 's///ge'); is($s, 'ABC', 'its text') }
{ my $s = 'abc'; $s =~ s/(.)/uc $1/ge; no_($s, 's///ge of clean things') }
{ my $s = $text; $s =~ s/(.)/no_($1, '$1 in the replacement'); 'x'/e; yes($s, 's///e') }

{ my %h = map { $_ => 1 } $text; my ($k) = keys %h; no_($k, 'a hash key'); is($k, 'abc', 'it is the same') }
{ local $_ = $text; /(b)/; no_($1, '$1 of $_') }
{ my $x = $text; ($x) = $x =~ /(.*)/; no_($x, 'a variable cleaned in place'); unlink "/nonexistent/$x"; pass('and used') }
{ my ($x) = $text =~ /(.*)/s ? $1 : die; no_($x, 'with ?:') }
{ my $x = $text; $x = $1 if $x =~ /^(\w+)$/; no_($x, 'with a modifier') }

{
    use re 'eval';
    my $code = "(?{ 1 })$t";
    ok(!eval { 'a' =~ /$code/; 1 }, 'code in a tainted pattern');
    like($@, qr/^Eval-group in insecure regular expression at /, 'is refused');
    sub IsFirst { sprintf '%02x', ord 'A' }
    my $name = 'IsFirst';
    ok('A' =~ /\p{$name}/, 'a property of the program');
    $name .= $t;
    ok(!eval { 'A' =~ /\p{$name}/; 1 }, 'whose name is tainted');
    like($@, qr/^Insecure user-defined property "IsFirst" in regex; marked by <-- HERE in /, 'is refused');
}

done_testing;
