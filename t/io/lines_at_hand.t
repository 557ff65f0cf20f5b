# print and readline where the buffer has all they need, beside the cases where it has not.
use strict;
use warnings;
use Test::More;
use File::Temp 'tempdir';

my $dir  = tempdir(CLEANUP => 1);
my $file = "$dir/lines";

sub text { open my $in, '<:raw', $file or die; local $/; scalar <$in> }
sub put { open my $out, '>:raw', $file or die; print $out @_; close $out or die }

# ---- the string of the line before lends its memory, and nobody else sees that
put(map { "line $_\n" } 1 .. 3);
{
    open my $in, '<', $file or die;
    my (@kept, $line, @refs);
    while ($line = <$in>) { push @kept, $line; push @refs, \$kept[-1] }
    is_deeply \@kept, [ "line 1\n", "line 2\n", "line 3\n" ], 'lines kept elsewhere stay';
    is ${ $refs[0] }, "line 1\n", '... through references, too';
    seek $in, 0, 0;
    my @long = ("x" x 100);
    $_ = $long[0];
    @kept = ();
    while (<$in>) { push @kept, $_; chomp; push @kept, $_ }
    is_deeply \@kept, [ map { ("line $_\n", "line $_") } 1 .. 3 ], '$_ copied before and after chomp';
    is $long[0], "x" x 100, 'what was copied to $_ before is as it was';
    is $_, undef, '$_ is undefined at the end';
}

# ---- variables that are more than a place
{
    open my $in, '<', $file or die;
    ok !eval { for (1) { while (<$in>) { last } } 1 }, 'a read-only $_';
    like $@, qr/^Modification of a read-only value attempted at /, '... cannot take a line';
    my $text = "a\n";
    $text =~ /a/g;
    seek $in, 0, 0;
    $text = <$in>;
    is pos $text, undef, 'a line ends pos';
    my $len = 0;
    seek $in, 0, 0;
    for my $x ($text) { while ($x = <$in>) { $len += length $x } }
    is $len, 21, 'an alias as the target';
    seek $in, 0, 0;
    my %h;
    $h{a} = <$in>;
    my @a = (1, 2);
    $a[1] = <$in>;
    is "$h{a}$a[1]", "line 1\nline 2\n", 'elements as targets';
    {
        package Counted;
        my $stored = 0;
        sub TIESCALAR { bless [], shift }
        sub FETCH { 'tied' }
        sub STORE { $stored++ }
        tie my $tied, 'Counted';
        seek $in, 0, 0;
        $tied = <$in>;
        main::is($stored, 1, 'a tied variable is told');
    }
    my $object = bless [], 'Gone';
    my $gone   = 0;
    no warnings 'once';
    *Gone::DESTROY = sub { $gone++ };
    seek $in, 0, 0;
    $object = <$in>;
    is $gone, 1, 'an object that a line replaces is destroyed at once';
}

# ---- $. and the handle it speaks of
{
    open my $a, '<', $file or die;
    open my $b, '<', $file or die;
    my $l = <$a>;
    $l = <$a>;
    is $., 2, '$. counts';
    $l = <$b>;
    is $., 1, '... of the handle read last';
    $l = <$a>;
    is $., 3, '... and again of the first';
    undef $a;
    $l = <$b>;
    is $., 2, '... when the other is gone';
}

# ---- separators
{
    put "a:b:c\n\n\nd\n";
    open my $in, '<', $file or die;
    local $/ = ':';
    my $l = <$in>;
    is $l, 'a:', 'another character';
    chomp $l;
    is $l, 'a', '... is what chomp takes';
    $/ = '';
    $l = <$in>;
    is $l, "b:c\n\n", 'paragraph mode';
    $/ = \1;
    $l = <$in>;
    is $l, "d", 'records';
    $/ = undef;
    $l = <$in>;
    is $l, "\n", 'the rest';
    seek $in, 0, 0;
    $/ = "\xE9";
    $l = <$in>;
    is length $l, 10, 'a separator that does not come';
}

