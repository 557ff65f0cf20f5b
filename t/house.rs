//! Holds the house rules: floors, rooms, sizes. A plain text scan; ARCHITECTURE.md says why each rule is there.
//!
//! The tables come first. Every rule is a function from files to complaints, and has a test
//! that breaks it on purpose.

#[path = "house/scan.rs"]
mod scan;

use scan::{Path, Token, bare, paths, tokens, without_tests};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// The floors, lowest first: a module imports lower floors only.
const FLOORS: &[&[&str]] = &[
    &["text", "source", "sys"],
    &["signature", "diag", "regex", "io"],
    &["syntax", "bytecode"],
    &["compile", "value"],
    &["vm"],
    &["builtins"],
    &["native"], // beside builtins in the picture; its IO modules use their rules for retrying
    &["interp"],
    &["api"],
    &["bin"],
];

/// Two towers that meet only at `bytecode`: who never imports whom, though it may be lower.
const BARS: &[(&[&str], &[&str])] = &[
    (
        &["value", "vm", "builtins", "native"],
        &["syntax", "compile"],
    ),
    (&["syntax", "compile"], &["value", "io", "sys"]),
    (&["bytecode"], &["sys", "io"]),
];

/// Where `unsafe` may be written, each block with a SAFETY note.
const UNSAFE_ROOMS: &[&str] = &[
    "src/sys/",
    "src/value/",
    "src/text/perlstr",
    "src/text/buffer",
    "src/vm/",
    "src/regex/engine",
];

/// Crates that have a room of their own.
const CRATE_ROOMS: &[(&[&str], &[&str])] = &[
    (
        &["pest", "pest_derive", "pest_meta", "keshi_grammar"],
        &["grammar/", "/grammar.rs"],
    ),
    (&["nix", "libc", "socket2"], &["src/sys/"]),
    (&["pcre2_sys"], &["src/regex/engine"]),
    (&["rustyline"], &["src/bin/"]),
];

/// What reaches the system behind the back of `sys`.
const SYSTEM: &[&str] = &[
    "std::fs",
    "std::net",
    "std::os::unix",
    "std::os::fd",
    "std::process",
    "std::thread",
    "std::env",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "core::arch",
    "std::arch",
];

/// Parts of `SYSTEM` that do no harm, and who may use them.
const SYSTEM_ALLOWED: &[(&str, &str)] = &[
    ("std::process::abort", ""),
    ("std::net::Ipv4Addr", ""),
    ("std::net::Ipv6Addr", ""),
    ("std::net::IpAddr", ""),
    ("std::process::ExitCode", "src/bin/"),
    ("std::os::fd", "src/api/"),
];

/// Where everything that can sleep is called.
const BLOCKING_ROOM: &str = "src/sys/blocking";

/// Calls that can sleep: only `sys::blocking` makes them, through its stub.
const BLOCKING: &[(&str, &str)] = &[
    (
        "libc",
        "open openat open64 openat64 creat read readv pread preadv write writev pwrite pwritev \
         close accept accept4 connect send sendto sendmsg sendmmsg recv recvfrom recvmsg recvmmsg \
         wait wait3 wait4 waitpid waitid flock lockf select pselect poll ppoll epoll_wait \
         epoll_pwait sleep usleep nanosleep clock_nanosleep pause sigsuspend sigwait sigwaitinfo \
         sigtimedwait semop semtimedop msgsnd msgrcv syscall system popen fopen fread fgets \
         getaddrinfo gethostbyname gethostbyaddr getnameinfo tcdrain",
    ),
    (
        "nix::unistd",
        "read write close pause sleep lseek_wait fsync fdatasync",
    ),
    ("nix::fcntl", "open openat flock Flock"),
    ("nix::sys::wait", "wait waitpid waitid"),
    ("nix::sys::select", "select pselect"),
    ("nix::poll", "poll ppoll"),
    (
        "nix::sys::socket",
        "accept accept4 connect send sendto sendmsg recv recvfrom recvmsg",
    ),
    ("nix::sys::uio", "readv writev pread pwrite preadv pwritev"),
    ("nix::sys::signal", "sigsuspend sigwait"),
    ("nix::time", "clock_nanosleep"),
    ("std::fs", "read read_to_string write copy File OpenOptions"),
    ("std::process", "Command"),
    ("std::net", "TcpStream TcpListener UdpSocket ToSocketAddrs"),
    ("std::os::unix::net", "UnixStream UnixListener UnixDatagram"),
    ("std::thread", "sleep sleep_ms park park_timeout spawn"),
    ("std::io", "stdin stdout stderr"),
];

