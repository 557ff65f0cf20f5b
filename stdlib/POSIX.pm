package POSIX;
# POSIX functions and constants (perldoc POSIX). The native part has what needs the system; here are
# the export tags, read only when a tag or the full list is asked for, and the functions that are
# perl's own under another name, made when first called.

use strict;
use warnings;

our ($AUTOLOAD, %SIGRT);
our (@EXPORT, @EXPORT_OK, %EXPORT_TAGS);
our $VERSION = '2.03';

require XSLoader;
XSLoader::load();

sub import {
    my $package = shift;
    # Names of natives need no list.
    if (@_) {
        no strict 'refs';
        my $target = caller;
        my $plain  = 1;
        for my $name (@_) {
            $plain = 0, last unless $name =~ /\A[A-Za-z]\w*\z/ && defined &{"POSIX::$name"} && $name !~ /\A[a-z]*_[a-z_]+\z/;
        }
        if ($plain) {
            *{"${target}::$_"} = \&{"POSIX::$_"} for @_;
            return;
        }
    }
    load_imports() unless @EXPORT;
    # A header's name does without the colon.
    my @list = map { /\A\w+_h\z/ ? ":$_" : $_ } @_;
    if (grep $_ eq 'tmpnam', @list) { croak('Unimplemented: POSIX::tmpnam(): use File::Temp instead') }
    require Exporter;
    no warnings 'once';
    local $Exporter::ExportLevel = 1;
    Exporter::import($package, @list);
}

sub croak { require Carp; goto &Carp::croak }

sub usage { croak("Usage: POSIX::$_[0]") }

# Functions of C that perl has built in: arguments, then the expression.
my %own = (
    abs       => 'x => CORE::abs($_[0])',
    alarm     => 'seconds => CORE::alarm($_[0])',
    assert    => 'expr => croak "Assertion failed" if !$_[0]',
    atan2     => 'x, y => CORE::atan2($_[0], $_[1])',
    chdir     => 'directory => CORE::chdir($_[0])',
    chmod     => 'mode, filename => CORE::chmod($_[0], $_[1])',
    chown     => 'uid, gid, filename => CORE::chown($_[0], $_[1], $_[2])',
    closedir  => 'dirhandle => CORE::closedir($_[0])',
    cos       => 'x => CORE::cos($_[0])',
    creat     => 'filename, mode => &open($_[0], O_WRONLY() | O_CREAT() | O_TRUNC(), $_[1])',
    errno     => ' => $! + 0',
    exit      => 'status => CORE::exit($_[0])',
    exp       => 'x => CORE::exp($_[0])',
    fabs      => 'x => CORE::abs($_[0])',
    fcntl     => 'filehandle, cmd, arg => CORE::fcntl($_[0], $_[1], $_[2])',
    fork      => ' => CORE::fork()',
    fstat     => 'fd => do { CORE::open(my $handle, "<&", $_[0]) or return; CORE::stat($handle) }',
    getc      => 'handle => CORE::getc($_[0])',
    getchar   => ' => CORE::getc(STDIN)',
    getegid   => ' => $) + 0',
    getenv    => 'name => $ENV{$_[0]}',
    geteuid   => ' => $> + 0',
    getgid    => ' => $( + 0',
    getgrgid  => 'gid => CORE::getgrgid($_[0])',
    getgrnam  => 'name => CORE::getgrnam($_[0])',
    getgroups => ' => do { my %seen; grep !$seen{$_}++, split " ", $) }',
    getlogin  => ' => CORE::getlogin()',
    getpgrp   => ' => CORE::getpgrp()',
    getpid    => ' => $$',
    getppid   => ' => CORE::getppid()',
    getpwnam  => 'name => CORE::getpwnam($_[0])',
    getpwuid  => 'uid => CORE::getpwuid($_[0])',
    gets      => ' => scalar <STDIN>',
    getuid    => ' => $<',
    gmtime    => 'time => CORE::gmtime($_[0])',
    isatty    => 'filehandle => -t $_[0]',
    kill      => 'pid, sig => CORE::kill $_[1], $_[0]',
    link      => 'oldfilename, newfilename => CORE::link($_[0], $_[1])',
    localtime => 'time => CORE::localtime($_[0])',
    log       => 'x => CORE::log($_[0])',
    mkdir     => 'directoryname, mode => CORE::mkdir($_[0], $_[1])',
    opendir   => 'directory => do { my $handle; CORE::opendir($handle, $_[0]) ? $handle : undef }',
    pow       => 'x, exponent => $_[0] ** $_[1]',
    raise     => 'sig => CORE::kill $_[0], $$',
    readdir   => 'dirhandle => CORE::readdir($_[0])',
    remove    => 'filename => (-d $_[0]) ? CORE::rmdir($_[0]) : CORE::unlink($_[0])',
    rename    => 'oldfilename, newfilename => CORE::rename($_[0], $_[1])',
    rewind    => 'filehandle => CORE::seek($_[0], 0, 0)',
    rewinddir => 'dirhandle => CORE::rewinddir($_[0])',
    rmdir     => 'directoryname => CORE::rmdir($_[0])',
    sin       => 'x => CORE::sin($_[0])',
    sqrt      => 'x => CORE::sqrt($_[0])',
    stat      => 'filename => CORE::stat($_[0])',
    strerror  => 'errno => do { my $was = $! + 0; $! = $_[0]; my $text = "$!"; $! = $was; $text }',
    strstr    => 'big, little => CORE::index($_[0], $_[1])',
    system    => 'command => CORE::system($_[0])',
    time      => ' => CORE::time',
    umask     => 'mask => CORE::umask($_[0])',
    unlink    => 'filename => CORE::unlink($_[0])',
    utime     => 'filename, atime, mtime => CORE::utime($_[1], $_[2], $_[0])',
    wait      => ' => CORE::wait()',
    waitpid   => 'pid, options => CORE::waitpid($_[0], $_[1])',
);

