//! A program that is read from standard input and its BEGIN blocks: they read there too, what follows the line they
//! stand in, and what they have read is no longer part of the program.
use super::feedback::Loader;
use crate::io::HandleRef;
use crate::io::position::Whence;
use crate::value::{Io, Rc};

/// The text is standard input's; what is lent of it while a BEGIN block runs.
#[derive(Default)]
pub(super) struct Lent(Option<Loan>);

struct Loan {
    handle: HandleRef,
    /// Opened anew, the handle stands for something else.
    generation: u32,
    /// Offset of the text it may read.
    from: usize,
    length: usize,
    /// Where a handle that can seek stands before it is read.
    place: Option<i64>,
}

impl Loader<'_> {
    /// Puts the text from `from` on before what standard input has.
    pub(super) fn lend(&mut self, from: usize) {
        let io: Option<Rc<Io>> = self.vm.symbols.glob("main::STDIN").io();
        let Some(shared) = io.and_then(|io| io.handle()) else {
            return;
        };
        let bytes = self.source.bytes_from(from);
        let mut handle = shared.borrow_mut();
        if handle.unread(&bytes).is_ok()
            && let Some(lent) = &mut self.lent
        {
            lent.0 = Some(Loan {
                handle: shared.clone(),
                generation: handle.generation(),
                from,
                length: bytes.len(),
                place: handle.tell().ok(),
            });
        }
    }

    /// Takes it back: where the text goes on.
    pub(super) fn take_back(&mut self) -> Option<usize> {
        let loan = self.lent.as_mut()?.0.take()?;
        let mut handle = loan.handle.borrow_mut();
        if handle.generation() != loan.generation && handle.is_open() {
            return None;
        }
        let place = handle.tell().ok();
        let left = handle.take_unread().len();
        let taken = match (loan.place, place) {
            // a fork has put back what was not read
            (Some(before), Some(after)) => {
                let _ = handle.seek(0, Whence::End);
                usize::try_from(after - before).unwrap_or(0)
            }
            _ => loan.length.saturating_sub(left),
        };
        (taken > 0).then(|| self.source.behind(loan.from, taken))
    }
}
