//! Every way to the system asks for a right (`sys::grant`), or is known to need none.
//!
//! A function of `src/sys` that names libc or makes a call through the stub is looked for a mention
//! of `grant::` in its text. Those without one are listed here with the reason why.

use super::File;

/// Files whose functions need no right, and why.
const FILES: &[(&str, &str)] = &[
    (
        "src/sys/blocking/guest.rs",
        "how a guest sleeps: its own descriptor",
    ),
    (
        "src/sys/blocking/mod.rs",
        "the call itself, made by those who ask",
    ),
    ("src/sys/blocking/stub.rs", "the instructions of the call"),
    ("src/sys/blocking/stress.rs", "tests"),
    ("src/sys/errno.rs", "the thread's errno"),
    ("src/sys/libm.rs", "computing only"),
    ("src/sys/path.rs", "C strings"),
    ("src/sys/poll.rs", "readiness of descriptors the script has"),
    (
        "src/sys/signal/handler.rs",
        "the handler, installed by those who ask",
    ),
    ("src/sys/signal/lent.rs", "gives the host its signals back"),
    ("src/sys/signal/pending.rs", "the word, and thread ids"),
    ("src/sys/signal/waker.rs", "made by the host"),
    ("src/sys/start.rs", "for the command"),
    ("src/sys/time.rs", "clocks and calendars"),
    ("src/sys/netdb/addrinfo.rs", "its sockets and files ask"),
    ("src/sys/netdb/config.rs", "reads what files gives"),
    ("src/sys/netdb/tests.rs", "tests"),
    ("src/sys/netdb/exchange.rs", "its sockets ask"),
    ("src/sys/netdb/lookup.rs", "its sockets and files ask"),
];

/// Functions that need no right, by file.
const HARMLESS: &[(&str, &str, &str)] = &[
    (
        "src/sys/blocking/files.rs",
        "open_fifo read pread read_uninit write write_two close flock fcntl_lock fcntl_buffer \
         fcntl_number takes_pointer fsync tcdrain",
        "on a descriptor the script was given or opened",
    ),
    (
        "src/sys/blocking/sockets.rs",
        "accept4 recv sendmsg recvmsg send_now recv_now bytes pointers room \
         connect_as_guest",
        "on a socket the script was given or made",
    ),
    (
        "src/sys/blocking/sysv.rs",
        "sem_operations",
        "sorts numbers",
    ),
    (
        "src/sys/blocking/waiting.rs",
        "wait_for timespec duration ppoll select clock_nanosleep sleep_as_guest clock_sleep_until \
         wait_for_ours select_as_guest",
        "time passes for everybody; wait_for is behind wait4",
    ),
    (
        "src/sys/dir.rs",
        "from_fd read tell seek rewind fd close drop",
        "on an open directory",
    ),
    ("src/sys/netdb/files.rs", "parse_address", "computing only"),
    (
        "src/sys/env.rs",
        "snapshot get set detach addresses",
        "by the API and the command only",
    ),
    (
        "src/sys/fd.rs",
        "dup dup_from dup_inheritable dup2 dup3 pipe pipe2 close is_open cloexec set_cloexec \
         set_appending \
         status_flags set_status_flags set_blocking ioctl_size isatty ttyname ctermid \
         open_standard open_on readable_bytes",
        "on descriptors; numbers a script names are asked about in io::registry",
    ),
    (
        "src/sys/file.rs",
        "kind fstat memory_file contents ftruncate lseek open_flags access_of_flags appends \
         age_in_days from_libc stat_with named named2 file_times modifies",
        "on open files, or computing only",
    ),
    ("src/sys/host.rs", "random interface_index", "numbers"),
    (
        "src/sys/limits.rs",
        "getrlimit stack limit sysconf fpathconf clock_ticks page_size",
        "only looking at this process",
    ),
    ("src/sys/locale.rs", "localeconv langinfo", "only looking"),
    (
        "src/sys/process.rs",
        "exit_now exit abort exited exit_code signaled signal stopped stop_signal continued \
         dumped_core getpid getpgid getsid tcgetpgrp change_umask current_umask times rusage \
         rusage_all peak_memory peek_ended",
        "only looking; ending is refused by POSIX's rows where the process is the host's",
    ),
    (
        "src/sys/signal/disposition.rs",
        "exchange disposition caught_set unignore_child_signal",
        "behind set_disposition, or only looking",
    ),
    (
        "src/sys/signal/sigset.rs",
        "to_libc change_mask sigpending",
        "for sys itself, or only looking",
    ),
    ("src/sys/signal/mod.rs", "to_own_thread", "behind kill"),
    (
        "src/sys/signal/timers.rs",
        "getitimer set timeval duration",
        "behind setitimer, or only looking",
    ),
    (
        "src/sys/socket.rs",
        "shutdown getsockname getpeername getsockopt setsockopt take_error family pack_in \
         unpack_in pack_in6 unpack_in6 pack_un unpack_un address_text parse_in parse_in6",
        "on a socket the script was given or made, or computing only",
    ),
    (
        "src/sys/spawn.rs",
        "give_back_sigpipe set_give_back_sigpipe run_child become_program default_signals apply \
         execute new argv env",
        "behind spawn and exec",
    ),
    (
        "src/sys/sysv.rs",
        "msg_size shm_size sem_size segment_size shmdt drop",
        "sizes; a segment that is attached",
    ),
    (
        "src/sys/tty.rs",
        "get set input_speed output_speed set_input_speed set_output_speed tcflush tcflow \
         tcsendbreak flags set_flags character set_character",
        "on a terminal the script was given",
    ),
    (
        "src/sys/user.rs",
        "getspnam passwd group setpwent endpwent setgrent endgrent uids gids getgroups function",
        "only looking at this process, or computing",
    ),
];

