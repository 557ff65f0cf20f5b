//! Open lexical scopes: which declaration a name means at this point of the text.

use super::ast::{DeclId, Name, Sigil, SubId};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

type Map<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// A sub whose body is being read.
#[derive(Debug)]
pub struct OpenSub {
    pub id: SubId,
    pub captures: Vec<DeclId>,
    seen: HashSet<DeclId, foldhash::fast::FixedState>,
    pub has_eval: bool,
    pub uses_args: bool,
    /// `shift` means `@_` here (false for phase blocks).
    pub has_args: bool,
}

/// All open scopes.
#[derive(Debug, Default)]
pub struct Scopes {
    table: Map<(Sigil, Name), DeclId>,
    undo: Vec<((Sigil, Name), Option<DeclId>)>,
    /// Introduced declarations, outermost first.
    pub visible: Vec<DeclId>,
    /// Declared in the statement being read; visible from the next one on.
    pending: Vec<(Sigil, Name, DeclId)>,
    marks: Vec<Mark>,
    /// Subs whose bodies are open, outermost first.
    pub subs: Vec<OpenSub>,
    /// Prototypes of lexical subs.
    pub prototypes: Map<DeclId, Rc<str>>,
}

#[derive(Debug)]
struct Mark {
    undo: usize,
    visible: usize,
    pending: Vec<(Sigil, Name, DeclId)>,
    /// Whether `Feedback::enter_scope` was called for it.
    entered: bool,
}

impl Scopes {
    /// A block begins. Declarations still pending stay invisible inside.
    pub fn enter(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let (undo, visible) = (self.undo.len(), self.visible.len());
        self.marks.push(Mark {
            undo,
            visible,
            pending,
            entered: false,
        });
    }

    /// A block ends; tells whether pragmas were saved for it.
    pub fn leave(&mut self) -> bool {
        let Some(mark) = self.marks.pop() else {
            return false;
        };
        while self.undo.len() > mark.undo {
            if let Some((key, before)) = self.undo.pop() {
                match before {
                    Some(id) => self.table.insert(key, id),
                    None => self.table.remove(&key),
                };
            }
        }
        self.visible.truncate(mark.visible);
        self.pending = mark.pending;
        mark.entered
    }

    /// Number of scopes for which pragmas must be saved now; marks them saved.
    pub fn save_pragmas(&mut self) -> usize {
        let mut count = 0;
        for mark in self.marks.iter_mut().filter(|m| !m.entered) {
            mark.entered = true;
            count += 1;
        }
        count
    }

    /// A declaration, visible from the next statement on.
    pub fn declare(&mut self, sigil: Sigil, name: Name, id: DeclId) {
        self.pending.push((sigil, name, id));
    }

    /// A declaration visible at once.
    pub fn declare_now(&mut self, sigil: Sigil, name: Name, id: DeclId) {
        let before = self.table.insert((sigil, name), id);
        self.undo.push(((sigil, name), before));
        self.visible.push(id);
    }

    /// Pending declarations become visible.
    pub fn introduce(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        for (sigil, name, id) in std::mem::take(&mut self.pending) {
            self.declare_now(sigil, name, id);
        }
    }

    /// The declaration a name means here.
    pub fn lookup(&self, sigil: Sigil, name: Name) -> Option<DeclId> {
        self.table.get(&(sigil, name)).copied()
    }

    /// A declaration of this statement, not visible yet.
    pub fn pending(&self, sigil: Sigil, name: Name) -> Option<DeclId> {
        let mut made = self.pending.iter().rev();
        let found = made.find(|p| p.0 == sigil && p.1 == name);
        found.map(|p| p.2)
    }

    /// A declaration made in this very scope (also pending) under that name.
    pub fn in_this_scope(&self, sigil: Sigil, name: Name) -> Option<DeclId> {
        if let Some(id) = self.pending(sigil, name) {
            return Some(id);
        }
        let id = self.lookup(sigil, name)?;
        let from = self.marks.last().map_or(0, |m| m.visible);
        self.visible[from.min(self.visible.len())..]
            .contains(&id)
            .then_some(id)
    }

    /// A sub's body begins.
    pub fn open_sub(&mut self, id: SubId, has_args: bool) {
        self.subs.push(OpenSub {
            id,
            captures: Vec::new(),
            seen: HashSet::default(),
            has_eval: false,
            uses_args: false,
            has_args,
        });
    }

    /// Records that the innermost subs up to the owner capture `decl`; true where any does.
    pub fn capture(&mut self, decl: DeclId, owner: Option<SubId>) -> bool {
        let mut captured = false;
        for sub in self.subs.iter_mut().rev() {
            if Some(sub.id) == owner {
                break;
            }
            captured = true;
            if !sub.seen.insert(decl) {
                break;
            }
            sub.captures.push(decl);
        }
        captured
    }
}