# Functions of C that make no sense here, by what to use instead.
my %instead;

sub _instead {
    my $method = sub {
        my ($class, @names) = @_;
        for (@names) { my ($c, $perl) = split /=/; $instead{$c} = "Use method IO::${class}::$perl() instead" }
    };
    $method->('Handle', qw(clearerr=clearerr fclose=close fdopen=new_from_fd feof=eof ferror=error fflush=flush
        fgetc=getc fgets=gets fileno=fileno fsync=sync setbuf=setbuf setvbuf=setvbuf ungetc=ungetc));
    $method->('Seekable', qw(fgetpos=getpos fseek=seek fsetpos=setpos ftell=tell));
    $method->('File',     qw(fopen=open tmpfile=new_tmpfile));
    my %use = (
        'END {}' => 'atexit', '/, % and int' => 'div ldiv', printf => 'fprintf', abs => 'labs',
        print => 'fputc fputs fwrite putc putchar puts', read => 'fread', open => 'freopen',
        '<> and regular expressions' => 'fscanf scanf', 'regular expressions' => 'sscanf strcspn',
        die => 'longjmp siglongjmp', 'index()' => 'memchr strchr', 'rindex()' => 'strrchr',
        eq => 'memcmp strcmp strncmp', '=' => 'memcpy memmove strcpy strncpy', x => 'memset',
        sort => 'qsort', 'eval {}' => 'setjmp sigsetjmp', '.=' => 'strcat strncat', length => 'strlen',
    );
    for my $perl (keys %use) { $instead{$_} = "C-specific: use $perl instead" for split ' ', $use{$perl} }
    $instead{$_} = 'C-specific, stopped' for qw(L_tmpnam atof atoi atol calloc execl execle execlp execv execve
        execvp free malloc offsetof realloc strpbrk strspn strtok vfprintf vprintf vsprintf);
    $instead{bsearch} = 'not supplied';
    $instead{rand}    = "non-portable, use Perl's rand instead";
    $instead{srand}   = "not supplied; refer to Perl's srand documentation";
    $instead{tmpnam}  = 'use File::Temp instead';
}

sub unimplemented_message {
    my ($name) = @_;
    _instead() unless %instead;
    my $why = $instead{$name};
    return defined $why ? "Unimplemented: POSIX::$name(): $why" : undef;
}

sub AUTOLOAD {
    my $name = $AUTOLOAD =~ s/.*:://r;
    if (my $spec = $own{$name}) {
        my ($args, $code) = split /\s*=> /, $spec, 2;
        my $count = () = $args =~ /\w+/g;
        my $check = $count ? "\@_ == $count" : '!@_';
        local $@;
        my $errno = $! + 0;
        eval "no warnings; sub $name { $check or usage(q{$name($args)}); $code } 1" or die $@;
        $! = $errno;
        no strict 'refs';
        goto &$AUTOLOAD;
    }
    if (defined(my $message = unimplemented_message($name))) { croak($message) }
    load_imports() unless @EXPORT;
    my $listed = grep $_ eq $name, @EXPORT, @EXPORT_OK;
    my (undef, $file, $line) = caller;
    die $listed && $name =~ /[A-Z]/ && $name !~ /\A(?:LC_|NDEBUG)/
        ? "Your vendor has not defined POSIX macro $name, used at $file line $line\n"
        : "$name is not a valid POSIX macro at $file line $line\n";
}