/// The functions of a file: line, name, text.
fn functions(text: &str) -> Vec<(usize, String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let trimmed = line.trim_start();
        let head = trimmed.find("fn ").filter(|&i| {
            let before = &trimmed[..i];
            before.is_empty()
                || before.starts_with("pub")
                || before.starts_with("unsafe")
                || before.starts_with("extern")
        });
        let Some(head) = head else {
            at += 1;
            continue;
        };
        let name: String = trimmed[head + 3..]
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let indent = line.len() - trimmed.len();
        let close = format!("{}}}", " ".repeat(indent));
        let mut end = at;
        while end < lines.len()
            && lines[end] != close
            && !lines[end].ends_with(';')
                | (end == at && lines[end].contains('{'))
                | lines[end].starts_with(&" ".repeat(indent + 1))
        {
            end += 1;
        }
        let body = lines[at..=end.min(lines.len() - 1)].join("\n");
        out.push((at + 1, name, body));
        at = end + 1;
    }
    out
}

/// Complaints about functions that neither ask nor are listed.
pub(super) fn check(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| f.path.starts_with("src/sys/")) {
        if FILES.iter().any(|row| row.0 == file.path) {
            continue;
        }
        let harmless = HARMLESS
            .iter()
            .filter(|row| row.0 == file.path)
            .flat_map(|row| row.1.split_whitespace())
            .collect::<Vec<_>>();
        let code = file.text.split("#[cfg(test)]").next().unwrap_or("");
        for (line, name, body) in functions(code) {
            let calls = ["libc::", "call(", "attempt("]
                .iter()
                .any(|word| body.contains(word));
            if calls && !body.contains("grant::") && !harmless.contains(&name.as_str()) {
                out.push(format!("{}:{line}: `{name}` asks for no right", file.path));
            }
        }
    }
    out
}

#[test]
fn one_that_does_not_ask_is_found() {
    let text =
        "//! x\npub(crate) fn unlink(name: &[u8]) -> Result<()> {\n    libc::unlink(name)\n}\n";
    let file = |text: &str| File::new("src/sys/file.rs".into(), text.into());
    assert_eq!(check(&[file(text)]).len(), 1);
    let asks = text.replace(
        "    libc",
        "    grant::check(grant::WRITE_FILES)?;\n    libc",
    );
    assert!(check(&[file(&asks)]).is_empty());
}
