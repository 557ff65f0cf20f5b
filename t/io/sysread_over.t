# sysread puts what it reads into the memory its variable has, where nobody else sees that.
use strict;
use warnings;
use Test::More;

pipe my $r, my $w or die;
sub give { syswrite $w, $_[0] }

my $text = 'a longer text that was there before';
my $copy = $text;
give('one');
is sysread($r, $text, 100), 3, 'the count';
is $text, 'one', 'a shorter text';
is $copy, 'a longer text that was there before', 'a copy of what was there stays';
my @kept;
for my $n (1 .. 3) { give("text $n"); sysread $r, $text, 100; push @kept, $text; $_ .= '.' for @kept }
is "@kept", 'text 1... text 2.. text 3.', 'copies made between';
give('x' x 1000);
is sysread($r, $text, 500), 500, 'a longer one';
is sysread($r, $text, 1000), 500, '... and the rest';
is length $text, 500;
$text = "\x{263A}wide";
give("\xE2\x98\xBA");
sysread $r, $text, 3;
is length $text, 3, 'bytes into what held characters';
$text = 'aXb';
$text =~ /X/g;
give('aXb');
sysread $r, $text, 3;
is pos $text, undef, 'pos is gone';
my ($undef, %h, @a);
give('abcdef');
is sysread($r, $undef, 1) . sysread($r, $h{x}, 2) . sysread($r, $a[3], 3), '123', 'what was not there';
is "$undef$h{x}$a[3]", 'abcdef';
give('abc');
is sysread($r, $text, 0), 0, 'nothing asked';
is $text, '', '... empties the variable';
is sysread($r, $text, 2, 3), 2, 'an offset beyond the end';
is $text, "\0\0\0ab", '... pads';
is sysread($r, $text, 1, -1), 1, 'an offset from the end';
is $text, "\0\0\0ac";
{
    package Buffer;
    my @log;
    sub TIESCALAR { bless [] }
    sub FETCH { push @log, 'fetch'; 'old' }
    sub STORE { push @log, "store $_[1]" }
    tie my $tied, 'Buffer';
    main::give('new');
    sysread $r, $tied, 3;
    main::is($log[-1], 'store new', 'a tied buffer is told');
}
ok !eval { sysread $r, ${\"constant"}, 3; 1 }, 'a constant';
like $@, qr/^Modification of a read-only value attempted/, '... is not written to';
# blocks, which are read where they stay
@kept = ();
for my $n (1 .. 3) {
    give($n x 20_000);
    is sysread($r, $text, 30_000), 20_000, "block $n";
    push @kept, $text;
    substr($text, 0, 1) = '-';
}
is join(' ', map { length . substr $_, 0, 2 } @kept), '2000011 2000022 2000033', 'copies of blocks stay';
give('short');
is sysread($r, $text, 30_000), 5, 'few bytes where many were asked for';
is $text, 'short';
give("\xFFend");
is sysread($r, $text, 30_000, 5), 4, 'behind what is there';
is $text, "short\xFFend";
give('y' x 10_000);
is sysread($r, my $fresh, 10_000), 10_000, 'into a new variable';
is $fresh, 'y' x 10_000;
is syswrite($w, $fresh, 5, 9_990), 5, 'a part of a block';
is syswrite($w, 'abcdef', 10, 4), 2, 'no more than there is';
is syswrite($w, 'abcdef', 2, -3), 2, 'from the end';
is sysread($r, $text, 10_000), 9;
is $text, 'yyyyyefde';

close $w;
$text = 'kept';
is sysread($r, $text, 10), 0, 'at the end';
is $text, '', '... the variable is empty';
$text = 'kept';
opendir my $dir, '.' or die;
open my $fh, '<', '.' or die;
is sysread($fh, $text, 10), undef, 'a failing call';
ok $!{EISDIR}, '... says why';
close $fh;
{
    no warnings;
    is sysread($fh, $text, 10), undef, 'a closed handle';
    is syswrite($fh, $text), undef;
}
{
    package Handle;
    my @got;
    sub TIEHANDLE { bless [] }
    sub READ { shift; $_[0] = 'read'; push @got, "READ $_[1] " . ($_[2] // '-'); 4 }
    sub WRITE { shift; push @got, join ' ', 'WRITE', map { $_ // '-' } @_; 2 }
    tie *T, 'Handle';
    main::is(sysread(T, my $b, 5), 4, 'a tied handle reads');
    main::is($b, 'read');
    sysread T, $b, 5, 1;
    syswrite T, 'abc';
    syswrite T, 'abc', 2, 1;
    main::is("@got[0, 1]", 'READ 5 - READ 5 1', '... with its arguments');
    main::is($got[2] =~ /^WRITE abc/ && $got[3], 'WRITE abc 2 1', '... and writes');
}
done_testing;
