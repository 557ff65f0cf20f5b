package IO::Pipe;
# Pipes, plain or to a command, as objects (perldoc IO::Pipe).

use 5.008_001;
use strict;
use IO::Handle;
use Symbol ();

our $VERSION = '1.49';

sub _usage { require Carp; Carp::croak("usage: $_[0]") }

sub new {
    my $type  = shift;
    my $class = ref $type || $type || 'IO::Pipe';
    @_ == 0 or @_ == 2 or _usage("$class->([READFH, WRITEFH])");
    my $io  = bless Symbol::gensym(), $class;
    my ($reader, $writer) = @_ ? @_ : $io->handles;
    pipe $reader, $writer or return undef;
    @{*$io} = ($reader, $writer);
    return $io;
}

sub handles {
    @_ == 1 or _usage('$pipe->handles()');
    return (IO::Pipe::End->new, IO::Pipe::End->new);
}

sub reader {
    my $me = shift;
    return undef unless ref $me;
    my ($reader, $writer) = @{*$me};
    return _become($me, $reader, $writer) unless @_;
    return _command($me, $reader, $writer, 1, @_);
}

sub writer {
    my $me = shift;
    return undef unless ref $me;
    my ($reader, $writer) = @{*$me};
    return _become($me, $writer, $reader) unless @_;
    return _command($me, $writer, $reader, 0, @_);
}

# This process keeps one end; the object becomes it.
sub _become {
    my ($me, $mine, $other) = @_;
    bless $me, ref $mine;
    *$me = *$mine;
    close $other;
    return $me;
}

# $fd: which of the command's standard handles the other end is.
sub _command {
    my ($me, $mine, $other, $fd, @command) = @_;
    my $pid = fork;
    return undef unless defined $pid;
    if (!$pid) {
        close $mine;
        require IO::Handle;
        my $std = bless $fd ? \*STDOUT : \*STDIN, 'IO::Handle';
        if (fileno $other != $fd) {
            $std->fdopen($other, $fd ? 'w' : 'r') or _child_exit("IO::Pipe: Cannot reopen: $!");
        }
        if (ref $command[0] eq 'CODE') { $command[0]->(); exit 0 }
        no warnings 'exec';
        exec @command;
        _child_exit("IO::Pipe: Cannot exec: $!");
    }
    bless $me, ref $mine;
    *$me = *$mine;
    close $other;
    ${*$me}{io_pipe_pid} = $pid;
    return $me;
}

sub _child_exit {
    print STDERR "$_[0]\n";
    require POSIX;
    POSIX::_exit(255);
}

package IO::Pipe::End;

our @ISA = ('IO::Handle');

sub close {
    my ($io) = @_;
    my $ok  = $io->SUPER::close();
    my $pid = delete ${*$io}{io_pipe_pid};
    waitpid $pid, 0 if defined $pid;
    return $ok;
}

1;
