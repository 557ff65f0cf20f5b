//! A scene: a program around blocks of the document, how it is started, and what must be seen.
//!
//! ```text
//! about: one line
//! switches: -T          optional; likewise args, limit (seconds), unordered, numbers (all are
//!                       blotted out, not only those of three digits and more)
//! --- program           a file; `--- bin/lpr` and the like are files too, executable
//! perl code, with @@Section/nth@@ alone on a line for a block
//! --- stdin             optional
//! --- expect
//! exit code, standard output and error, with numbers and times blotted out
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::guarded;

/// One scene file.
pub struct Scene {
    /// The file's name without its ending.
    pub name: String,
    file: PathBuf,
    settings: BTreeMap<String, String>,
    parts: Vec<(String, String)>,
}

/// Every scene, by name.
pub fn all(root: &Path) -> Vec<Scene> {
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("t/perlipc"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "scene"))
        .collect();
    files.sort();
    files.into_iter().map(read).collect()
}

fn read(file: PathBuf) -> Scene {
    let text = fs::read_to_string(&file).unwrap_or_default();
    let mut settings = BTreeMap::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            parts.push((name.trim().to_string(), String::new()));
        } else if let Some((_, body)) = parts.last_mut() {
            body.push_str(line);
            body.push('\n');
        } else {
            let (key, value) = line.split_once(':').unwrap_or((line, ""));
            settings.insert(key.trim().to_string(), value.trim().to_string());
        }
    }
    let name = file
        .file_stem()
        .map_or(String::new(), |n| n.to_string_lossy().into_owned());
    Scene {
        name,
        file,
        settings,
        parts,
    }
}

impl Scene {
    /// The path as `t/pending.txt` writes it.
    pub fn path(&self) -> String {
        format!("t/perlipc/{}.scene", self.name)
    }

    fn part(&self, name: &str) -> Option<&str> {
        self.parts
            .iter()
            .find(|p| p.0 == name)
            .map(|p| p.1.as_str())
    }

    /// The names of the blocks it uses.
    pub fn blocks(&self) -> BTreeSet<String> {
        let lines = self
            .parts
            .iter()
            .filter(|p| p.0 != "expect")
            .flat_map(|p| p.1.lines());
        lines.filter_map(marked).map(str::to_string).collect()
    }

    /// Its files with the blocks put in.
    pub fn fill(
        &self,
        blocks: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, String> {
        let mut out = BTreeMap::new();
        for (name, body) in self.parts.iter().filter(|p| p.0 != "expect") {
            let mut text = String::new();
            for line in body.lines() {
                match marked(line) {
                    None => text.push_str(&format!("{line}\n")),
                    Some(block) => {
                        let found = blocks
                            .get(block)
                            .ok_or(format!("no block {block} in the document"))?;
                        text.push_str(found);
                    }
                }
            }
            out.insert(name.clone(), text);
        }
        Ok(out)
    }

    /// Runs it; gives what was seen.
    pub fn play(&self, program: &str, texts: &BTreeMap<String, String>, root: &Path) -> String {
        let dir = std::env::temp_dir().join(format!("keshi-scene-{}", std::process::id()));
        let seen = self.play_in(&dir, program, texts, root);
        let _ = fs::remove_dir_all(&dir);
        seen.unwrap_or_else(|why| format!("cannot run: {why}\n"))
    }

    fn play_in(
        &self,
        dir: &Path,
        program: &str,
        texts: &BTreeMap<String, String>,
        root: &Path,
    ) -> std::io::Result<String> {
        let _ = fs::remove_dir_all(dir);
        let home = dir.join("home");
        for sub in ["home/bin", "tmp"] {
            fs::create_dir_all(dir.join(sub))?;
        }
        for (name, text) in texts {
            let path = home.join(name);
            fs::write(&path, text.replace("@PERL@", program))?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        }
        let words = |key: &str| -> Vec<&str> {
            self.settings
                .get(key)
                .map_or(Vec::new(), |v| v.split_whitespace().collect())
        };
        let mut command = Command::new(program);
        command
            .arg(format!("-I{}", root.join("t/perlipc/lib").display()))
            .args(words("switches"))
            .arg("program")
            .args(words("args"))
            .current_dir(&home)
            .env("HOME", &home)
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", home.join("bin").display()),
            )
            .stdin(match texts.get("stdin") {
                Some(_) => Stdio::from(fs::File::open(home.join("stdin"))?),
                None => Stdio::null(),
            });
        guarded::settled(&mut command, &dir.join("tmp"));
        let limit = self
            .settings
            .get("limit")
            .and_then(|l| l.parse().ok())
            .unwrap_or(20);
        let before = guarded::sysv_ids();
        let ended = guarded::run(command, dir, Duration::from_secs(limit))?;
        let mut seen = format!("exit {}\n", ended.code);
        seen.push_str(&self.blotted(&ended.out, "", dir));
        seen.push_str(&self.blotted(&ended.err, "| ", dir));
        for why in &ended.wrong {
            seen.push_str(&format!("! {}\n", blot(why, 1)));
        }
        // Other programs of the machine make ids too: only where the scene does is one of interest.
        let ours = self.blocks().iter().any(|b| b.starts_with("SysV"));
        for id in guarded::sysv_ids().difference(&before).filter(|_| ours) {
            seen.push_str(&format!("! left behind: {}\n", blot(id, 1)));
        }
        Ok(seen)
    }

