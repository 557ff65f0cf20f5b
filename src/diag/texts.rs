//! Texts that are kept so that a message can show the line it speaks of (`--explain`, the REPL).
use crate::source::Source;
use std::rc::Rc;

/// How many texts of `eval STRING` and inputs are kept.
const KEPT: usize = 200;

/// The texts of a program, newest last.
#[derive(Default)]
pub struct Texts {
    on: bool,
    /// Lines are shown in colour.
    pub colour: bool,
    kept: Vec<Rc<Source>>,
}

impl Texts {
    /// From now on texts are kept and messages explained.
    pub fn turn_on(&mut self, colour: bool) {
        (self.on, self.colour) = (true, colour);
    }

    /// Are messages to be explained?
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// A text is about to be compiled.
    pub fn keep(&mut self, source: &Rc<Source>) {
        if !self.on {
            return;
        }
        if self.kept.len() >= KEPT {
            // the first is the program itself
            self.kept.remove(1);
        }
        self.kept.push(source.clone());
    }

    /// A line of the newest text that has a line of that number under that name.
    pub fn line(&self, file: &str, number: u32) -> Option<&str> {
        self.kept
            .iter()
            .rev()
            .find_map(|source| line_of(source, file, number))
    }
}

fn line_of<'a>(source: &'a Source, file: &str, number: u32) -> Option<&'a str> {
    let mut start = 0u32;
    for line in source.text().split('\n') {
        if source.line(start) == number
            && *source.file(start) == *file
            && !line.starts_with("#line")
        {
            return Some(line);
        }
        start += line.len() as u32 + 1;
    }
    None
}
