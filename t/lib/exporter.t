# Lists, tags, patterns and errors of Exporter.
use strict;
use warnings;
use Test::More;

BEGIN {
    package Mod;
    require Exporter;
    our @ISA = ('Exporter');
    our @EXPORT      = qw(one $scalar);
    our @EXPORT_OK   = qw(two three @array %hash);
    our %EXPORT_TAGS = (nums => [qw(one two three)]);
    our ($scalar, @array, %hash) = ('s');
    @array = (1, 2);
    %hash  = (k => 'v');
    sub one { 1 }
    sub two { 2 }
    sub three { 3 }
    $INC{'Mod.pm'} = __FILE__;
}
{ package P1; Mod->import; main::is(one(), 1); no strict; main::is(${"P1::scalar"}, 's'); main::ok(!defined &two) }
{ package P2; Mod->import(qw(:nums @array %hash)); no strict; main::is(two() + three(), 5); main::is("@{'P2::array'}", '1 2'); main::is(${'P2::hash'}{k}, 'v') }
{ package P3; Mod->import('/^t/', '!two'); main::ok(defined &three); main::ok(!defined &two) }
{ package P4; Mod->import('!one'); main::ok(!defined &one, 'a deletion first means all the others') }
eval { Mod->import('nope') };
like $@, qr/^"nope" is not exported by the Mod module\n.*Can't continue after import errors at /s;
{
    my @w;
    local $SIG{__WARN__} = sub { push @w, @_ };
    eval { Mod->import(':none') };
    like $w[0], qr/^"none" is not defined in %Mod::EXPORT_TAGS at /;
    like $@, qr/^Can't continue after import errors at /;
}
done_testing;