/// A file that may make some blocking calls itself, and why.
const BLOCKING_ALLOWED: &[(&str, &str, &str)] = &[
    (
        "src/sys/signal/",
        "libc::syscall",
        "rt_sig* and timer calls by number: none of them sleeps",
    ),
    (
        "src/sys/spawn.rs",
        "libc::close",
        "between vfork and exec: no signal is to interrupt it",
    ),
    (
        "src/sys/spawn.rs",
        "libc::waitpid",
        "of a child that has already failed to exec",
    ),
    (
        "src/sys/fd.rs",
        "libc::open",
        "of /dev/null for the closed descriptors 0 to 2",
    ),
    (
        "src/sys/tty.rs",
        "libc::tcdrain",
        "a known gap: a signal before it does not end the wait",
    ),
];

/// Folders that hold a family of like files may hold more than 12.
const WIDE_FOLDERS: &[(&str, usize)] = &[
    ("src", 20),
    ("src/text", 20),
    ("src/io", 20),
    ("src/regex", 20),
    ("src/sys", 22),
    ("src/api", 20),
    ("src/vm", 30),
    ("src/vm/ops", 28),
    ("src/builtins", 24),
    ("src/native", 24),
    ("src/compile", 20),
    ("src/compile/lower", 30),
    ("src/syntax/parser", 30),
    ("src/value", 20),
    ("src/interp", 20),
];

const REFUSED_NAMES: &[&str] = &["utils", "util", "helpers", "misc", "common", "manager"];

/// One file of the house: its path from the root of the repository, and its text.
struct File {
    path: String,
    text: String,
    scanned: OnceLock<Scanned>,
}

/// What the scan found in a file: done once, asked for by every rule.
struct Scanned {
    tokens: Vec<Token>,
    paths: Vec<Path>,
}

impl File {
    fn new(path: String, text: String) -> File {
        File {
            path,
            text,
            scanned: OnceLock::new(),
        }
    }

    fn scanned(&self) -> &Scanned {
        self.scanned.get_or_init(|| {
            let tokens = tokens(&bare(&self.text));
            let paths = paths(&without_tests(tokens.clone()));
            Scanned { tokens, paths }
        })
    }

    /// The module path below the crate's root: `src/vm/ops/call.rs` is `vm ops call`.
    fn module(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .path
            .trim_end_matches(".rs")
            .split('/')
            .skip(1)
            .map(str::to_string)
            .collect();
        if matches!(
            names.last().map(String::as_str),
            Some("mod" | "lib" | "main")
        ) {
            names.pop();
        }
        names
    }

    fn paths(&self) -> &[Path] {
        &self.scanned().paths
    }

    fn in_room(&self, rooms: &[&str]) -> bool {
        rooms.iter().any(|r| {
            if r.starts_with('/') {
                self.path.ends_with(r)
            } else {
                self.path.starts_with(r)
            }
        })
    }
}

/// Every `.rs` file below the folders that the rules speak about.
fn house() -> &'static [File] {
    static HOUSE: OnceLock<Vec<File>> = OnceLock::new();
    HOUSE.get_or_init(read_house)
}

