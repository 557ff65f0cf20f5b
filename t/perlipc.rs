//! Runs every verbatim block of perlipc.pod, cut out of the document at test time.
//!
//! A block is named by its section and its place there, and known by a hash of its text
//! (`t/perlipc/blocks.txt`). Each `t/perlipc/*.scene` is a small program around one block or
//! several, and what must be seen of it; where real perl is present it is run as well and must
//! show the same. The README's table of sections must be what the run came to. `UPDATE=1` writes
//! that table, and with `PERL=/usr/bin/perl` what perl shows into the scenes; the words on the
//! command line select scenes.

#[allow(unsafe_code)] // setsid and kill
#[path = "harness/guarded.rs"]
mod guarded;
#[path = "perlipc/pod.rs"]
mod pod;
#[path = "perlipc/scene.rs"]
mod scene;
#[path = "perlipc/table.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use pod::Block;
use scene::Scene;
use table::Table;

const REAL_PERL: &str = "/usr/bin/perl";

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some((pod, text)) = find_pod(root) else {
        println!("no block of perlipc ran: no perlipc.pod was found (set PERLIPC_POD)");
        println!("0 passed, 0 failed, 1 skipped");
        return;
    };
    let blocks = pod::blocks(&text);
    println!("{} verbatim blocks in {}", blocks.len(), pod.display());
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|w| !w.starts_with('-'))
        .collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|w| name.contains(w.as_str()));
    if std::env::var_os("UPDATE").is_some() && words.is_empty() {
        let rows: Vec<String> = blocks
            .iter()
            .map(|b| format!("{} {:2} {}\n", b.hash, b.nth, b.section))
            .collect();
        let _ = std::fs::write(root.join("t/perlipc/blocks.txt"), rows.concat());
    }
    let known = known(root, &blocks);
    let pending = pending(root);
    let real = Path::new(REAL_PERL).exists();
    let program = std::env::var("PERL").ok().filter(|p| !p.is_empty());
    let listed = program.is_none();
    let program = program.unwrap_or_else(|| env!("CARGO_BIN_EXE_keshi").to_string());
    let mut tally = Tally::default();
    for scene in scene::all(root).into_iter().filter(|s| wanted(&s.name)) {
        let texts = match scene.fill(&known) {
            Ok(texts) => texts,
            Err(why) => {
                println!("FAIL    {:40} {why}", scene.name);
                tally.failed += 1;
                continue;
            }
        };
        let mut wrong = Vec::new();
        if real && program != REAL_PERL {
            wrong.extend(oracle(&scene, &texts, root));
        }
        let seen = scene.play(&program, &texts, root);
        if std::env::var_os("UPDATE").is_some() && program == REAL_PERL {
            scene.store(&seen);
            wrong.clear();
        } else {
            wrong.extend(scene.judge(&seen));
        }
        tally.count(&scene, wrong, pending.contains(&scene.path()) && listed);
    }
    // The README speaks of keshi and of perl 5.36's document.
    let described = words.is_empty() && listed && is_known_edition(root, &blocks);
    tally.show(&blocks, words.is_empty(), described.then_some(root));
}

/// What real perl shows where it differs from what the scene says.
fn oracle(scene: &Scene, texts: &BTreeMap<String, String>, root: &Path) -> Option<String> {
    let seen = scene.play(REAL_PERL, texts, root);
    scene
        .judge(&seen)
        .map(|why| format!("real perl, not keshi: {why}"))
}

fn find_pod(root: &Path) -> Option<(PathBuf, String)> {
    let mut places: Vec<PathBuf> = std::env::var_os("PERLIPC_POD")
        .map(PathBuf::from)
        .into_iter()
        .collect();
    places.push(root.join("../shared/perlipc/perlipc.pod"));
    places.push(root.join("../../shared/perlipc/perlipc.pod"));
    for dir in ["/usr/share/perl", "/usr/lib/perl5", "/usr/share/perl5"] {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            places.push(entry.path().join("pod/perlipc.pod"));
        }
    }
    places
        .into_iter()
        .find_map(|p| std::fs::read_to_string(&p).ok().map(|text| (p, text)))
}