# ---- encodings
{
    put "caf\xC3\xA9\n\xE2\x98\xBA\n", "plain\n";
    open my $in, '<:encoding(UTF-8)', $file or die;
    my $l = <$in>;
    is length $l, 5, 'characters of a decoded handle';
    $l = <$in>;
    is $l, "\x{263A}\n", '... in the memory of the last line';
    $l = <$in>;
    is $l, "plain\n", '... and ASCII';
    binmode $in;
    seek $in, 0, 0;
    $l = <$in>;
    is length $l, 6, 'bytes into what held characters';
    open my $out, '>', $file or die;
    my @warned;
    local $SIG{__WARN__} = sub { push @warned, @_ };
    my ($latin, $wide, $upgraded) = ("\xE9", "\x{263A}", "\xE9");
    utf8::upgrade($upgraded);
    print $out $latin, $upgraded, 7, -7, "\n";
    print $out "$latin$upgraded", "\n";
    print $out "$latin$wide", "\n";
    close $out;
    is text(), "\xE9\xE97-7\n\xE9\xE9\n\xC3\xA9\xE2\x98\xBA\n", 'bytes, upgraded bytes, wide characters';
    like "@warned", qr/^Wide character in print at [^\n]+\n\z/, '... the last with a warning';
    open $out, '>:utf8', $file or die;
    print $out $latin, $wide, "-$latin$wide$latin", "a", 1, "\n";
    close $out;
    is text(), "\xC3\xA9\xE2\x98\xBA-\xC3\xA9\xE2\x98\xBA\xC3\xA9a1\n", 'a handle of characters';
}

# ---- print
{
    use feature 'say';
    open my $out, '>', $file or die;
    my $n = 9223372036854775807;
    my $m = -$n - 1;
    is print($out "a", $n, $m, "b"), 1, 'print gives 1';
    { local $, = '-'; local $\ = "!\n"; print $out 1, 2; say $out 3, 4; }
    say $out 5, 6;
    say $out "$n";
    say $out "";
    is print({$out} 7), 1, '... with a block';
    print $out 1.5, undef // 'u', !!1, [] ? 'ref' : '';
    close $out;
    my $warned = '';
    { local $SIG{__WARN__} = sub { $warned .= shift }; ok !print($out "x"), 'print to a closed handle fails'; }
    like $warned, qr/^print\(\) on closed filehandle \$out at /, '... with a warning';
    is text(), "a${n}${m}b1-2!\n3-4\n56\n$n\n\n71.5u1ref", 'and what was printed';
}
{
    open my $out, '>', $file or die;
    my $old = select $out;
    $| = 1;
    print "at once";
    is text(), 'at once', '$| writes every print';
    $| = 0;
    print 'x' x 5000;
    print 'y' x 5000;
    my $piece = 'z' x 3000;
    print $piece for 1 .. 10;
    select $old;
    close $out;
    is text(), 'at once' . 'x' x 5000 . 'y' x 5000 . 'z' x 30000, 'more than a buffer';
    open my $both, '+<', $file or die;
    my $got = '';
    read $both, $got, 7;
    seek $both, 0, 1;
    print $both '!', 1;
    seek $both, 0, 0;
    read $both, $got, 10;
    is $got, 'at once!1x', 'reading and writing in turn';
}
{
    package Shout;
    our @said;
    sub TIEHANDLE { bless [], shift }
    sub PRINT { shift; push @said, "@_"; 1 }
    sub READLINE { 'read' }
    package main;
    open my $fh, '<', $file or die;
    my $l = <$fh>;
    tie *$fh, 'Shout';
    print $fh 'a', 1;
    is "@Shout::said", 'a 1', 'a tied handle is asked to print';
    $l = <$fh>;
    is $l, 'read', '... and to read';
}
{
    package Named;
    use overload '""' => sub { 'named' }, '.' => sub { 'joined' }, '<>' => sub { 'iterated' };
    package main;
    my $o = bless [], 'Named';
    is "a$o", 'joined', 'interpolated objects join';
    open my $out, '>', $file or die;
    print $out 'x', $o;
    close $out;
    is text(), 'xnamed', 'printed objects are strings';
    my $l = <$o>;
    is $l, 'iterated', '<$object> asks it';
}
done_testing;