sub perror {
    print STDERR "@_: " if @_;
    print STDERR $!, "\n";
}

sub printf {
    usage('printf(pattern, args...)') unless @_;
    CORE::printf STDOUT @_;
}

sub sprintf {
    usage('sprintf(pattern, args...)') unless @_;
    CORE::sprintf(shift, @_);
}

# Export lists ------------------------------------------------------------------------------------

my @not_by_default = qw(fenv_h math_h_c99 nan_payload netdb_h signal_h_si_code stdlib_h_c99 sys_resource_h sys_socket_h);

sub load_imports {
    return if @EXPORT;
    # From here on every name below may be written without parentheses.
    _instead() unless %instead;
    { no strict 'refs'; () = map \&{"POSIX::$_"}, keys %own, keys %instead }
    # Lines that begin with a blank go on with the one before; +tag takes in another tag.
    my $tag;
    for my $line (split /\n/, _tags()) {
        $tag = $1 if $line =~ s/^(\w+)://;
        push @{ $EXPORT_TAGS{$tag} }, split ' ', $line;
        $EXPORT_TAGS{$tag} ||= [];
    }
    for my $list (values %EXPORT_TAGS) {
        @$list = map { /^\+(.*)/ ? @{ $EXPORT_TAGS{$1} } : $_ } @$list;
    }
    my (%default, %more, %tag_of);
    my %later = map +($_ => 1), @not_by_default;
    for my $name (sort keys %EXPORT_TAGS) {
        @default{ @{ $EXPORT_TAGS{$name} } } = () unless $later{$name};
    }
    for my $name (@not_by_default) {
        for my $symbol (@{ $EXPORT_TAGS{$name} }) { $more{$symbol} = 1 unless exists $default{$symbol} }
    }
    @EXPORT    = sort keys %default;
    @EXPORT_OK = (qw(
    close lchown nice open pipe read sleep times write printf sprintf exit sin getgrgid rewinddir
    localtime abs waitpid mkdir getppid chdir time getpwnam system stat log getpgrp gmtime wait getpwuid
    chmod fork fcntl link alarm opendir unlink exp kill umask sqrt readdir cos getgrnam rmdir getlogin
    rename chown getc atan2 closedir utime srand fileno L_tmpnam rand
    ), sort keys %more);
}

sub _tags { return <<'END' }
assert_h: assert NDEBUG
ctype_h:
dirent_h:
errno_h: E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EAGAIN EALREADY EBADF EBADMSG EBUSY ECANCELED ECHILD
 ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK EDESTADDRREQ EDOM EDQUOT EEXIST EFAULT EFBIG EHOSTDOWN
 EHOSTUNREACH EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN EISDIR ELOOP EMFILE EMLINK EMSGSIZE ENAMETOOLONG
 ENETDOWN ENETRESET ENETUNREACH ENFILE ENOBUFS ENODATA ENODEV ENOENT ENOEXEC ENOLCK ENOLINK ENOMEM ENOMSG
 ENOPROTOOPT ENOSPC ENOSR ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTRECOVERABLE ENOTSOCK ENOTSUP
 ENOTTY ENXIO EOPNOTSUPP EOTHER EOVERFLOW EOWNERDEAD EPERM EPFNOSUPPORT EPIPE EPROCLIM EPROTO EPROTONOSUPPORT
 EPROTOTYPE ERANGE EREMOTE ERESTART EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE ESRCH ESTALE ETIME ETIMEDOUT
 ETOOMANYREFS ETXTBSY EUSERS EWOULDBLOCK EXDEV errno
fcntl_h: FD_CLOEXEC F_DUPFD F_GETFD F_GETFL F_GETLK F_RDLCK F_SETFD F_SETFL F_SETLK F_SETLKW F_UNLCK F_WRLCK
 O_ACCMODE O_APPEND O_CREAT O_EXCL O_NOCTTY O_NONBLOCK O_RDONLY O_RDWR O_TRUNC O_WRONLY creat SEEK_CUR SEEK_END
 SEEK_SET S_IRGRP S_IROTH S_IRUSR S_IRWXG S_IRWXO S_IRWXU S_ISBLK S_ISCHR S_ISDIR S_ISFIFO S_ISGID S_ISREG
 S_ISUID S_IWGRP S_IWOTH S_IWUSR
