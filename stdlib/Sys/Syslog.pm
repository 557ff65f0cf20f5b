package Sys::Syslog;
# Messages to a logger (perldoc Sys::Syslog). Native: the LOG_* names, openlog_xs, syslog_xs,
# closelog_xs, setlogmask_xs; the other ways to send go over sockets of their own.

use strict;
use warnings;
use warnings::register;
require Exporter;
require XSLoader;

our $VERSION = '0.36';
our @ISA     = ('Exporter');
our ($host, $facility);

XSLoader::load();

our %EXPORT_TAGS = (
    standard => [qw(openlog syslog closelog setlogmask)],
    extended => [qw(setlogsock)],
    macros   => [
        (map "LOG_$_", qw(
            ALERT CRIT DEBUG EMERG ERR INFO NOTICE WARNING
            AUTH AUTHPRIV CRON DAEMON FTP KERN LOCAL0 LOCAL1 LOCAL2 LOCAL3 LOCAL4 LOCAL5 LOCAL6 LOCAL7
            LPR MAIL NEWS SYSLOG USER UUCP INSTALL LAUNCHD NETINFO RAS REMOTEAUTH CONSOLE NTP SECURITY AUDIT LFMT
            CONS PID NDELAY NOWAIT ODELAY PERROR FACMASK NFACILITIES PRIMASK MASK UPTO)),
    ],
);
our @EXPORT    = @{ $EXPORT_TAGS{standard} };
our @EXPORT_OK = (@{ $EXPORT_TAGS{extended} }, @{ $EXPORT_TAGS{macros} });

my @ways = qw(native tcp udp unix);    # tried in this order
my %known_way = map +($_ => 1), qw(native eventlog tcp udp inet unix stream pipe console);
my %setting;                           # of setlogsock: path, port, host, timeout
my ($ident, %option, $mask) = ('');
my ($send, $socket);                   # how to send; the open connection

my %option_bit = (pid => 1, cons => 2, ndelay => 8, nowait => 16, perror => 32);

sub croak { require Carp; local $Carp::CarpLevel = 1; Carp::croak(@_) }

# A facility or level by name, in any case, with or without LOG_; undef if there is none.
sub xlate {
    my ($name) = @_;
    return $name + 0 if $name =~ /^\s*\d+\s*\z/;
    $name = uc $name;
    $name = "LOG_$name" unless $name =~ /^LOG_/;
    $name = { LOG_EMERGENCY => 'LOG_EMERG', LOG_PANIC => 'LOG_EMERG', LOG_ERROR => 'LOG_ERR', LOG_WARN => 'LOG_WARNING' }
        ->{$name} || $name;
    no strict 'refs';
    return undef unless $name =~ /^LOG_\w+\z/ && defined &$name;
    my $value = eval { &$name() };
    return $value;
}

sub openlog {
    ($ident, my $options, $facility) = @_;
    $ident   = $0 =~ s{.*/}{}r unless defined $ident;
    $options = '' unless defined $options;
    $facility = LOG_USER() unless defined $facility;
    %option = ();
    for my $word (split /\W+/, $options) {
        next if $word eq '';
        $option{ lc $word } = 1;
        croak("openlog: invalid option '$word'")
            unless $option_bit{ lc $word } || $word =~ /^(?:nofatal|noeol|nonul)\z/i;
    }
    _end();
    connect_log() if $option{ndelay};
    return 1;
}

sub closelog {
    _end();
    ($ident, $facility) = ('', undef);
    %option = ();
    return 1;
}

sub _end {
    closelog_xs() if $send && $send eq 'native';
    close $socket if $socket;
    undef $_ for $send, $socket;
}

sub setlogmask {
    my $old = defined $mask ? $mask : 0xff;
    my ($new) = @_;
    if (defined $new && $new) { $mask = $new; setlogmask_xs($new) }
    return $old;
}

sub setlogsock {
    my @types;
    if (@_ && ref $_[0] eq 'HASH') {
        %setting = %{ $_[0] };
        my $type = $setting{type};
        croak('setlogsock(): invalid parameter type') if ref $type && ref $type ne 'ARRAY';
        @types = ref $type ? @$type : defined $type ? $type : ();
    }
    else {
        croak('setlogsock(): missing argument; must be \'tcp\', \'udp\', \'unix\' or an array of them') unless @_;
        my ($type, $path, $timeout) = @_;
        @types   = ref $type ? @$type : $type;
        %setting = (path => $path, timeout => $timeout);
        $setting{host} = $path if @types == 1 && $types[0] =~ /^(?:inet|tcp|udp)\z/i;
    }
    @types = map { lc $_ eq 'inet' ? ('tcp', 'udp') : lc $_ } @types;
    for my $type (@types) {
        croak("Invalid argument passed to setlogsock; must be 'stream', 'pipe', 'unix', 'native', 'eventlog', 'tcp', 'udp' or 'inet'")
            unless $known_way{$type};
        return 0 if $type eq 'eventlog';
        if ($type eq 'stream' || $type eq 'pipe') {
            my $path = defined $setting{path} ? $setting{path} : $type eq 'stream' ? _PATH_LOG() : undef;
            if (!defined $path || !-w $path) { warnings::warnif("$type passed to setlogsock, but could not be used"); return 0 }
        }
    }
    @ways = @types if @types;
    _end();
    return 1;
}

