# BEGIN, UNITCHECK, CHECK, INIT, END; use, require, import; strict, vars, our.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
my $r = snippet(
    'print "main "; BEGIN { print "b1 " } END { print "e1 " } INIT { print "i1 " } CHECK { print "c1 " } UNITCHECK { print "u1 " } BEGIN { print "b2 " } END { print "e2 " } INIT { print "i2 " } CHECK { print "c2 " } UNITCHECK { print "u2 " }'
);
is($r->{out}, 'b1 b2 u2 u1 c2 c1 i1 i2 main e2 e1 ', 'the order of the phases');
is( snippet(
        'print ${^GLOBAL_PHASE}, " "; BEGIN { print ${^GLOBAL_PHASE}, " " } INIT { print ${^GLOBAL_PHASE}, " " } END { print ${^GLOBAL_PHASE} }'
    )->{out},
    'START INIT RUN END');
is(snippet('eval q{BEGIN { print "b " } print "e "; END { print "end" }}; print "m "')->{out}, 'b e m end');
is(snippet('END { print "end $?" } exit 3')->{out},                                            'end 3');
is(snippet('END { print "end" } die "x\n"')->{out},                                            'end');
is(snippet('sub f { print "f" } BEGIN { f() if defined &f; print "no" unless defined &g } sub g { }')->{out},
    'fno');
is(snippet('my $x = 1; BEGIN { $x = 5 } print $x')->{out}, 1);
is(snippet('use strict; $y = 1; print "ran"')->{err},
    "Global symbol \"\$y\" requires explicit package name (did you forget to declare \"my \$y\"?) at -e line 1.\nExecution of -e aborted due to compilation errors.\n"
);
is(snippet('use strict; print foo; ')->{err}, '') if 0;
like(snippet('use strict; my $x = foo;')->{err},
    qr/^Bareword "foo" not allowed while "strict subs" in use at -e line 1\.$/m);
