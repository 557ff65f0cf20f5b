package IO::Poll;
# poll(2) as an object (perldoc IO::Poll). Native: _poll and the POLL constants.

use strict;
use IO::Handle;
require Exporter;

our $VERSION   = '1.49';
our @ISA       = ('Exporter');
our @EXPORT    = qw(POLLIN POLLOUT POLLERR POLLHUP POLLNVAL);
our @EXPORT_OK = qw(POLLPRI POLLRDNORM POLLWRNORM POLLRDBAND POLLWRBAND POLLNORM);

# The object: [0] fd => { handle => mask }, [1] fd => events seen, [2] handle => handle.
sub new { return bless [{}, {}, {}], shift }

sub mask {
    my ($self, $io) = (shift, shift);
    my $fd = fileno $io;
    return unless defined $fd;
    if (@_) {
        my $mask = shift;
        if ($mask) {
            $self->[0]{$fd}{$io} = $mask;
            $self->[1]{$fd}      = 0;     # until the next poll()
            $self->[2]{$io}      = $io;
        }
        else {
            delete $self->[0]{$fd}{$io};
            if (!%{ $self->[0]{$fd} }) {
                # The last handle of the descriptor.
                delete $self->[1]{$fd};
                delete $self->[0]{$fd};
            }
            delete $self->[2]{$io};
        }
    }
    return unless exists $self->[0]{$fd} and exists $self->[0]{$fd}{$io};
    return $self->[0]{$fd}{$io};
}

sub poll {
    my ($self, $timeout) = @_;
    $self->[1] = {};
    my @poll;
    while (my ($fd, $masks) = each %{ $self->[0] }) {
        my $mask = 0;
        $mask |= $_ for values %$masks;
        push @poll, $fd => $mask;
    }
    my $count = _poll(defined $timeout ? $timeout * 1000 : -1, @poll);
    return $count unless $count > 0;
    while (@poll) {
        my ($fd, $got) = splice @poll, 0, 2;
        $self->[1]{$fd} = $got if $got;
    }
    return $count;
}

sub events {
    my ($self, $io) = @_;
    my $fd = fileno $io;
    return 0 unless exists $self->[1]{$fd} and exists $self->[0]{$fd}{$io};
    # Errors are told whether asked for or not.
    return $self->[1]{$fd} & ($self->[0]{$fd}{$io} | POLLHUP() | POLLERR() | POLLNVAL());
}

sub remove {
    my ($self, $io) = @_;
    return $self->mask($io, 0);
}

sub handles {
    my $self = shift;
    return values %{ $self->[2] } unless @_;
    my $mask = shift || 0;
    my @found;
    while (my ($fd, $got) = each %{ $self->[1] }) {
        next unless $got & $mask;
        while (my ($name, $wanted) = each %{ $self->[0]{$fd} }) {
            push @found, $self->[2]{$name} if $wanted & $mask || $got & $mask;
        }
    }
    return @found;
}

1;
