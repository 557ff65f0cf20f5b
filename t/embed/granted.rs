//! Each way to the system, once with everything granted and once with all but the right it wants:
//! it works, or it fails as the system fails it and the host is told why.
use keshi::{Capability, Limits, Perl};
use std::time::Duration;

/// An interpreter with these rights.
fn with(rights: impl Iterator<Item = Capability>) -> Perl {
    let limits = Limits::new().time(Duration::from_secs(20));
    rights
        .fold(Perl::sandbox().limits(limits), |builder, one| {
            builder.grant(one)
        })
        .build()
}

/// What says that it was refused.
#[derive(Clone, Copy, PartialEq)]
enum Says {
    /// `$!`, or the text it died with.
    Denied,
    /// Nothing: the function has no way to say so, in perl neither.
    Nothing,
}
use Says::{Denied, Nothing};

/// Each row: what says so, and what gives true where it is granted. `DIR` is a folder with the files
/// `text`, `Mod.pm` and `data`.
fn rows(right: Capability, rows: &[(Says, &str)]) {
    let folder =
        std::env::temp_dir().join(format!("keshi-granted-{}-{right:?}", std::process::id()));
    let dir = folder.display().to_string();
    let mut wrong = Vec::new();
    for (says, row) in rows {
        let row = row.replace("DIR", &dir);
        for granted in [true, false] {
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(folder.join("sub")).unwrap();
            std::fs::write(folder.join("text"), "the text\n").unwrap();
            std::fs::write(folder.join("Mod.pm"), "package Mod; sub f { 1 } 1;").unwrap();
            std::os::unix::fs::symlink("text", folder.join("link")).unwrap();
            let all = Capability::ALL.iter().copied();
            let mut perl = with(all.filter(|one| granted || *one != right));
            let text = format!(
                "no strict; no warnings; my $ok = eval {{ $! = 0; scalar do {{ {row} }} }}; my ($e, $n) = ($@, $! + 0); \
                 ($ok ? 1 : 0, $n == 13 || $e =~ /Permission denied/ ? 1 : 0, $e || $!)"
            );
            let got = perl.eval::<(bool, bool, String)>(&text);
            let (ok, denied, why) = match got {
                Ok(got) => got,
                Err(error) => (false, false, format!("{error:?}")),
            };
            let refused = perl.take_refused();
            match granted {
                true if !ok => wrong.push(format!("granted, yet not done: {row} ({why})")),
                false if ok => wrong.push(format!("refused, yet done: {row}")),
                false if !denied && *says == Denied => {
                    wrong.push(format!("refused without a word: {row} ({why})"));
                }
                false if !refused.contains(&right) => {
                    wrong.push(format!(
                        "refused, and the host not told: {row} ({refused:?})"
                    ));
                }
                _ => {}
            }
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    assert!(wrong.is_empty(), "{right:?}\n{}", wrong.join("\n"));
}

#[test]
fn reading() {
    rows(
        Capability::ReadFiles,
        &[
            (Denied, "open my $f, '<', 'DIR/text'"),
            (Denied, "open my $f, 'DIR/text'"),
            (Denied, "open F, '<DIR/text'"),
            (Denied, "our $F = 'DIR/text'; open F"),
            (Denied, "open my $f, '<:encoding(UTF-8)', 'DIR/text'"),
            (Denied, "open my $f, '+<', 'DIR/text'"),
            (Denied, "sysopen my $f, 'DIR/text', 0"),
            (Denied, "open STDIN, '<', 'DIR/text'"),
            (Denied, "opendir my $d, 'DIR'"),
            (Denied, "-e 'DIR/text'"),
            (Denied, "-f 'DIR/text' && -s _ && !-d _"),
            (Denied, "-r 'DIR/text'"),
            (Denied, "-T 'DIR/text'"),
            (Denied, "defined -M 'DIR/text'"),
            (Denied, "-l 'DIR/link'"),
            (Denied, "stat 'DIR/text'"),
            (Denied, "lstat 'DIR/text'"),
            (Denied, "readlink 'DIR/link'"),
            (Nothing, "my @l = glob 'DIR/t*t'; $l[0] && -e $l[0]"),
            (Nothing, "my @l = <DIR/t*t>; @l && $l[0] =~ /text/"),
            (Denied, "defined do 'DIR/Mod.pm'"),
            (Denied, "require 'DIR/Mod.pm'"),
            (Nothing, "push @INC, 'DIR'; require Mod; Mod::f()"),
            (Nothing, "eval q{use lib 'DIR'; use Mod; Mod::f()}"),
            (
                Denied,
                "unshift @INC, sub { open my $f, '<', 'DIR/Mod.pm' or die \"$!\"; $f }; require Mod",
            ),
            (Nothing, "local @ARGV = 'DIR/text'; <>"),
            (Denied, "require POSIX; POSIX::open('DIR/text')"),
            (Denied, "require POSIX; POSIX::access('DIR/text', 4)"),
            (Denied, "require POSIX; POSIX::opendir('DIR')"),
            (Denied, "require POSIX; (POSIX::stat('DIR/text'))[7]"),
            (Denied, "require IO::File; IO::File->new('DIR/text', 'r')"),
            (Denied, "require IO::Dir; IO::Dir->new('DIR')"),
            (Denied, "require File::stat; File::stat::stat('DIR/text')"),
            (
                Denied,
                "require Time::HiRes; (Time::HiRes::stat('DIR/text'))[7]",
            ),
            (Nothing, "require Cwd; Cwd::abs_path('DIR/link') =~ /text$/"),
            (Nothing, "require Cwd; Cwd::getcwd()"),
            (
                Nothing,
                "require File::Find; my $n = 0; File::Find::find(sub { $n++ }, 'DIR'); $n > 2",
            ),
            (
                Nothing,
                "require File::Spec; require File::Basename; -d File::Basename::dirname('DIR/text')",
            ),
            (
                Nothing,
                "require File::Glob; (File::Glob::bsd_glob('DIR/te?t'))[0] =~ /text/",
            ),
        ],
    );
}

#[test]
fn writing() {
    rows(
        Capability::WriteFiles,
        &[
            (Denied, "open my $f, '>', 'DIR/new'"),
            (Denied, "open my $f, '>DIR/new'"),
            (Denied, "open my $f, '>>', 'DIR/text'"),
            (Denied, "open my $f, '+<', 'DIR/text'"),
            (Denied, "open my $f, '+>', undef"),
            (Denied, "open STDOUT, '>', 'DIR/new'"),
            (Denied, "sysopen my $f, 'DIR/new', 0101, 0600"),
            (Denied, "unlink 'DIR/text'"),
            (Denied, "rename 'DIR/text', 'DIR/other'"),
            (Denied, "link 'DIR/text', 'DIR/other'"),
            (Denied, "symlink 'DIR/text', 'DIR/other'"),
            (Denied, "mkdir 'DIR/new'"),
            (Denied, "rmdir 'DIR/sub'"),
            (Denied, "chmod 0600, 'DIR/text'"),
            (Denied, "open my $f, '<', 'DIR/text'; chmod 0600, $f"),
            (Denied, "chown $<, -1, 'DIR/text'"),
            (Denied, "utime 1, 1, 'DIR/text'"),
            (Denied, "open my $f, '<', 'DIR/text'; utime 1, 1, $f"),
            (Denied, "truncate 'DIR/text', 0"),
            (Denied, "require POSIX; POSIX::mkfifo('DIR/fifo', 0600)"),
            (Denied, "require POSIX; POSIX::creat('DIR/new', 0600)"),
            (
                Denied,
                "require POSIX; POSIX::rename('DIR/text', 'DIR/new')",
            ),
            (Denied, "require POSIX; POSIX::unlink('DIR/text')"),
            (Denied, "require POSIX; POSIX::mkdir('DIR/new', 0700)"),
            (Denied, "require IO::File; IO::File->new('DIR/new', 'w')"),
            (Denied, "require IO::File; IO::File->new_tmpfile"),
            (
                Denied,
                "require File::Path; File::Path::make_path('DIR/a/b'); -d 'DIR/a/b'",
            ),
            (
                Denied,
                "require File::Copy; File::Copy::copy('DIR/text', 'DIR/new')",
            ),
            (
                Denied,
                "require File::Copy; File::Copy::move('DIR/text', 'DIR/new')",
            ),
            (Denied, "require File::Temp; File::Temp->new"),
            (Denied, "require Storable; Storable::store([1], 'DIR/new')"),
            (
                Denied,
                "require Time::HiRes; Time::HiRes::utime(1, 1, 'DIR/text')",
            ),
            (
                Denied,
                "local ($^I, @ARGV) = ('', 'DIR/text'); while (<>) { print 'x' } -s 'DIR/text' == 1 or $! = 13, 0",
            ),
        ],
    );
}

#[test]
fn network() {
    rows(
        Capability::Network,
        &[
            (Denied, "use Socket; socket my $s, AF_INET, SOCK_STREAM, 0"),
            (Denied, "use Socket; socket my $s, AF_UNIX, SOCK_DGRAM, 0"),
            (
                Denied,
                "use Socket; socketpair my $a, my $b, AF_UNIX, SOCK_STREAM, 0",
            ),
            (
                Denied,
                "require IO::Socket::INET; IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1')",
            ),
            (
                Denied,
                "require IO::Socket::UNIX; IO::Socket::UNIX->new(Local => 'DIR/socket', Listen => 1)",
            ),
            (
                Denied,
                "require IO::Socket; IO::Socket->socketpair(1, 1, 0)",
            ),
        ],
    );
}

/// Names are not looked up, whether or not anything would answer.
#[test]
fn hosts() {
    for code in [
        "gethostbyname 'keshi-test.invalid'",
        "gethostbyaddr pack('C4', 127, 1, 2, 3), 2",
        "use Socket 'getaddrinfo'; my ($e, @r) = getaddrinfo('keshi-test.invalid', 80); scalar @r",
        "getprotobyname 'keshi'",
    ] {
        let all = Capability::ALL.iter().copied();
        let mut perl = with(all.filter(|one| *one != Capability::Network));
        assert!(!perl.eval::<bool>(code).unwrap(), "{code}");
        assert_eq!(perl.take_refused(), [Capability::Network], "{code}");
    }
}

#[test]
fn processes() {
    if !crate::alone("granted::processes") {
        return;
    }
    rows(
        Capability::Processes,
        &[
            (
                Denied,
                "my $pid = fork // die \"$!\\n\"; $pid or POSIX::_exit(0); waitpid($pid, 0) == $pid",
            ),
            (Denied, "system('true') == 0"),
            (Denied, "system({ 'true' } 'true') == 0"),
            (Denied, "`echo out` eq \"out\\n\""),
            (Denied, "readpipe('echo out') eq \"out\\n\""),
            (Denied, "my @l = qx'echo out'; @l == 1"),
            (Denied, "open our $p, '-|', 'echo', 'out' and <$p>"),
            (Denied, "open our $p, 'echo out|' and <$p>"),
            (Denied, "open my $p, '|cat >/dev/null'"),
            (Denied, "open my $p, '|-', 'cat'"),
            (
                Denied,
                "my $pid = open my $p, '-|'; defined $pid or die \"$!\\n\"; $pid or exit; 1",
            ),
            (
                Denied,
                "require IPC::Open3; my $pid = IPC::Open3::open3(my $i, my $o, undef, 'true'); waitpid $pid, 0",
            ),
            (
                Denied,
                "require IPC::Open2; my $pid = IPC::Open2::open2(my $o, my $i, 'true'); waitpid $pid, 0",
            ),
            (Denied, "chdir '/'"),
            (Denied, "opendir my $d, '/' or die; chdir $d"),
            (Denied, "setpriority 0, 0, getpriority 0, 0"),
            (Denied, "require POSIX; POSIX::nice(0)"),
            (
                Denied,
                "defined(my $id = msgget 0, 0600 | 01000) or return; msgctl $id, 0, 0",
            ),
            (
                Denied,
                "defined(my $id = semget 0, 1, 0600 | 01000) or return; semctl $id, 0, 0, 0",
            ),
            (
                Denied,
                "defined(my $id = shmget 0, 10, 0600 | 01000) or return; shmctl $id, 0, 0",
            ),
            (Denied, "require POSIX; POSIX::setpgid(0, 0) || $! == 1"),
            (
                Nothing,
                "my $old = umask 077; my $new = umask $old; $new == 077",
            ),
            (
                Nothing,
                "require POSIX; my $pid = fork; $pid and waitpid $pid, 0; $pid",
            ),
        ],
    );
}

#[test]
fn signals() {
    if !crate::alone("granted::signals") {
        return;
    }
    rows(
        Capability::Signals,
        &[
            (Denied, "kill 0, $$"),
            (Denied, "kill ZERO => $$"),
            (
                Denied,
                "my $n; local $SIG{USR1} = sub { $n++ }; kill USR1 => $$; $n",
            ),
            (
                Denied,
                "my $n; local @SIG{qw(USR1 USR2)} = (sub { $n++ }) x 2; kill USR2 => $$; $n",
            ),
            (
                Denied,
                "my $s = \\%SIG; $s->{USR1} = sub { 1 }; delete $s->{USR1}; 1",
            ),
            (Nothing, "alarm 100; alarm 0"),
            (
                Denied,
                "require POSIX; POSIX::sigaction(10, POSIX::SigAction->new(sub { 1 })); delete $SIG{USR1}; 1",
            ),
            (
                Denied,
                "require POSIX; POSIX::sigprocmask(0, POSIX::SigSet->new(12))",
            ),
            (
                Denied,
                "local $SIG{USR1} = sub { 1 }; require POSIX; POSIX::raise(10)",
            ),
            (
                Denied,
                "local $SIG{USR1} = sub { 1 }; require POSIX; POSIX::kill($$, 10)",
            ),
            (
                Nothing,
                "require Time::HiRes; Time::HiRes::alarm(100); Time::HiRes::alarm(0)",
            ),
            (
                Nothing,
                "require Time::HiRes; Time::HiRes::ualarm(900_000); Time::HiRes::ualarm(0)",
            ),
            (
                Nothing,
                "require Time::HiRes; Time::HiRes::setitimer(1, 100); (Time::HiRes::setitimer(1, 0))[0]",
            ),
            (
                Denied,
                "require sigtrap; sigtrap->import('handler', sub { }, 'USR1'); delete $SIG{USR1}; 1",
            ),
        ],
    );
}

#[test]
fn environment() {
    rows(
        Capability::Environment,
        &[
            (Nothing, "getpwuid 0"),
            (Nothing, "(getpwnam 'root')[0]"),
            (Nothing, "getpwent"),
            (Nothing, "getgrgid 0"),
            (Nothing, "(getgrnam 'root')[0]"),
            (Nothing, "getgrent"),
            (Nothing, "getppid"),
            (Nothing, "(glob '~root')[0] eq (getpwnam 'root')[7] || 0"),
            (Nothing, "require POSIX; (POSIX::uname())[1]"),
            (Nothing, "require POSIX; POSIX::getppid()"),
            (Nothing, "require Sys::Hostname; Sys::Hostname::hostname()"),
        ],
    );
    // what is not asked for when it is looked at, but when the interpreter is made
    let mut perl = with(
        Capability::ALL
            .iter()
            .copied()
            .filter(|one| *one != Capability::Environment),
    );
    assert_eq!(
        perl.eval::<i64>("scalar(keys %ENV) + exists $ENV{PATH}")
            .unwrap(),
        0
    );
    let mut perl = Perl::sandbox().grant(Capability::Environment).build();
    assert!(perl.eval::<bool>("exists $ENV{PATH}").unwrap());
    let mut perl = Perl::sandbox().env([("ONLY", "this")]).build();
    assert_eq!(perl.eval::<String>("join '=', %ENV").unwrap(), "ONLY=this");
}

#[test]
fn native_modules() {
    rows(
        Capability::NativeModules,
        &[
            (Denied, "require POSIX; POSIX::floor(1)"),
            (Denied, "require Socket; Socket::AF_INET()"),
            (Denied, "require Time::HiRes; Time::HiRes::time()"),
            (Denied, "require IPC::SysV; 1"),
            (Denied, "require IO::Socket; 1"),
            (Denied, "require I18N::Langinfo; 1"),
            (Denied, "eval q{use POSIX 'floor'; floor(1.5)} || die $@"),
            (
                Denied,
                "require XSLoader; XSLoader::load('POSIX'); POSIX::floor(1)",
            ),
        ],
    );
}

/// Descriptors by their number: those of the host are not the script's, unless it may have any file.
#[test]
fn descriptors_of_the_host() {
    use std::os::fd::IntoRawFd;
    // what a script has by its number it closes
    if !crate::alone("granted::descriptors_of_the_host") {
        return;
    }
    let ways = [
        "open our $f, '<&=', FD and <$f>",
        "open our $f, '<&FD' and <$f>",
        "open our $f, '<&=FD' and <$f>",
        "require IO::Handle; IO::Handle->new_from_fd(FD, 'r')",
        "require POSIX; POSIX::read(FD, my $b, 10)",
        "require POSIX; $! = 0; POSIX::lseek(FD, 0, 0); $! == 0",
        "require POSIX; POSIX::dup(FD)",
        "open our $f, '<', '/dev/fd/FD' and <$f>",
        "open our $f, '<', '/proc/self/fd/FD' and <$f>",
        "require POSIX; POSIX::close(FD)",
    ];
    for granted in [true, false] {
        let all = Capability::ALL.iter().copied();
        for way in ways {
            let mut perl = with(
                all.clone()
                    .filter(|one| granted || *one != Capability::ReadFiles),
            );
            let file = std::fs::File::open("/proc/self/status").unwrap();
            let way = way.replace("FD", &file.into_raw_fd().to_string());
            let done = perl.eval::<bool>(&format!("no warnings; eval {{ {way} }} ? 1 : 0"));
            assert_eq!(done.unwrap(), granted, "{way}");
        }
    }
}

/// What a sandbox sees of the process it is in.
#[test]
fn a_sandbox_knows_little() {
    let mut perl = Perl::sandbox().build();
    for (code, expected) in [
        ("$0", "-"),
        ("$^O", "linux"),
        ("join ' ', %ENV", ""),
        ("join ' ', @ARGV", ""),
        ("scalar(grep { !ref && !/^keshi:/ } @INC)", "0"),
        ("scalar <STDIN> // 'end'", "end"),
        ("-t STDIN ? 'terminal' : 'none'", "none"),
        ("getlogin // ''", ""),
        ("join ' ', (getpwuid $<)[0] // ''", ""),
        ("fileno(STDOUT) // -1", "-1"),
        ("-e $^X ? 'seen' : 'unseen'", "unseen"),
        ("local $ENV{SET} = 1; $ENV{SET}", "1"),
        ("srand; rand() < 1 ? 1 : 0", "1"),
        ("(localtime 0)[5]", "70"),
        ("my ($u, $s) = times; defined $s ? 1 : 0", "1"),
    ] {
        assert_eq!(perl.eval::<String>(code).unwrap(), expected, "{code}");
    }
    assert!(std::env::var_os("SET").is_none());
}

/// The host is told of what a script asked for, and of nothing else.
#[test]
fn only_what_was_asked_for_is_told() {
    let mut perl = Perl::sandbox().build();
    perl.eval::<()>(
        r#"
        use strict; use warnings; use utf8; use feature 'say';
        use List::Util 'sum'; use Scalar::Util 'blessed'; use Data::Dumper; use Carp; use Encode;
        use Digest::MD5 'md5_hex'; use MIME::Base64; use Text::Wrap; use File::Spec; use Hash::Util 'lock_keys'; use Storable 'dclone'; use Text::ParseWords;
        use constant X => 5; use overload; use parent -norequire, 'main';
        my %h = map { $_ => sum(1, $_) } 1 .. 10;
        say sprintf '%.2f %s', X, join ',', sort { $a <=> $b } values %h;
        print Dumper(\%h), md5_hex('x'), encode('UTF-8', "\x{263a}"), encode_base64('x');
        my $t = localtime; my @t = gmtime; my $r = rand; srand 5; my $pid = $$; my ($u) = times;
        open my $f, '<', \"one\ntwo\n"; my @l = <$f>; close $f; $| = 1; warn 'told'; binmode STDOUT;
        local $SIG{__WARN__} = sub { }; local $SIG{__DIE__} = sub { }; eval { die { code => 1 } };
        my $e = $ENV{HOME}; local $ENV{X} = 1; my $os = $^O; my $x = "$0 $^X $^T $] $<";
        sleep 0; select undef, undef, undef, 0.001; my $z = -t STDIN; printf STDERR "%s", 'x';
        package Thing { sub new { bless {}, shift } sub DESTROY { } } Thing->new; END { print 'end' }
        "#,
    )
    .unwrap();
    assert_eq!(perl.take_refused(), []);
    let mut perl = Perl::sandbox().grant(Capability::Processes).build();
    assert_eq!(
        perl.eval::<i64>("system 'true'; my $l = `echo`; $?")
            .unwrap(),
        0
    );
    let fork: bool = perl
        .eval("my $pid = fork; $pid && waitpid $pid, 0; defined $pid")
        .unwrap();
    match fork {
        true => assert_eq!(perl.take_refused(), []),
        false => assert_eq!(perl.take_refused(), [Capability::ForkWithThreads]),
    }
}