like(snippet('use strict; my $n = "x"; $$n = 1')->{err},
    qr/^Can't use string \("x"\) as a SCALAR ref while "strict refs" in use at -e line 1\.$/);
is(snippet('no strict; my $n = "x"; $$n = 5; print $main::x')->{out},                5);
is(snippet('use vars qw($v @w); use strict; $v = 1; @w = (2); print $v, @w')->{out}, 12);
is(snippet('use strict; our $o = 3; { package P; print $o } print $main::o')->{out}, 33);
my $dir = temp_path('inc');
mkdir $dir or die;
sub module { my ($name, $text) = @_; open my $f, '>', "$dir/$name" or die; print $f $text; close $f }
module('Mod.pm',
    'package Mod; our $VERSION = "1.5"; sub import { shift; $main::imported = "@_"; no strict "refs"; *{caller() . "::from_mod"} = sub { "from_mod" } } sub unimport { $main::unimported = "@_[1 .. $#_]" } $main::loaded++; 1;'
);
module('False.pm', 'package False; 0;');
module('Bad.pm',   'package Bad; my $x = ; 1;');
module('Dies.pm',  'die "cannot start\n"');
module('plain.pl', '$main::plain = 7; "last value"');
module('Exp.pm',
    'package Exp; use Exporter "import"; our @EXPORT = "always"; our @EXPORT_OK = qw($sv @av %hv asked); our %EXPORT_TAGS = (all => [@EXPORT, @EXPORT_OK]); our ($sv, @av, %hv) = (5, 6); sub always { "A" } sub asked { "B" } 1;'
);
unshift @INC, $dir;
our ($imported, $unimported, $loaded, $plain);
is(eval 'use Mod qw(a b); 1', 1);
is($imported,                 'a b');
is(from_mod(),                'from_mod');
is($INC{'Mod.pm'},            "$dir/Mod.pm");
eval 'use Mod';
is($imported, '');
is($loaded, 1, 'loaded once');
$imported = 'untouched';
eval 'use Mod ()';
is($imported, 'untouched', 'use M () imports nothing');
eval 'no Mod "x"';
is($unimported,           'x');
is(eval 'use Mod 1.2; 1', 1);
eval 'use Mod 2';
like($@,
    qr/^Mod version 2 required--this is only version 1\.5 at \(eval \d+\) line 1\.\nBEGIN failed--compilation aborted at/
);
ok(!eval { require False; 1 });
like($@, qr/^False\.pm did not return a true value at/);
ok(!eval { require Bad; 1 });
like($@, qr/^syntax error at \Q$dir\E\/Bad\.pm line 1, near "= ;"\nCompilation failed in require at/);
eval { require Bad };
like($@, qr/^Attempt to reload Bad\.pm aborted\.\nCompilation failed in require at/);
eval { require Dies };
is($@,                        "cannot start\nCompilation failed in require at $0 line 70.\n");
is(eval { require "Mod.pm" }, 1);
my $name = 'Mod.pm';
is(require $name,      1);
is(do "$dir/plain.pl", 'last value');
is($plain,             7);
is(do "$dir/nope.pl",  undef);
is($! + 0,             2);
do "$dir/Dies.pm";
is($@, "cannot start\n", 'do FILE puts the error into $@');
eval 'use Exp; 1' or die;
is(main->can('always')->(), 'A');
ok(!main->can('asked'));
eval 'use Exp qw(asked $sv @av)';
is(main->can('asked')->(), 'B');
{ no strict; is($main::sv, 5); is($main::av[0], 6) }
eval 'package T2; use Exp ":all"; package main; 1' or die $@;
is(T2->can('asked')->(), 'B');
eval 'use Exp "nonesuch"';
like($@,
    qr/^"nonesuch" is not exported by the Exp module at \(eval \d+\) line 1\.|Can't continue after import errors/m
);
eval 'package T3; use Exp qw(!always asked); 1' or die $@;
ok(T3->can('asked'));
{
    local @INC = (
        sub {
            my ($self, $file) = @_;
            return unless $file eq 'Hooked.pm';
            my $src = 'package Hooked; sub v { 42 } 1;';
            open my $h, '<', \$src;
            return $h;
        },
        @INC);
    ok(eval { require Hooked });
    is(Hooked::v(), 42, 'a code reference in @INC')
}
eval 'require 5.006; 1' or fail;
eval 'use v7';
like($@, qr/^Perl v7\.0\.0 required--this is only v5\.36\.0, stopped at/);
is($] >= 5.036 ? 1 : 0, 1);
is(sprintf('%vd', $^V), '5.36.0');
is("$^V",               'v5.36.0');
is(eval 'use v5.36; my sub priv ($n) { $n * 2 } priv(4)', 8, 'lexical subs and signatures by version');
eval 'use v5.12; $undeclared_zz = 1';
like($@, qr/^Global symbol/, 'strict by version');
is(eval 'use feature "say"; no feature "say"; 5',                          5);
is(eval 'use constant A => 5; use constant { B => 6, C => 7 }; A + B + C', 18);
{
    package Par;
    sub new { bless {}, shift }
    $INC{'Par.pm'} = 1;
    package Kid;
    use parent -norequire, 'Par';
    main::isa_ok(Kid->new, 'Par')
}
eval 'package Kid2; use base "Par"; 1' or fail $@;
ok(Kid2->isa('Par'));
is(join(',', sort grep { /^(Mod|Exp)\.pm$/ } keys %INC), 'Exp.pm,Mod.pm');
delete $INC{'Mod.pm'};
{ no warnings; require Mod }
is($loaded, 2, 'deleting from %INC loads again');
unlink glob "$dir/*";
rmdir $dir;
is(__FILE__,          $0);
is(caller() // 'top', 'top');
{ package Outer::Inner; main::is(__PACKAGE__, 'Outer::Inner'); our $pv = 1; }
is($Outer::Inner::pv,                                                   1);
is(eval 'local $SIG{__WARN__} = sub { }; use warnings; no warnings; 1', 1);
is((sub { (caller(0))[8] & 0x602 })->(),                                0x602, 'strict hints in caller');
done_testing;
