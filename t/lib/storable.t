# Data to bytes and back (perldoc Storable).
use strict;
use warnings;
use Test::More;
use Storable qw(freeze nfreeze thaw dclone store nstore retrieve store_fd fd_retrieve lock_store lock_retrieve);
use Scalar::Util qw(weaken isweak blessed reftype refaddr);
use lib 't/lib';
use Snippet;

# The bytes are perl's: what one writes the other reads.
$Storable::canonical = 1;
my $head = '040b0831323334353637380408080' . '8';
my %bytes = (
    'small numbers' => [[0, 1, -128, 127], $head . '0204000000088008810800' . '08ff'],
    'numbers'       => [[128, -129, 1.5, 3.0], $head . '0204000000068000000000000000067fffffffffffffff07000000000000f83f0883'],
    'strings'       => [['', 'a', "\x{100}"], $head . '02030000000a000a01611702c480'],
    'undef'         => [[undef], $head . '020100000005'],
    'a hash'        => [{ b => 1, a => 2 }, $head . '030200000008820100000061088101000000' . '62'],
    'utf8 keys'     => [{ "\x{e9}" => 1, "\x{100}" => 2 }, undef],
    'reference'     => [\\5, $head . '040885'],
    'object'        => [bless([1], 'Foo'), $head . '1103466f6f02010000000881'],
    'version'       => [[v1.2], $head . '02010000001d0476312e320a020102'],
    'long string'   => [['a' x 300], $head . '0201000000012c010000' . '61' x 300],
    'pattern'       => [[qr/a.b/i], $head . '0201000000041106526567657870200003612e620169'],
);
for my $name (sort keys %bytes) {
    my ($data, $hex) = @{ $bytes{$name} };
    is unpack('H*', freeze($data)), $hex, "$name as bytes" if defined $hex;
    is_deeply thaw(freeze($data)),  $data, "$name and back";
    is_deeply thaw(nfreeze($data)), $data, "$name through network order";
    is_deeply dclone($data),        $data, "$name cloned";
}
is unpack('H*', nfreeze([1.5, 3e9, -5, 70000])), '050b02000000040a03312e350a0a33303030303030303030087b0900011170', 'network order';
my @holes;
$holes[2] = 1;
is unpack('H*', freeze(\@holes)), $head . '02030000000e0e0881', 'holes';
ok 'ab' =~ dclone([qr/A.?B/ix])->[0], 'a pattern still matches';

# What is one thing stays one thing.
my $shared = [1];
my $data   = { one => $shared, two => $shared, loop => undef };
$data->{loop} = $data;
my $copy = dclone($data);
is refaddr $copy->{one}, refaddr $copy->{two}, 'shared';
isnt refaddr $copy->{one}, refaddr $shared, 'but a copy';
is refaddr $copy->{loop}, refaddr $copy, 'a cycle';
delete $_->{loop} for $data, $copy;
my @alias = (7, undef);
$alias[1] = \$alias[0];
my $alias = dclone(\@alias);
${ $alias->[1] } = 8;
is $alias->[0], 8, 'a reference to an element';
my $weak = { strong => [1] };
weaken($weak->{weak} = $weak->{strong});
$copy = dclone($weak);
ok isweak($copy->{weak}) && $copy->{weak} == $copy->{strong}, 'weak references';

# Deep, wide, objects of known classes.
my $deep = [];
$deep = [$deep] for 1 .. 500;
my $depth = 0;
for (my $at = dclone($deep); @$at; $at = $at->[0]) { $depth++ }
is $depth, 500, 'deep';
my $many = [map bless({ n => $_ }, 'Item'), 1 .. 300];
is_deeply dclone($many), $many, 'many objects of a class';
is blessed(dclone($many)->[299]), 'Item', 'each blessed';
my $wide = [map bless([], "Class$_"), 1 .. 300];
is blessed(thaw(freeze($wide))->[299]), 'Class300', 'many classes';