fenv_h: FE_DOWNWARD FE_TONEAREST FE_TOWARDZERO FE_UPWARD fegetround fesetround
float_h: DBL_DIG DBL_EPSILON DBL_MANT_DIG DBL_MAX DBL_MAX_10_EXP DBL_MAX_EXP DBL_MIN DBL_MIN_10_EXP DBL_MIN_EXP
 FLT_DIG FLT_EPSILON FLT_MANT_DIG FLT_MAX FLT_MAX_10_EXP FLT_MAX_EXP FLT_MIN FLT_MIN_10_EXP FLT_MIN_EXP
 FLT_RADIX FLT_ROUNDS LDBL_DIG LDBL_EPSILON LDBL_MANT_DIG LDBL_MAX LDBL_MAX_10_EXP LDBL_MAX_EXP LDBL_MIN
 LDBL_MIN_10_EXP LDBL_MIN_EXP
grp_h:
limits_h: ARG_MAX CHAR_BIT CHAR_MAX CHAR_MIN CHILD_MAX INT_MAX INT_MIN LINK_MAX LONG_MAX LONG_MIN MAX_CANON
 MAX_INPUT MB_LEN_MAX NAME_MAX NGROUPS_MAX OPEN_MAX PATH_MAX PIPE_BUF SCHAR_MAX SCHAR_MIN SHRT_MAX SHRT_MIN
 SSIZE_MAX STREAM_MAX TZNAME_MAX UCHAR_MAX UINT_MAX ULONG_MAX USHRT_MAX _POSIX_ARG_MAX _POSIX_CHILD_MAX
 _POSIX_LINK_MAX _POSIX_MAX_CANON _POSIX_MAX_INPUT _POSIX_NAME_MAX _POSIX_NGROUPS_MAX _POSIX_OPEN_MAX
 _POSIX_PATH_MAX _POSIX_PIPE_BUF _POSIX_SSIZE_MAX _POSIX_STREAM_MAX _POSIX_TZNAME_MAX
locale_h: LC_ALL LC_COLLATE LC_CTYPE LC_MESSAGES LC_MONETARY LC_NUMERIC LC_TIME LC_IDENTIFICATION LC_MEASUREMENT
 LC_PAPER LC_TELEPHONE LC_ADDRESS LC_SYNTAX LC_TOD NULL localeconv setlocale
math_h: FP_ILOGB0 FP_ILOGBNAN FP_INFINITE FP_NAN FP_NORMAL FP_SUBNORMAL FP_ZERO M_1_PI M_2_PI M_2_SQRTPI M_E
 M_LN10 M_LN2 M_LOG10E M_LOG2E M_PI M_PI_2 M_PI_4 M_SQRT1_2 M_SQRT2 HUGE_VAL INFINITY NAN acos asin atan ceil
 cosh fabs floor fmod frexp ldexp log10 modf pow sinh tan tanh
math_h_c99: +math_h Inf NaN acosh asinh atanh cbrt copysign erf erfc exp2 expm1 fdim fma fmax fmin fpclassify
 hypot ilogb isfinite isgreater isgreaterequal isinf isless islessequal islessgreater isnan isnormal isunordered
 j0 j1 jn lgamma log1p log2 logb lrint lround nan nearbyint nextafter nexttoward remainder remquo rint round
 scalbn signbit tgamma trunc y0 y1 yn
nan_payload: getpayload setpayload setpayloadsig issignaling
netdb_h: EAI_AGAIN EAI_BADFLAGS EAI_FAIL EAI_FAMILY EAI_MEMORY EAI_NONAME EAI_OVERFLOW EAI_SERVICE EAI_SOCKTYPE
 EAI_SYSTEM
pwd_h:
setjmp_h: longjmp setjmp siglongjmp sigsetjmp
signal_h: SA_NOCLDSTOP SA_NOCLDWAIT SA_NODEFER SA_ONSTACK SA_RESETHAND SA_RESTART SA_SIGINFO SIGABRT SIGALRM
 SIGCHLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGKILL SIGPIPE %SIGRT SIGRTMIN SIGRTMAX SIGQUIT SIGSEGV SIGSTOP
 SIGTERM SIGTSTP SIGTTIN SIGTTOU SIGUSR1 SIGUSR2 SIGBUS SIGPOLL SIGPROF SIGSYS SIGTRAP SIGURG SIGVTALRM SIGXCPU
 SIGXFSZ SIG_BLOCK SIG_DFL SIG_ERR SIG_IGN SIG_SETMASK SIG_UNBLOCK raise sigaction signal sigpending sigprocmask
 sigsuspend