fn read_house() -> Vec<File> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut todo: Vec<_> = ["src", "grammar", "t", "benches", "examples"]
        .iter()
        .map(|d| root.join(d))
        .collect();
    let mut out = Vec::new();
    while let Some(dir) = todo.pop() {
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name().is_some_and(|n| n != "target") {
                    todo.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path
                    .strip_prefix(root)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .into_owned();
                out.push(File::new(
                    name,
                    std::fs::read_to_string(&path).unwrap_or_default(),
                ));
            }
        }
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

fn in_src(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|f| f.path.starts_with("src/"))
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|f| f.contains(&module))
}

/// Which top-level module a path inside the crate leads to; `""` is the crate's root.
fn target(path: &Path, from: &[String], root_macros: &BTreeMap<String, String>) -> Option<String> {
    let first = path.names.first()?.as_str();
    let owned = |n: &String| match floor(n) {
        Some(_) => n.clone(),
        None => root_macros.get(n).cloned().unwrap_or_default(),
    };
    match first {
        "crate" => path.names.get(1).map(owned),
        // A macro's text: what it names at the root is its user's business.
        "$crate" => path.names.get(1).filter(|n| floor(n).is_some()).cloned(),
        "super" => {
            let ups = path.names.iter().take_while(|n| *n == "super").count();
            let depth = (from.len() + path.inside).checked_sub(ups)?;
            if depth > from.len() || depth > 0 {
                return from.first().cloned();
            }
            path.names.get(ups).map(owned)
        }
        "self" => None,
        _ if path.bang && path.names.len() == 1 => root_macros.get(first).cloned(),
        _ => None,
    }
}

/// `macro_rules!` names and the top-level module that owns each.
fn macros(files: &[File]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for f in in_src(files) {
        let t = tokens(&bare(&f.text));
        for w in t
            .windows(3)
            .filter(|w| w[0].text == "macro_rules" && w[1].text == "!")
        {
            out.insert(
                w[2].text.clone(),
                f.module().first().cloned().unwrap_or_default(),
            );
        }
    }
    out
}

/// Who imports whom among the top-level modules, with the first place where it happens.
fn imports(files: &[File]) -> BTreeMap<(String, String), String> {
    let macros = macros(files);
    let mut out = BTreeMap::new();
    for f in in_src(files) {
        let from = f.module();
        let Some(top) = from.first() else { continue };
        if top == "bin" {
            continue; // a crate of its own: rustc shows it the public API only
        }
        for p in f.paths() {
            if let Some(to) = target(p, &from, &macros).filter(|to| to != top) {
                let place = format!("{}:{}: {}", f.path, p.line, p.names.join("::"));
                out.entry((top.clone(), to)).or_insert(place);
            }
        }
    }
    out
}

fn check_floors(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for f in in_src(files) {
        let module = f.module();
        if let Some(top) = module.first().filter(|t| floor(t).is_none()) {
            out.push(format!("{}: module `{top}` stands on no floor", f.path));
        }
    }
    for ((from, to), place) in imports(files) {
        let (Some(here), there) = (floor(&from), floor(&to)) else {
            continue;
        };
        match there {
            None => out.push(format!(
                "{place}: `{from}` takes something from the crate's root"
            )),
            Some(there) if there > here => out.push(format!("{place}: `{from}` imports upward")),
            Some(there) if there == here => out.push(format!("{place}: `{from}` imports sideways")),
            _ => {}
        }
        for (back, barred) in BARS {
            if back.contains(&from.as_str()) && barred.contains(&to.as_str()) {
                out.push(format!(
                    "{place}: `{from}` never imports `{to}`: the towers stay apart"
                ));
            }
        }
    }
    out
}

fn check_circles(files: &[File]) -> Vec<String> {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (from, to) in imports(files).into_keys() {
        edges.entry(from).or_default().insert(to);
    }
    fn reaches(
        edges: &BTreeMap<String, BTreeSet<String>>,
        at: &str,
        goal: &str,
        seen: &mut BTreeSet<String>,
    ) -> bool {
        edges.get(at).into_iter().flatten().any(|next| {
            next == goal || (seen.insert(next.clone()) && reaches(edges, next, goal, seen))
        })
    }
    edges
        .keys()
        .filter(|m| reaches(&edges, m, m, &mut BTreeSet::new()))
        .map(|m| format!("`{m}` imports itself in a circle"))
        .collect()
}

