//! Each capability, by scripts that try to do without it.
use keshi::{Capability, Perl};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of this test's own, with a file `secret` in it.
fn folder() -> std::path::PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "keshi-escape-{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("secret"), "the secret\n").unwrap();
    folder
}

/// Everything but one thing.
fn all_but(capability: Capability) -> Perl {
    let mut builder = Perl::sandbox();
    for other in [
        Capability::ReadFiles,
        Capability::WriteFiles,
        Capability::Network,
        Capability::Processes,
        Capability::Signals,
        Capability::Environment,
        Capability::NativeModules,
    ] {
        if other != capability {
            builder = builder.grant(other);
        }
    }
    builder.build()
}

/// Runs each attempt; one that gives a true value has got out. What it died of is no way out.
#[track_caller]
fn hold(mut perl: Perl, attempts: &[&str]) {
    let mut out = Vec::new();
    for attempt in attempts {
        let got = perl.eval::<Option<String>>(&format!(
            "no strict; no warnings; scalar eval {{ {attempt} }}"
        ));
        match got {
            Ok(got) if matches!(got.as_deref(), None | Some("" | "0")) => {}
            got => out.push(format!("{attempt}: {got:?}")),
        }
    }
    assert!(out.is_empty(), "got out:\n{}", out.join("\n"));
    assert_eq!(perl.eval::<i64>("6 * 7").unwrap(), 42);
}

