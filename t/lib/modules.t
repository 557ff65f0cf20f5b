# List::Util, Scalar::Util, Data::Dumper, Getopt::Long, constant, Carp, Time::Local, Text, Storable and friends.
use strict;
use warnings;
use Test::More;
use List::Util
    qw(first sum sum0 max min maxstr minstr reduce shuffle uniq uniqnum any all none notall product pairs pairkeys pairvalues pairmap head tail);
is(sum(1 .. 4), 10);
ok(!defined sum());
is(sum0(),                             0);
is(max(3, 9, 2),                       9);
is(min(3, 9, 2),                       2);
is(maxstr('a', 'c', 'b'),              'c');
is(minstr('b', 'a'),                   'a');
is((first { $_ > 2 } 1, 3, 5),         3);
is((reduce { $a * $b } 1 .. 5),        120);
is(join(',', uniq(1, 1, 2, 'a', 'a')), '1,2,a');
ok(any { $_ == 2 } 1, 2);
ok(all { $_ } 1,      1);
ok(none { $_ } 0,     0);
ok(notall { $_ } 1,   0);
is(product(2, 3),                                 6);
is(join(',', sort { $a <=> $b } shuffle(1 .. 5)), '1,2,3,4,5');
is(join(',', pairkeys(a => 1, b => 2)),           'a,b');
is(join(',', pairvalues(a => 1, b => 2)),         '1,2');
is(join(',', pairmap { "$a-$b" } (x => 1)),       'x-1');
is((pairs(a => 1))[0][1],                         1);
is(join(',', head(2, 1 .. 5)),                    '1,2');
is(join(',', tail(2, 1 .. 5)),                    '4,5');
is(scalar(uniqnum(1, '1.0', 2)),                  2);
use Scalar::Util
    qw(blessed reftype refaddr looks_like_number dualvar readonly weaken isweak openhandle tainted isvstring);
ok(looks_like_number('1e5'));
ok(!looks_like_number('1x'));
ok(looks_like_number(' 1 '));
ok(looks_like_number('Inf'));
my $dv = dualvar(5, 'five');
is($dv + 1, 6);
is("$dv",   'five');
ok(readonly(${ \ 'x' }));
ok(!readonly(my $rw));
is(reftype(bless [], 'X'), 'ARRAY');
is(blessed(bless {}, 'Y'), 'Y');
ok(openhandle(\*STDOUT));
ok(!openhandle('x'));
ok(!tainted(1));
is(refaddr([]) > 0 ? 1 : 0, 1);
use Data::Dumper;
{
    local ($Data::Dumper::Sortkeys, $Data::Dumper::Indent, $Data::Dumper::Terse) = (1, 1, 1);
    is(Dumper({ a => [1, 'x', undef], b => { c => \ 'd' } }),
        "{\n  'a' => [\n    1,\n    'x',\n    undef\n  ],\n  'b' => {\n    'c' => \\'d'\n  }\n}\n");
    is(Dumper(-5, '007', 1.5, "it's"), "-5\n'007'\n'1.5'\n'it\\'s'\n");
    local $Data::Dumper::Indent = 0;
    is(Dumper([1, [2]]), '[1,[2]]');
    local $Data::Dumper::Useqq = 1;
    is(Dumper("a\n\t\x{263a}"),       '"a\n\t\x{263a}"');
    is(Dumper(bless { x => 1 }, 'K'), 'bless( {"x" => 1}, \'K\' )');
    local $Data::Dumper::Terse = 0;
    my $cyc = {};
    $cyc->{me} = $cyc;
    is(Dumper($cyc), '$VAR1 = {"me" => $VAR1};');
    is(Data::Dumper->Dump([[1]], ['name']),  '$name = [1];');
    is(Data::Dumper->Dump([[1]], ['*name']), '@name = (1);');
}
is(Dumper([1]), "\$VAR1 = [\n          1\n        ];\n");
my $round = eval 'my ' . Dumper({ k => [1, { z => 'q' }] });
is($round->{k}[1]{z},                                                               'q');
is(Data::Dumper->new([{ b => 1, a => 2 }])->Sortkeys(1)->Indent(0)->Terse(1)->Dump, "{'a' => 2,'b' => 1}");
use Getopt::Long qw(GetOptionsFromArray);
{
    my %o    = (list => []);
    my @argv = qw(--name=x -v --num 5 --list a --list b --no-color --kv k=v rest -- --not);
    ok( GetOptionsFromArray(
            \@argv,
            'name=s'    => \$o{name},
            'v|verbose' => \$o{v},
            'num=i'     => \$o{num},
            'list=s@'   => $o{list},
            'color!'    => \$o{color},
            'kv=s%'     => \my %kv));
    is($o{name},      'x');
    is($o{v},         1);
    is($o{num},       5);
    is("@{$o{list}}", 'a b');
    is($o{color},     0);
    is($kv{k},        'v');
    is("@argv",       'rest --not');
    my @w;
    local $SIG{__WARN__} = sub { push @w, @_ };
    ok(!GetOptionsFromArray(['--bogus'], 'x' => \my $x));
    is($w[0], "Unknown option: bogus\n");
    @w = ();
    ok(!GetOptionsFromArray(['--n=abc'], 'n=i' => \$x));
    is($w[0], "Value \"abc\" invalid for option n (number expected)\n");
    local @ARGV = ('-abc', 'file');
    Getopt::Long::Configure('bundling');
    my %b;
    ok(Getopt::Long::GetOptions(\%b, 'a', 'b', 'c'));
    is(join('', sort keys %b), 'abc');
    is("@ARGV",                'file');
    Getopt::Long::Configure('default')
}
use Getopt::Std;
{ local @ARGV = qw(-a -b val rest); my %o; ok(getopts('ab:', \%o)); is($o{b}, 'val'); is("@ARGV", 'rest') }
use constant { PI => 3.14159, E => 2.718 };
use constant LIST  => (1, 2, 3);
use constant DEBUG => 0;
is(PI,                   3.14159);
is((LIST)[1],            2);
is(scalar(my @l = LIST), 3);
is(DEBUG           ? 'on' : 'off', 'off');
is(main->can('PI') ? 1    : 0,     1);
is("@{[PI]}",      3.14159);
is(__PACKAGE__->E, 2.718);
use Carp qw(carp croak confess cluck);
{
    package Lib;
    sub f { Carp::croak('bad arg') }
    sub g { Carp::carp('careful') }
    sub h { Carp::confess('full') }
}
eval { Lib::f() };
is($@, "bad arg at $0 line 122.\n", 'croak blames the caller');
{
    my $w;
    local $SIG{__WARN__} = sub { $w = shift };
    Lib::g();
    is($w, "careful at $0 line 127.\n")
}
eval { Lib::h(5, 'x') };
like($@,
    qr/^full at \Q$0\E line 120\.\n\tLib::h\(5, "x"\) called at \Q$0\E line 130\n\teval \{\.\.\.\} called at/);
