//! Work on much text and long lists, piece by piece. Between two pieces is looked at what is pending, so that an
//! `alarm` whose handler dies ends an operation on gigabytes as well (perlipc "Deferred Signals").
//!
//! What is worked on is held by the operation itself (strings share their buffers), never borrowed from a variable: a
//! handler may do to that what it likes.

use super::Vm;
use super::die::Exec;
use crate::text::{OutOfMemory, PerlStr};
use crate::value::Val;

/// Texts of this many bytes are worked on in pieces.
pub const MUCH: usize = 8 << 20;

/// The bytes of a piece: memory new from the system comes at about a gigabyte a second.
const PIECE: usize = 1 << 20;

/// Items between two checkpoints.
pub(super) const ITEMS: usize = 1 << 16;

/// The pieces of a text, of about `size` bytes and whole characters each.
fn pieces(text: &PerlStr, size: usize) -> impl DoubleEndedIterator<Item = PerlStr> {
    let bytes = text.as_bytes();
    let mut cuts: Vec<usize> = (0..bytes.len()).step_by(size).collect();
    if text.is_utf8() {
        for cut in &mut cuts {
            while bytes.get(*cut).is_some_and(|byte| byte & 0xC0 == 0x80) {
                *cut += 1;
            }
        }
    }
    cuts.push(bytes.len());
    (1..cuts.len()).map(move |i| text.slice_bytes(cuts[i - 1]..cuts[i]))
}

impl Vm {
    /// Between two steps of an operation that may take long: signals are attended to, so that a handler that dies is
    /// not kept waiting.
    #[inline]
    pub fn checkpoint(&mut self) -> Exec {
        if self.word.get() & crate::sys::signal::pending::WAKE != 0 {
            self.attend()
        } else {
            Ok(())
        }
    }

    /// A checkpoint at every so-manieth round of a loop.
    #[inline(always)]
    pub(super) fn round(&mut self, n: usize) -> Exec {
        if n & (ITEMS - 1) == ITEMS - 1 {
            self.checkpoint()
        } else {
            Ok(())
        }
    }

    /// Appends a text.
    #[inline]
    pub fn append_text(&mut self, out: &mut PerlStr, more: &PerlStr) -> Exec {
        if more.len() < MUCH && (out.len() < MUCH || !out.is_shared()) {
            return Ok(out.try_push_str(more)?);
        }
        self.append_much(out, more)
    }

    #[cold]
    fn append_much(&mut self, out: &mut PerlStr, more: &PerlStr) -> Exec {
        let total = out.len().checked_add(more.len()).ok_or(OutOfMemory)?;
        if out.is_shared() {
            let mut own = PerlStr::try_with_capacity(total)?;
            own.set_utf8_flag(out.is_utf8());
            self.append_pieces(&mut own, out)?;
            *out = own;
        } else {
            out.try_reserve(more.len())?;
        }
        if out.is_empty() && more.is_utf8() {
            out.set_utf8_flag(true);
        }
        self.append_pieces(out, more)
    }

    fn append_pieces(&mut self, out: &mut PerlStr, more: &PerlStr) -> Exec {
        if out.is_utf8() != more.is_utf8() {
            for piece in pieces(more, PIECE) {
                out.try_push_str(&piece)?;
                self.checkpoint()?;
            }
            return Ok(());
        }
        for piece in more.as_bytes().chunks(PIECE) {
            out.try_push_bytes(piece)?;
            self.checkpoint()?;
        }
        if more.taint() {
            out.set_taint(true);
        }
        Ok(())
    }

    /// What a function makes of a text that is the same for the text's parts.
    #[inline]
    pub fn map_text(
        &mut self,
        text: PerlStr,
        mut f: impl FnMut(PerlStr) -> Result<PerlStr, OutOfMemory>,
    ) -> Exec<PerlStr> {
        // What is done with characters above 127 takes fifty times as long.
        let wide = text.is_utf8() && !text.is_ascii();
        let (much, piece) = if wide {
            (MUCH / 32, PIECE / 32)
        } else {
            (MUCH, PIECE)
        };
        if text.len() < much {
            return Ok(f(text)?);
        }
        let mut out = PerlStr::try_with_capacity(text.len())?;
        out.set_utf8_flag(text.is_utf8());
        for piece in pieces(&text, piece) {
            out.try_push_str(&f(piece)?)?;
            self.checkpoint()?;
        }
        Ok(out)
    }

    /// A text with its characters turned round.
    pub fn turned_text(&mut self, text: &PerlStr) -> Exec<PerlStr> {
        if text.len() < MUCH {
            return Ok(PerlStr::from_code_points(text.chars().rev()));
        }
        let mut out = PerlStr::try_with_capacity(text.len())?;
        out.set_utf8_flag(text.is_utf8());
        if text.taint() {
            out.set_taint(true);
        }
        for piece in pieces(text, PIECE).rev() {
            match text.is_utf8() {
                true => out.try_push_str(&PerlStr::from_code_points(piece.chars().rev()))?,
                false => {
                    let mut piece = piece;
                    piece.make_mut().reverse();
                    out.try_push_bytes(piece.as_bytes())?;
                }
            }
            self.checkpoint()?;
        }
        Ok(out)
    }

    /// Where something of `len` bytes first stands, or last; `find` looks through a stretch.
    pub fn find_text(
        &mut self,
        hay: &[u8],
        len: usize,
        last: bool,
        find: impl Fn(&[u8]) -> Option<usize>,
    ) -> Exec<Option<usize>> {
        if hay.len() < MUCH {
            return Ok(find(hay));
        }
        let count = hay.len().div_ceil(MUCH);
        for i in 0..count {
            let from = MUCH * if last { count - 1 - i } else { i };
            let to = hay.len().min(from.saturating_add(MUCH).saturating_add(len));
            if let Some(at) = find(&hay[from..to]) {
                return Ok(Some(from + at));
            }
            self.checkpoint()?;
        }
        Ok(None)
    }

    /// Takes the open list's entries from `from` on off it, as values of a vector of their own.
    pub(super) fn drain_list(&mut self, from: usize, out: &mut Vec<Val>) -> Exec {
        let n = self.list.len() - from;
        if n <= ITEMS {
            out.extend(self.list.drain(from..));
            return Ok(());
        }
        for at in (from..from + n).step_by(ITEMS) {
            let to = (at + ITEMS).min(from + n);
            out.extend(self.list[at..to].iter_mut().map(Val::take));
            self.checkpoint()?;
        }
        self.list.truncate(from);
        Ok(())
    }
}