#[test]
fn nothing_is_read_without_the_right() {
    let folder = folder();
    std::fs::write(folder.join("Mod.pm"), "package Mod; sub f { 1 } 1;").unwrap();
    let dir = folder.display().to_string();
    let attempts = [
        "open our $f, '<', 'DIR/secret' and <$f>",
        "open our $f, 'DIR/secret' and <$f>",
        "open our $f, '+<', 'DIR/secret' and <$f>",
        "open F, '<:raw', 'DIR/secret' and <F>",
        "use Fcntl; sysopen our $f, 'DIR/secret', O_RDONLY and <$f>",
        "local @ARGV = 'DIR/secret'; <>",
        "local @ARGV = 'DIR/secret'; <<>>",
        "opendir our $d, 'DIR' and readdir $d",
        "glob 'DIR/*' and -e glob 'DIR/s*'",
        "(glob 'DIR/s*t')[0]",
        "-e 'DIR/secret'",
        "-s 'DIR/secret'",
        "(stat 'DIR/secret')[7]",
        "(lstat 'DIR/secret')[7]",
        "readlink '/proc/self/exe'",
        "do 'DIR/secret'; require 'DIR/Mod.pm'",
        "unshift @INC, 'DIR'; require Mod; Mod::f()",
        "do 'DIR/Mod.pm'; Mod::f()",
        "require POSIX; POSIX::open('DIR/secret')",
        "require POSIX; POSIX::access('DIR/secret', 4)",
        "require POSIX; POSIX::read(0, my $b, 1)",
        "require POSIX; POSIX::dup(0)",
        "open my $f, '<&=', 0 and 1",
        "open my $f, '<&', 1 and 1",
        "require IO::File; IO::File->new('DIR/secret', 'r')",
        "require IO::Handle; IO::Handle->new_from_fd(0, 'r')",
        "require File::Glob; (File::Glob::bsd_glob('DIR/s*t'))[0]",
        "open our $f, '</proc/self/environ' and <$f>",
        "open my $f, '<', '/dev/fd/0' and 1",
        "require Cwd; Cwd::abs_path('DIR/secret') && -e Cwd::abs_path('DIR/secret')",
        "-T 'DIR/secret'",
        "our $F = 'DIR/secret'; open F and <F>",
        "local *G; open G, 'DIR/secret' and <G>",
        "open our $f, '<:encoding(UTF-8)', 'DIR/secret' and <$f>",
        "open my $f, '<', '/proc/self/mem' and 1",
        "open our $f, '</proc/self/maps' and <$f>",
        "open my $f, '<', '/proc/self/fd/0' and 1",
        "-l '/proc/self/exe' || -r '/etc/passwd' || -M '/etc/passwd'",
        "stat('/etc/passwd') || -e _",
        "<DIR/secre*> && -e <DIR/secre*>",
        "my ($n) = </et*>; $n eq '/etc'",
        "require 'DIR/secret'",
        "@INC = ('DIR'); require Mod; Mod::f()",
        "push @INC, sub { open my $f, '<', 'DIR/Mod.pm' or return; $f }; require Mod; Mod::f()",
        "eval q{use lib 'DIR'; use Mod; Mod::f()}",
        "require lib; lib->import('DIR'); require Mod; Mod::f()",
        "$0 = 'DIR/secret'; open our $f, '<', $0 and <$f>",
        "local @ARGV = ('DIR/secret'); my @l = <ARGV>; scalar @l",
        "local @ARGV = ('DIR/secret'); my $s = do { local $/; readline }; $s",
        "local @ARGV = ('DIR/secret'); eof() ? 0 : 1",
        "require IO::Dir; my $d = IO::Dir->new('DIR'); $d && $d->read",
        "require File::Find; my $n = 0; File::Find::find(sub { $n++ if /secret/ }, 'DIR'); $n",
        "require File::Copy; File::Copy::copy('DIR/secret', \\my $b) && $b",
        "require File::stat; File::stat::stat('DIR/secret') ? 1 : 0",
        "require Time::HiRes; (Time::HiRes::stat('DIR/secret'))[7]",
        "require Storable; Storable::retrieve('DIR/secret')",
        "require POSIX; my $d = POSIX::opendir('DIR'); defined $d ? 1 : 0",
        "require POSIX; POSIX::ttyname(0)",
        "dbmopen my %h, 'DIR/secret', undef",
        "open STDIN, '<', 'DIR/secret' and <STDIN>",
        "open my $f, '<', \\'x'; open $f, '<', 'DIR/secret' and <$f>",
        "opendir my $d, '/proc/self/fd' and 1",
        "(unpack 'P8', pack 'J', 4096) ? 1 : 0",
    ];
    let attempts: Vec<String> = attempts.iter().map(|a| a.replace("DIR", &dir)).collect();
    let attempts: Vec<&str> = attempts.iter().map(String::as_str).collect();
    hold(all_but(Capability::ReadFiles), &attempts);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn nothing_is_written_without_the_right() {
    let folder = folder();
    let dir = folder.display().to_string();
    let attempts = [
        "open my $f, '>', 'DIR/new'",
        "open my $f, '>>', 'DIR/secret'",
        "open my $f, '+<', 'DIR/secret'",
        "open my $f, '>DIR/new'",
        "open my $f, '+>', undef",
        "use Fcntl; sysopen my $f, 'DIR/new', O_RDWR | O_CREAT",
        "use Fcntl; sysopen my $f, 'DIR/secret', O_RDONLY | O_TRUNC",
        "unlink 'DIR/secret'",
        "rename 'DIR/secret', 'DIR/other'",
        "link 'DIR/secret', 'DIR/other'",
        "symlink 'DIR/secret', 'DIR/other'",
        "mkdir 'DIR/sub'",
        "rmdir 'DIR'",
        "chmod 0777, 'DIR/secret'",
        "chown 0, 0, 'DIR/secret'",
        "utime 1, 1, 'DIR/secret'",
        "truncate 'DIR/secret', 0",
        "require POSIX; POSIX::mkfifo('DIR/fifo', 0600)",
        "require POSIX; POSIX::open('DIR/new', &POSIX::O_CREAT | &POSIX::O_WRONLY, 0600)",
        "require POSIX; POSIX::write(1, 'x', 1)",
        "require POSIX; POSIX::close(0)",
        "require POSIX; POSIX::dup2(0, 9)",
        "local $^I = ''; local @ARGV = 'DIR/secret'; while (<>) { print 'x' } -s 'DIR/secret' != 11",
        "require File::Temp; (File::Temp::tempfile())[1]",
        "open my $f, '<', 'DIR/secret'; chmod 0777, $f",
        "open my $f, '>&=', 1",
        "dbmopen my %h, 'DIR/db', 0600",
        "open STDOUT, '>', 'DIR/new'",
        "open STDERR, '>>', 'DIR/secret'",
        "local *G; open G, '>DIR/new'",
        "open my $f, '>:utf8', 'DIR/new'",
        "open my $f, '>', '/proc/self/mem'",
        "open my $f, '+<', '/proc/self/mem'",
        "open my $f, '<', 'DIR/secret'; truncate $f, 0",
        "open my $f, '<', 'DIR/secret'; syswrite $f, 'x'",
        "open my $f, '<', 'DIR/secret'; utime 1, 1, $f",
        "open my $f, '<', 'DIR/secret'; chown 0, 0, $f",
        "open my $f, '<', '/dev/fd/1'; print $f 'x' and 0",
        "require File::Path; File::Path::make_path('DIR/sub')",
        "require File::Copy; File::Copy::copy('DIR/secret', 'DIR/new')",
        "require File::Copy; File::Copy::move('DIR/secret', 'DIR/new')",
        "require Storable; Storable::store([1], 'DIR/new')",
        "require POSIX; POSIX::creat('DIR/new', 0600)",
        "require POSIX; POSIX::mknod('DIR/new', 0600, 0)",
        "require POSIX; POSIX::rename('DIR/secret', 'DIR/new')",
        "require POSIX; POSIX::unlink('DIR/secret')",
        "require POSIX; POSIX::lchown(0, 0, 'DIR/secret')",
        "require POSIX; POSIX::tmpnam()",
        "require IO::File; IO::File->new_tmpfile",
        "require Fcntl; sysopen my $f, 'DIR', 020200000 | 2, 0600",
        "require Fcntl; open my $f, '<', 'DIR/secret'; fcntl $f, &Fcntl::F_SETFL, &Fcntl::O_RDWR; syswrite $f, 'x'",
        "mkdir 'DIR/sub' or mkdir 'DIR/sub/'",
        "-w 'DIR/secret' && open(my $f, '>', 'DIR/secret')",
        "syscall(83, 'DIR/sub', 0700) == 0",
        "open my $f, '>', \\my $b; open $f, '>', 'DIR/new'",
    ];
    let attempts: Vec<String> = attempts.iter().map(|a| a.replace("DIR", &dir)).collect();
    let attempts: Vec<&str> = attempts.iter().map(String::as_str).collect();
    hold(all_but(Capability::WriteFiles), &attempts);
    let names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names, ["secret"]);
    assert_eq!(
        std::fs::read(folder.join("secret")).unwrap(),
        b"the secret\n"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn no_network_without_the_right() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let attempts = [
        "use Socket; socket my $s, AF_INET, SOCK_STREAM, 0",
        "use Socket; socket my $s, AF_UNIX, SOCK_DGRAM, 0",
        "use Socket; socketpair my $a, my $b, AF_UNIX, SOCK_STREAM, 0",
        "require IO::Socket::INET; IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => PORT)",
        "require IO::Socket::INET; IO::Socket::INET->new(Listen => 1)",
        "require IO::Socket::UNIX; IO::Socket::UNIX->new(Local => '/tmp/keshi-x', Listen => 1)",
        "gethostbyname 'keshi-test.invalid'",
        "(gethostbyaddr pack('C4', 127, 0, 0, 1), 2)[0] && 0",
        "use Socket ':all'; my ($e, @r) = getaddrinfo('keshi-test.invalid', 80); scalar @r",
    ];
    let attempts: Vec<String> = attempts.iter().map(|a| a.replace("PORT", &port)).collect();
    let attempts: Vec<&str> = attempts.iter().map(String::as_str).collect();
    hold(all_but(Capability::Network), &attempts);
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "nobody came");
}

