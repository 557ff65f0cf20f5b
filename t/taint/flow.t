#!perl -T
# How taint spreads through expressions (perlsec).
use strict;
use warnings;
no warnings 'void';
use Test::More;
use Scalar::Util 'tainted';

my $t = substr($^X, 0, 0);
my $zero = do { no warnings 'numeric'; 0 + $t };
my $five = 5 + $zero;
my $text = "ab$t";

sub yes { my ($val, $name) = @_; ok(tainted($val), "$name: tainted") }
sub no_ { my ($val, $name) = @_; ok(!tainted($val), "$name: clean") }

{ my $x = $text; yes($x, 'assignment'); $x = 'y'; no_($x, 'assigned anew') }
{ my $x = 'a'; $x .= $t; yes($x, '.='); }
{ my $x = 1; $x += $zero; yes($x, '+='); is($x, 1, 'its value') }
{ my $x = 1; $x -= $zero; yes($x, '-=') }
{ my $x = 1; $x *= $five; yes($x, '*='); is($x, 5, 'its value') }
{ my $x = 1; $x ||= $five; no_($x, '||= that does not assign') }
{ my $x = 0; $x ||= $five; yes($x, '||=') }
{ my $x = $five; $x++; yes($x, '++'); is($x, 6, 'its value'); my $y = $x++; yes($y, 'the value before'); yes($x, 'and after') }
{ my $x = $five; $x += 1; yes($x, '+= of a tainted number') }
{ my %h = (n => 1); $h{n} += $zero; yes($h{n}, '+= on a hash element'); $h{n}++; yes($h{n}, '++ on one') }
{ my @a = (1); $a[0] .= $t; yes($a[0], '.= on an array element'); $a[0] = 2; no_($a[0], 'assigned anew') }
{ our $g = $text; yes($g, 'a package variable'); $g = 1; no_($g, 'assigned anew') }
{ my $x = 7; my $y = $x + 1; no_($y, 'clean numbers') }

{ my $x = $five + 1; yes($x, '+'); is($x, 6, 'its value') }
{ my $x = 1 + $five; yes($x, '+ from the left') }
{ my $x = $five * 0; yes($x, '* 0') }
{ my $x = $five / 2; yes($x, '/'); is($x, 2.5, 'its value') }
{ my $x = $five % 3; yes($x, '%') }
{ my $x = $five ** 2; yes($x, '**'); is($x, 25, 'its value') }
{ my $x = -$five; yes($x, 'unary minus') }
{ my $x = $five & 4; yes($x, '&') }
{ my $x = 'x' | "y$t"; yes($x, '| of strings') }
{ no warnings; my $x = ~$text; yes($x, '~') }
{ my $x = $five << 1; yes($x, '<<') }
{ my $x = $five <=> 3; yes($x, '<=>') }
{ my $x = $text cmp 'x'; yes($x, 'cmp') }
{ my $x = int($five + .5); yes($x, 'int') }
{ my $x = abs($five); yes($x, 'abs') }
{ my $x = $five == 5; no_($x, '==') }
{ my $x = $text eq 'ab'; no_($x, 'eq') }
{ my $x = !$five; no_($x, '!') }
{ my $x = $text x 2; yes($x, 'x'); is($x, 'abab', 'its value') }
{ my $x = "<$text>"; yes($x, 'interpolation'); is($x, '<ab>', 'its value') }
{ my $x = "<$five>"; yes($x, 'interpolation of a number'); is($x, '<5>', 'its value') }

{ my $x = $five ? 1 : 2; no_($x, '?:') }
{ my $x = $five ? $text : 2; yes($x, '?: with a tainted value') }
{ my $x = $five && 'y'; no_($x, '&&') }
{ my $x = 'y' && $text; yes($x, '&& with a tainted value') }

