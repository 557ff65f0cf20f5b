# Subs that take the place of others: what is said, and when (perldiag: %s redefined, Prototype mismatch).
use strict;
use Test::More;
our @said;
BEGIN { $SIG{__WARN__} = sub { push @said, $_[0] =~ s/ at .*//sr } }

sub said_by {
    my ($code) = @_;
    local $^W = $code =~ s/^-w // ? 1 : 0;
    @said = ();
    eval "no strict; $code; 1" or push @said, "died: $@";
    return join '; ', @said;
}

my @cases = (
    ['sub A1 {1} *A1 = sub {2};',                         ''],
    ['-w sub A2 {1} BEGIN { *A2 = sub {2} }',             'Subroutine main::A2 redefined'],
    ['-w sub A3 {1} sub A3 {2}',                          'Subroutine A3 redefined'],
    ['-w sub A4 {1} BEGIN { *B4 = \&A4; *B4 = \&A4 }',    ''],
    ['use constant C1 => 1; BEGIN { *C1 = sub () {2} }',  'Constant subroutine main::C1 redefined'],
    ['use constant C2 => 1; sub C2 () {1}',               ''],
    ['-w use constant C3 => 1; sub C3 () {1}',            'Constant subroutine C3 redefined'],
    ['use constant C4 => 1; sub C4 () {2}',               'Constant subroutine C4 redefined'],
    ['sub C5 () {5} BEGIN { *C5 = sub () {6} }',          'Constant subroutine main::C5 redefined'],
    ['sub C6 () { return 5 } BEGIN { *C6 = sub () {6} }', ''],
    ['use constant C7 => 1; no warnings "redefine"; sub C7 () {2}', ''],
    ['-w use constant C8 => 1; no warnings "severe"; sub C8 () {2}', 'Constant subroutine C8 redefined'],
    ['sub P1($) {} sub P1($$) {}',                        'Prototype mismatch: sub main::P1 ($) vs ($$)'],
    ['sub P2($); sub P2 {}',                              'Prototype mismatch: sub main::P2 ($) vs none'],
    ['sub P3; sub P3($) {}',                              ''],
    ['sub P4($); sub P4($$);',                            'Prototype mismatch: sub P4 ($) vs ($$)'],
    ['sub P5 {1} sub P5($);',                             'Prototype mismatch: sub P5: none vs ($)'],
    ['sub P6($); BEGIN { *P6 = sub ($$) {} }',            'Prototype mismatch: sub main::P6 ($) vs ($$)'],
    ['sub P7($) {} BEGIN { *P7 = sub ($) {} }',           ''],
    ['{ no warnings "prototype"; sub P8($) {} sub P8 {} }', ''],
    ['-w { no warnings "prototype"; sub P9($) {} sub P9 {} }', 'Subroutine P9 redefined'],
);
for (@cases) {
    my ($code, $expected) = @$_;
    is said_by($code), $expected, $code;
}

# A constant is put in place of its name; other subs are looked up when they are called.
{
    no warnings;
    sub Plain () { return 1 }
    use constant Fixed => 1;
    sub plain { Plain }
    sub fixed { Fixed }
    *Plain = sub () {2};
    *Fixed = sub () {2};
    is plain(), 2, 'a sub that says return can be replaced';
    is fixed(), 1, 'a constant was there when the name was read';
}

# Importing the same constants from two modules is no redefinition.
@said = ();
{
    local $^W = 1;
    eval 'package Both; use POSIX; use Fcntl qw(:DEFAULT :seek :mode); 1' or push @said, $@;
    eval 'package Handles; use FileHandle; use Fcntl; 1' or push @said, $@;
}
is "@said", '', 'POSIX, Fcntl and FileHandle agree';

# import and unimport are not missed, AUTOLOAD does not see them.
{
    package Auto;
    our @asked;
    sub AUTOLOAD { push @asked, our $AUTOLOAD; 1 }
    sub DESTROY { }
    package Heir;
    our @ISA = 'Auto';
    sub go { $_[0]->SUPER::import; $_[0]->SUPER::other }
}
Auto->import(1);
Auto->unimport;
my $name = 'import';
Heir->$name;
Heir->Auto::import;
Heir->go;
is "@Auto::asked", 'Heir::SUPER::other', 'AUTOLOAD is not asked for import';

done_testing;
