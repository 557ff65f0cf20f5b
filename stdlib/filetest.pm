package filetest;
# Makes -r -w -x ask the system (access(2)) instead of the mode bits (perldoc filetest).

our $VERSION = '1.03';

our $hint_bits = 0x00400000;

sub import {
    die "filetest: the only implemented subpragma is 'access'.\n" unless defined $_[1] and $_[1] eq 'access';
    $^H |= $hint_bits;
}

sub unimport {
    die "filetest: the only implemented subpragma is 'access'.\n" unless defined $_[1] and $_[1] eq 'access';
    $^H &= ~$hint_bits;
}

1;
