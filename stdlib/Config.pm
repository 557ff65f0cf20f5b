package Config;
# What the program runs on (perldoc Config). The keys most often asked for are here; the others
# are in Config_heavy.pl, read when one of them is wanted.

use strict;
use warnings;

our $VERSION = '5.036000';
our (@EXPORT, @EXPORT_OK) = '%Config';
our %Config;

@EXPORT_OK = qw(myconfig config_sh config_vars config_re compile_date local_patches
    bincompat_options non_bincompat_options header_files);

sub import {
    shift;
    @_ = @EXPORT unless @_;
    my $target = caller;
    no strict 'refs';
    for my $name (@_) {
        if ($name eq '%Config') { *{"${target}::Config"} = \%Config }
        elsif (grep $_ eq $name, @EXPORT_OK) { *{"${target}::$name"} = \&{"Config::$name"} }
        else { die qq{"$name" is not exported by the Config module\n} }
    }
}

# The machine, where the interpreter says; everything here is for 64-bit little-endian Linux.
my $machine = defined &Config::_machine ? Config::_machine() : 'x86_64';

my %value = (
    archname => "$machine-linux",
    perlpath => $^X,
    startperl => "#!$^X",
    # No threads, and none to come.
    useithreads => undef,
    usethreads  => undef,
    api_versionstring => '5.36.0',
    byteorder         => '12345678',
    d_fork            => 'define',
    d_alarm           => 'define',
    d_setsid          => 'define',
    d_sigaction       => 'define',
    d_symlink         => 'define',
    d_socket          => 'define',
    d_flock           => 'define',
    d_readlink        => 'define',
    d_fchdir          => 'define',
    d_truncate        => 'define',
    d_link            => 'define',
    d_setpgrp         => 'define',
    d_waitpid         => 'define',
    exe_ext           => '',
    ivsize            => '8',
    nvsize            => '8',
    uvsize            => '8',
    ptrsize           => '8',
    longsize          => '8',
    intsize           => '4',
    doublesize        => '8',
    so                => 'so',
    dlext             => 'so',
    osname            => 'linux',
    path_sep          => ':',
    sh                => '/bin/sh',
    sig_name => join(' ',
        'ZERO HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT',
        'STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS NUM32 NUM33 RTMIN NUM35 NUM36',
        'NUM37 NUM38 NUM39 NUM40 NUM41 NUM42 NUM43 NUM44 NUM45 NUM46 NUM47 NUM48 NUM49 NUM50 NUM51',
        'NUM52 NUM53 NUM54 NUM55 NUM56 NUM57 NUM58 NUM59 NUM60 NUM61 NUM62 NUM63 RTMAX IOT CLD POLL',
        ''),
    sig_num => join(' ',
        '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33',
        '34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64',
        '6 17 29',
        ''),
    sig_count         => '65',
    sig_size          => '68',
    version           => '5.36.0',
    use64bitint       => 'define',
    use64bitall       => 'define',
    uselargefiles     => 'define',
    useperlio         => 'define',
    d_killpg          => 'define',
    d_procselfexe     => 'define',
    procselfexe       => '"/proc/self/exe"',
    _exe              => '',
    o_nonblock        => 'O_NONBLOCK',
    eagain            => 'EAGAIN',
    clocktype         => 'clock_t',
    inc_version_list  => '',
    perl_patchlevel   => '',
    usemymalloc       => 'n',
    default_inc_excludes_dot => 'define',
);

my $heavy;    # all other keys

sub _heavy {
    return $heavy if $heavy;
    $heavy = require 'Config_heavy.pl';
    $heavy->{myarchname} = "$machine-linux";
    # what is not in the binary is where the system's modules are (diagnostics looks for its texts there)
    my ($lib) = grep { !ref && -e "$_/diagnostics.pm" } @INC;
    $heavy->{privlib} = $heavy->{privlibexp} = $lib if defined $lib;
    return $heavy;
}

sub TIEHASH { return bless \%value, $_[0] }
sub FETCH   { return exists $value{ $_[1] } ? $value{ $_[1] } : _heavy()->{ $_[1] } }
sub EXISTS  { return exists $value{ $_[1] } || exists _heavy()->{ $_[1] } }
sub STORE   { die "\%Config::Config is read-only\n" }

my @keys;
sub FIRSTKEY {
    my %all = (%{ _heavy() }, %value);
    @keys = sort keys %all;
    return shift @keys;
}
sub NEXTKEY { return shift @keys }

{
    no warnings 'once';
    *DELETE = *CLEAR = \&STORE;
}

# Reports -----------------------------------------------------------------------------------------

sub local_patches { return }
sub header_files  { return }
sub compile_date  { return 'Compiled at unknown time' }
sub bincompat_options     { return qw(HAS_TIMES PERLIO_LAYERS USE_64_BIT_ALL USE_64_BIT_INT USE_LARGE_FILES USE_PERLIO) }
sub non_bincompat_options { return }

sub config_sh {
    return join '', map { my $v = $Config{$_}; defined $v ? "$_='" . _quoted($v) . "'\n" : "$_=''\n" } keys %Config;
}

sub _quoted { my ($text) = @_; $text =~ s/'/'"'"'/g; return $text }

# The entries whose names match; a pattern that cannot be compiled matches none.
sub config_re {
    my ($pattern) = @_;
    my $wanted = eval { qr/^(?:$pattern)=/ } or return "$pattern: not found";
    my @found = grep $_ =~ $wanted, map { my $v = $Config{$_}; "$_='" . _quoted(defined $v ? $v : 'undef') . "'" } keys %Config;
    return @found ? @found : "$pattern: not found";
}

# -V:NAME. A colon before the name leaves the name out, one behind it joins the lines.
sub config_vars {
    for my $asked (@_) {
        my ($bare, $name, $joined) = $asked =~ /^(:?)(.*?)(:?)$/s;
        my $end = $joined ? ' ' : ";\n";
        my $value = exists $Config{$name} ? $Config{$name} // 'undef' : 'UNKNOWN';
        my @lines = $name =~ /\W/ ? config_re($name) : "$name='" . _quoted($value) . "'";
        s/^\w*=// for $bare ? @lines : ();
        print map "$_$end", @lines;
    }
}

sub myconfig {
    return <<"END";
Summary of my perl5 (revision 5 version 36 subversion 0) configuration:
   
  Platform:
    osname=$Config{osname}
    archname=$Config{archname}
    useperlio=define
    use64bitint=define
    use64bitall=define
    uselargefiles=define
    usethreads=undef
  Type sizes:
    ivsize=$Config{ivsize}, ptrsize=$Config{ptrsize}, longsize=$Config{longsize}, nvsize=$Config{nvsize}
    byteorder=$Config{byteorder}
END
}

sub AUTOLOAD { die "Config::$Config::AUTOLOAD is not defined\n" }
sub DESTROY { }

tie %Config, 'Config';

1;