# Hooks.
{
    package Hooked;
    our @log;
    sub new { my ($class, %with) = @_; return bless {%with}, $class }
    sub STORABLE_freeze {
        my ($self, $cloning) = @_;
        push @log, "freeze $cloning " . (Storable::is_storing() ? 'storing' : '');
        return ("name=$self->{name}", $self->{part}, [4, 5]);
    }
    sub STORABLE_thaw {
        my ($self, $cloning, $text, $part, $list) = @_;
        push @log, "thaw $cloning " . (Storable::is_retrieving() ? 'retrieving' : '');
        ($self->{name}) = $text =~ /name=(.*)/;
        $self->{part} = $part;
        $self->{list} = "@$list";
    }
    package Attached;
    our %made;
    sub new { my ($class, $id) = @_; return $made{$id} ||= bless { id => $id }, $class }
    sub STORABLE_freeze { return $_[0]{id} }
    sub STORABLE_attach { my ($class, $cloning, $id) = @_; return $class->new($id) }
    package Declines;
    sub STORABLE_freeze { return }
}
my $part = { x => 1 };
my @two  = map Hooked->new(name => "n$_", part => $part), 1, 2;
$copy = dclone([@two, $part]);
is "$copy->[0]{name} $copy->[1]{name} $copy->[0]{list}", 'n1 n2 4 5', 'hooks';
is ref $copy->[1], 'Hooked', 'both blessed';
is $copy->[0]{part}, $copy->[2], 'what goes with it is what is elsewhere';
is "@Hooked::log", 'freeze 4 storing freeze 4 storing thaw 4 retrieving thaw 4 retrieving', 'hooks know what is going on';
ok !Storable::is_storing() && !Storable::is_retrieving(), 'nothing is going on now';
my $attached = Attached->new('a');
is dclone([$attached])->[0], $attached, 'STORABLE_attach';
is_deeply dclone(bless [1, 2], 'Declines'), bless([1, 2], 'Declines'), 'a hook that declines';

# Files and handles.
my $file = temp_path('storable');
for my $how ([\&store, 'store'], [\&nstore, 'nstore'], [\&lock_store, 'lock_store']) {
    ok $how->[0]->({ a => [1, 2] }, $file), $how->[1];
    is_deeply retrieve($file), { a => [1, 2] }, "$how->[1] and retrieve";
}
is_deeply lock_retrieve($file), { a => [1, 2] }, 'lock_retrieve';
is Storable::file_magic($file)->{version_nv}, 2.011, 'file_magic';
unlink $file;
pipe my $reader, my $writer or die $!;
store_fd([$_], $writer) for 1, 2;
close $writer;
is_deeply fd_retrieve($reader), [1], 'one after the other';
is_deeply fd_retrieve($reader), [2], 'through a pipe';

# Errors.
sub dies (&$$) {
    my ($code, $like, $name) = @_;
    eval { $code->(); 1 } and return fail("$name: lives");
    like $@, $like, $name;
}
dies { fd_retrieve($reader) } qr/^Magic number checking on storable file failed at /, 'nothing more';
dies { freeze(5) } qr/^not a reference at /, 'no reference';
dies { freeze([sub { 1 }]) } qr/^Can't store CODE items at .*, at /, 'code';
dies { freeze([\*STDIN]) } qr/^Can't store GLOB items at .*, at /, 'glob';
dies { dclone(bless [sub { 1 }], 'Code') } qr/^Can't store CODE items at /, 'dclone of code';
$Storable::accept_future_minor = 0;
dies { thaw("\5\xff\0") } qr/^Storable binary image v2\.255 more recent than I am \(v2\.\d+\)/, 'a future version';
dies { retrieve('/nonexistent') } qr/^can't open \/nonexistent: No such file/, 'no file';
is thaw(substr freeze([1, 2, 3]), 0, 20), undef, 'cut off';
SKIP: {
    skip 'real perl believes lengths of gigabytes', 1 if $^X !~ /keshi/;
    my $frozen = freeze({ a => [1, 'text', { b => 2 }] });
    for my $n (0 .. length($frozen) - 1) {
        for my $byte (0, 3, 17, 19, 25, 127, 255) {
            next if $n < 16;
            my $bad = $frozen;
            substr($bad, $n, 1) = chr $byte;
            next if $bad =~ /[\x02\x03\x19]\xff|\xff[^\0]*\z/;    # lengths of gigabytes
            eval { my $x = thaw($bad); 1 };
        }
    }
    pass 'garbage is survived';
}

done_testing;
