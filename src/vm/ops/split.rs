//! `split` (perlfunc).

use super::pattern::{Asked, Ready};
use crate::bytecode::{NO, Op, R, Want};
use crate::regex::{Captures, Flags, Piece, Separator};
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::long::ITEMS;
use crate::vm::{Exec, Vm};

/// The byte a pattern matches, if that is all it does.
fn single_byte(ready: Option<&Ready>) -> Option<u8> {
    match ready?.regex.plain_text(false)? {
        [byte] => Some(*byte),
        _ => None,
    }
}

impl Vm {
    pub(in crate::vm) fn split_op(&mut self, w: u8, d: R, s: R) -> Exec {
        // SAFETY: an Ext follows.
        let Op::Ext(_, m, l, into) = (unsafe { *self.pc }) else {
            return Ok(());
        };
        let want = self.want_of(w);
        let val = self.get(s)?;
        let mut subject = self.str(&val)?;
        if self.hint(crate::diag::hints::BYTES) && subject.is_utf8() {
            subject = PerlStr::from_bytes(subject.as_bytes());
        }
        let mut limit = match l {
            NO => 0,
            l => {
                let val = self.get(l)?;
                self.int(&val)?
            }
        };
        if limit == 0 && l == NO && w & 0x80 != 0 {
            limit = 0;
        }
        let ready = match m {
            NO => None,
            m => Some(self.split_pattern(m)?),
        };
        let ready = ready.flatten();
        let utf8 = subject.is_utf8() && !subject.is_ascii();
        if into != NO
            && limit == 0
            && !utf8
            && let Some(byte) = single_byte(ready.as_ref())
        {
            return self.split_bytes(&subject, byte, into, d);
        }
        let mut pieces = Vec::new();
        let mut caps = Captures::default();
        let code = ready
            .as_ref()
            .filter(|ready| ready.regex.has_code())
            .map(|ready| (ready.blocks.clone(), subject.clone()));
        let mut asked = Asked {
            vm: self,
            died: None,
            code,
        };
        let separator = match &ready {
            Some(ready) => Separator::Pattern(&ready.regex),
            None => Separator::Awk,
        };
        let done = crate::regex::split(
            separator,
            subject.as_bytes(),
            utf8,
            limit,
            &mut asked,
            &mut caps,
            &mut pieces,
        );
        let died = asked.died.take();
        if let Err(error) = done {
            return Err(self.search_error(error, died));
        }
        let fields = pieces.into_iter().map(|piece| match piece {
            Piece::Text(from, to) => Val::Str(subject.slice_bytes(from..to)),
            Piece::Undef => Val::Undef,
        });
        if into != NO {
            let mut all: Vec<Val> = Vec::with_capacity(fields.len());
            for field in fields {
                all.push(field);
                self.round(all.len())?;
            }
            let fields = all;
            let n = fields.len();
            let array = self.arr(into);
            self.array_assign(&array, fields)?;
            return if d == NO {
                Ok(())
            } else {
                self.put(d, Val::Int(n as i64))
            };
        }
        match want {
            Want::List => {
                for field in fields {
                    self.list.push(field);
                    self.round(self.list.len())?;
                }
            }
            _ if d != NO => {
                let n = fields.count();
                return self.put(d, Val::Int(n as i64));
            }
            _ => {}
        }
        Ok(())
    }

    /// The fields between single bytes as the contents of an array, empty ones at the end dropped.
    fn split_bytes(&mut self, subject: &PerlStr, byte: u8, into: R, d: R) -> Exec {
        let array = self.arr(into);
        let mut fields = match array.is_simple() && subject.len() <= ITEMS {
            true => array.take_room(),
            false => Vec::new(),
        };
        if fields.capacity() == 0 {
            fields.reserve(8);
        }
        let bytes = subject.as_bytes();
        let kept = bytes
            .iter()
            .rposition(|b| *b != byte)
            .map_or(0, |at| at + 1);
        if kept > 0 {
            let mut start = 0;
            for at in memchr::memchr_iter(byte, &bytes[..kept]) {
                fields.push(Val::Str(subject.slice_bytes(start..at)));
                start = at + 1;
                self.round(fields.len())?;
            }
            fields.push(Val::Str(subject.slice_bytes(start..kept)));
        }
        let n = fields.len();
        if array.is_simple() {
            array.replace(fields);
        } else {
            self.array_assign(&array, fields)?;
        }
        match d {
            NO => Ok(()),
            d => self.put(d, Val::Int(n as i64)),
        }
    }

    /// The pattern of a split; `None`: a string of one blank, awk's way.
    fn split_pattern(&mut self, m: u16) -> Exec<Option<Ready>> {
        let Some(frame) = self.frames.last() else {
            return Ok(None);
        };
        let proto = frame.proto;
        // SAFETY: the frame keeps it alive while the operation runs.
        let proto: &crate::value::Proto = unsafe { &*proto };
        let spec = &proto.unit.matches[m as usize];
        // `split $x`: a string that is one blank counts as `' '`; a pattern `/ /` does not.
        if spec.constant.is_none() && spec.flags.is_empty() && !spec.empty_means_last {
            let val = self.get(spec.pattern)?;
            if matches!(&val, Val::Str(s) if *s == " ") && spec.want == Want::List && !spec.once {
                return Ok(None);
            }
        }
        let ready = self.pattern(m)?;
        if ready.regex.text().0 == b"^" {
            let text = PerlStr::from("^");
            let flags = ready.regex.flags().with(Flags::M, true);
            return self
                .compile_pattern(&text, flags, Vec::new(), (true, NO))
                .map(Some);
        }
        Ok(Some(ready))
    }
}
