//! Line numbers: a table of line starts and the overlay that `# line` directives put over it.

use std::rc::Rc;

/// A `# line N "FILE"` directive: from `offset` on, lines count from `line` (and belong to `file`).
#[derive(Clone, Debug)]
pub struct LineMark {
    /// First byte the directive governs (the start of the line behind it).
    pub offset: u32,
    /// Number of that line.
    pub line: u32,
    /// Its file, where the directive names one.
    pub file: Option<Rc<str>>,
}

/// Offsets of line starts of one text, with directives in order of offset.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    starts: Vec<u32>,
    marks: Vec<LineMark>,
}

impl Lines {
    /// Indexes `text`.
    pub fn new(text: &str) -> Lines {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i as u32 + 1));
        Lines {
            starts,
            marks: Vec::new(),
        }
    }

    /// Adds a directive; directives arrive in the order of the text, a repeat is ignored.
    pub fn mark(&mut self, mark: LineMark) {
        if self
            .marks
            .last()
            .is_none_or(|last| last.offset < mark.offset)
        {
            self.marks.push(mark);
        }
    }

    /// Number of the physical line holding `offset`, from 0.
    pub fn row(&self, offset: u32) -> usize {
        self.starts
            .partition_point(|&s| s <= offset)
            .saturating_sub(1)
    }

    /// The directive that governs `offset`.
    pub fn mark_at(&self, offset: u32) -> Option<&LineMark> {
        if self.marks.is_empty() {
            return None;
        }
        self.marks[..self.marks.partition_point(|m| m.offset <= offset)].last()
    }

    /// All directives.
    pub fn marks(&self) -> &[LineMark] {
        &self.marks
    }
}
