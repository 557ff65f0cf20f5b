//! Runs every `t/**/*.t` (TAP, written in Perl) and every `examples/ipc/*.pl` under the built
//! keshi, or under `$PERL` if that is set: the same files must pass under real perl.
//!
//! `cargo test --test harness [WORDS]` runs the files whose path holds one of the words;
//! `--failing` as a word prints the paths of what failed, in the form of `t/pending.txt`.
//! A file may begin with `# keshi-only: REASON` (skipped under perl), `# limit: SECONDS`,
//! `# alone` (nothing else runs beside it). A first line `#!perl -T` (or `-t`) passes that switch on,
//! which must stand on the command line.

#[allow(unsafe_code)] // setsid and kill
#[path = "harness/guarded.rs"]
mod guarded;
#[path = "harness/tap.rs"]
mod tap;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// perl's own order: what the others stand on comes first.
const ORDER: &[&str] = &[
    "base", "comp", "cmd", "run", "op", "re", "uni", "io", "lib", "ipc", "traps",
];
const JOBS: usize = 2;
const LIMIT: u64 = 60;

/// One file to run.
struct Case {
    path: String,
    header: String,
    expected: Option<Vec<u8>>,
}

impl Case {
    fn note(&self, key: &str) -> Option<&str> {
        self.header
            .lines()
            .find_map(|l| l.strip_prefix("# ")?.strip_prefix(key))
            .map(str::trim)
    }

    fn taint_switch(&self) -> Option<&str> {
        let switch = self.header.lines().next()?.strip_prefix("#!perl ")?.trim();
        matches!(switch, "-T" | "-t").then_some(switch)
    }

    fn alone(&self) -> bool {
        self.note("alone").is_some()
            || ["semget", "shmget", "msgget", "IPC::S", "IPC::Msg"]
                .iter()
                .any(|w| self.header.contains(w))
    }
}

enum Outcome {
    Pass(usize),
    Skip(String),
    Fail(Vec<String>),
}

struct Report {
    path: String,
    outcome: Outcome,
    took: Duration,
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words: Vec<String> = std::env::args().skip(1).collect();
    let filters: Vec<&String> = words.iter().filter(|w| !w.starts_with('-')).collect();
    let real_perl = std::env::var("PERL").ok().filter(|p| !p.is_empty());
    let program = real_perl
        .clone()
        .unwrap_or_else(|| env!("CARGO_BIN_EXE_keshi").to_string());
    let cases: Vec<Case> = cases(root)
        .into_iter()
        .filter(|c| filters.is_empty() || filters.iter().any(|f| c.path.contains(f.as_str())))
        .collect();
    let pending = if real_perl.is_some() {
        BTreeMap::new()
    } else {
        pending(root)
    };
    println!("{} files under {program}", cases.len());
    let reports = run_all(&cases, root, &program, real_perl.is_some(), &pending);
    finish(reports, &pending, words.iter().any(|w| w == "--failing"));
}

/// Files that are known not to pass yet, and why.
fn pending(root: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root.join("t/pending.txt")).unwrap_or_default();
    text.lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|l| l.split_once(char::is_whitespace).unwrap_or((l, "")))
        .map(|(path, why)| (path.to_string(), why.trim().to_string()))
        .collect()
}

fn cases(root: &Path) -> Vec<Case> {
    let mut found = Vec::new();
    let mut folders = vec![root.join("t"), root.join("examples/ipc")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path())
        {
            let kind = path.extension().and_then(|e| e.to_str()).unwrap_or("");
            if path.is_dir() {
                folders.push(path);
            } else if kind == "t" || (kind == "pl" && folder.ends_with("examples/ipc")) {
                let expected = (kind == "pl")
                    .then(|| std::fs::read(path.with_extension("out")).unwrap_or_default());
                let header =
                    String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()).into_owned();
                let path = path
                    .strip_prefix(root)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .into_owned();
                found.push(Case {
                    path,
                    header,
                    expected,
                });
            }
        }
    }
    let rank = |c: &Case| {
        let folder = c.path.split('/').nth(1).unwrap_or("").to_string();
        (
            c.expected.is_some(),
            ORDER
                .iter()
                .position(|o| *o == folder)
                .unwrap_or(ORDER.len()),
            c.path.clone(),
        )
    };
    found.sort_by_key(rank);
    found
}

fn run_all(
    cases: &[Case],
    root: &Path,
    program: &str,
    real: bool,
    pending: &BTreeMap<String, String>,
) -> Vec<Report> {
    let (alone, together): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|c| c.alone());
    let reports = Mutex::new(Vec::new());
    for (jobs, batch) in [(JOBS, together), (1, alone)] {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for job in 0..jobs {
                let (next, batch, reports) = (&next, &batch, &reports);
                scope.spawn(move || {
                    while let Some(case) = batch.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let report = run(
                            case,
                            root,
                            program,
                            real,
                            job,
                            pending.contains_key(&case.path),
                        );
                        show(&report, pending);
                        reports.lock().unwrap().push(report);
                    }
                });
            }
        });
    }
    reports.into_inner().unwrap()
}

