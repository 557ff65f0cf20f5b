package File::Compare;
# Are two files equal? (perldoc File::Compare)

use 5.006;
use strict;
use warnings;
require Exporter;

our $VERSION   = '1.1007';
our @ISA       = ('Exporter');
our @EXPORT    = qw(compare);
our @EXPORT_OK = qw(cmp compare_text);

my $largest = 2 * 1024 * 1024;

sub _open {
    my ($file, $text) = @_;
    return $file if ref $file and UNIVERSAL::isa($file, 'GLOB') || UNIVERSAL::isa($file, 'IO::Handle') or ref \$file eq 'GLOB';
    open my $handle, '<', $file or return;
    binmode $handle unless $text;
    return $handle;
}

# 0 equal, 1 different, -1 trouble. The third argument is a buffer size or a function of two lines.
sub compare {
    if (@_ != 2 and @_ != 3) {
        require Carp;
        Carp::croak('Usage: compare( file1, file2 [, buffersize]) ');
    }
    my ($from, $to, $size) = @_;
    my $text = defined $size && (ref $size eq 'CODE' || $size < 0);
    for my $file ($from, $to) {
        if (!defined $file or !ref $file && ref \$file ne 'GLOB' && !length $file) {
            require Carp;
            Carp::croak($file eq $from ? 'from undefined' : 'to undefined');
        }
    }
    my $one = _open($from, $text) or return -1;
    my $two = _open($to, $text)   or return -1;

    my $answer;
    if ($text) { $answer = _lines($one, $two, ref $size eq 'CODE' ? $size : undef) }
    else {
        # Regular files of different size need not be read.
        if (-f $one and -f $two and !tied *$one and tell($one) == 0 and tell($two) == 0 and -s $one != -s $two) { $answer = 1 }
        else { $answer = _bytes($one, $two, $size) }
    }
    my $errno = $!;
    for my $pair ([$one, $from], [$two, $to]) {
        next if ref $pair->[1] or ref \$pair->[1] eq 'GLOB';
        close $pair->[0] or $answer = -1;
    }
    $! = $errno if $answer == -1;
    return $answer;
}

sub _lines {
    my ($one, $two, $differ) = @_;
    local $/ = "\n";
    while (defined(my $line = <$one>)) {
        my $other = <$two>;
        return 1 unless defined $other;
        if ($differ) { return 1 if $differ->($line, $other) }
        else {
            s/[\r\n]+\z// for $line, $other;
            return 1 if $line ne $other;
        }
    }
    return defined(my $more = <$two>) ? 1 : 0;
}

sub _bytes {
    my ($one, $two, $size) = @_;
    if (!defined $size or $size <= 0) {
        $size = -s $one || 0;
        $size = 1024 if $size < 1024;
        $size = $largest if $size > $largest;
    }
    my ($a, $b) = ('', '');
    while (1) {
        my $got = read $one, $a, $size;
        return -1 unless defined $got;
        my $want = $got || 1;
        my $other = read $two, $b, $want;
        return -1 unless defined $other;
        return $other ? 1 : 0 if !$got;
        return 1 if $a ne $b;
    }
}

sub cmp;
*cmp = \&compare;

sub compare_text {
    my ($from, $to, $cmp) = @_;
    if (@_ != 2 and @_ != 3 or defined $cmp and ref $cmp ne 'CODE') {
        require Carp;
        Carp::croak(@_ == 3 ? 'Third arg to compare_text() function must be a code reference'
            : 'Usage: compare_text( file1, file2 [, cmp-function])');
    }
    return compare($from, $to, defined $cmp ? $cmp : -1);
}

1;
