//! `tr///` (perlop): counting, replacing, deleting, squeezing characters.

use crate::bytecode::{Literal, NO, R, TransSpec};
use crate::text::{PerlStr, utf8};
use crate::value::Val;
use crate::vm::{Exec, Vm};
use std::any::Any;
use std::rc::Rc as Shared;

/// The mark of a range in the lists of a unit: a byte no UTF-8 text has.
const RANGE: u8 = 0xFF;

/// Ranges of characters with the index of their first one in the list.
type Ranges = Vec<(u64, u64, u64)>;

/// What a character becomes.
enum To {
    Same,
    Char(u64),
    Gone,
}

/// A prepared `tr///`.
struct Table {
    from: Ranges,
    to: Ranges,
    to_len: u64,
    complement: bool,
    delete: bool,
    squeeze: bool,
    copy: bool,
    /// Nothing is changed: only counted.
    counts: bool,
    /// For bytes: not in the list, gone, or the new character.
    bytes: Box<[i32; 256]>,
}

fn ranges(lit: &Literal) -> Ranges {
    let Literal::Str(bytes, _) = lit else {
        return Vec::new();
    };
    let mut out: Ranges = Vec::new();
    let (mut at, mut n) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == RANGE {
            at += 1;
            let (cp, width) = utf8::decode(&bytes[at..]);
            at += width.max(1);
            if let Some(last) = out.last_mut() {
                let end = cp.max(last.0);
                n += end - last.1;
                last.1 = end;
            }
            continue;
        }
        let (cp, width) = utf8::decode(&bytes[at..]);
        at += width.max(1);
        out.push((cp, cp, n));
        n += 1;
    }
    out
}

fn length(ranges: &Ranges) -> u64 {
    ranges.last().map_or(0, |(a, b, n)| n + (b - a) + 1)
}

fn at_index(ranges: &Ranges, i: u64) -> Option<u64> {
    let k = ranges.partition_point(|(_, _, n)| *n <= i).checked_sub(1)?;
    let (a, b, n) = ranges[k];
    (i - n <= b - a).then_some(a + (i - n))
}

impl Table {
    fn new(spec: &TransSpec) -> Table {
        let (from, mut to) = (ranges(&spec.from), ranges(&spec.to));
        let has = |c: char| spec.flags.contains(c);
        let (complement, delete, squeeze) = (has('c'), has('d'), has('s'));
        let empty = to.is_empty();
        if empty && !delete && !complement {
            to = from.clone();
        }
        let mut table = Table {
            to_len: length(&to),
            from,
            to,
            complement,
            delete,
            squeeze,
            copy: has('r'),
            counts: empty && !delete && !squeeze,
            bytes: Box::new([0; 256]),
        };
        for b in 0..256u64 {
            table.bytes[b as usize] = match table.map(b) {
                None => -1,
                Some(To::Same) => b as i32,
                Some(To::Gone) => -2,
                Some(To::Char(c)) => c.min(i32::MAX as u64) as i32,
            };
        }
        table
    }

    /// The index of a character in the search list.
    fn index(&self, cp: u64) -> Option<u64> {
        if self.complement {
            let below: u64 = self.below(cp)?;
            return Some(cp - below);
        }
        self.from
            .iter()
            .find(|(a, b, _)| (*a..=*b).contains(&cp))
            .map(|(a, _, n)| n + (cp - a))
    }

    /// How many characters of the list are below `cp`; none where it is in the list.
    fn below(&self, cp: u64) -> Option<u64> {
        let mut spans: Vec<(u64, u64)> = self.from.iter().map(|(a, b, _)| (*a, *b)).collect();
        spans.sort_unstable();
        let (mut n, mut end) = (0, 0);
        for (a, b) in spans {
            if (a..=b).contains(&cp) {
                return None;
            }
            if b < cp {
                let a = a.max(end);
                if b + 1 > a {
                    n += b + 1 - a;
                }
                end = end.max(b + 1);
            }
        }
        Some(n)
    }

    /// What becomes of a character; none where the search list has it not.
    fn map(&self, cp: u64) -> Option<To> {
        let i = self.index(cp)?;
        if let Some(c) = at_index(&self.to, i) {
            return Some(To::Char(c));
        }
        if self.delete {
            return Some(To::Gone);
        }
        if self.to_len == 0 {
            return Some(To::Same);
        }
        Some(at_index(&self.to, self.to_len - 1).map_or(To::Same, To::Char))
    }

    /// The new text and how many characters the search list had; none where nothing changes.
    fn apply(&self, text: &PerlStr) -> Exec<(Option<PerlStr>, i64)> {
        if self.counts || (!text.is_utf8() && self.is_byte_only()) {
            return self.apply_bytes(text);
        }
        let mut out = PerlStr::try_with_capacity(text.len())?;
        out.set_utf8_flag(text.is_utf8());
        let (mut n, mut last) = (0, None);
        for cp in text.chars() {
            match self.map(cp) {
                None => {
                    out.push_code_point(cp);
                    last = None;
                }
                Some(to) => {
                    n += 1;
                    let c = match to {
                        To::Gone => continue,
                        To::Same => cp,
                        To::Char(c) => c,
                    };
                    if self.squeeze && last == Some(c) {
                        continue;
                    }
                    out.push_code_point(c);
                    last = Some(c);
                }
            }
        }
        Ok((Some(out), n))
    }

    fn is_byte_only(&self) -> bool {
        self.bytes.iter().all(|c| *c < 256)
    }

    fn apply_bytes(&self, text: &PerlStr) -> Exec<(Option<PerlStr>, i64)> {
        let mut n = 0;
        if self.counts {
            match text.is_utf8() {
                false => {
                    n = text
                        .as_bytes()
                        .iter()
                        .filter(|b| self.bytes[**b as usize] != -1)
                        .count()
                }
                true => n = text.chars().filter(|cp| self.index(*cp).is_some()).count(),
            }
            return Ok((None, n as i64));
        }
        let mut out = Vec::new();
        out.try_reserve(text.len())
            .map_err(|_| crate::text::OutOfMemory)?;
        let mut last = -1;
        for &b in text.as_bytes() {
            match self.bytes[b as usize] {
                -1 => {
                    out.push(b);
                    last = -1;
                }
                -2 => n += 1,
                c => {
                    n += 1;
                    if !(self.squeeze && last == c) {
                        out.push(c as u8);
                    }
                    last = c;
                }
            }
        }
        Ok((Some(PerlStr::from_bytes(&out)), n as i64))
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
        let table = match known.and_then(|slot| slot.downcast::<Table>().ok()) {
            Some(table) => table,
            None => {
                let table = Shared::new(Table::new(&proto.unit.trans[m as usize]));
                proto.trans[m as usize].replace(Some(table.clone() as Shared<dyn Any>));
                table
            }
        };
        let val = self.get(t)?;
        let text = self.str(&val)?;
        drop(val);
        let (new, n) = table.apply(&text)?;
        if table.copy {
            return if d == NO {
                Ok(())
            } else {
                self.put(d, Val::Str(new.unwrap_or(text)))
            };
        }
        if let Some(new) = new
            && !(new.is_utf8() == text.is_utf8() && new.as_bytes() == text.as_bytes())
        {
            self.put(t, Val::Str(new))?;
        }
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
}