/// The blocks by `section/nth`, as 5.36 counts them; another version's are found by their hash.
fn known(root: &Path, blocks: &[Block]) -> BTreeMap<String, String> {
    let mut out: BTreeMap<String, String> =
        blocks.iter().map(|b| (b.name(), b.text.clone())).collect();
    let rows = std::fs::read_to_string(root.join("t/perlipc/blocks.txt")).unwrap_or_default();
    for row in rows.lines() {
        let mut fields = row.splitn(2, ' ');
        let (Some(hash), Some(rest)) = (fields.next(), fields.next()) else {
            continue;
        };
        let Some((nth, section)) = rest.trim_start().split_once(' ') else {
            continue;
        };
        let name = format!("{section}/{nth}");
        match blocks.iter().find(|b| b.hash == hash) {
            Some(block) => drop(out.insert(name, block.text.clone())),
            None => println!("note: the text of {name} is not that of perl 5.36"),
        }
    }
    out
}

/// Is it the document `t/perlipc/blocks.txt` describes?
fn is_known_edition(root: &Path, blocks: &[Block]) -> bool {
    let rows = std::fs::read_to_string(root.join("t/perlipc/blocks.txt")).unwrap_or_default();
    let hashes = rows.lines().filter_map(|row| row.split(' ').next());
    hashes.eq(blocks.iter().map(|b| b.hash.as_str()))
}

fn pending(root: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root.join("t/pending.txt")).unwrap_or_default();
    text.lines()
        .filter_map(|l| l.split_whitespace().next())
        .map(str::to_string)
        .collect()
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    waiting: usize,
    ran: BTreeSet<String>,
    good: BTreeMap<String, bool>,
}

impl Tally {
    fn count(&mut self, scene: &Scene, wrong: Vec<String>, pending: bool) {
        for block in scene.blocks() {
            *self.good.entry(block.clone()).or_insert(true) &= wrong.is_empty();
            self.ran.insert(block);
        }
        let blocks = scene.blocks().into_iter().collect::<Vec<_>>().join(", ");
        match (wrong.first(), pending) {
            (None, false) => println!("ok      {:40} {blocks}", scene.name),
            (None, true) => println!("PASSES  {:40} {blocks}  (listed as pending)", scene.name),
            (Some(why), true) => {
                let said = why.lines().map(str::trim).find(|l| l.starts_with("| "));
                let why = said.or(why.lines().next().map(str::trim)).unwrap_or("");
                println!("pending {:40} {why}", scene.name);
            }
            (Some(_), false) => {
                println!("FAIL    {:40} {blocks}\n{}", scene.name, wrong.join("\n"))
            }
        }
        match (wrong.is_empty(), pending) {
            (true, _) => self.passed += 1,
            (false, true) => self.waiting += 1,
            (false, false) => self.failed += 1,
        }
    }

    /// Ends the test. `readme` is where the README must show the table.
    fn show(&mut self, blocks: &[Block], all: bool, readme: Option<&Path>) {
        let table = Table::new(blocks, &self.ran, &self.good);
        table.show();
        let missing: Vec<String> = blocks
            .iter()
            .map(Block::name)
            .filter(|b| !self.ran.contains(b))
            .collect();
        if all && !missing.is_empty() {
            println!("no scene for: {}", missing.join(", "));
        }
        let update = std::env::var_os("UPDATE").is_some();
        if let Some(Err(why)) = readme.map(|root| table.check_readme(root, update)) {
            println!("FAIL    {why}");
            self.failed += 1;
        }
        println!(
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.waiting
        );
        std::process::exit(i32::from(self.failed > 0));
    }
}
