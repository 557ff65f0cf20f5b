//! Texts that are kept so that a message can show the line it speaks of (`--explain`, the REPL).
use crate::source::{Source, Span};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// How many texts of `eval STRING` and inputs are kept.
const KEPT: usize = 200;
/// How many messages' places are remembered: errors wait for who catches them.
const NOTED: usize = 32;

/// The texts of a program, newest last.
#[derive(Default)]
pub struct Texts {
    on: bool,
    /// Lines are shown in colour.
    pub colour: bool,
    kept: Vec<Rc<Source>>,
    /// The places of the last messages made, each with the file and line it gives.
    noted: RefCell<VecDeque<Noted>>,
    /// Where the last error that is an object was thrown, and its address.
    thrown: RefCell<Option<(usize, Place)>>,
}

struct Noted {
    file: Rc<str>,
    line: u32,
    place: Place,
}

/// A part of a text.
#[derive(Clone, Debug)]
pub struct Place {
    /// The text.
    pub source: Rc<Source>,
    /// The part.
    pub span: Span,
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

    /// A message is made that says it is `at FILE line LINE`.
    pub fn note(&self, file: &Rc<str>, line: u32, place: Place) {
        let mut noted = self.noted.borrow_mut();
        noted.retain(|old| old.line != line || old.file != *file);
        if noted.len() >= NOTED {
            noted.pop_front();
        }
        let file = file.clone();
        noted.push_back(Noted { file, line, place });
    }

    /// An error that is an object is thrown.
    pub fn note_thrown(&self, address: usize, place: Place) {
        self.thrown.replace(Some((address, place)));
    }

    /// Where an object was thrown, if it was the last.
    pub fn thrown(&self, address: usize) -> Option<Place> {
        let (thrown, place) = self.thrown.take()?;
        (thrown == address).then_some(place)
    }

    /// The place of the last message that gave this file and line.
    pub fn place(&self, file: &str, line: u32) -> Option<Place> {
        let noted = self.noted.borrow();
        let found = noted
            .iter()
            .find(|noted| noted.line == line && *noted.file == *file)?;
        Some(found.place.clone())
    }

    /// A line of the newest text that has a line of that number under that name: the text, and where the line is.
    pub fn line(&self, file: &str, number: u32) -> Option<Place> {
        self.kept
            .iter()
            .rev()
            .find_map(|source| line_of(source, file, number))
    }
}

fn line_of(source: &Rc<Source>, file: &str, number: u32) -> Option<Place> {
    let mut start = 0u32;
    for line in source.text().split('\n') {
        let end = start + line.len() as u32;
        if source.line(start) == number
            && *source.file(start) == *file
            && !line.starts_with("#line")
        {
            return Some(Place {
                source: source.clone(),
                span: Span { start, end },
            });
        }
        start = end + 1;
    }
    None
}
