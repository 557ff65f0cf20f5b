//! `select`: choosing the handle print writes to, and waiting for several descriptors (perlfunc select).
use crate::sys::blocking;
use crate::text::PerlStr;
use crate::value::Val;
use crate::vm::native::{Family, Ret, special};
use crate::vm::{Call, Exec};
use std::time::Duration;

pub(super) const FAMILY: Family = Family::new("I/O", &[special("select", select)]);

fn select(call: &mut Call<'_>) -> Exec<Ret> {
    if call.argc() == 4 {
        return wait(call);
    }
    let before = call.vm.selected.clone();
    let shown = match &before {
        // a handle that has a name is given back by it
        Some(glob) if glob.bits() & crate::value::glob::bit::ANONYMOUS == 0 => {
            Val::str(&glob.full_name())
        }
        Some(glob) => Val::GRef(glob.clone()),
        None => Val::Undef,
    };
    if call.argc() > 0 {
        let val = call.arg(0)?;
        if let Some(glob) = call.vm.glob_of(&val)? {
            call.vm.selected = Some(glob);
        }
    }
    Ok(Ret::One(shown))
}

/// The bit vector of an argument as words, and its length in bytes.
fn bits(call: &mut Call<'_>, i: usize) -> Exec<Option<(Vec<u64>, usize)>> {
    let Some(val) = call.defined(i)? else {
        return Ok(None);
    };
    let text = call.str(&val)?;
    let Some(text) = text.downgraded() else {
        return Err(call.die("Wide character in select"));
    };
    let fixed = matches!(call.raw(i), Val::Cell(cell) if cell.is_read_only());
    if fixed && !text.is_empty() {
        return Err(call.die("Modification of a read-only value attempted"));
    }
    let mut words = vec![0u64; text.len().div_ceil(8)];
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        words[at / 8] |= u64::from(byte) << (at % 8 * 8);
    }
    Ok(Some((words, text.len())))
}

fn wait(call: &mut Call<'_>) -> Exec<Ret> {
    let mut sets = [bits(call, 0)?, bits(call, 1)?, bits(call, 2)?];
    let timeout = match call.defined(3)? {
        None => None,
        Some(val) => {
            let seconds = call.vm.num(&val)?.to_f64().clamp(0.0, 1e9);
            Some(Duration::from_secs_f64(if seconds.is_nan() {
                0.0
            } else {
                seconds
            }))
        }
    };
    let words = sets
        .iter()
        .flatten()
        .map(|(w, _)| w.len())
        .max()
        .unwrap_or(0);
    for (set, _) in sets.iter_mut().flatten() {
        set.resize(words, 0);
    }
    let lens = [0, 1, 2].map(|i: usize| sets[i].as_ref().map(|(_, len)| *len));
    let [read, write, except] = &mut sets;
    let slices =
        [read, write, except].map(|set| set.as_mut().map(|(words, _)| words.as_mut_slice()));
    let result = blocking::select(words * 64, slices, timeout);
    let (count, left) = match result {
        Ok((count, left)) => (count as i64, left),
        Err(errno) => {
            call.set_errno(errno);
            (-1, timeout.unwrap_or_default())
        }
    };
    if count >= 0 {
        for (i, set) in sets.iter().enumerate() {
            // An empty set stays as it is; it may be a constant.
            if let (Some((words, _)), Some(len)) = (set, lens[i].filter(|&len| len > 0)) {
                let bytes: Vec<u8> = (0..len)
                    .map(|at| (words[at / 8] >> (at % 8 * 8)) as u8)
                    .collect();
                call.assign(i, Val::Str(PerlStr::from_bytes(&bytes)))?;
            }
        }
    }
    if call.wants_list() {
        let left = timeout.map_or(Val::Undef, |_| Val::Num(left.as_secs_f64()));
        return call.list([Val::Int(count), left]);
    }
    Ok(Ret::One(Val::Int(count)))
}