signal_h_si_code: ILL_ILLOPC ILL_ILLOPN ILL_ILLADR ILL_ILLTRP ILL_PRVOPC ILL_PRVREG ILL_COPROC ILL_BADSTK
 FPE_INTDIV FPE_INTOVF FPE_FLTDIV FPE_FLTOVF FPE_FLTUND FPE_FLTRES FPE_FLTINV FPE_FLTSUB SEGV_MAPERR SEGV_ACCERR
 BUS_ADRALN BUS_ADRERR BUS_OBJERR TRAP_BRKPT TRAP_TRACE CLD_EXITED CLD_KILLED CLD_DUMPED CLD_TRAPPED CLD_STOPPED
 CLD_CONTINUED POLL_IN POLL_OUT POLL_MSG POLL_ERR POLL_PRI POLL_HUP SI_USER SI_QUEUE SI_TIMER SI_ASYNCIO
 SI_MESGQ
stdarg_h:
stddef_h: NULL offsetof
stdio_h: BUFSIZ EOF FILENAME_MAX L_ctermid L_cuserid NULL SEEK_CUR SEEK_END SEEK_SET STREAM_MAX TMP_MAX stderr
 stdin stdout clearerr fclose fdopen feof ferror fflush fgetc fgetpos fgets fopen fprintf fputc fputs fread
 freopen fscanf fseek fsetpos ftell fwrite getchar gets perror putc putchar puts remove rewind scanf setbuf
 setvbuf sscanf tmpfile tmpnam ungetc vfprintf vprintf vsprintf
stdlib_h: EXIT_FAILURE EXIT_SUCCESS MB_CUR_MAX NULL RAND_MAX abort atexit atof atoi atol bsearch calloc div free
 getenv labs ldiv malloc mblen mbstowcs mbtowc qsort realloc strtod strtol strtoul wcstombs wctomb
stdlib_h_c99: +stdlib_h strtold
string_h: NULL memchr memcmp memcpy memmove memset strcat strchr strcmp strcoll strcpy strcspn strerror strlen
 strncat strncmp strncpy strpbrk strrchr strspn strstr strtok strxfrm
sys_resource_h: PRIO_PROCESS PRIO_PGRP PRIO_USER
sys_socket_h: MSG_CTRUNC MSG_DONTROUTE MSG_EOR MSG_OOB MSG_PEEK MSG_TRUNC MSG_WAITALL
sys_stat_h: S_IRGRP S_IROTH S_IRUSR S_IRWXG S_IRWXO S_IRWXU S_ISBLK S_ISCHR S_ISDIR S_ISFIFO S_ISGID S_ISREG
 S_ISUID S_IWGRP S_IWOTH S_IWUSR S_IXGRP S_IXOTH S_IXUSR fstat mkfifo
sys_times_h:
sys_types_h:
sys_utsname_h: uname
sys_wait_h: WEXITSTATUS WIFEXITED WIFSIGNALED WIFSTOPPED WNOHANG WSTOPSIG WTERMSIG WUNTRACED
termios_h: B0 B110 B1200 B134 B150 B1800 B19200 B200 B2400 B300 B38400 B4800 B50 B600 B75 B9600 BRKINT CLOCAL
 CREAD CS5 CS6 CS7 CS8 CSIZE CSTOPB ECHO ECHOE ECHOK ECHONL HUPCL ICANON ICRNL IEXTEN IGNBRK IGNCR IGNPAR INLCR
 INPCK ISIG ISTRIP IXOFF IXON NCCS NOFLSH OPOST PARENB PARMRK PARODD TCIFLUSH TCIOFF TCIOFLUSH TCION TCOFLUSH
 TCOOFF TCOON TCSADRAIN TCSAFLUSH TCSANOW TOSTOP VEOF VEOL VERASE VINTR VKILL VMIN VQUIT VSTART VSTOP VSUSP
 VTIME cfgetispeed cfgetospeed cfsetispeed cfsetospeed tcdrain tcflow tcflush tcgetattr tcsendbreak tcsetattr
