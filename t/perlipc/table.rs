//! The table of sections: how many blocks each has, how many ran and how many did what they
//! must. README.md shows it; the test compares, and `UPDATE=1` writes it there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::pod::Block;

const BEGIN: &str = "<!-- blocks of perlipc: written by `UPDATE=1 cargo test --test perlipc` -->\n";
const END: &str = "<!-- end of the blocks -->\n";

/// One line of the table.
struct Row<'a> {
    section: &'a str,
    blocks: usize,
    ran: usize,
    good: usize,
}

/// The table after a run.
pub struct Table<'a>(Vec<Row<'a>>);

impl<'a> Table<'a> {
    /// Of the blocks of a document: which ran, and which of them did what they must.
    pub fn new(blocks: &'a [Block], ran: &BTreeSet<String>, good: &BTreeMap<String, bool>) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        for block in blocks {
            if rows.last().is_none_or(|r| r.section != block.section) {
                rows.push(Row {
                    section: &block.section,
                    blocks: 0,
                    ran: 0,
                    good: 0,
                });
            }
            let (name, Some(row)) = (block.name(), rows.last_mut()) else {
                continue;
            };
            row.blocks += 1;
            row.ran += usize::from(ran.contains(&name));
            row.good += usize::from(good.get(&name) == Some(&true));
        }
        let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum();
        let all = Row {
            section: "all",
            blocks: sum(|r| r.blocks),
            ran: sum(|r| r.ran),
            good: sum(|r| r.good),
        };
        rows.push(all);
        Table(rows)
    }

    /// For the terminal.
    pub fn show(&self) {
        println!("\n{:52} blocks   ran  pass", "section");
        for r in &self.0 {
            println!("{:52} {:6} {:5} {:5}", r.section, r.blocks, r.ran, r.good);
        }
    }

    fn markdown(&self) -> String {
        let mut out =
            String::from("| section | blocks | ran | as under perl |\n|---|--:|--:|--:|\n");
        for r in &self.0 {
            out += &format!(
                "| {} | {} | {} | {} |\n",
                r.section, r.blocks, r.ran, r.good
            );
        }
        out
    }

    /// What is wrong with the README's table; `update` writes it anew.
    pub fn check_readme(&self, root: &Path, update: bool) -> Result<(), String> {
        let path = root.join("README.md");
        let text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
        let (head, rest) = text
            .split_once(BEGIN)
            .ok_or("README.md has no place for the table of blocks")?;
        let (shown, tail) = rest
            .split_once(END)
            .ok_or("README.md: the table of blocks does not end")?;
        let table = self.markdown();
        if shown == table {
            return Ok(());
        }
        if update {
            let text = format!("{head}{BEGIN}{table}{END}{tail}");
            return std::fs::write(&path, text).map_err(|e| e.to_string());
        }
        let differs = table.lines().find(|l| !shown.lines().any(|s| s == *l));
        Err(format!(
            "README.md's table of blocks is out of date (UPDATE=1 writes it); now: {}",
            differs.unwrap_or("fewer sections")
        ))
    }
}
