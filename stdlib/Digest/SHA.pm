package Digest::SHA;
# SHA-1 and SHA-2 (perldoc Digest::SHA). Native: the sha*/hmac_sha* functions, newSHA, add, digest,
# hexdigest, b64digest, clone, algorithm, hashsize, shainit, sharewind, shawrite, _addfilebin,
# _addfileuniv, _getstate, _putstate.

use strict;
use warnings;
require Exporter;
require Digest::base;
require XSLoader;

our $VERSION   = '6.02';
our @ISA       = qw(Exporter Digest::base);
our @EXPORT_OK = ('$errmsg', map { my $n = $_; map +("${_}sha$n", "${_}sha${n}_hex", "${_}sha${n}_base64"), '', 'hmac_' }
    qw(1 224 256 384 512 512224 512256));
our $errmsg;

XSLoader::load('Digest::SHA', $VERSION);

sub _bail {
    $errmsg = "$!";
    require Carp;
    Carp::croak(@_);
}

sub new {
    my ($class, $algorithm) = @_;
    $algorithm = 1 unless defined $algorithm;
    $algorithm =~ s/\D+//g;
    if (ref $class) {
        # A method of an object: start it afresh, perhaps as another algorithm.
        if (@_ < 2) { sharewind($class); return $class }
        return shainit($class, $algorithm) ? $class : undef;
    }
    return newSHA($class, $algorithm);
}

{ no warnings 'once'; *reset = \&new; }

sub add_bits {
    my ($self, $data, $count) = @_;
    if (@_ == 2) {
        ($data, $count) = (pack('B*', $data), length $data);
    }
    $count = length($data) * 8 if $count > length($data) * 8;
    shawrite($data, $count, $self);
    return $self;
}

# Modes: b as is, U with line ends made \n, 0 text of '0' and '1'.
sub addfile {
    my ($self, $file, $mode) = @_;
    if (ref \$file ne 'SCALAR') { _addfilebin($self, $file); return $self }
    $mode = defined $mode ? $mode : '';
    my ($bits, $universal) = map { my $m = $_; scalar grep $_ eq $m, split //, $mode } '0', 'U';
    my $handle;
    if ($file eq '-') { $handle = \*STDIN }
    else {
        if (-d $file) { $! = 21; _bail('Open failed') }
        open $handle, '<', $file or _bail('Open failed');
    }
    binmode $handle if $mode =~ /b/ or $universal;
    if ($universal && !-T $handle) { $universal = 0 }
    if ($bits) {
        while (read $handle, my $piece, 8192) {
            $piece =~ tr/01//cd;
            $self->add_bits($piece);
        }
    }
    elsif ($universal) { _addfileuniv($self, $handle) }
    else               { _addfilebin($self, $handle) }
    close $handle unless $file eq '-';
    return $self;
}

sub getstate {
    my ($self) = @_;
    my $algorithm = $self->algorithm;
    my $state     = $self->_getstate or return;
    my $half      = $algorithm <= 256;
    my $h = substr $state, 0, $half ? 32 : 64, '';
    my $block = substr $state, 0, $half ? 64 : 128, '';
    my ($count, @length) = unpack 'N5', $state;
    my $hex = sub { join ':', unpack "(H$_[1])*", $_[0] };
    return join "\n",
        "alg:$algorithm",
        'H:' . $hex->($h, $half ? 8 : 16),
        'block:' . $hex->($block, 2),
        "blockcnt:$count",
        (map { 'len' . ('hh', 'hl', 'lh', 'll')[$_] . ":$length[$_]" } 0 .. 3),
        '';
}

sub putstate {
    my ($class, $text) = @_;
    my %field;
    for my $line (split /\n/, $text) {
        $line =~ s/\s*(?:#.*)?\z//;
        my ($name, $value) = split /\s*:\s*/, $line, 2;
        $field{ lc $name } = $value if defined $value;
    }
    if (ref $class) { $class->shainit($field{alg}) }
    else            { $class = $class->new($field{alg}) or return }
    my $packed = join '', map { (my $hex = $field{$_}) =~ tr/://d; pack 'H*', $hex } 'h', 'block';
    $packed .= pack 'N5', @field{qw(blockcnt lenhh lenhl lenlh lenll)};
    _putstate($class, $packed);
    return $class;
}

sub dump {
    my ($self, $file) = @_;
    my $state = $self->getstate or return;
    $file = '-' unless defined $file && length $file;
    if ($file eq '-') { print $state; return $self }
    open my $out, '>', $file or return;
    print $out $state;
    close $out;
    return $self;
}

sub load {
    my ($class, $file) = @_;
    $file = '-' unless defined $file && length $file;
    my $in;
    if ($file eq '-') { $in = \*STDIN } else { open $in, '<', $file or return }
    local $/;
    my $text = <$in>;
    return $class->putstate($text);
}

1;
