//! Runs every script of `benches/cpu` and `benches/ipc` under keshi and under perl, alternately,
//! checks that both print the same, and shows how many times faster keshi is.
//!
//! Where `cc` is there and a C program that does the same system calls stands beside the script,
//! its time is the third column: the limit for an interpreter.
//!
//! `cargo bench [-- WORDS]`; `ROUNDS=9` for more than five rounds, `PERL=/path` for another perl,
//! `KESHI=/path` for another keshi. CPU rows are user and system time of the process and its
//! children (wait4), IPC rows wall time. `# runs: N` at the head of a script starts it N times a round;
//! `# cpus: 1` keeps it and its children on one processor: where two processes hand something to and
//! fro, two processors show how long the kernel takes to wake a sleeping one, and a program that
//! does less between its calls sleeps more often (the C program for `pipe_blocks` took twice the
//! time of perl).

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;
use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

/// One script.
struct Row {
    name: String,
    path: PathBuf,
    runs: u32,
    wall: bool,
    one_cpu: bool,
}

/// What one start cost, in milliseconds.
#[derive(Clone, Copy, Default)]
struct Cost {
    cpu: f64,
    wall: f64,
}

/// Both programs' costs in every round.
#[derive(Default)]
struct Sample {
    perl: Vec<f64>,
    keshi: Vec<f64>,
    /// Of the C program, where there is one.
    limit: Vec<f64>,
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|w| !w.starts_with('-'))
        .collect();
    let variable =
        |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.into());
    let rounds: usize = variable("ROUNDS", "5").parse().unwrap_or(5);
    let perl = variable("PERL", "/usr/bin/perl");
    let keshi = variable("KESHI", env!("CARGO_BIN_EXE_keshi"));
    if !Path::new(&perl).exists() {
        println!("nothing to compare with: no perl at {perl} (set PERL)");
        return;
    }
    println!("{rounds} rounds of {keshi} and {perl}, milliseconds\n");
    let mut failed = 0;
    for (folder, title) in [("cpu", "CPU time"), ("ipc", "wall time")] {
        let rows = rows(root, folder, &words);
        if rows.is_empty() {
            continue;
        }
        println!(
            "{title:24} perl min  median   keshi min  median   ratio  of medians   C min  keshi/C"
        );
        let mut ratios: Vec<(f64, f64, String)> = Vec::new();
        for row in rows {
            match measure(&row, root, &perl, &keshi, rounds) {
                Ok(sample) => ratios.push(show(&row, sample)),
                Err(why) => {
                    failed += 1;
                    println!("{:24} WRONG: {why}", row.name);
                }
            }
        }
        summary(folder, &ratios);
    }
    if failed > 0 {
        println!("{failed} rows without a right answer");
        std::process::exit(1);
    }
}

