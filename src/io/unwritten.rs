//! What could not be written when a handle went away without being closed: kept until the
//! interpreter can warn of it (perldiag "Warning: unable to close filehandle %s properly").

use crate::sys::Errno;
use crate::sys::signal::pending::{self, Word};
use std::cell::RefCell;
use std::rc::Rc;

/// A handle that lost data.
pub(crate) struct Unwritten {
    /// The glob it was made for.
    pub(crate) name: Option<Rc<str>>,
    /// Why.
    pub(crate) error: Errno,
}

thread_local! {
    static LIST: RefCell<Vec<Unwritten>> = const { RefCell::new(Vec::new()) };
    static WORD: RefCell<Option<Word>> = const { RefCell::new(None) };
}

/// The word that tells the thread's interpreter, among what is to be destroyed; gives the former.
pub(crate) fn report_to(word: Option<Word>) -> Option<Word> {
    WORD.replace(word)
}

/// A handle is gone, and what it held with it.
pub(super) fn add(name: Option<Rc<str>>, error: Errno) {
    LIST.with_borrow_mut(|list| list.push(Unwritten { name, error }));
    WORD.with_borrow(|word| {
        if let Some(word) = word {
            word.set(pending::DESTROY);
        }
    });
}

/// Takes what there is to be said.
pub(crate) fn take() -> Vec<Unwritten> {
    LIST.take()
}