    fn blotted(&self, bytes: &[u8], before: &str, dir: &Path) -> String {
        let text = String::from_utf8_lossy(bytes).replace(&*dir.to_string_lossy(), "DIR");
        let shortest = if self.settings.contains_key("numbers") {
            1
        } else {
            3
        };
        let mut lines: Vec<String> = text
            .lines()
            .map(|l| format!("{before}{}\n", blot(l, shortest)))
            .collect();
        if self.settings.contains_key("unordered") {
            lines.sort();
        }
        lines.concat()
    }

    /// What differs between what was seen and what must be.
    pub fn judge(&self, seen: &str) -> Option<String> {
        let expected = self.part("expect").unwrap_or("");
        (expected != seen).then(|| {
            let (want, got): (Vec<&str>, Vec<&str>) =
                (expected.lines().collect(), seen.lines().collect());
            let at = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
            let nth = |v: &[&str]| v.get(at).map_or("(end)".to_string(), ToString::to_string);
            let short: String = seen
                .lines()
                .take(12)
                .map(|l| format!("          {l}\n"))
                .collect();
            format!(
                "          wanted {:?}, got {:?} (line {} of)\n{short}",
                nth(&want),
                nth(&got),
                at + 1
            )
        })
    }

    /// Writes what was seen into the file.
    pub fn store(&self, seen: &str) {
        let text = fs::read_to_string(&self.file).unwrap_or_default();
        let head = text.split("--- expect\n").next().unwrap_or("");
        let _ = fs::write(&self.file, format!("{head}--- expect\n{seen}"));
    }
}

fn marked(line: &str) -> Option<&str> {
    line.trim().strip_prefix("@@")?.strip_suffix("@@")
}

/// Puts `N` for numbers of so many digits and more, `ADDRESS` for hexadecimal ones,
/// and `TIME` for what `localtime` prints.
fn blot(line: &str, shortest: usize) -> String {
    const DAYS: [&str; 7] = ["Sun ", "Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat "];
    let mut out = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let time = rest.as_bytes();
        if DAYS.iter().any(|d| rest.starts_with(d))
            && time.len() >= 24
            && time[13] == b':'
            && time[16] == b':'
        {
            out.push_str("TIME");
            rest = &rest[24..];
            continue;
        }
        if let Some(hex) = rest.strip_prefix("0x") {
            out.push_str("ADDRESS");
            rest = hex.trim_start_matches(|c: char| c.is_ascii_hexdigit());
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let step = digits.max(c.len_utf8());
        out.push_str(if digits >= shortest {
            "N"
        } else {
            &rest[..step]
        });
        rest = &rest[step..];
    }
    out
}