{ my $x = length $text; yes($x, 'length'); is($x, 2, 'its value') }
{ my $x = index('xab', $text); yes($x, 'index') }
{ my $x = substr($text, 0, 1); yes($x, 'substr') }
{ my $x = substr('abc', $zero, 1); yes($x, 'substr with a tainted offset') }
{ my $x = 'abc'; substr($x, 1, 1) = $text; yes($x, 'substr as an lvalue') }
{ my $x = 'abc'; substr($x, 1, 1, $text); yes($x, 'substr with four arguments') }
{ my $x = uc $text; yes($x, 'uc') }
{ my $x = lcfirst $text; yes($x, 'lcfirst') }
{ my $x = "\U$text"; yes($x, '\U') }
{ my $x = reverse $text; yes($x, 'reverse') }
{ my $x = join '-', 'a', $text; yes($x, 'join') }
{ my $x = join $t, 'a', 'b'; yes($x, 'join with a tainted separator') }
{ my $x = sprintf '%s', $text; yes($x, 'sprintf') }
{ my $x = sprintf '%d', $five; yes($x, 'sprintf of a number') }
{ no warnings; my $x = sprintf '%s', 'a', $text; no_($x, 'sprintf: an argument that is not used') }
{ my $x = pack 'A2', $text; yes($x, 'pack') }
{ my @x = unpack 'A1 A1', $text; yes($x[0], 'unpack'); yes($x[1], 'all of it') }
{ my @x = split //, $text; yes($x[0], 'split'); is("@x", 'a b', 'its values') }
{ my ($x, $y) = split /,/, "1,2$t"; yes($y, 'split to variables') }
{ my $x = ord $text; yes($x, 'ord') }
{ my $x = hex "1f$t"; yes($x, 'hex'); is($x, 31, 'its value') }
{ my $x = lc(sprintf('%s', $text)) . 'x'; yes($x, 'one in another') }
{ my @t = localtime(1 + $zero); yes($t[0], 'localtime') }
{ my $x = rand(1 + $zero); yes($x, 'rand') }
{ my $x = $text; chop $x; yes($x, 'chop') }
{ my $x = "ab\n$t"; chomp $x; yes($x, 'chomp') }
{ (my $x = $text) =~ tr/a/b/; yes($x, 'tr'); is($x, 'bb', 'its value') }
{ my $x = $text =~ tr/a/b/r; yes($x, 'tr///r') }
{ my $x = -s __FILE__ . $t; yes($x, '-s of a tainted name') }

{ my @x = ('a', $text, 'b'); is(join('', map { tainted($_) } @x), '010', 'each item of a list has its own') }
{ my ($x, $y) = ($text, 'a'); yes($x, 'list assignment'); no_($y, 'the next') }
{ my @x = map { "$_" } 'a', $text; is(join('', map { tainted($_) } @x), '01', 'map') }
{ my @x = grep { 1 } 'a', $text; is(join('', map { tainted($_) } @x), '01', 'grep') }
{ my @x = sort 'b', $text; is(join('', map { tainted($_) } @x), '10', 'sort') }
{ my @x = reverse 'b', $text; is(join('', map { tainted($_) } @x), '10', 'reverse of a list') }
{ my @x = ('a', $text); my $n = @x; no_($n, 'the number of elements'); my $y = shift @x; no_($y, 'shift'); $y = pop @x; yes($y, 'pop') }
{ my @x = (1, $text, 2); my @y = splice @x, 0, 2; is(join('', map { tainted($_) } @y), '01', 'splice') }
{ my %h = (a => $text, b => 1); yes($h{a}, 'a value of a hash'); no_($h{b}, 'another'); my @v = @h{qw(a b)}; yes($v[0], 'a slice'); no_($v[1], 'its other') }
{ my %h = ($text => 1); my ($k) = keys %h; no_($k, 'keys'); my ($e) = each %h; no_($e, 'each'); my $x = $h{ab}; no_($x, 'a value under a tainted key') }
{ my %h = (k => $text); my $x = delete $h{k}; yes($x, 'delete') }
{ my $x = [$text, 1]; yes($x->[0], 'an anonymous array'); no_($x->[1], 'its other element'); no_($x, 'the reference') }
{ my $x = \$text; no_($x, 'a reference'); yes($$x, 'what it refers to') }
{ my $x = $text; my $f = sub { $_[0] }; yes($f->($x), 'an argument'); no_($f->('x'), 'another one') }
{ my $f = sub { ('a', $text) }; my @x = $f->(); is(join('', map { tainted($_) } @x), '01', 'results') }
{ local $_ = $text; yes($_, 'local $_') }
{ my $x = do { $text }; yes($x, 'do') }
{ my $x = eval { $text }; yes($x, 'eval') }
{ my $x = eval '$text'; yes($x, 'eval STRING') }
{ my ($x) = @{[map { $_ } $text]}; yes($x, 'through a list') }
{ for my $x ($text) { yes($x, 'foreach') } }
{ my $x = "a"; $x = $x . $t for 1 .. 2; yes($x, 'in a loop') }
{ use constant TEXT => substr($^X, 0, 1); yes(TEXT, 'a constant') }
{ my $x = (sub { wantarray })->(); no_($x, 'wantarray') }
{ my $x = ref(\$text); no_($x, 'ref of a reference') }
{ require List::Util; my $x = List::Util::sum(1, $five); yes($x, 'List::Util::sum'); my $y = List::Util::first(sub { 1 }, $text); yes($y, 'List::Util::first'); my @z = List::Util::uniq('x', $text); is(join('', map { tainted($_) } @z), '01', 'List::Util::uniq') }
{ my @x = split /,$t/, 'a,b'; yes($x[0], 'split by a tainted pattern') }
{ my $x = Scalar::Util::dualvar(3, $text); my $y = $x + 5; is($y, 8, 'a tainted dualvar counts') }
{ is($five, 5, 'a tainted number is what it is'); is("$five", '5', 'as a string'); ok($five == 5.0, 'compared'); my @a = (0 .. 9); is($a[$five], 5, 'as an index') }
{ my $x = 1.5 + $zero; is($x * 2, 3, 'a tainted double'); is(int $x, 1, 'cut') }
{ use utf8; my $x = "ä\x{263a}$t"; yes($x, 'with wide characters'); is(length $x, 2, 'its length'); my %h = ($x => 1); no_((keys %h)[0], 'as a key') }

done_testing;
