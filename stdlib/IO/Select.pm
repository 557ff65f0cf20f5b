package IO::Select;
# select(2) over handles kept by descriptor (perldoc IO::Select).

use strict;
use warnings::register;

our $VERSION = '1.49';

# The object: bit string, count, then one entry per descriptor.
sub VEC_BITS () { 0 }
sub FD_COUNT () { 1 }
sub FIRST_FD () { 2 }

sub new {
    my $self  = shift;
    my $class = ref $self || $self;
    my $new   = bless [undef, 0], $class;
    $new->add(@_) if @_;
    return $new;
}

sub add    { shift->_update('add', @_) }
sub remove { shift->_update('remove', @_) }

sub exists {
    my $self = shift;
    my $fd   = $self->_fileno(shift);
    return undef unless defined $fd;
    return $self->[$fd + FIRST_FD];
}

sub _fileno {
    my ($self, $handle) = @_;
    return undef unless defined $handle;
    $handle = $handle->[0] if ref $handle eq 'ARRAY';
    return undef unless defined $handle;
    return $handle if $handle =~ /^\d+$/;
    return fileno $handle;
}

sub _update {
    my ($self, $what) = (shift, shift);
    my $adding = $what eq 'add';
    my $bits   = defined $self->[VEC_BITS] ? $self->[VEC_BITS] : '';
    my $count  = 0;
    for my $handle (@_) {
        my $fd = $self->_fileno($handle);
        if (!defined $fd) {
            if (!$adding) {
                # A closed handle can still be found by itself.
                for my $i (FIRST_FD .. $#$self) {
                    my $known = $self->[$i];
                    next unless defined $known and ref $known and ref $handle and $known == $handle;
                    vec($bits, $i - FIRST_FD, 1) = 0;
                    $self->[$i] = undef;
                    $self->[FD_COUNT]--;
                    $count++;
                    last;
                }
            }
            next;
        }
        my $i = $fd + FIRST_FD;
        if ($adding) {
            if (defined $self->[$i]) { $self->[$i] = $handle; next }
            $self->[FD_COUNT]++;
            vec($bits, $fd, 1) = 1;
            $self->[$i] = $handle;
        }
        else {
            next unless defined $self->[$i];
            $self->[FD_COUNT]--;
            vec($bits, $fd, 1) = 0;
            $self->[$i] = undef;
        }
        $count++;
    }
    $self->[VEC_BITS] = $self->[FD_COUNT] ? $bits : undef;
    return $count;
}

sub can_read {
    my ($self, $timeout) = @_;
    my $bits = $self->[VEC_BITS];
    return defined $bits && CORE::select($bits, undef, undef, $timeout) > 0 ? handles($self, $bits) : ();
}

sub can_write {
    my ($self, $timeout) = @_;
    my $bits = $self->[VEC_BITS];
    return defined $bits && CORE::select(undef, $bits, undef, $timeout) > 0 ? handles($self, $bits) : ();
}

sub has_exception {
    my ($self, $timeout) = @_;
    my $bits = $self->[VEC_BITS];
    return defined $bits && CORE::select(undef, undef, $bits, $timeout) > 0 ? handles($self, $bits) : ();
}

sub has_error {
    warnings::warn('Call to deprecated method \'has_error\', use \'has_exception\'') if warnings::enabled();
    goto &has_exception;
}

sub count { my ($self) = @_; return $self->[FD_COUNT] }

sub bits { my ($self) = @_; return $self->[VEC_BITS] }

sub as_string {
    my ($self) = @_;
    my $text = ref($self) . ': ';
    $text .= defined $self->bits ? unpack 'b*', $self->bits : 'undef';
    return join ' ', $text, $self->count, map defined $_ ? "$_" : '-', @{$self}[FIRST_FD .. $#$self];
}

# All handles, or those whose bit is set.
sub handles {
    my ($self, $bits) = @_;
    my @found;
    for my $i (FIRST_FD .. $#$self) {
        my $handle = $self->[$i];
        push @found, $handle if defined $handle and !defined $bits || vec($bits, $i - FIRST_FD, 1);
    }
    return @found;
}

sub select {
    shift if defined $_[0] && !ref $_[0];    # the class
    my ($r, $w, $e, $timeout) = @_;
    my ($rb, $wb, $eb) = map defined $_ ? $_->[VEC_BITS] : undef, $r, $w, $e;
    return unless CORE::select($rb, $wb, $eb, $timeout) > 0;
    return ([defined $rb ? handles($r, $rb) : ()], [defined $wb ? handles($w, $wb) : ()], [defined $eb ? handles($e, $eb) : ()]);
}

1;
