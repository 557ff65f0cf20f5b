//! `tr///` (perlop): counting, replacing, deleting, squeezing characters.

use super::assign::own_text;
use crate::bytecode::{Literal, NO, R, TransSpec};
use crate::sys::signal::pending;
use crate::text::PerlStr;
use crate::text::tr::{Table, TrFlags};
use crate::value::Val;
use crate::vm::long::MUCH;
use crate::vm::{Exec, Vm};
use std::any::Any;
use std::rc::Rc as Shared;

/// The mark of a range in the lists of a unit: a byte no UTF-8 text has.
const RANGE: u8 = 0xFF;

/// From here on a text that is nobody else's is worked on in pieces as well, which takes a copy.
const MUCH_IN_PLACE: usize = 64 << 20;

/// A prepared `tr///`.
struct Prepared {
    table: Table,
    /// `r`: the result is the new text.
    copy: bool,
}

fn prepare(spec: &TransSpec) -> Prepared {
    let list = |lit: &'_ Literal| match lit {
        Literal::Str(bytes, _) => bytes.to_vec(),
        _ => Vec::new(),
    };
    let has = |c: char| spec.flags.contains(c);
    let flags = TrFlags {
        complement: has('c'),
        delete: has('d'),
        squeeze: has('s'),
    };
    let table = Table::new(&list(&spec.from), &list(&spec.to), RANGE, flags);
    Prepared {
        table,
        copy: has('r'),
    }
}

impl Vm {
    pub(in crate::vm) fn trans_op(&mut self, d: R, t: R, m: u16) -> Exec {
        let Some(frame) = self.frames.last() else {
            return Ok(());
        };
        let proto = frame.proto();
        let negate = proto.unit.trans[m as usize].negate;
        let known = proto.trans[m as usize].borrow().clone();
        let prepared = match known.and_then(|slot| slot.downcast::<Prepared>().ok()) {
            Some(prepared) => prepared,
            None => {
                let prepared = Shared::new(prepare(&proto.unit.trans[m as usize]));
                proto.trans[m as usize].replace(Some(prepared.clone() as Shared<dyn Any>));
                prepared
            }
        };
        let Prepared { table, copy } = &*prepared;
        if *copy {
            let val = self.get(t)?;
            let text = self.str(&val)?;
            let new = match table.squeezes() {
                true => table.replaced(&text)?,
                false => self.map_text(text, |piece| table.replaced(&piece))?,
            };
            return if d == NO {
                Ok(())
            } else {
                self.put(d, Val::Str(new))
            };
        }
        let n = self.transliterate(t, table)? as i64;
        if d == NO {
            return Ok(());
        }
        self.put(
            d,
            if negate {
                Val::Bool(n == 0)
            } else {
                Val::Int(n)
            },
        )
    }

    /// Runs the table over a place's text, in place where it is nobody else's.
    fn transliterate(&mut self, t: R, table: &Table) -> Exec<usize> {
        // SAFETY: a register of the frame; nothing else runs while it is borrowed.
        if let Some(text) = own_text(unsafe { &mut *self.reg(t) })
            && text.len() < MUCH_IN_PLACE
        {
            if text.len() >= MUCH
                && let Some(bytes) = table.parts(text)
            {
                let mut n = 0;
                for part in bytes.chunks_mut(MUCH) {
                    n += table.apply_part(part);
                    // a host that stops the script does not wait for the rest
                    if self.word.get() & pending::STOP != 0 {
                        break;
                    }
                }
                self.checkpoint()?;
                return Ok(n);
            }
            return Ok(table.apply(text)?);
        }
        let val = self.get(t)?;
        let mut text = self.str(&val)?;
        drop(val);
        let mut n = 0;
        if text.len() < MUCH || table.squeezes() {
            n = table.apply(&mut text)?;
        } else if table.is_identity() {
            self.map_text(text.clone(), |piece| {
                n += table.count(&piece);
                Ok(PerlStr::new())
            })?;
        } else {
            text = self.map_text(text, |mut piece| {
                n += table.apply(&mut piece)?;
                Ok(piece)
            })?;
        }
        if n > 0 && !table.is_identity() {
            self.put(t, Val::Str(text))?;
        }
        Ok(n)
    }
}
