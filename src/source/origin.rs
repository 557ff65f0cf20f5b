//! A source text with its name: a file, `-e`, or the text of an `eval STRING`.

use super::{LineMark, Lines};
use std::cell::RefCell;
use std::rc::Rc;

/// One text that is parsed. Bytes that are not UTF-8 are kept as the characters U+0080..U+00FF and
/// the text is flagged, so that offsets and lines stay simple.
#[derive(Debug)]
pub struct Source {
    name: Rc<str>,
    text: String,
    first_line: u32,
    latin1: bool,
    characters: bool,
    lines: RefCell<Option<Lines>>,
}

impl Source {
    /// A source called `name` (as `__FILE__` shows it) holding `bytes`.
    pub fn from_bytes(name: impl Into<Rc<str>>, bytes: Vec<u8>) -> Rc<Source> {
        let (text, latin1) = match String::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(e) => (e.as_bytes().iter().map(|&b| char::from(b)).collect(), true),
        };
        Rc::new(Source {
            name: name.into(),
            text,
            first_line: 1,
            latin1,
            characters: false,
            lines: RefCell::default(),
        })
    }

    /// The text of a file: bytes, or characters where it is in UTF-16.
    pub fn from_file(name: impl Into<Rc<str>>, bytes: Vec<u8>) -> Rc<Source> {
        match super::utf16::decoded(&bytes) {
            Some(text) => Source::from_text(name, text),
            None => Source::from_bytes(name, bytes),
        }
    }

    /// A source of characters: the text of an `eval STRING` whose string has the UTF-8 flag.
    pub fn from_text(name: impl Into<Rc<str>>, text: impl Into<String>) -> Rc<Source> {
        let (name, text) = (name.into(), text.into());
        let lines = RefCell::default();
        Rc::new(Source {
            name,
            text,
            first_line: 1,
            latin1: false,
            characters: true,
            lines,
        })
    }

    /// Whether the text was given as characters (literals are characters even without `use utf8`).
    pub fn is_characters(&self) -> bool {
        self.characters
    }

    /// A source of characters U+0000..U+00FF that stand for bytes.
    pub fn from_latin1(name: impl Into<Rc<str>>, text: impl Into<String>) -> Rc<Source> {
        let (name, text) = (name.into(), text.into());
        Rc::new(Source {
            name,
            text,
            first_line: 1,
            latin1: true,
            characters: false,
            lines: RefCell::default(),
        })
    }

    /// What `__FILE__` gives where no directive changed it.
    pub fn name(&self) -> &Rc<str> {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file's bytes from `offset` on.
    pub fn bytes_from(&self, offset: usize) -> Vec<u8> {
        let rest = self.text.get(offset..).unwrap_or("");
        match self.latin1 {
            true => rest.chars().map(|c| c as u32 as u8).collect(),
            false => rest.as_bytes().to_vec(),
        }
    }

    /// The offset so many of the file's bytes behind `offset`; never in the middle of a character.
    pub fn behind(&self, offset: usize, bytes: usize) -> usize {
        let rest = self.text.get(offset..).unwrap_or("");
        let length = match self.latin1 {
            true => rest.chars().take(bytes).map(char::len_utf8).sum(),
            false => bytes.min(rest.len()),
        };
        let is_end = |at: &usize| self.text.is_char_boundary(*at);
        (offset + length..=self.text.len())
            .find(is_end)
            .unwrap_or(self.text.len())
    }

    /// Whether characters U+0080..U+00FF of the text stand for single bytes of the file.
    pub fn is_latin1(&self) -> bool {
        self.latin1
    }

    fn with_lines<T>(&self, f: impl FnOnce(&mut Lines) -> T) -> T {
        f(self
            .lines
            .borrow_mut()
            .get_or_insert_with(|| Lines::new(&self.text)))
    }

    /// Line number of `offset`, directives heeded.
    pub fn line(&self, offset: u32) -> u32 {
        self.with_lines(|lines| {
            let row = lines.row(offset);
            match lines.mark_at(offset) {
                Some(m) => (row - lines.row(m.offset)) as u32 + m.line,
                None => row as u32 + self.first_line,
            }
        })
    }

    /// File name that holds at `offset`, directives heeded.
    pub fn file(&self, offset: u32) -> Rc<str> {
        self.with_lines(|lines| {
            let before = match lines.mark_at(offset) {
                None => return self.name.clone(),
                Some(m) => m.offset,
            };
            let marks = lines.marks().iter().rev().filter(|m| m.offset <= before);
            marks
                .filter_map(|m| m.file.clone())
                .next()
                .unwrap_or_else(|| self.name.clone())
        })
    }

    /// Records a `# line` directive.
    pub fn mark(&self, mark: LineMark) {
        self.with_lines(|lines| lines.mark(mark));
    }
}