fn check_unsafe(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for f in files.iter().filter(|f| !f.path.starts_with("t/house")) {
        let lines: Vec<&str> = f.text.lines().collect();
        let t = &f.scanned().tokens;
        for (i, w) in t.iter().enumerate().filter(|(_, t)| t.text == "unsafe") {
            let next = t.get(i + 1).map_or("", |t| t.text.as_str());
            if next == "(" {
                // An attribute such as no_mangle: the binary's C main, and what sys exports.
                if !f.in_room(&["src/bin/", "src/sys/"]) {
                    out.push(format!(
                        "{}:{}: unsafe attribute outside its rooms",
                        f.path, w.line
                    ));
                }
                continue;
            }
            if !f.in_room(UNSAFE_ROOMS) && !f.in_room(&["t/", "benches/"]) {
                out.push(format!("{}:{}: `unsafe` outside its rooms", f.path, w.line));
                continue;
            }
            let above = w.line.saturating_sub(12);
            let noted = lines[above..(w.line + 2).min(lines.len())]
                .iter()
                .any(|l| l.contains("SAFETY") || l.contains("# Safety"));
            if !noted && next != "fn" && next != "extern" && !f.path.starts_with("t/") {
                out.push(format!(
                    "{}:{}: `unsafe` without a SAFETY note above it",
                    f.path, w.line
                ));
            }
        }
    }
    out
}

fn check_crates(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for f in files
        .iter()
        .filter(|f| f.path.starts_with("src/") || f.path.starts_with("grammar/"))
    {
        for p in f.paths() {
            for (crates, rooms) in CRATE_ROOMS {
                if crates.contains(&p.names[0].as_str()) && p.names.len() > 1 && !f.in_room(rooms) {
                    out.push(format!(
                        "{}:{}: `{}` outside its room",
                        f.path, p.line, p.names[0]
                    ));
                }
            }
        }
    }
    out.dedup();
    out
}

fn is_below(path: &[String], prefix: &str) -> bool {
    let want: Vec<&str> = prefix.split("::").collect();
    path.len() >= want.len() && want.iter().zip(path).all(|(w, p)| w == p)
}

fn check_system(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for f in in_src(files).filter(|f| !f.path.ends_with("/tests.rs")) {
        for p in f.paths() {
            let allowed = SYSTEM_ALLOWED
                .iter()
                .any(|(what, who)| is_below(&p.names, what) && f.path.starts_with(who));
            if f.path.starts_with("src/sys/") {
                out.extend(blocking(f, p));
            } else if !allowed && SYSTEM.iter().any(|s| is_below(&p.names, s)) {
                out.push(format!(
                    "{}:{}: `{}` outside sys",
                    f.path,
                    p.line,
                    p.names.join("::")
                ));
            }
        }
    }
    out
}

/// The complaint about a call that can sleep outside `sys::blocking`.
fn blocking(f: &File, p: &Path) -> Option<String> {
    if f.path.starts_with(BLOCKING_ROOM) {
        return None;
    }
    let last = p.names.last()?;
    let module = p.names[..p.names.len() - 1].join("::");
    let call = BLOCKING.iter().find(|(prefix, calls)| {
        let parts = prefix.split("::").count();
        is_below(&p.names, prefix)
            && (module == *prefix && calls.split_whitespace().any(|c| c == last)
                || p.names.len() > parts + 1
                    && calls.split_whitespace().any(|c| c == p.names[parts]))
    })?;
    let allowed = BLOCKING_ALLOWED
        .iter()
        .any(|(file, what, _)| f.path.starts_with(file) && *what == p.names.join("::"));
    let text = format!(
        "{}:{}: `{}` ({}) outside sys::blocking",
        f.path,
        p.line,
        p.names.join("::"),
        call.0
    );
    (!allowed).then_some(text)
}

