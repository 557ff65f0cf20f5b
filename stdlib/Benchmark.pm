package Benchmark;
# Running times compared (perldoc Benchmark).

# Code given as text is compiled here, outside of any pragma.
sub _doeval { eval shift }

use strict;
require Exporter;
use Time::HiRes ();

our $VERSION     = '1.23';
our @ISA         = ('Exporter');
our @EXPORT      = qw(timeit timethis timethese timediff timestr);
our @EXPORT_OK   = qw(timesum cmpthese countit clearcache clearallcache disablecache enablecache);
our %EXPORT_TAGS = (all => [@EXPORT, @EXPORT_OK]);
our $code;    # what runs now
our ($Debug, $Min_Count, $Min_CPU, $Default_Format, $Default_Style, $Default_Tmax, %_Usage) = (0, 4, 0.4, '5.2f', 'auto', 3);
my (%cache, $cache_on);
$cache_on = 1;

sub import {
    my $class = shift;
    # The clock with fractions is the only one here.
    @_ = ($class, grep $_ ne ':hireswallclock', @_);
    goto &Exporter::import;
}

sub _croak { require Carp; goto &Carp::croak }
sub init          { clearallcache() }
sub debug         { $Debug = ($_[1] != 0) }
sub clearcache    { delete $cache{"$_[0]c"}; delete $cache{"$_[0]s"} }
sub clearallcache { %cache = () }
sub enablecache   { $cache_on = 1 }
sub disablecache  { $cache_on = 0 }

# A time: [real, user, system, children's user, children's system, count].
sub new { my @t = (Time::HiRes::time(), times, @_ == 2 ? $_[1] : 0); return bless \@t, 'Benchmark' }

sub cpu_p { my ($r, $pu, $ps, $cu, $cs) = @{ $_[0] }; return $pu + $ps }
sub cpu_c { my ($r, $pu, $ps, $cu, $cs) = @{ $_[0] }; return $cu + $cs }
sub cpu_a { my ($r, $pu, $ps, $cu, $cs) = @{ $_[0] }; return $pu + $ps + $cu + $cs }
sub real  { $_[0][0] }
sub iters { $_[0][5] }

sub timediff {
    my ($a, $b) = @_;
    my @r;
    for my $i (0 .. $#$a) {
        push @r, $a->[$i] - ($i < @$b ? $b->[$i] : 0);
    }
    return bless \@r, 'Benchmark';
}

