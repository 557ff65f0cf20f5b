//! Cuts the verbatim blocks out of a POD text.

/// One verbatim block: neighbouring verbatim paragraphs, common indentation taken off.
pub struct Block {
    /// The title of the `=head1` or `=head2` it stands under.
    pub section: String,
    /// 1-based place in its section.
    pub nth: usize,
    /// The text.
    pub text: String,
    /// FNV-1a of the text, in hexadecimal.
    pub hash: String,
}

impl Block {
    /// `section/nth`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.section, self.nth)
    }
}

/// All blocks in the document's order.
pub fn blocks(pod: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut section = String::new();
    let mut open: Option<Vec<&str>> = None;
    for paragraph in paragraphs(pod).into_iter().chain([vec!["="]]) {
        if paragraph[0].starts_with([' ', '\t']) {
            let lines = open.get_or_insert_default();
            if !lines.is_empty() {
                lines.push("");
            }
            lines.extend(paragraph);
            continue;
        }
        if let Some(lines) = open.take() {
            let text = dedented(&lines);
            let nth = out.iter().filter(|b| b.section == section).count() + 1;
            out.push(Block {
                section: section.clone(),
                nth,
                hash: fnv(&text),
                text,
            });
        }
        let title = paragraph[0]
            .strip_prefix("=head1 ")
            .or(paragraph[0].strip_prefix("=head2 "));
        if let Some(title) = title {
            section = title.trim().to_string();
        }
    }
    out
}

fn paragraphs(pod: &str) -> Vec<Vec<&str>> {
    let mut out = vec![Vec::new()];
    for line in pod.lines() {
        if line.trim().is_empty() {
            out.push(Vec::new());
        } else if let Some(last) = out.last_mut() {
            last.push(line);
        }
    }
    out.retain(|p: &Vec<&str>| !p.is_empty());
    out
}

fn dedented(lines: &[&str]) -> String {
    let indent = |l: &&str| l.len() - l.trim_start().len();
    let common = lines
        .iter()
        .filter(|l| !l.trim().is_empty())
        .map(indent)
        .min()
        .unwrap_or(0);
    lines
        .iter()
        .map(|l| format!("{}\n", l.get(common..).unwrap_or("")))
        .collect()
}

fn fnv(text: &str) -> String {
    let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}