fn check_headers(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|f| !f.text.starts_with("//!"))
        .map(|f| {
            format!(
                "{}: does not begin with a //! line saying its one job",
                f.path
            )
        })
        .collect()
}

fn check_sizes(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for f in files {
        let limit = if f.text.starts_with("//! table") {
            1500
        } else {
            800
        };
        let lines = f.text.lines().count();
        if lines > limit {
            out.push(format!("{}: {lines} lines, more than {limit}", f.path));
        }
        *folders
            .entry(f.path.rsplit_once('/').map_or("", |p| p.0))
            .or_default() += 1;
        let name = f
            .path
            .rsplit('/')
            .next()
            .unwrap_or("")
            .trim_end_matches(".rs");
        if REFUSED_NAMES.contains(&name) {
            out.push(format!("{}: a name that says no job", f.path));
        }
    }
    for (folder, count) in folders {
        let limit = WIDE_FOLDERS
            .iter()
            .find(|w| w.0 == folder)
            .map_or(12, |w| w.1);
        if count > limit {
            out.push(format!("{folder}: {count} files, more than {limit}"));
        }
    }
    out
}

fn check_words(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for f in files {
        for p in f.paths().iter().filter(|p| p.bang && p.names.len() == 1) {
            if matches!(p.names[0].as_str(), "todo" | "unimplemented" | "dbg") {
                out.push(format!("{}:{}: `{}!` left in", f.path, p.line, p.names[0]));
            }
        }
    }
    out
}

/// How many `.unwrap()`, `.expect(` and `panic!` each file of `src` holds: for the eye, not a rule.
fn panics(files: &[File]) -> Vec<(String, usize)> {
    let mut out = Vec::new();
    for f in in_src(files) {
        let t = without_tests(f.scanned().tokens.clone());
        let count = t
            .windows(2)
            .filter(|w| {
                (w[0].text == "." && matches!(w[1].text.as_str(), "unwrap" | "expect"))
                    || (w[0].text == "panic" && w[1].text == "!")
            })
            .count();
        if count > 0 {
            out.push((f.path.clone(), count));
        }
    }
    out.sort_by_key(|r| std::cmp::Reverse(r.1));
    out
}

fn hold(rule: &str, complaints: Vec<String>) {
    assert!(
        complaints.is_empty(),
        "{rule}:\n  {}",
        complaints.join("\n  ")
    );
}

#[test]
fn imports_go_down() {
    hold("a module imports lower floors only", check_floors(house()));
}

#[test]
fn no_circles() {
    hold("no circles among the modules", check_circles(house()));
}

#[test]
fn unsafe_stays_in_its_rooms() {
    hold(
        "unsafe only in its rooms, with a note",
        check_unsafe(house()),
    );
}

#[test]
fn crates_stay_in_their_rooms() {
    hold("each crate in its room", check_crates(house()));
}

#[test]
fn the_system_is_reached_through_sys() {
    hold(
        "system calls through sys, sleeping ones through sys::blocking",
        check_system(house()),
    );
}

#[test]
fn every_file_says_its_job() {
    hold("every file begins with //!", check_headers(house()));
}

#[test]
fn files_and_folders_stay_small() {
    hold("sizes and names", check_sizes(house()));
}

#[test]
fn nothing_is_left_unfinished() {
    let files = house();
    let rows = panics(files);
    println!(
        "unwrap/expect/panic!: {} in {} files",
        rows.iter().map(|r| r.1).sum::<usize>(),
        rows.len()
    );
    for (path, count) in rows {
        println!("  {count:4} {path}");
    }
    hold("no todo!, unimplemented!, dbg!", check_words(files));
}

#[test]
fn the_system_is_asked_with_rights() {
    hold(
        "a function of sys that calls the system asks grant, or is on the list of harmless ones",
        rights::check(house()),
    );
}

#[path = "house/broken.rs"]
mod broken;
#[path = "house/rights.rs"]
mod rights;