sub timesum {
    my ($a, $b) = @_;
    return bless [map $a->[$_] + ($b->[$_] || 0), 0 .. $#$a], 'Benchmark';
}

sub timestr {
    my ($t, $style, $format) = @_;
    $style  = defined $style && length $style ? $style : $Default_Style;
    return '' if $style eq 'none';
    $format = defined $format && length $format ? $format : $Default_Format;
    my ($real, $pu, $ps, $cu, $cs, $n) = @$t;
    my $total = $pu + $ps + $cu + $cs;
    my $own   = $pu + $ps;
    my $kids  = $cu + $cs;
    $style = $kids > 1e-10 ? 'all' : 'noc' if $style eq 'auto';
    my $f = $format;
    my $out = $style eq 'all' ? sprintf("%2d wallclock secs (%$f usr %$f sys + %$f cusr %$f csys = %$f CPU)", $real, $pu, $ps, $cu, $cs, $total)
        : $style eq 'nop' ? sprintf("%2d wallclock secs (%$f cusr + %$f csys = %$f CPU)", $real, $cu, $cs, $kids)
        : sprintf("%2d wallclock secs (%$f usr + %$f sys = %$f CPU)", $real, $pu, $ps, $own);
    my $elapsed = $style eq 'all' ? $total : $style eq 'nop' ? $kids : $own;
    $out .= sprintf(" @ %$f/s (n=$n)", $n / $elapsed) if $n and $elapsed;
    return $out;
}

sub timedebug { my ($message, $t) = @_; print STDERR "$message", timestr($t), "\n" if $Debug }

# One loop of so many rounds, as source so that the loop itself costs little.
sub runloop {
    my ($n, $code) = @_;
    $n += 0;
    _croak("negative loopcount $n") if $n < 0;
    _croak('usage: runloop(number, [string | coderef])') unless defined $code;
    my $package = caller;
    for (my $up = 0; $package eq 'Benchmark'; $up++) { $package = caller $up; last unless defined $package }
    $package = 'main' unless defined $package;
    local $Benchmark::code = $code;
    my $body = ref $code eq 'CODE' ? '&$Benchmark::code()' : $code;
    my $run = _doeval("sub { for (1 .. $n) { local \$_; package $package; $body; } }");
    die "runloop unable to compile '$code': $@\ncode: $code\n" if $@;
    # From the beginning of a tick.
    my $start = (times)[0];
    my $t0 = new('Benchmark');
    my $tries = 0;
    while ((times)[0] == $start and $tries++ < 100_000) { $t0 = new('Benchmark') }
    $t0 = Benchmark->new(0);
    &$run;
    my $t1 = Benchmark->new($n);
    return timediff($t1, $t0);
}

sub timeit {
    my ($n, $code) = @_;
    my $key = $n . (ref $code ? 'c' : 's');
    my $empty = $cache_on && $cache{$key} ? $cache{$key} : ($cache{$key} = runloop($n, ref $code ? sub { } : ''));
    my $t = runloop($n, $code);
    my $diff = timediff($t, $empty);
    # Less than nothing is noise.
    for my $i (1 .. 4) { $diff->[$i] = 0 if $diff->[$i] < 0 }
    $diff->[0] = 0 if $diff->[0] < 0;
    $diff->[5] = $n;
    return $diff;
}

sub countit {
    my ($wanted, $code) = @_;
    if (!defined $wanted or $wanted eq '0')  { $wanted = $Default_Tmax }
    elsif ($wanted < 0) { $wanted = -$wanted }
    _croak("timelimit cannot be less than '0.1'") if $wanted < 0.1;
    # How many rounds take about a tenth of a second?
    my ($n, $t) = (1);
    for (;; $n *= 2) {
        $t = timeit($n, $code);
        last if $t->[1] + $t->[2] > 0.1 or $n > 1e9;
        _croak('code runs too quickly') if $n > 5e8;
    }
    my $sum = timeit($n, $code);
    while ($sum->[1] + $sum->[2] + $sum->[3] + $sum->[4] < $wanted) {
        my $used = $sum->[1] + $sum->[2] + $sum->[3] + $sum->[4];
        my $more = $used > 0 ? int($sum->[5] * ($wanted * 1.05 - $used) / $used) : $n;
        $more = 1 if $more < 1;
        $sum = timesum($sum, timeit($more, $code));
    }
    return $sum;
}

sub _n_or_time { my ($n, $code) = @_; return $n > 0 ? timeit($n, $code) : countit($n, $code) }

sub timethis {
    my ($n, $code, $title, $style) = @_;
    my $t = _n_or_time($n, $code);
    my $for = $n > 0 ? '' : sprintf 'for %d', -$n || $Default_Tmax;
    $title = $n > 0 ? "timethis $n" : "timethis $for" unless defined $title;
    $style = '' unless defined $style;
    if ($style ne 'none') {
        printf "%10s: ", $title;
        print timestr($t, $style, $Default_Format), "\n";
    }
    my $elapsed = $t->[1] + $t->[2] + $t->[3] + $t->[4];
    print "            (warning: too few iterations for a reliable count)\n"
        if $style ne 'none' and $t->[5] < $Min_Count || $t->[0] < 1 && $t->[5] < 1000 || $elapsed < $Min_CPU;
    return $t;
}

sub timethese {
    my ($n, $codes, $style) = @_;
    _croak('usage: timethese(count, { Name1 => \'code1\', ... }[, style])') unless ref $codes eq 'HASH';
    my @names = sort keys %$codes;
    $style = '' unless defined $style;
    my %result;
    if ($style ne 'none') {
        print 'Benchmark: ';
        print $n > 0 ? "timing $n iterations of " : 'running ', join(', ', @names);
        print ' for at least ' . (-$n || $Default_Tmax) . ' CPU seconds' if $n <= 0;
        print "...\n";
    }
    $result{$_} = timethis($n, $codes->{$_}, $_, $style) for @names;
    return \%result;
}

sub cmpthese {
    my ($results, $style);
    if (ref $_[0]) { ($results, $style) = @_ }
    else {
        my ($n, $codes, $given) = @_;
        $style   = $given;
        $results = timethese($n, $codes, defined $style && $style eq 'none' ? 'none' : $style);
    }
    $style = '' unless defined $style;
    my @sorted = sort { $a->[1] <=> $b->[1] }
        map { my $t = $results->{$_}; my $used = $t->[1] + $t->[2] + $t->[3] + $t->[4]; [$_, $used > 0 ? $t->[5] / $used : 0, $used > 0 ? $used / $t->[5] : 0] } keys %$results;
    return [] unless @sorted;
    # Slow things by the time they take, fast ones by their rate.
    my $by_rate = $sorted[ $#sorted >> 1 ][1] > 1;
    my @table = [ '', $by_rate ? 'Rate' : 's/iter', map $_->[0], @sorted ];
    for my $row (@sorted) {
        my $value = $by_rate ? $row->[1] : $row->[2];
        my $format = $value >= 100 ? '%0.0f' : $value >= 10 ? '%0.1f' : $value >= 1 ? '%0.2f' : $value >= 0.1 ? '%0.3f' : '%0.2e';
        push @table, [ $row->[0], sprintf($format, $value) . ($by_rate ? '/s' : ''),
            map { $_ == $row ? '--' : $_->[1] > 0 ? sprintf '%.0f%%', 100 * $row->[1] / $_->[1] - 100 : '--' } @sorted ];
    }
    return \@table if $style eq 'none';
    my @width = map { my $c = $_; my $w = 0; for my $r (@table) { $w = length $r->[$c] if length $r->[$c] > $w } $w } 0 .. $#{ $table[0] };
    for my $row (@table) { print join(' ', map sprintf("%*s", $width[$_], $row->[$_]), 0 .. $#$row), "\n" }
    return \@table;
}

1;
