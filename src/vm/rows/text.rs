//! sprintf, pack, unpack, pos, study, reset: strings and templates (perlfunc, family String).

use crate::diag::warnings::Category;
use crate::sys::sysv;
use crate::text::pack::{self, PackArgs, PackError, PackWarning, Unpacked};
use crate::text::sprintf::{self, Args, FormatError, FormatWarning};
use crate::text::{Numeric, PerlStr};
use crate::value::{HasSide, Val};
use crate::vm::native::{Family, function};
use crate::vm::{Call, Die, Exec, Ret, Stop};
use std::collections::VecDeque;

pub(super) const FAMILY: Family = Family::new(
    "String",
    &[
        function("sprintf", "$@", sprintf_),
        function("pack", "$@", pack_),
        function("unpack", "$_", unpack_),
        function("pos", ";\\[$*]", pos),
        function("study", "_", study),
        function("reset", ";$", reset),
    ],
);

/// What a template may stop for: our errors, or those of the template with its words.
enum Failed {
    Die(Die),
    Format(FormatError),
    Pack(PackError),
}

impl From<Die> for Failed {
    fn from(die: Die) -> Failed {
        Failed::Die(die)
    }
}

impl From<FormatError> for Failed {
    fn from(error: FormatError) -> Failed {
        Failed::Format(error)
    }
}

impl From<PackError> for Failed {
    fn from(error: PackError) -> Failed {
        Failed::Pack(error)
    }
}

impl Failed {
    fn into_die(self, call: &mut Call<'_>, op: &str) -> Die {
        match self {
            Failed::Die(die) => die,
            Failed::Format(FormatError::OutOfMemory) | Failed::Pack(PackError::OutOfMemory) => {
                Die::new(Stop::OutOfMemory)
            }
            Failed::Format(error) => call.die(error.message(op)),
            Failed::Pack(error) => call.die(error.text()),
        }
    }
}

/// The arguments behind the template.
struct Behind<'c, 'v> {
    call: &'c mut Call<'v>,
    next: usize,
    op: &'static str,
}

impl Args for Behind<'_, '_> {
    type Error = Failed;

    fn count(&self) -> usize {
        self.call.argc().saturating_sub(1)
    }

    fn text(&mut self, at: usize) -> Result<PerlStr, Failed> {
        Ok(self.call.arg_str(at + 1)?)
    }

    fn number(&mut self, at: usize) -> Result<Numeric, Failed> {
        Ok(self.call.arg_num(at + 1)?)
    }

    fn vector(&mut self, at: usize) -> Result<PerlStr, Failed> {
        let val = self.call.arg(at + 1)?;
        if val.is_blessed() && self.call.vm.is_a(&val, "version")? {
            let got = self
                .call
                .call_method("normal", &[val], crate::bytecode::Want::Scalar)?;
            let text = got.last().map_or_else(PerlStr::new, Val::to_str);
            let text = text.to_str_lossy().trim_start_matches('v').to_string();
            let parts = text.split('.').filter_map(|n| n.parse::<u64>().ok());
            return Ok(PerlStr::from_code_points(parts));
        }
        Ok(self.call.str(&val)?)
    }

    fn address(&mut self, at: usize) -> usize {
        match self.call.cell(at + 1) {
            Ok(cell) => cell.address(),
            Err(_) => 0,
        }
    }

    fn store_length(&mut self, _at: usize, _length: usize) -> Result<(), Failed> {
        Err(self.call.die("Missing argument for %n in sprintf").into())
    }

    fn warn(&mut self, warning: FormatWarning<'_>) -> Result<(), Failed> {
        let op = self.op;
        let (category, text) = match warning {
            FormatWarning::MissingArgument => {
                (Category::Missing, format!("Missing argument in {op}"))
            }
            FormatWarning::RedundantArgument => {
                (Category::Redundant, format!("Redundant argument in {op}"))
            }
            FormatWarning::InvalidConversion(what) => (
                Category::Printf,
                format!("Invalid conversion in {op}: {what}"),
            ),
        };
        Ok(self.call.warn(category, text)?)
    }
}

impl PackArgs for Behind<'_, '_> {
    type Error = Failed;

    fn remaining(&self) -> usize {
        self.call.argc().saturating_sub(self.next)
    }

    fn next_is_text(&self) -> bool {
        matches!(self.call.raw(self.next).loaded(), Val::Str(_))
    }

    fn text(&mut self) -> Result<PerlStr, Failed> {
        self.next += 1;
        Ok(self.call.arg_str(self.next - 1)?)
    }

    fn number(&mut self) -> Result<Numeric, Failed> {
        self.call.vm.round(self.next)?;
        self.next += 1;
        Ok(self.call.arg_num(self.next - 1)?)
    }

    fn pointer(&mut self) -> Result<u64, Failed> {
        self.next += 1;
        let val = self.call.arg(self.next - 1)?;
        if val.is_undef() {
            return Ok(0);
        }
        let text = self.call.str(&val)?;
        Ok(remember_pointer(self.call, text))
    }

    fn warn(&mut self, warning: &PackWarning) -> Result<(), Failed> {
        let category = Category::named(warning.category).unwrap_or(Category::Pack);
        Ok(self.call.warn(category, &warning.text)?)
    }
}

/// Strings whose addresses `pack "p"` gave away, oldest first. `unpack` follows no other address
/// but those of attached shared memory: a script cannot read memory at random.
#[derive(Default)]
struct Pointers(VecDeque<PerlStr>);

/// How many are remembered.
const MOST_POINTERS: usize = 256;