fn rows(root: &Path, folder: &str, words: &[String]) -> Vec<Row> {
    let mut rows = Vec::new();
    for entry in std::fs::read_dir(root.join("benches").join(folder))
        .into_iter()
        .flatten()
        .flatten()
    {
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "pl") {
            continue;
        }
        let stem = path
            .file_stem()
            .map_or(String::new(), |s| s.to_string_lossy().into_owned());
        let name = format!("{folder}/{stem}");
        if !words.is_empty() && !words.iter().any(|w| name.contains(w.as_str())) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let note = text.lines().find_map(|l| l.strip_prefix("# runs:"));
        let runs = note.and_then(|n| n.trim().parse().ok()).unwrap_or(1);
        rows.push(Row {
            name,
            path,
            runs,
            wall: folder == "ipc",
            one_cpu: text.lines().any(|line| line == "# cpus: 1"),
        });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

fn measure(
    row: &Row,
    root: &Path,
    perl: &str,
    keshi: &str,
    rounds: usize,
) -> Result<Sample, String> {
    let dir = std::env::temp_dir().join(format!("keshi-bench-{}", std::process::id()));
    std::fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
    let mut sample = Sample::default();
    let _one_cpu = row.one_cpu.then(OneCpu::new).flatten();
    let limit = compiled(row, &dir);
    let limit = limit.as_deref();
    for round in 0..rounds {
        let mut order = vec![perl, keshi];
        order.extend(limit);
        if round % 2 == 1 {
            order.reverse();
        }
        let mut outputs = Vec::new();
        for program in order {
            let mut total = Cost::default();
            let script = (Some(program) != limit).then_some(row.path.as_path());
            for _ in 0..row.runs {
                let (cost, out) = start(program, script, root, &dir)?;
                total.cpu += cost.cpu;
                total.wall += cost.wall;
                outputs.push(out);
            }
            let cost = if row.wall { total.wall } else { total.cpu } / f64::from(row.runs);
            let list = match program {
                _ if Some(program) == limit => &mut sample.limit,
                _ if program == perl => &mut sample.perl,
                _ => &mut sample.keshi,
            };
            list.push(cost);
        }
        if outputs.iter().any(|o| *o != outputs[0]) {
            return Err("the outputs differ".into());
        }
    }
    let _ = std::fs::remove_dir_all(&dir);
    Ok(sample)
}

/// While it lives, this process and those it starts stay on one of its processors.
struct OneCpu(CpuSet);

impl OneCpu {
    fn new() -> Option<OneCpu> {
        let all = sched_getaffinity(Pid::from_raw(0)).ok()?;
        let first = (0..CpuSet::count()).find(|&n| all.is_set(n).unwrap_or(false))?;
        let mut one = CpuSet::new();
        one.set(first).ok()?;
        sched_setaffinity(Pid::from_raw(0), &one).ok()?;
        Some(OneCpu(all))
    }
}

impl Drop for OneCpu {
    fn drop(&mut self) {
        let _ = sched_setaffinity(Pid::from_raw(0), &self.0);
    }
}

/// The C program beside a script, compiled; none where either it or a compiler is missing.
fn compiled(row: &Row, dir: &Path) -> Option<String> {
    let source = row.path.with_extension("c");
    if !source.exists() {
        return None;
    }
    let program = dir.join("limit");
    let mut cc = Command::new("cc");
    cc.arg("-O2").arg("-o").arg(&program).arg(&source);
    let built = cc.stderr(Stdio::inherit()).status().ok()?.success();
    built.then(|| program.to_string_lossy().into_owned())
}

/// Starts the script (or a program that needs none) once; gives its cost and what it printed.
fn start(
    program: &str,
    script: Option<&Path>,
    root: &Path,
    dir: &Path,
) -> Result<(Cost, Vec<u8>), String> {
    let out = dir.join("out");
    let file = File::create(&out).map_err(|e| e.to_string())?;
    let mut command = Command::new(program);
    command
        .args(script)
        .current_dir(root)
        .env("KESHI_SYSTEM_INC", "0")
        .env("TMPDIR", dir)
        .env("LC_ALL", "C")
        .env("PERL_HASH_SEED", "0")
        .env_remove("PERL5LIB")
        .env_remove("PERL5OPT")
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(Stdio::inherit());
    let begun = Instant::now();
    let child = command.spawn().map_err(|e| format!("{program}: {e}"))?;
    let (status, cpu) = reap(child.id() as i32);
    let wall = begun.elapsed().as_secs_f64() * 1e3;
    if !status.success() {
        return Err(format!("{program} ended with {status}"));
    }
    Ok((
        Cost { cpu, wall },
        std::fs::read(&out).map_err(|e| e.to_string())?,
    ))
}

/// Waits for the process; its CPU time and that of the children it waited for, in milliseconds.
#[allow(unsafe_code)]
fn reap(pid: i32) -> (ExitStatus, f64) {
    let mut status = 0;
    // SAFETY: a zeroed rusage is a valid one; wait4 fills both in.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        while libc::wait4(pid, &mut status, 0, &mut usage) < 0 {}
        usage
    };
    let ms = |t: libc::timeval| t.tv_sec as f64 * 1e3 + t.tv_usec as f64 / 1e3;
    (
        ExitStatus::from_raw(status),
        ms(usage.ru_utime) + ms(usage.ru_stime),
    )
}

fn min(list: &[f64]) -> f64 {
    list.iter().copied().fold(f64::INFINITY, f64::min)
}

fn median(list: &[f64]) -> f64 {
    let mut sorted = list.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

fn show(row: &Row, sample: Sample) -> (f64, f64, String) {
    let (pm, pd) = (min(&sample.perl), median(&sample.perl));
    let (km, kd) = (min(&sample.keshi), median(&sample.keshi));
    let (least, middle) = (pm / km, pd / kd);
    let limit = match min(&sample.limit) {
        limit if limit.is_finite() => format!("   {limit:12.1} {:8.2}", km / limit),
        _ => String::new(),
    };
    println!(
        "{:24} {pm:8.1} {pd:7.1}   {km:9.1} {kd:7.1}   {least:5.2}  {middle:5.2}{limit}",
        row.name
    );
    (least, middle, row.name.clone())
}

fn summary(folder: &str, ratios: &[(f64, f64, String)]) {
    let mean = |of: fn(&(f64, f64, String)) -> f64| {
        (ratios.iter().map(|r| of(r).ln()).sum::<f64>() / ratios.len().max(1) as f64).exp()
    };
    println!(
        "{folder}: geometric mean of {} rows: {:.2} (of medians {:.2})",
        ratios.len(),
        mean(|r| r.0),
        mean(|r| r.1)
    );
    if let Some(low) = ratios.iter().min_by(|a, b| a.0.total_cmp(&b.0)) {
        println!("{folder}: lowest: {} {:.2}\n", low.2, low.0);
    }
}
