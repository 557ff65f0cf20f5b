# %^H: pragmas of a program's own (perlpragma).
use strict;
use warnings;
use Test::More;
sub seen { my $h = (caller(0))[10]; return $h ? join ',', map "$_=$h->{$_}", sort grep !/^feature/, keys %$h : 'none' }
is(seen(), 'none');
{
    BEGIN { $^H |= 0x20000; $^H{x} = 1 }
    is(seen(), 'x=1', 'in force');
    {
        BEGIN { $^H{y} = 2 }
        is(seen(), 'x=1,y=2', 'in a block');
        BEGIN { delete $^H{x} }
        is(seen(), 'y=2', 'taken back');
    }
    is(seen(), 'x=1', 'behind the block');
    is(eval 'seen()', 'x=1', 'in an eval');
    is(eval 'BEGIN { $^H{z} = 3 } seen()', 'x=1,z=3', 'the eval has its own');
    is(seen(), 'x=1', 'behind the eval');
    BEGIN { require Text::Wrap }
    is(seen(), 'x=1', 'a required file does not see or change it');
}
is(seen(), 'none', 'behind it all');
BEGIN {
    package My::Integer;
    $INC{'My/Integer.pm'} = __FILE__;
    sub import { $^H{myint} = 1 }
    sub unimport { $^H{myint} = 0 }
    sub in_effect { my $h = (caller(0))[10]; return $h->{myint} }
}
{
    use My::Integer;
    ok(My::Integer::in_effect());
    { no My::Integer; ok(!My::Integer::in_effect()) }
    ok(My::Integer::in_effect());
}
ok(!My::Integer::in_effect());
{
    BEGIN { require overload; overload::constant(integer => sub { my ($text, $value) = @_; return "<$text>" }) }
    is(42, '<42>', 'integers taken over');
    is(eval '43', '<43>', 'in an eval too');
    is(0x10, '16', 'other kinds are not');
    BEGIN { overload::constant(binary => sub { my ($text) = @_; return "b$text" }) }
    is(0x10, 'b0x10');
    BEGIN { overload::remove_constant(integer => 0, binary => 0) }
    is(44, 44);
}
{
    my $v = 'v';
    BEGIN { overload::constant(q => sub { my ($text, $value, $mode) = @_; return "[$mode:$value]" }) }
    my @got = ('a', "b", "c${v}d");
    BEGIN { overload::remove_constant(q => 0) }
    is("@got", '[q:a] [q:b] [qq:c]v[qq:d]', 'strings and their pieces');
}
{
    BEGIN { overload::constant(qr => sub { my ($text, $value) = @_; return $text =~ s/~/a/gr }) }
    like('xay', qr/x~y/, 'pieces of patterns');
    BEGIN { overload::remove_constant(qr => 0) }
}
done_testing;