fn pointers<'c>(call: &'c mut Call<'_>) -> &'c mut VecDeque<PerlStr> {
    &mut call.vm.slots.of::<Pointers>().0
}

fn address(text: &PerlStr) -> u64 {
    text.as_bytes().as_ptr() as u64
}

fn remember_pointer(call: &mut Call<'_>, text: PerlStr) -> u64 {
    let at = address(&text);
    let known = pointers(call);
    if !known.iter().any(|old| address(old) == at) {
        if known.len() >= MOST_POINTERS {
            known.pop_front();
        }
        known.push_back(text);
    }
    at
}

/// What stands at an address that `pack` gave away: `length` bytes, or up to a zero.
fn follow_pointer(call: &mut Call<'_>, at: u64, length: Option<usize>) -> Val {
    let known = pointers(call).iter().find(|text| address(text) == at);
    let Some(text) = known else {
        let shared = length.and_then(|length| sysv::bytes_at(at as usize, length));
        return shared.map_or(Val::Undef, |bytes| Val::bytes(&bytes));
    };
    let bytes = text.as_bytes();
    let end = match length {
        Some(length) => length.min(bytes.len()),
        None => memchr::memchr(0, bytes).unwrap_or(bytes.len()),
    };
    Val::bytes(&bytes[..end])
}

fn sprintf_(call: &mut Call<'_>) -> Exec<Ret> {
    let template = call.arg_str(0)?;
    let mut args = Behind {
        call,
        next: 1,
        op: "sprintf",
    };
    let result = sprintf::sprintf(&template, &mut args);
    match result {
        Ok(text) => Ok(Ret::One(Val::Str(text))),
        Err(error) => Err(error.into_die(call, "sprintf")),
    }
}

fn pack_(call: &mut Call<'_>) -> Exec<Ret> {
    let template = call.arg_str(0)?;
    let mut args = Behind {
        call,
        next: 1,
        op: "pack",
    };
    let result = pack::pack(&template, &mut args);
    match result {
        Ok(text) => Ok(Ret::One(Val::Str(text))),
        Err(error) => Err(error.into_die(call, "pack")),
    }
}

fn unpack_(call: &mut Call<'_>) -> Exec<Ret> {
    let template = call.arg_str(0)?;
    let text = match call.argc() {
        1 => {
            let topic = call.vm.names.underscore.scalar();
            let val = call.vm.fetch(&topic)?;
            call.str(&val)?
        }
        _ => call.arg_str(1)?,
    };
    let bits = call.hints().map_or(0, |h| h.bits);
    let text = match text.is_utf8() && bits & crate::diag::hints::BYTES != 0 {
        true => PerlStr::from_bytes(text.as_bytes()),
        false => text,
    };
    let scalar = !call.wants_list();
    let (values, warnings) = match pack::unpack(&template, &text, scalar) {
        Ok(got) => got,
        Err(error) => return Err(Failed::Pack(error).into_die(call, "unpack")),
    };
    for warning in &warnings {
        let category = Category::named(warning.category).unwrap_or(Category::Unpack);
        call.warn(category, &warning.text)?;
    }
    let value = |call: &mut Call<'_>, value| match value {
        Unpacked::Str(text) => Val::Str(text),
        Unpacked::Num(n) => n.into(),
        Unpacked::Undef => Val::Undef,
        Unpacked::Pointer(at) => follow_pointer(call, at, None),
        Unpacked::Buffer(at, length) => follow_pointer(call, at, Some(length)),
    };
    if scalar {
        let first = values.into_iter().next().map(|first| value(call, first));
        return Ok(Ret::One(first.unwrap_or_default()));
    }
    for (i, item) in values.into_iter().enumerate() {
        call.vm.round(i)?;
        let val = value(call, item);
        call.push(val);
    }
    Ok(Ret::List)
}

fn pos(call: &mut Call<'_>) -> Exec<Ret> {
    let cell = match call.argc() {
        0 => call.vm.names.underscore.scalar(),
        _ => match call.raw(0) {
            Val::SRef(cell) => cell,
            _ => call.cell(0)?,
        },
    };
    let _ = cell.pos();
    Ok(Ret::One(call.vm.pos_get(&cell)?))
}

fn study(call: &mut Call<'_>) -> Exec<Ret> {
    let val = call.arg(0)?;
    Ok(Ret::One(Val::Bool(!val.is_undef())))
}

/// `reset "a-z"`: empties package variables whose names begin so; without an argument `m?..?`
/// may match again.
fn reset(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() == 0 {
        return Ok(Ret::One(Val::Int(1)));
    }
    let set = call.arg_str(0)?.to_str_lossy().into_owned();
    let mut letters = Vec::new();
    let chars: Vec<char> = set.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        if chars.get(i + 1) == Some(&'-') && i + 2 < chars.len() {
            letters.extend(chars[i]..=chars[i + 2]);
            i += 3;
        } else {
            letters.push(chars[i]);
            i += 1;
        }
    }
    let package = call.package();
    let stash = call.symbols().stash(&package);
    for (name, entry) in stash.symbols().pairs() {
        let first = name.to_str_lossy().chars().next();
        let (Some(first), Val::Glob(glob)) = (first, entry) else {
            continue;
        };
        if !letters.contains(&first) {
            continue;
        }
        let cell = glob.scalar();
        if !cell.is_read_only() {
            call.vm.store(&cell, Val::Undef)?;
        }
        if let Some(array) = glob.array() {
            array.clear();
        }
        if let Some(hash) = glob.hash()
            && !name.as_bytes().ends_with(b"::")
        {
            call.vm.hash_clear(&hash)?;
        }
    }
    Ok(Ret::One(Val::Int(1)))
}
