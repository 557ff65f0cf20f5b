package Time::HiRes;
# Time in fractions of a second; the functions and CLOCK_ and ITIMER_ constants are native
# (perldoc Time::HiRes).

use strict;
require Exporter;
require XSLoader;

our $VERSION   = '1.9770';
our @ISA       = ('Exporter');
our @EXPORT    = ();
our @EXPORT_OK = qw(
    usleep sleep ualarm alarm gettimeofday time tv_interval getitimer setitimer nanosleep clock_gettime
    clock_getres clock clock_nanosleep CLOCKS_PER_SEC CLOCK_BOOTTIME CLOCK_HIGHRES CLOCK_MONOTONIC
    CLOCK_MONOTONIC_COARSE CLOCK_MONOTONIC_FAST CLOCK_MONOTONIC_PRECISE CLOCK_MONOTONIC_RAW
    CLOCK_PROCESS_CPUTIME_ID CLOCK_PROF CLOCK_REALTIME CLOCK_REALTIME_COARSE CLOCK_REALTIME_FAST
    CLOCK_REALTIME_PRECISE CLOCK_REALTIME_RAW CLOCK_SECOND CLOCK_SOFTTIME CLOCK_THREAD_CPUTIME_ID
    CLOCK_TIMEOFDAY CLOCK_UPTIME CLOCK_UPTIME_COARSE CLOCK_UPTIME_FAST CLOCK_UPTIME_PRECISE CLOCK_UPTIME_RAW
    CLOCK_VIRTUAL ITIMER_PROF ITIMER_REAL ITIMER_REALPROF ITIMER_VIRTUAL TIMER_ABSTIME d_usleep d_ualarm
    d_gettimeofday d_getitimer d_setitimer d_nanosleep d_clock_gettime d_clock_getres d_clock
    d_clock_nanosleep d_hires_stat d_futimens d_utimensat d_hires_utime stat lstat utime
);
our $AUTOLOAD;

XSLoader::load('Time::HiRes', $VERSION);

# Everything that has a d_ question is there on the systems we run on.
for my $name (grep /^d_/, @EXPORT_OK) {
    no strict 'refs';
    *$name = sub () { 1 } unless defined &$name;
}

sub import {
    my $package = shift;
    for my $name (@_) {
        # Names other systems have.
        next if $name =~ /^&?(?:d_|tv_interval\z)/ or $name =~ /^[:!\/]/ or defined &$name;
        next unless grep $_ eq $name, @EXPORT_OK;
        next if $name =~ /^(?:CLOCK|ITIMER|TIMER)/ and _constant($name);
        require Carp;
        Carp::croak("Time::HiRes::$name(): unimplemented in this platform");
    }
    Time::HiRes->export_to_level(1, $package, @_);
}

# constant() of the native part answers (error, value).
sub _constant {
    my ($name) = @_;
    return 1 if defined &$name;
    return 0 unless defined &constant;
    my ($error, $value) = constant($name);
    return 0 if $error;
    no strict 'refs';
    *$name = sub () { $value };
    return 1;
}

sub AUTOLOAD {
    my $name = $AUTOLOAD =~ s/.*:://r;
    if (_constant($name)) { no strict 'refs'; goto &$AUTOLOAD }
    require Carp;
    Carp::croak("$name is not a valid Time::HiRes macro") unless grep $_ eq $name, @EXPORT_OK;
    Carp::croak("Your vendor has not defined Time::HiRes macro $name, used");
}

sub tv_interval {
    # The second time is now unless given.
    my ($from, $to) = @_;
    $to = [gettimeofday()] unless defined $to;
    return ($to->[0] - $from->[0]) + ($to->[1] - $from->[1]) / 1e6;
}

1;