#[test]
fn no_processes_without_the_right() {
    hold(
        all_but(Capability::Processes),
        &[
            "defined(fork) ? 1 : 0",
            "system('true') == 0",
            "system({ 'true' } 'true') == 0",
            "`echo out`",
            "qx'echo out'",
            "readpipe 'echo out'",
            "open our $p, '-|', 'echo', 'out' and <$p>",
            "open our $p, 'echo out|' and <$p>",
            "open my $p, '|cat >/dev/null'",
            "open my $p, '-|'",
            "exec 'true'",
            "require POSIX; POSIX::fork()",
            "require IPC::Open3; IPC::Open3::open3(my $i, my $o, undef, 'true')",
            "wait > 0",
            "setpgrp(0, 0) && 0 + 1",
            "setpriority 0, 0, 1",
            "chdir '/'",
            "chroot '/'",
            "require POSIX; POSIX::setsid()",
            "require POSIX; defined POSIX::nice(1)",
            "$) = $(; $! ? 0 : 0",
            "defined msgget(1234, 0600 | 01000)",
            "defined semget(1234, 1, 0600 | 01000)",
            "defined shmget(1234, 10, 0600 | 01000)",
            "my $old = umask 0; umask(0) == $old ? 0 : 1",
            "ioctl STDIN, 0x5412, my $x = 'x'",
            "open my $p, '|-'",
            "open my $p, '-|' // 0",
            "open my $p, '-|', 'true'",
            "open my $p, '|-', 'true'",
            "open P, 'true |'",
            "require IPC::Open2; IPC::Open2::open2(my $o, my $i, 'true')",
            "require POSIX; POSIX::execvp('true')",
            "require POSIX; POSIX::system('true') == 0",
            "require POSIX; POSIX::setpgid(0, 0)",
            "require POSIX; POSIX::setuid($<)",
            "require POSIX; POSIX::chdir('/')",
            "require POSIX; POSIX::tcsetpgrp(0, $$)",
            "require POSIX; POSIX::wait() > 0",
            "require POSIX; POSIX::waitpid(-1, 1) > 0",
            "require Cwd; Cwd::chdir('/')",
            "syscall(39) > 0",
            "syscall(57) > 0",
            "syscall(60, 3) >= 0",
            "dump; 1",
            "require POSIX; POSIX::abort(); 0",
            "my @l = `true`; $? == 0 && @l + 1",
            "$< = $<; $> = $>; $! ? 0 : 0",
            "require IPC::Msg; IPC::Msg->new(1234, 0600 | 01000) ? 1 : 0",
            "msgctl 0, 0, 0 or semctl 0, 0, 0, 0 or shmctl 0, 0, 0",
        ],
    );
}