fn run(case: &Case, root: &Path, program: &str, real: bool, job: usize, pending: bool) -> Report {
    let done = |outcome, took| Report {
        path: case.path.clone(),
        outcome,
        took,
    };
    if let Some(why) = case.note("keshi-only:").filter(|_| real) {
        return done(Outcome::Skip(why.to_string()), Duration::ZERO);
    }
    let limit = case
        .note("limit:")
        .and_then(|s| s.parse().ok())
        .unwrap_or(LIMIT);
    let limit = if pending { limit.min(10) } else { limit };
    let dir: PathBuf = std::env::temp_dir().join(format!("keshi-t-{}-{job}", std::process::id()));
    let ids = case.alone().then(guarded::sysv_ids);
    let mut command = Command::new(program);
    command
        .args(case.taint_switch())
        .arg(&case.path)
        .current_dir(root)
        .stdin(Stdio::null());
    guarded::settled(&mut command, &dir.join("tmp"));
    let _ = std::fs::create_dir_all(dir.join("tmp"));
    let begun = Instant::now();
    let ended = guarded::run(command, &dir, Duration::from_secs(limit));
    let took = begun.elapsed();
    let _ = std::fs::remove_dir_all(&dir);
    let ended = match ended {
        Ok(ended) => ended,
        Err(why) => {
            return done(
                Outcome::Fail(vec![format!("cannot run: {why}")]),
                Duration::ZERO,
            );
        }
    };
    let mut wrong = Vec::new();
    let mut count = 1;
    let mut skipped = None;
    if let Some(expected) = &case.expected {
        wrong.extend(difference(expected, &ended.out));
    } else {
        let tap = tap::read(&String::from_utf8_lossy(&ended.out));
        count = tap.count;
        skipped = tap.skipped;
        wrong.extend(tap.wrong);
    }
    match ended.code {
        0 | -1 => {}
        code @ 1..=128 => wrong.push(format!("exit status {code}")),
        code => wrong.push(format!("exit status {code}, or signal {}", code - 128)),
    }
    wrong.extend(ended.wrong);
    if let Some(before) = ids {
        wrong.extend(
            guarded::sysv_ids()
                .difference(&before)
                .map(|id| format!("left behind: {id}")),
        );
    }
    if !wrong.is_empty() {
        wrong.extend(tail(&ended.err).map(|l| format!("| {l}")));
        return done(Outcome::Fail(wrong), took);
    }
    done(skipped.map_or(Outcome::Pass(count), Outcome::Skip), took)
}

fn difference(expected: &[u8], got: &[u8]) -> Option<String> {
    if expected == got {
        return None;
    }
    let lines = |b: &[u8]| -> Vec<String> {
        String::from_utf8_lossy(b)
            .lines()
            .map(str::to_string)
            .collect()
    };
    let (want, have) = (lines(expected), lines(got));
    let at = want.iter().zip(&have).take_while(|(a, b)| a == b).count();
    let nth = |v: &[String]| v.get(at).cloned().unwrap_or_else(|| "(end)".into());
    Some(format!(
        "output differs at line {}: wanted {:?}, got {:?}",
        at + 1,
        nth(&want),
        nth(&have)
    ))
}

/// The last lines of what was said on stderr.
fn tail(err: &[u8]) -> impl Iterator<Item = String> {
    let lines: Vec<String> = String::from_utf8_lossy(err)
        .lines()
        .map(str::to_string)
        .collect();
    let skip = lines.len().saturating_sub(8);
    lines.into_iter().skip(skip)
}

/// The first complaint, and the first thing said on stderr that is no comment of Test::More's.
fn brief(why: &[String]) -> String {
    let said = why
        .iter()
        .filter_map(|w| w.strip_prefix("| "))
        .find(|w| !w.starts_with('#'));
    format!(
        "{}{}",
        why[0],
        said.map_or(String::new(), |s| format!(": {s}"))
    )
}

fn show(report: &Report, pending: &BTreeMap<String, String>) {
    let took = report.took.as_secs_f64();
    let path = &report.path;
    match &report.outcome {
        Outcome::Pass(n) if pending.contains_key(path) => {
            println!("PASSES  {path:44} {n:5}  {took:6.2}s  (listed as pending)");
        }
        Outcome::Pass(n) => println!("ok      {path:44} {n:5}  {took:6.2}s"),
        Outcome::Skip(why) => println!("skip    {path:44}        {took:6.2}s  {why}"),
        Outcome::Fail(why) if pending.contains_key(path) => {
            println!("pending {path:44}        {took:6.2}s  {}", brief(why));
        }
        Outcome::Fail(why) => {
            let text: Vec<String> = why
                .iter()
                .take(14)
                .map(|w| format!("          {w}\n"))
                .collect();
            print!("FAIL    {path:44}        {took:6.2}s\n{}", text.concat());
        }
    }
}

fn finish(reports: Vec<Report>, pending: &BTreeMap<String, String>, failing: bool) {
    let (mut passed, mut failed, mut skipped, mut waiting) = (0, 0, 0, 0);
    let mut hints = BTreeSet::new();
    let mut list = BTreeMap::new();
    for r in &reports {
        let listed = pending.contains_key(&r.path);
        match &r.outcome {
            Outcome::Pass(_) => {
                passed += 1;
                if listed {
                    hints.insert(&r.path);
                }
            }
            Outcome::Skip(_) => skipped += 1,
            Outcome::Fail(why) => {
                if listed {
                    waiting += 1
                } else {
                    failed += 1
                }
                list.insert(&r.path, brief(why));
            }
        }
    }
    if failing {
        println!("\nwhat failed:");
        for (path, why) in list {
            println!(
                "{path}  {}",
                why.chars().take(120).collect::<String>().replace('\n', " ")
            );
        }
    }
    if !hints.is_empty() {
        println!("\nno longer pending (take them off t/pending.txt):");
        hints.iter().for_each(|p| println!("  {p}"));
    }
    if waiting > 0 {
        println!("\n{waiting} files of t/pending.txt do not pass yet");
    }
    println!(
        "{passed} passed, {failed} failed, {} skipped",
        skipped + waiting
    );
    std::process::exit(i32::from(failed > 0));
}
