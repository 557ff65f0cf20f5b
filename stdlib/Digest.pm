package Digest;
# Digest objects by the name of the algorithm (perldoc Digest).

use strict;
use warnings;

our $VERSION = '1.20';

# Algorithm => modules to try, each a class or [class, arguments of new].
our %MMAP = (
    'SHA-1'   => [['Digest::SHA', 1], 'Digest::SHA1', ['Digest::SHA2', 1]],
    (map +("SHA-$_" => [['Digest::SHA', $_], ['Digest::SHA2', $_]]), 224, 256, 384, 512),
    (map +("SHA3-$_" => [['Digest::SHA3', $_]]), 224, 256, 384, 512),
    'HMAC-MD5'   => 'Digest::HMAC_MD5',
    'HMAC-SHA-1' => 'Digest::HMAC_SHA1',
    'CRC-16'     => [['Digest::CRC', type => 'crc16']],
    'CRC-32'     => [['Digest::CRC', type => 'crc32']],
    'CRC-CCITT'  => [['Digest::CRC', type => 'crcccitt']],
    'RIPEMD-160' => 'Crypt::RIPEMD160',
);

sub new {
    my ($self, $algorithm, @args) = @_;
    my $entry = $MMAP{$algorithm} || "Digest::$algorithm";
    my $error;
    for my $try (ref $entry eq 'ARRAY' ? @$entry : $entry) {
        my ($class, @first) = ref $try ? @$try : $try;
        if (!$class->can('new')) {
            (my $file = "$class.pm") =~ s{::}{/}g;
            local $@;
            if (!eval { require $file; 1 }) { $error ||= $@; next }
        }
        return $class->new(@first, @args);
    }
    die $error;
}

sub AUTOLOAD {
    my ($class, @args) = @_;
    my $algorithm = our $AUTOLOAD;
    $algorithm = substr $algorithm, rindex($algorithm, '::') + 2;
    return $class->new($algorithm, @args);
}

sub DESTROY { }

1;