#[test]
fn no_signals_without_the_right() {
    hold(
        all_but(Capability::Signals),
        &[
            "kill 0, $$",
            "kill TERM => $$",
            "kill -9 => 0",
            "$SIG{ALRM} = sub { 1 }; 1",
            "$SIG{INT} = 'main::f'; 1",
            "local $SIG{TERM} = sub { 1 }; 1",
            "defined alarm 1",
            "require POSIX; POSIX::raise(15) ? 1 : 0",
            "require POSIX; POSIX::sigaction(2, POSIX::SigAction->new(sub { 1 })) ? 1 : 0",
            "require POSIX; POSIX::sigprocmask(0, POSIX::SigSet->new(2)) ? 1 : 0",
            "require Time::HiRes; Time::HiRes::alarm(1) ? 1 : 0",
            "require Time::HiRes; defined Time::HiRes::setitimer(0, 1) ? 0 : 0",
            "%SIG = (USR1 => sub { }); 1",
            "@SIG{qw(USR1 USR2)} = (sub { }, sub { }); 1",
            "my $s = \\%SIG; $s->{TERM} = sub { }; 1",
            "$_ = sub { } for @SIG{qw(USR1)}; 1",
            "require sigtrap; sigtrap->import('handler', sub { }, 'USR1'); 1",
            "kill 0, getppid",
            "kill ZERO => 1",
            "kill 'USR1', 0",
            "require POSIX; POSIX::kill($$, 0)",
            "require POSIX; POSIX::alarm(1)",
            "require POSIX; POSIX::signal(15, sub { }) ? 1 : 0",
            "require Time::HiRes; Time::HiRes::ualarm(1000) ? 1 : 0",
            "syscall(62, $$, 0) == 0",
        ],
    );
}

