package Time::Local;
# From broken-down time back to seconds (perldoc Time::Local).

use strict;
use warnings;
require Exporter;

our $VERSION   = '1.30';
our @ISA       = ('Exporter');
our @EXPORT    = qw(timegm timelocal);
our @EXPORT_OK = qw(timegm_modern timelocal_modern timegm_nocheck timelocal_nocheck timegm_posix timelocal_posix);

my @days = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

use constant SECS_PER_MINUTE => 60;
use constant SECS_PER_HOUR   => 3600;
use constant SECS_PER_DAY    => 86400;

# How the year is meant.
use constant AS_IS => 0;     # the full year
use constant POSIX => 1;     # years since 1900
use constant GUESS => 2;     # two digits stand for the nearest such year

sub _is_leap_year { my ($y) = @_; return $y % 4 == 0 && ($y % 100 != 0 || $y % 400 == 0) }

# Days from 1970-01-01, of the proleptic Gregorian calendar.
sub _day_number {
    my ($mday, $month, $year) = @_;    # month 0 .. 11
    use integer;
    my $m = ($month + 10) % 12;
    my $y = $year - $m / 10;
    my $days = 365 * $y + _floor($y, 4) - _floor($y, 100) + _floor($y, 400) + ($m * 306 + 5) / 10 + $mday - 1;
    return $days - 719468;
}

sub _floor {
    my ($n, $by) = @_;
    use integer;
    my $q = $n / $by;
    return $n < 0 && $q * $by != $n ? $q - 1 : $q;
}

sub _year {
    my ($year, $how) = @_;
    if ($how == GUESS) {
        return $year if $year > 999;
        # Three digits or more are years since 1900 in the old way.
        return $year + 1900 if $year > 99;
        my $now = (localtime)[5] + 1900;
        my $century = int($now / 100) * 100;
        my $guess = $century + $year;
        if    ($guess > $now + 50)  { $guess -= 100 }
        elsif ($guess <= $now - 50) { $guess += 100 }
        return $guess;
    }
    return $how == POSIX ? $year + 1900 : $year;
}

sub _croak { require Carp; local $Carp::CarpLevel = $Carp::CarpLevel; goto &Carp::croak }

sub _check {
    my ($sec, $min, $hour, $mday, $month, $year) = @_;
    _croak("Month '$month' out of range 0..11") if $month > 11 or $month < 0;
    my $last = $days[$month];
    $last++ if $month == 1 && _is_leap_year($year);
    _croak("Day '$mday' out of range 1..$last")  if $mday > $last or $mday < 1;
    _croak("Hour '$hour' out of range 0..23")    if $hour > 23 or $hour < 0;
    _croak("Minute '$min' out of range 0..59")   if $min > 59 or $min < 0;
    _croak("Second '$sec' out of range 0..59")   if $sec >= 60 or $sec < 0;
}

sub _gm {
    my ($sec, $min, $hour, $mday, $month, $year) = @_;
    return $sec + SECS_PER_MINUTE * $min + SECS_PER_HOUR * $hour + SECS_PER_DAY * _day_number($mday, $month, $year);
}

sub _timegm {
    my ($how, $check, @time) = @_;
    $time[5] = _year($time[5], $how);
    # Values out of range are allowed where nobody checks; the day may be, the month not.
    &_check(@time[0 .. 5]) if $check;
    if (!$check) {
        my $month = $time[4];
        $time[5] += _floor($month, 12);
        $time[4] = $month - 12 * _floor($month, 12);
    }
    return _gm(@time);
}

sub timegm          { return _timegm(GUESS, 1, @_) }
sub timegm_modern   { return _timegm(AS_IS, 1, @_) }
sub timegm_posix    { return _timegm(POSIX, 1, @_) }
sub timegm_nocheck  { return _timegm(GUESS, 0, @_) }

# Local time is the UTC time whose localtime() looks like that: found by looking.
sub _timelocal {
    my ($how, $check, @time) = @_;
    my $wanted = _timegm($how, $check, @time);
    my $shown  = sub {
        my @local = localtime $_[0];
        return _gm(@local[0 .. 4], $local[5] + 1900);
    };
    my $offset = $wanted - $shown->(_whole($wanted));
    my $guess  = $wanted + $offset;
    my $error  = $wanted - $shown->(_whole($guess));
    # Of two equal hours the earlier, when clocks go back.
    if ($error == 0) {
        my $earlier = $guess - SECS_PER_HOUR;
        return $earlier if $shown->(_whole($earlier)) == $wanted;
        return $guess;
    }
    my $second = $guess + $error;
    return $second if $shown->(_whole($second)) == $wanted;
    # In the gap, when clocks go forward: as if they had not yet.
    return $guess > $second ? $guess : $second;
}

sub _whole { my ($n) = @_; my $i = int $n; return $i > $n ? $i - 1 : $i }

sub timelocal         { return _timelocal(GUESS, 1, @_) }
sub timelocal_modern  { return _timelocal(AS_IS, 1, @_) }
sub timelocal_posix   { return _timelocal(POSIX, 1, @_) }
sub timelocal_nocheck { return _timelocal(GUESS, 0, @_) }

1;
