//! Runs one program in a session of its own, with a time limit, and looks at what it leaves behind.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How a run ended.
pub struct Ended {
    /// What it wrote to stdout.
    pub out: Vec<u8>,
    /// What it wrote to stderr.
    pub err: Vec<u8>,
    /// Exit code, 128 and the signal's number, or -1 past the limit.
    pub code: i32,
    /// Complaints about time and what was left behind.
    pub wrong: Vec<String>,
}

static RUNS: AtomicUsize = AtomicUsize::new(0);

/// Gives a command the environment that every run has: nothing of the caller's Perl settings.
pub fn settled(command: &mut Command, tmp: &Path) {
    command
        .env("KESHI_SYSTEM_INC", "0")
        .env("TMPDIR", tmp)
        .env("LC_ALL", "C")
        .env("TZ", "UTC");
    for name in [
        "PERL5LIB",
        "PERL5OPT",
        "PERL_UNICODE",
        "PERLIO",
        "PERL_SIGNALS",
        "PERL_HASH_SEED",
        "BASH_ENV",
    ] {
        command.env_remove(name);
    }
}

/// Runs a command whose output is kept in `dir`, a folder that exists.
pub fn run(mut command: Command, dir: &Path, limit: Duration) -> io::Result<Ended> {
    let mark = format!(
        "{}.{}",
        std::process::id(),
        RUNS.fetch_add(1, Ordering::Relaxed)
    );
    command
        .env("KESHI_TEST_RUN", &mark)
        .stdout(File::create(dir.join("out"))?)
        .stderr(File::create(dir.join("err"))?);
    // SAFETY: between fork and exec only setsid is called, which is async-signal-safe.
    unsafe {
        command.pre_exec(|| {
            if libc::setsid() < 0 {
                Err(io::Error::last_os_error())
            } else {
                Ok(())
            }
        });
    }
    let mut child = command.spawn()?;
    let status = wait(&mut child, limit)?;
    let mut wrong = Vec::new();
    let code = status.map_or(-1, |s| {
        s.code().unwrap_or_else(|| 128 + s.signal().unwrap_or(0))
    });
    if status.is_none() {
        wrong.push(format!("still running after {} s", limit.as_secs()));
    }
    let left = leavings(child.id(), &mark, status.is_none());
    if status.is_some() {
        wrong.extend(left.iter().map(|l| format!("left a process behind: {l}")));
    }
    let out = fs::read(dir.join("out"))?;
    let err = fs::read(dir.join("err"))?;
    Ok(Ended {
        out,
        err,
        code,
        wrong,
    })
}

/// Waits for the child; past the limit its whole group is killed and `None` comes back.
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() > limit {
            // SAFETY: the group is the child's own session, and the child is not reaped yet.
            unsafe { libc::kill(-(child.id() as i32), libc::SIGKILL) };
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Ends the processes of a run that outlived it, and names them.
fn leavings(session: u32, mark: &str, impatient: bool) -> Vec<String> {
    let begun = Instant::now();
    loop {
        let left = of_run(session, mark);
        // What is about to end of itself gets a moment.
        if left.is_empty() || impatient || begun.elapsed() > Duration::from_secs(1) {
            for (pid, _) in &left {
                // SAFETY: the process was just seen to belong to this run.
                unsafe { libc::kill(*pid, libc::SIGKILL) };
            }
            return left
                .into_iter()
                .map(|(pid, name)| format!("{pid} {name}"))
                .collect();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Live processes of the run's session, or with its mark in their environment.
fn of_run(session: u32, mark: &str) -> Vec<(i32, String)> {
    let mut found = Vec::new();
    let mark = format!("KESHI_TEST_RUN={mark}\0");
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|n| n.parse::<i32>().ok())
        else {
            continue;
        };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        let Some((name, rest)) = stat.rsplit_once(") ") else {
            continue;
        };
        let fields: Vec<&str> = rest.split(' ').collect();
        if matches!(fields.first(), Some(&"Z" | &"X")) {
            continue;
        }
        let marked = || {
            let text = fs::read(entry.path().join("environ")).unwrap_or_default();
            text.windows(mark.len()).any(|w| w == mark.as_bytes())
        };
        if fields.get(3) == Some(&session.to_string().as_str()) || marked() {
            found.push((pid, name.split_once('(').map_or(name, |n| n.1).to_string()));
        }
    }
    found
}

/// The SysV queues, semaphores and segments that exist now.
pub fn sysv_ids() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for kind in ["msg", "sem", "shm"] {
        let text = fs::read_to_string(format!("/proc/sysvipc/{kind}")).unwrap_or_default();
        for line in text.lines().skip(1) {
            let mut fields = line.split_whitespace();
            if let (Some(key), Some(id)) = (fields.next(), fields.next()) {
                ids.insert(format!("{kind} id {id} key {key}"));
            }
        }
    }
    ids
}
