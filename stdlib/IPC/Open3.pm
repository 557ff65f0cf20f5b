package IPC::Open3;
# A process with its three standard handles in hand (perldoc IPC::Open3). The child reports a failing
# exec through a pipe that closes by itself when exec works.

use strict;
no strict 'refs';
use Symbol qw(gensym qualify);
require Exporter;

our $VERSION = '1.22';
our @ISA     = ('Exporter');
our @EXPORT  = qw(open3);
our $Me      = 'open3 (bug)';

sub _croak { require Carp; goto &Carp::croak }

sub open3 {
    if (@_ < 4) {
        local $" = ', ';
        _croak("open3(@_): not enough arguments");
    }
    return _open3('open3', @_);
}

# One of the three: what the user gave, what the parent and the child use.
sub _handle {
    my ($mode, $given, $package) = @_;
    my %h = (mode => $mode, given => $given);
    my $dup = '^' . ($mode eq '<' ? '<' : '>') . '&';
    if (!ref $given && defined $given && $given =~ s/$dup//) {
        # The child uses the caller's own handle, duplicated.
        $h{dup}  = 1;
        $h{fd_only} = $given =~ /^=?(\d+)\z/ ? $1 : undef;
        $h{parent} = defined $h{fd_only} ? $h{fd_only} : \*{ qualify($given, $package) };
    }
    elsif (!ref $given && defined $given && $given =~ /^\d+\z/) { $h{number} = $given }
    else { $h{parent} = ref $given || ref \$given eq 'GLOB' ? $given : \*{ qualify($given, $package) } }
    return \%h;
}

sub _open3 {
    local $Me = shift;
    # Missing handles are made, and put where the caller can see them.
    for my $i (0, 1) {
        next if defined $_[$i] && length $_[$i];
        eval { $_[$i] = gensym; 1 } or do {
            my $why = $@;
            $why =~ s/ at \S+ line \d+.*//s unless $why =~ /^Insecure/;
            _croak("$Me: $why");
        };
    }
    my $package = caller;
    for (my $up = 1; defined $package and $package =~ /^IPC::Open[23]\z/; $up++) { $package = caller $up }
    my ($in, $out, $err) = @_[0 .. 2];
    my @command = @_[3 .. $#_];
    $err = $out unless defined $err && length $err && $err;
    my $same_err = _same($err, $out, $package);

    my @handles = (
        _handle('<', $in,  $package),
        _handle('>', $out, $package),
        $same_err ? undef : _handle('>', $err, $package),
    );
    for my $h (grep defined, @handles) {
        next if $h->{dup};
        if (defined $h->{number}) {
            # A descriptor the parent wants to use itself: a pipe is attached to it.
            $h->{parent} = gensym;
        }
        pipe my $reader, my $writer or _croak("$Me: pipe failed: $!");
        @{$h}{qw(child mine)} = $h->{mode} eq '<' ? ($reader, $writer) : ($writer, $reader);
    }

    # Before the fork, so that not every child loads it anew.
    require POSIX;

    # A fork of perl itself runs on; anything else is exec'd under watch.
    my $fork_only = @command == 1 && defined $command[0] && $command[0] eq '-';
    pipe my $status_r, my $status_w or _croak("$Me: pipe failed: $!");
    my $pid = fork;
    defined $pid or _croak("$Me: fork failed: $!");
    if (!$pid) {
        close $status_r;
        my $ok = eval { _child(\@handles, $same_err); 1 };
        if ($ok && $fork_only) { close $status_w; return 0 }
        # exec dies where taint checks refuse it.
        $ok &&= eval {
            # Warnings about exec are the parent's to give, as an exception.
            no warnings;
            exec @command;
            my $errno = $! + 0;
            local $" = ' ';
            _tell($status_w, $errno, "exec of @command failed");
            1;
        };
        if (!$ok) {
            my $why = $@;
            $why =~ s/ at \S+ line \d+.*//s;
            _tell($status_w, $! + 0, $why);
        }
        POSIX::_exit(255);
    }

    close $status_w;
    my $report = '';
    {
        local $/;
        my $text = readline $status_r;
        $report = $text if defined $text;
    }
    close $status_r;
    if (length $report) {
        my ($errno, $why) = unpack 'La*', $report;
        waitpid $pid, 0;
        require Carp;
        die $why if $why =~ /^Insecure/;
        $! = $errno;
        _croak("$Me: $why: $!");
    }

    for my $h (grep defined, @handles) {
        if ($h->{dup}) {
            # "<&" takes the handle away from the parent.
            close $h->{parent} if $h->{mode} eq '<' and !defined $h->{fd_only};
            next;
        }
        close $h->{child};
        if (defined $h->{number}) {
            POSIX::dup2(fileno $h->{mine}, $h->{number});
            close $h->{mine};
            next;
        }
        _install($h->{parent}, $h->{mine}, $h->{mode});
    }
    # What is written should reach the child at once.
    if (!$handles[0]{dup} && !defined $handles[0]{number}) {
        my $old = select $handles[0]{parent};
        $| = 1;
        select $old;
    }
    return $pid;
}

sub _same {
    my ($err, $out, $package) = @_;
    return 1 if defined $err && defined $out && !ref $err && !ref $out && $err eq $out;
    return 1 if ref $err && ref $out && $err == $out;
    my ($e, $o) = map { ref $_ || ref \$_ eq 'GLOB' ? fileno $_ : /^>&/ ? undef : /^\d+\z/ ? $_ : fileno qualify($_, $package) } $err, $out;
    return defined $e && defined $o && $e == $o;
}

# The user's handle becomes the parent's end of the pipe.
sub _install {
    my ($handle, $mine, $mode) = @_;
    my $way = $mode eq '<' ? '>' : '<';
    open $handle, "$way&", $mine or _croak("$Me: open: $!");
    close $mine;
}

# In the child: standard handles in place, the parent's ends closed.
sub _child {
    my ($handles, $same_err) = @_;
    my @source;
    for my $i (0 .. 2) {
        my $h = $handles->[$i] or next;
        if ($h->{dup}) {
            $source[$i] = defined $h->{fd_only} ? $h->{fd_only} : fileno $h->{parent};
            die "bad file descriptor" unless defined $source[$i];
        }
        else {
            close $h->{mine};
            $source[$i] = fileno $h->{child};
        }
    }
    # Sources that are themselves 0-2 must not be overwritten before they are used.
    my @kept;
    for my $i (0 .. 2) {
        next unless defined $source[$i] and $source[$i] <= 2 and $source[$i] != $i;
        my $copy = POSIX::dup($source[$i]);
        defined $copy or die "dup failed";
        $source[$i] = $copy;
        push @kept, $copy;
    }
    my @std = (\*STDIN, \*STDOUT, \*STDERR);
    for my $i (0 .. 2) {
        my $fd = $i == 2 && $same_err ? 1 : $source[$i];
        next unless defined $fd;
        if ($fd != $i) { defined POSIX::dup2($fd, $i) or die 'dup2 failed' }
        # The handle may have been closed or tied to something else.
        untie *{ $std[$i] } if tied *{ $std[$i] };
        my $now = fileno $std[$i];
        if (!defined $now or $now != $i) { open $std[$i], ($i ? '>' : '<') . "&=$i" or die 'open failed' }
    }
    POSIX::close($_) for @kept;
    for my $h (grep defined, @$handles) {
        next if $h->{dup};
        my $fd = fileno $h->{child};
        close $h->{child} if defined $fd and $fd > 2;
    }
}

sub _tell {
    my ($status, $errno, $why) = @_;
    syswrite $status, pack('La*', $errno, $why);
}

1;