#[test]
fn nothing_of_the_environment_without_the_right() {
    hold(
        all_but(Capability::Environment),
        &[
            "join ',', %ENV",
            "$ENV{PATH}",
            "(getpwuid $<)[0]",
            "(getpwnam 'root')[7]",
            "getpwent",
            "getgrgid 0",
            "getlogin",
            "getppid",
            "require POSIX; (POSIX::uname())[1]",
            "require Sys::Hostname; Sys::Hostname::hostname()",
            "(glob '~root')[0] =~ m{^/}",
            "(glob '~')[0] =~ m{^/}",
            "exists $ENV{PATH} || exists $ENV{HOME} || scalar %ENV",
            "keys %ENV; each %ENV",
            "my %e = %ENV; scalar keys %e",
            "getpwnam 'root'",
            "getgrnam 'root'",
            "getgrent; setpwent; getpwent",
            "require POSIX; POSIX::getenv('PATH')",
            "require POSIX; POSIX::cuserid()",
            "require POSIX; POSIX::getlogin()",
            "require POSIX; POSIX::getppid()",
            "require User::pwent; User::pwent::getpwnam('root') ? 1 : 0",
            "require Env; Env->import('PATH'); $main::PATH",
            "open my $f, '<', '/proc/self/environ'; my $l = <$f>; 0",
            "$ENV{KESHI_ESCAPES} = 1; `echo \\$KESHI_ESCAPES` + 0 > 1",
        ],
    );
}

#[test]
fn no_native_modules_without_the_right() {
    hold(
        all_but(Capability::NativeModules),
        &[
            "require POSIX; POSIX::getpid()",
            "require Socket; 1",
            "require Time::HiRes; 1",
            "require IPC::SysV; 1",
            "require XSLoader; XSLoader::load('POSIX')",
            "require DynaLoader; DynaLoader::bootstrap('Socket')",
            "eval q{use POSIX 'getpid'; getpid()}",
            "XSLoader::load('POSIX'); POSIX::getpid()",
            "require IO::Socket; 1",
            "require I18N::Langinfo; 1",
            "require IPC::Msg; 1",
            "require Sys::Hostname; Sys::Hostname::hostname()",
            "DynaLoader::dl_load_file('/lib/x86_64-linux-gnu/libc.so.6')",
            "require DynaLoader; DynaLoader::dl_load_file('/lib/x86_64-linux-gnu/libc.so.6')",
        ],
    );
    let mut perl = Perl::sandbox().build();
    let works: String = perl
        .eval("use strict; use warnings; use List::Util 'sum'; use Scalar::Util 'blessed'; use Digest::MD5 'md5_hex'; use Encode; sum(1, 2) . md5_hex('x')")
        .unwrap();
    assert!(
        works.starts_with("39dd4e461268c8034f5c8564e155c67a6"),
        "{works}"
    );
}

#[test]
fn a_sandbox_shows_no_way_out() {
    hold(
        Perl::sandbox().build(),
        &[
            "-e '/'",
            "`id`",
            "defined fork",
            "kill 0, $$",
            "join ',', %ENV",
            "print STDERR 'captured'; 0",
            "syscall(39) > 0",
            "require Config; open my $f, '<', $INC{'Config.pm'}",
            "eval 'use POSIX; 1'",
            "$0 = 'renamed'; 0",
            "open my $f, '<', \\'in memory'; <$f> eq 'in memory' ? 0 : 1",
        ],
    );
}

#[test]
fn refusals_sound_like_the_system() {
    let mut perl = Perl::sandbox().build();
    assert_eq!(
        perl.eval::<String>("open(my $f, '<', '/etc/passwd'); \"$!\"")
            .unwrap(),
        "Permission denied"
    );
    assert_eq!(perl.eval::<i64>("mkdir 'x'; $! + 0").unwrap(), 13);
    assert_eq!(perl.eval::<i64>("fork; $!{EACCES} ? 1 : 0").unwrap(), 1);
    let text: String = perl.eval("eval { $SIG{ALRM} = sub {} }; $@").unwrap();
    assert!(
        text.starts_with("Can't set a handler for SIGALRM: Permission denied at"),
        "{text}"
    );
}

#[test]
fn fork_beside_threads_wants_a_right_of_its_own() {
    let (send, receive) = std::sync::mpsc::channel::<()>();
    let thread = std::thread::spawn(move || receive.recv().unwrap_err());
    let mut perl = Perl::new();
    assert_eq!(
        perl.eval::<String>("defined fork and die; \"$!\"").unwrap(),
        "Permission denied"
    );
    drop(send);
    thread.join().unwrap();
}