time_h: CLK_TCK CLOCKS_PER_SEC NULL asctime clock ctime difftime mktime strftime tzset tzname
unistd_h: F_OK NULL R_OK SEEK_CUR SEEK_END SEEK_SET STDERR_FILENO STDIN_FILENO STDOUT_FILENO W_OK X_OK
 _PC_CHOWN_RESTRICTED _PC_LINK_MAX _PC_MAX_CANON _PC_MAX_INPUT _PC_NAME_MAX _PC_NO_TRUNC _PC_PATH_MAX
 _PC_PIPE_BUF _PC_VDISABLE _POSIX_CHOWN_RESTRICTED _POSIX_JOB_CONTROL _POSIX_NO_TRUNC _POSIX_SAVED_IDS
 _POSIX_VDISABLE _POSIX_VERSION _SC_ARG_MAX _SC_CHILD_MAX _SC_CLK_TCK _SC_JOB_CONTROL _SC_NGROUPS_MAX
 _SC_OPEN_MAX _SC_PAGESIZE _SC_SAVED_IDS _SC_STREAM_MAX _SC_TZNAME_MAX _SC_VERSION _exit access ctermid cuserid
 dup2 dup execl execle execlp execv execve execvp fpathconf fsync getcwd getegid geteuid getgid getgroups getpid
 getuid isatty lseek pathconf pause setgid setpgid setsid setuid sysconf tcgetpgrp tcsetpgrp ttyname
utime_h:
END

# Signals -----------------------------------------------------------------------------------------

package POSIX::SigAction;

sub new {
    my ($class, $handler, $mask, $flags, $safe) = @_;
    return bless { HANDLER => $handler, MASK => $mask, FLAGS => defined $flags ? $flags : 0, SAFE => $safe ? 1 : 0 }, $class;
}

sub handler { $_[0]{HANDLER} = $_[1] if @_ > 1; $_[0]{HANDLER} }
sub mask    { $_[0]{MASK}    = $_[1] if @_ > 1; $_[0]{MASK} }
sub flags   { $_[0]{FLAGS}   = $_[1] if @_ > 1; $_[0]{FLAGS} }
sub safe    { $_[0]{SAFE}    = $_[1] if @_ > 1; $_[0]{SAFE} }

# %SIGRT: handlers of the real-time signals, set by sigaction().
package POSIX::SigRt;

our $SIGACTION_FLAGS;

sub _number {
    my ($name) = @_;
    my ($min, $max) = (&POSIX::SIGRTMIN, &POSIX::SIGRTMAX);
    my $number;
    if ($name =~ /\A(?:SIG)?RTMIN(?:\+(\d+))?\z/)    { $number = $min + ($1 || 0) }
    elsif ($name =~ /\A(?:SIG)?RTMAX(?:-(\d+))?\z/)  { $number = $max - ($1 || 0) }
    elsif ($name =~ /\A\d+\z/)                       { $number = $name }
    if (!defined $number or $number < $min or $number > $max) {
        require Carp;
        Carp::croak("No POSIX::SigRt signal $name (valid range SIGRTMIN..SIGRTMAX, or $min..$max)");
    }
    return $number;
}

sub TIEHASH { my $self; return bless \$self, shift }

sub SCALAR { &POSIX::SIGRTMAX - &POSIX::SIGRTMIN + 1 }
sub FIRSTKEY { return }
sub NEXTKEY  { return }
sub EXISTS { defined eval { _number($_[1]) } }

sub FETCH {
    my $number = _number($_[1]);
    my $old = POSIX::SigAction->new;
    POSIX::sigaction($number, undef, $old);
    return $old->handler;
}

sub STORE { new($_[1], $_[2], $SIGACTION_FLAGS) }

sub DELETE { delete $SIG{ _number($_[1]) }; POSIX::sigaction(_number($_[1]), POSIX::SigAction->new('DEFAULT')) }

sub CLEAR {
    for my $number (&POSIX::SIGRTMIN .. &POSIX::SIGRTMAX) {
        POSIX::sigaction($number, POSIX::SigAction->new('DEFAULT'));
    }
}

sub new {
    my ($signal, $handler, $flags) = @_;
    my $number = _number($signal);
    my $action = POSIX::SigAction->new($handler, POSIX::SigSet->new($number), $flags || 0);
    $action->safe(1);
    return POSIX::sigaction($number, $action);
}

package POSIX;

tie %SIGRT, 'POSIX::SigRt';

1;
