//! Hash::Util: restricted hashes and how keys spread (perldoc Hash::Util).
//!
//! Hashes here have no buckets; what the functions tell is how the keys would spread over the
//! smallest power of two of them, at least 8, as perl's do.

use crate::value::hash::hashing::hash_bytes;
use crate::value::{Array, Hash, Rc, Val};
use crate::vm::native::{Family, Ret, free, row};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "Hash::Util",
    &[
        free(
            "_clear_placeholders",
            clear_placeholders,
            "forget the keys that may come back",
        ),
        row(
            "all_keys",
            "\\%\\@\\@",
            all_keys,
            "put the keys and the absent keys into two arrays",
        ),
        free("bucket_array", bucket_array, "the keys of each bucket"),
        free("bucket_info", bucket_info, "how the keys spread"),
        row(
            "bucket_ratio",
            "\\%",
            |call| match hash(call)? {
                Some(hash) if hash.is_empty() => Ok(Val::Int(0).into()),
                Some(hash) => {
                    let lengths = lengths(&hash);
                    let used = lengths.iter().filter(|&&n| n > 0).count();
                    Ok(Val::str(&format!("{used}/{}", lengths.len())).into())
                }
                None => Ok(Ret::One(Val::Undef)),
            },
            "used buckets and all buckets",
        ),
        row(
            "hash_seed",
            "",
            |_| Ok(Val::str("\0\0\0\0\0\0\0\0").into()),
            "the seed of the hash function",
        ),
        row(
            "hash_traversal_mask",
            "$",
            |_| Ok(Ret::Nothing),
            "what turns the order of keys: nothing",
        ),
        row(
            "hash_value",
            "$;$",
            |call| {
                let text = call.arg_str(0)?;
                Ok(Val::Int(hash_bytes(text.as_bytes()).into()).into())
            },
            "what a key hashes to",
        ),
        free(
            "hidden_ref_keys",
            |call| match hash(call)? {
                Some(hash) => call.list(hash.hidden_keys().into_iter().map(Val::Str)),
                None => Ok(Ret::Nothing),
            },
            "the keys that may come back",
        ),
        row(
            "hv_store",
            "\\%$$",
            hv_store,
            "let an element be that very scalar",
        ),
        free(
            "legal_ref_keys",
            |call| match hash(call)? {
                Some(hash) => {
                    let mut keys = call.vm.hash_keys(&hash)?;
                    keys.extend(hash.hidden_keys());
                    call.list(keys.into_iter().map(Val::Str))
                }
                None => Ok(Ret::Nothing),
            },
            "the keys that are there or may come back",
        ),
        row(
            "num_buckets",
            "\\%",
            |call| {
                Ok(hash(call)?
                    .map_or(Val::Undef, |h| Val::Int(buckets(&h) as i64))
                    .into())
            },
            "how many buckets there are",
        ),
        row(
            "used_buckets",
            "\\%",
            |call| {
                let used = |hash: Rc<Hash>| lengths(&hash).iter().filter(|&&n| n > 0).count();
                Ok(hash(call)?
                    .map_or(Val::Undef, |h| Val::Int(used(h) as i64))
                    .into())
            },
            "how many buckets hold keys",
        ),
    ],
);

/// The hash that the first argument refers to.
fn hash(call: &mut Call<'_>) -> Exec<Option<Rc<Hash>>> {
    match call.arg(0)? {
        Val::HRef(hash) => Ok(Some(hash)),
        _ => Ok(None),
    }
}

fn array(call: &mut Call<'_>, i: usize) -> Exec<Rc<Array>> {
    match call.arg(i)? {
        Val::ARef(array) => Ok(array),
        _ => Err(call.die("Not an ARRAY reference")),
    }
}

fn clear_placeholders(call: &mut Call<'_>) -> Exec<Ret> {
    if let Some(hash) = hash(call)? {
        hash.forget_hidden();
    }
    Ok(Ret::Nothing)
}

fn all_keys(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(hash) = hash(call)? else {
        return Err(call.die("First argument to all_keys() must be an HASH reference"));
    };
    let (keys, hidden) = (array(call, 1)?, array(call, 2)?);
    let there = call.vm.hash_keys(&hash)?;
    let away = hash.hidden_keys();
    for (array, list) in [(keys, there), (hidden, away)] {
        let list = list.into_iter().map(Val::Str).collect();
        call.vm.array_assign(&array, list)?;
    }
    Ok(Val::HRef(hash).into())
}

fn hv_store(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(hash) = hash(call)? else {
        return Err(call.die("First argument to hv_store() must be a HASH reference."));
    };
    let key = call.arg_str(1)?;
    let cell = call.cell(2)?;
    hash.set_raw(&crate::value::Key::new(&key), Val::Cell(cell))?;
    Ok(Val::Bool(true).into())
}

fn buckets(hash: &Hash) -> usize {
    hash.len().next_power_of_two().max(8)
}

fn bucket_of(key: &[u8], buckets: usize) -> usize {
    hash_bytes(key) as usize & (buckets - 1)
}

/// How many keys each bucket has.
fn lengths(hash: &Hash) -> Vec<usize> {
    let mut lengths = vec![0; buckets(hash)];
    for key in hash.keys() {
        let at = bucket_of(key.as_bytes(), lengths.len());
        lengths[at] += 1;
    }
    lengths
}

/// Keys, buckets, used buckets; then how many buckets have 0, 1, 2 ... keys.
fn bucket_info(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(hash) = hash(call)? else {
        return Ok(Ret::Nothing);
    };
    let lengths = lengths(&hash);
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let mut counts = vec![0_i64; longest + 1];
    for &n in &lengths {
        counts[n] += 1;
    }
    let used = lengths.len() as i64 - counts[0];
    let head = [hash.len() as i64, lengths.len() as i64, used];
    call.list(head.into_iter().chain(counts).map(Val::Int))
}

/// Arrays of the keys of a bucket; a number stands for that many empty ones in a row.
fn bucket_array(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(hash) = hash(call)? else {
        return Ok(Ret::One(Val::Undef));
    };
    let mut rows = vec![Vec::new(); buckets(&hash)];
    for key in hash.keys() {
        let at = bucket_of(key.as_bytes(), rows.len());
        rows[at].push(Val::Str(key));
    }
    let mut out = Vec::new();
    let mut empty = 0;
    for row in rows {
        if row.is_empty() {
            empty += 1;
            continue;
        }
        if empty > 0 {
            out.push(Val::Int(std::mem::take(&mut empty)));
        }
        let array = Array::new();
        array.assign(row);
        out.push(Val::ARef(array));
    }
    if empty > 0 {
        out.push(Val::Int(empty));
    }
    let array = Array::new();
    array.assign(out);
    Ok(Val::ARef(array).into())
}