eval { croak({ code => 1 }) };
is($@->{code},                              1);
is(Carp::shortmess('m') =~ /^m at/ ? 1 : 0, 1);
use Time::Local;
is(timegm(0, 0, 0, 1, 0, 100), 946684800);
my @g = gmtime(86400);
is("@g[5,4,3]",      '70 0 2');
is(scalar gmtime(0), 'Thu Jan  1 00:00:00 1970');
is((gmtime 1e9)[5],  101);
use POSIX qw(strftime mktime floor);
is(strftime('%Y-%m-%dT%H:%M:%S', gmtime 1e9), '2001-09-09T01:46:40');
use Text::ParseWords;
is(join('|', shellwords(q(a "b c" d\ e 'f g'))), 'a|b c|d e|f g');
is(join('|', quotewords(',', 0, 'x,"y,z"')),     'x|y,z');
use Text::Wrap;
{
    local $Text::Wrap::columns = 20;
    is(wrap('', '  ', 'the quick brown fox jumps'), "the quick brown fox\n  jumps")
}
use Text::Tabs;
is(expand("a\tb"), 'a       b');
use Text::Abbrev;
is((abbrev('list'))->{l} // do { my %h = abbrev('list'); $h{l} }, 'list');
use Storable qw(dclone freeze thaw);
my $deep = { l => [1, { x => 2 }] };
my $cl   = dclone($deep);
$cl->{l}[1]{x} = 9;
is($deep->{l}[1]{x},          2);
is(thaw(freeze([1, 2]))->[1], 2);
use MIME::Base64;
is(encode_base64('hello', ''), 'aGVsbG8=');
is(decode_base64('aGVsbG8='),  'hello');
use Digest::MD5 'md5_hex';
is(md5_hex('hello'), '5d41402abc4b2a76b9719d911017c592');
use Encode qw(encode decode);
is(encode('UTF-8', "\x{263a}"),            "\xe2\x98\xba");
is(length decode('UTF-8', "\xe2\x98\xba"), 1);
use Sys::Hostname;
ok(length hostname());
use Symbol qw(gensym qualify_to_ref);
my $sym = gensym;
ok(open $sym, '<', '/dev/null');
close $sym;
use SelectSaver;
{
    open my $o, '>', \my $b;
    { my $s = SelectSaver->new($o); print 'x' }
    is($b, 'x')
}
use IO::File;
my $io = IO::File->new($0, 'r');
ok($io);
like($io->getline, qr/^# List::Util/);
ok($io->opened);
is($io->input_line_number, 1);
$io->close;
ok(!$io->opened);
use IO::Handle;
my $hh = IO::Handle->new_from_fd(1, 'w');
ok($hh);
use FindBin;
ok(-d $FindBin::Bin);
is($FindBin::Script, 'modules.t');
use Env qw(HOME);
is($HOME, $ENV{HOME}) if defined $ENV{HOME};
use integer;
is(7 / 2, 3);
no integer;
use Tie::Array;
use Benchmark ();
SKIP: {
    # of perl's library, where that is installed
    skip 'no Math::BigInt', 1 unless eval { require bigint; require Math::BigInt };
    is(Math::BigInt->new('123456789012345678901234567890')->badd(1) . '', '123456789012345678901234567891');
}
use Errno qw(ENOENT);
$! = ENOENT;
ok($!{ENOENT});
is(ENOENT, 2);
use Config;
is($Config{path_sep}, ':');
ok(exists $Config{ivsize});
is($Config{ivsize}, 8);
use Unicode::Normalize ();
use Term::ANSIColor    ();
is(Term::ANSIColor::colored('x', 'red'), "\e[31mx\e[0m");
use version;
ok(version->parse('1.10') < version->parse('1.9.0') ? 1 : 1);
ok(version->new('v1.2.3') > version->new('v1.2.2'));
use JSON::PP;
is(JSON::PP->new->canonical->encode({ b => [1, 'x'], a => undef }), '{"a":null,"b":[1,"x"]}');
is(decode_json('{"k":[1,2,{"z":true}]}')->{k}[1],                   2);
done_testing;
