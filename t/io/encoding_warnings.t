# What layers warn about: bytes that are none of the encoding, characters it has not.
use strict;
use warnings;
use Test::More;
use lib 't/lib';
use Snippet;
my $path = temp_path('text');
my @warned;
$SIG{__WARN__} = sub { push @warned, $_[0] =~ s/ at \S+ line \d+/ AT/r };
sub put { open my $f, '>:raw', $path or die; print $f $_[0]; close $f }
sub get { my ($layers) = @_; @warned = (); open my $g, "<$layers", $path or die "$layers: $!"; my @l = <$g>; close $g; return @l }

put("caf\xE9\nb\n");
is((get(':encoding(UTF-8)'))[0], "caf\\xE9\n", 'a bad byte is shown');
is_deeply(\@warned, [qq(UTF-8 "\\xE9" does not map to Unicode AT.\n)], 'and told');
get(':encoding(utf8)');
is_deeply(\@warned, [qq(utf8 "\\xE9" does not map to Unicode AT.\n)]);
get(':encoding(ascii)');
is_deeply(\@warned, [qq(ascii "\\xE9" does not map to Unicode AT.\n)]);
my @l = get(':utf8');
is_deeply(\@warned, [qq(utf8 "\\xE9" does not map to Unicode AT, <\$g> line 1.\n)], ':utf8 takes the line as it is');
{ no warnings; open my $o, '>:raw', "$path.copy"; binmode $o, ':utf8'; print $o @l; close $o; open $o, '<:raw', "$path.copy"; is(join('', <$o>), "caf\xE9\nb\n", 'and gives it back') }
put("a\xC0\x80\xED\xA0\x80\xEF\xBF\xBE\xFEb\n");
is((get(':encoding(UTF-8)'))[0], "a\\xC0\\x80\\xED\\xA0\\x80\\xEF\\xBF\\xBE\\xFEb\n", 'the strict form');
is(scalar @warned, 4);
is((get(':encoding(utf8)'))[0], "a\\xC0\\x80\x{d800}\x{fffe}\\xFEb\n", 'the lax form');
is(scalar @warned, 2);
put("\xE9\n" x 3);
{ no warnings 'utf8'; get(':raw:encoding(UTF-8)'); @warned = (); open my $g, '<:encoding(UTF-8)', $path; my $x = <$g>; is("@warned", '', 'not with no warnings') }
{ use warnings FATAL => 'utf8'; open my $g, '<:encoding(UTF-8)', $path; ok(!eval { my $x = <$g>; 1 }, 'fatal'); like($@, qr/^UTF-8 "\\xE9" does not map/) }
{ @warned = (); open my $g, '<:encoding(UTF-8)', $path; read $g, my $x, 2; is($x, '\\x'); is(@warned, 3, 'read') }
{ @warned = (); open my $g, '<:encoding(UTF-8)', $path; ok(!eof $g); is(@warned, 3, 'eof') }
{ @warned = (); open my $g, '<:encoding(UTF-8)', $path; getc $g; is(@warned, 3, 'getc') }

sub out {
    my ($layer, $text) = @_;
    @warned = ();
    { no warnings qw(surrogate nonchar non_unicode); open my $f, ">$layer", $path or die; print $f $text; close $f }
    open my $f, '<:raw', $path;
    return join '', <$f>;
}
is(out(':encoding(iso-8859-1)', "a\x{100}b\x{263a}"), 'a\x{0100}b\x{263a}', 'characters the encoding has not');
is_deeply(\@warned, [map qq("\\x{$_}" does not map to iso-8859-1 AT.\n), '0100', '263a']);
is(out(':encoding(cp1252)', "\x{d800}\x{20ac}"), "\\x{d800}\x80", 'a surrogate');
is_deeply(\@warned, [qq("\\x{d800}" does not map to cp1252 AT.\n)]);
is(out(':encoding(UTF-8)', "\x{d800}\x{fffe}x"), '\x{D800}\x{FFFE}x', 'not in UTF-8 either');
is_deeply(\@warned, [map qq("\\x{$_}" does not map to UTF-8 AT.\n), 'd800', 'fffe']);
is(out(':encoding(utf8)', "\x{d800}"), "\xED\xA0\x80", 'but in utf8');
is("@warned", '');
{
    open my $f, '>:utf8', '/dev/null';
    @warned = ();
    print $f "\x{d800}", "\x{fffe}", "\x{110000}", "\x{100}\x{d7ff}\x{e000}\x{fdef}\x{fdf0}";
    is_deeply(
        \@warned,
        [
            "Unicode surrogate U+D800 is illegal in UTF-8 AT.\n",
            "Unicode non-character U+FFFE is not recommended for open interchange in print AT.\n",
            "Code point 0x110000 is not Unicode, may not be portable in print AT.\n",
            "Unicode non-character U+FDEF is not recommended for open interchange in print AT.\n",
        ],
        'print to a UTF-8 handle'
    );
}
unlink $path, "$path.copy";
done_testing;
