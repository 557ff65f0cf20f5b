//! How high the machine's stacks stand: the embedding API brings them back after a panic.

use super::Vm;

/// Heights of all stacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    frames: usize,
    list: usize,
    marks: usize,
    saves: usize,
    scopes: usize,
    handlers: usize,
    top: usize,
    nesting: u32,
}

impl Vm {
    /// How high they stand now.
    pub fn level(&self) -> Level {
        Level {
            frames: self.frames.len(),
            list: self.list.len(),
            marks: self.marks.len(),
            saves: self.saves.len(),
            scopes: self.scopes.len(),
            handlers: self.handlers.len(),
            top: self.top,
            nesting: self.nesting,
        }
    }

    /// Brings them back to where they stood, running nothing but the undoing of `local`.
    pub fn return_to(&mut self, level: Level) {
        if self.level() == level {
            return;
        }
        self.handlers.truncate(level.handlers);
        let _ = self.restore(level.saves);
        while self.frames.len() > level.frames {
            if self.pop_frame().is_none() {
                break;
            }
        }
        self.scopes.truncate(level.scopes);
        self.marks.truncate(level.marks);
        self.list.truncate(level.list);
        if self.top > level.top {
            self.regs.clear(level.top, self.top);
            self.top = level.top;
        }
        self.nesting = level.nesting;
    }
}
