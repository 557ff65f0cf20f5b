//! Snapshots of pragmas, numbered so that the parser can put a number into each statement.
use crate::bytecode::Hints;
use crate::syntax::feedback::HintsId;
use std::rc::Rc;

/// The snapshots of one load; equal pragmas in a row share a number.
#[derive(Default)]
pub struct HintStore {
    list: Vec<Rc<Hints>>,
}

impl HintStore {
    /// The number of these pragmas.
    pub fn id(&mut self, now: &Hints) -> HintsId {
        // A text alternates between few states (blocks with `no strict` and back): look near the end.
        let near = self.list.len().saturating_sub(8);
        if let Some(at) = self.list[near..].iter().rposition(|h| **h == *now) {
            return HintsId((near + at) as u32);
        }
        self.list.push(Rc::new(now.clone()));
        HintsId(self.list.len() as u32 - 1)
    }

    /// The pragmas behind a number.
    pub fn get(&self, id: HintsId) -> Rc<Hints> {
        self.list.get(id.0 as usize).cloned().unwrap_or_default()
    }
}