sub syslog {
    my ($priority, $format, @args) = @_;
    croak('syslog: expecting argument $priority') unless defined $priority;
    croak('syslog: expecting argument $format')   unless defined $format;
    my ($level, $to);
    if ($priority =~ /^\s*\d+\s*\z/) { ($level, $to) = (LOG_PRI($priority), $priority & LOG_FACMASK()); undef $to unless $to }
    else {
        for my $word (grep length, split /\W+/, $priority) {
            my $number = xlate($word);
            croak("syslog: invalid level/facility: $word") unless defined $number;
            if ($number <= LOG_PRIMASK() && $word !~ /^(?:log_)?kern\z/i) {
                croak("syslog: too many levels given: $word") if defined $level;
                $level = $number;
            }
            else {
                croak("syslog: too many facilities given: $word") if defined $to;
                $to = $number;
            }
        }
    }
    croak('syslog: level must be given') unless defined $level;
    return 1 if defined $mask && !(LOG_MASK($level) & $mask);
    if (!defined $to) { $to = xlate(defined $facility ? $facility : 'user') }
    my $error = $!;
    $format =~ s/(%%)|%m/$1 || $error =~ s{%}{%%}gr/ge;
    my $text = @args ? sprintf $format, @args : $format =~ /%%/ ? sprintf $format : $format;
    connect_log() unless $send;
    if ($option{perror} && $send ne 'native') {
        print STDERR $ident, $option{pid} ? "[$$]" : '', ": $text\n";
    }
    if ($send eq 'native') { syslog_xs($level | $to, $text); return 1 }
    $text .= "\n" unless $text =~ /\n\z/ || $option{noeol};
    my @now    = split ' ', scalar localtime;
    my $stamp  = sprintf '%s %2d %s', @now[1, 2, 3];
    my $packet = '<' . ($level | $to) . ">$stamp $ident" . ($option{pid} ? "[$$]" : '') . ": $text";
    $packet .= "\0" unless $option{nonul};
    return defined syswrite($socket, $packet) ? 1 : 0 unless $send eq 'udp' || $send eq 'unix';
    return defined send($socket, $packet, 0) ? 1 : 0;
}

# Opens the first way that works.
sub connect_log {
    my @errors;
    for my $way (@ways) {
        if ($way eq 'native') {
            my $bits = 0;
            $bits |= $option_bit{$_} || 0 for keys %option;
            openlog_xs($ident, $bits, xlate(defined $facility ? $facility : 'user') || LOG_USER());
            return $send = $way if -w _PATH_LOG() || @ways == 1;
            next;
        }
        my $open = Sys::Syslog->can("connect_$way") or next;
        if ($open->(\@errors)) { return $send = $way }
    }
    # Without a logger the messages have nowhere to go; native says nothing about it.
    if (grep $_ eq 'native', @ways) { return $send = 'native' }
    croak(join "\n\t- ", 'no connection to syslog available', @errors) unless $option{nofatal};
    return $send = 'native';
}

sub connect_unix {
    my ($errors) = @_;
    my $path = defined $setting{path} ? $setting{path} : _PATH_LOG();
    require IO::Socket::UNIX;
    $socket = IO::Socket::UNIX->new(Type => Socket::SOCK_DGRAM(), Peer => $path)
        || IO::Socket::UNIX->new(Type => Socket::SOCK_STREAM(), Peer => $path);
    push @$errors, "can't connect to socket $path: $!" unless $socket;
    return $socket;
}

sub connect_stream {
    my ($errors) = @_;
    my $path = defined $setting{path} ? $setting{path} : _PATH_LOG();
    return 1 if open $socket, '>', $path;
    push @$errors, "can't open $path: $!";
    undef $socket;
    return 0;
}

sub connect_pipe { return defined $setting{path} && connect_stream($_[0]) }

sub _connect_inet {
    my ($proto, $errors) = @_;
    require IO::Socket::INET;
    my $to   = $setting{host} || $host || 'localhost';
    my $port = $setting{port} || ($proto eq 'tcp' ? 'syslogng(514)' : 'syslog(514)');
    $socket = IO::Socket::INET->new(Proto => $proto, PeerAddr => $to, PeerPort => $port, Timeout => $setting{timeout});
    push @$errors, "$proto connect: $@" unless $socket;
    return $socket;
}

sub connect_tcp { return _connect_inet('tcp', @_) }
sub connect_udp { return _connect_inet('udp', @_) }

sub disconnect_log { _end(); return 1 }

1;
