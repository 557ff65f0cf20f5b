//! What magic values do when they are asked and told: special variables, tied things, elements
//! that wait to be made, `substr` and friends as lvalues.

mod restricted;

use crate::bytecode::Want;
use crate::text::PerlStr;
use crate::value::{Array, HasSide, Hash, Key, Magic, MagicBody, Rc, Scalar, Val};
use crate::vm::Vm;
use crate::vm::die::Exec;

/// How a special variable is asked and told; the number tells variables of one row apart.
#[derive(Clone, Copy)]
pub struct Special {
    /// Its value.
    pub get: fn(&mut Vm, u32) -> Exec<Val>,
    /// Assigns to it.
    pub set: fn(&mut Vm, u32, Val) -> Exec,
}

/// What watches the elements of a hash such as `%ENV` and `%SIG`. The hash itself has been
/// changed already.
#[derive(Clone, Copy)]
pub struct Hook {
    /// An element has been stored.
    pub stored: fn(&mut Vm, &Rc<Hash>, &Key, &Val) -> Exec,
    /// An element has been deleted.
    pub deleted: fn(&mut Vm, &Rc<Hash>, &Key) -> Exec,
    /// All have been deleted.
    pub cleared: fn(&mut Vm, &Rc<Hash>) -> Exec,
    /// An element is asked for: the value to give instead, if any.
    pub fetch: Option<fn(&mut Vm, &Rc<Hash>, &Key) -> Exec<Option<Val>>>,
}

impl Vm {
    /// Adds a row of special variables; its number is for [`Vm::bind_special`].
    pub fn add_special(&mut self, special: Special) -> u32 {
        self.specials.push(special);
        self.specials.len() as u32 - 1
    }

    /// Makes the scalar of a name (`main::0`) special.
    pub fn bind_special(&mut self, name: &str, row: u32, arg: u32) {
        let glob = self.symbols.glob(name);
        drop(glob.set_scalar(MagicBody::scalar(Magic::Special(row, arg))));
    }

    /// Lets a hook watch a hash.
    pub fn hook_hash(&mut self, hash: &Rc<Hash>, hook: Hook) {
        self.hooks.push(hook);
        hash.set_hook(self.hooks.len() as u32 - 1);
    }

    /// The value a magic value stands for.
    #[inline(never)]
    pub fn magic_get(&mut self, magic: &Rc<MagicBody>) -> Exec<Val> {
        match &magic.kind {
            Magic::Special(row, arg) => match self.specials.get(*row as usize).copied() {
                Some(special) => (special.get)(self, *arg),
                None => Ok(Val::Undef),
            },
            Magic::Tied(object) => {
                // While FETCH runs, the variable is a plain one to it.
                if self.fetching.contains(&magic.address()) {
                    return Ok(Val::Undef);
                }
                self.fetching.push(magic.address());
                let got = self.tie_call(object, "FETCH", &[]);
                self.fetching.pop();
                got
            }
            Magic::ArrayElem(array, i) | Magic::DeferArray(array, i) => self.array_fetch(array, *i),
            Magic::HashElem(hash, key) | Magic::DeferHash(hash, key) => {
                Ok(self.hash_fetch(hash, key)?.unwrap_or_default())
            }
            Magic::Substr(cell, off, len) => self.substr_get(cell, off.get(), len.get()),
            Magic::Vec(cell, off, bits) => self.vec_get(cell, *off, *bits),
            Magic::Pos(cell) => self.pos_get(cell),
            Magic::LastIndex(array) => Ok(Val::Int(self.array_len(array)? as i64 - 1)),
            Magic::Keys(hash) => Ok(Val::Int(hash.len() as i64)),
        }
    }

    /// Assigns to what a magic value stands for.
    #[inline(never)]
    pub fn magic_set(&mut self, magic: &Rc<MagicBody>, val: Val) -> Exec {
        match &magic.kind {
            Magic::Special(row, arg) => match self.specials.get(*row as usize).copied() {
                Some(special) => (special.set)(self, *arg, val),
                None => Ok(()),
            },
            Magic::Tied(object) => {
                // To its own STORE, too: what is assigned there is lost.
                if self.fetching.contains(&magic.address()) {
                    return Ok(());
                }
                self.fetching.push(magic.address());
                let got = self.tie_call(object, "STORE", &[val]);
                self.fetching.pop();
                got.map(drop)
            }
            Magic::ArrayElem(array, i) | Magic::DeferArray(array, i) => {
                self.array_store(array, *i, val)
            }
            Magic::HashElem(hash, key) | Magic::DeferHash(hash, key) => {
                self.hash_store(hash, key, val)
            }
            Magic::Substr(cell, off, len) => {
                let text = self.str(&val)?;
                let n = text.char_len() as i64;
                self.substr_set(cell, off.get(), len.get(), text)?;
                len.set(Some(n));
                Ok(())
            }
            Magic::Vec(cell, off, bits) => self.vec_set(cell, *off, *bits, val),
            Magic::Pos(cell) => self.pos_set(cell, val),
            Magic::LastIndex(array) => {
                let n = self.int(&val)?;
                self.array_resize(array, n)
            }
            Magic::Keys(hash) => {
                let n = val.to_size();
                Ok(hash.reserve(n.min(1 << 24))?)
            }
        }
    }

    /// Calls a method of the object behind a tied thing.
    pub fn tie_call(&mut self, object: &Val, method: &str, args: &[Val]) -> Exec<Val> {
        let mut all = Vec::with_capacity(args.len() + 1);
        all.push(object.clone());
        all.extend_from_slice(args);
        if self.index_tainted
            && matches!(method, "FETCH" | "STORE" | "EXISTS" | "DELETE")
            && let [_, key, ..] = all.as_mut_slice()
        {
            *key = super::taint::tainted(key.take());
        }
        Ok(self
            .call_method(method, &all, Want::Scalar)?
            .pop()
            .unwrap_or_default())
    }

    // ---- elements, whatever the container --------------------------------------------------------

    /// `$a[i]`
    pub fn array_fetch(&mut self, array: &Rc<Array>, i: i64) -> Exec<Val> {
        if let Some(object) = array.tied() {
            let i = self.tied_index(array, i)?;
            return match i {
                Some(i) => self.tie_call(&object, "FETCH", &[Val::Int(i)]),
                None => Ok(Val::Undef),
            };
        }
        match array.index(i) {
            Some(i) => self.load(array.get(i)),
            None => Ok(Val::Undef),
        }
    }

    fn tied_index(&mut self, array: &Rc<Array>, i: i64) -> Exec<Option<i64>> {
        if i >= 0 {
            return Ok(Some(i));
        }
        let i = i + self.array_len(array)? as i64;
        Ok((i >= 0).then_some(i))
    }

    /// `$a[i] = val`
    pub fn array_store(&mut self, array: &Rc<Array>, i: i64, val: Val) -> Exec {
        if let Some(object) = array.tied() {
            return match self.tied_index(array, i)? {
                Some(i) => self
                    .tie_call(&object, "STORE", &[Val::Int(i), val])
                    .map(drop),
                None => Err(self.not_creatable(i)),
            };
        }
        let Some(at) = array.index(i) else {
            return Err(self.not_creatable(i));
        };
        if array.header().has(crate::value::rc::flag::READONLY) {
            return Err(self.die("Modification of a read-only value attempted"));
        }
        let cell = array.with(at, |v| match v {
            Val::Cell(cell) => Some(cell.clone()),
            _ => None,
        });
        match cell.flatten() {
            Some(cell) => self.store(&cell, val),
            None => Ok(array.set(at, val)?),
        }
    }

    #[cold]
    pub(in crate::vm) fn not_creatable(&mut self, i: i64) -> crate::vm::Die {
        self.die(format!(
            "Modification of non-creatable array value attempted, subscript {i}"
        ))
    }

    /// The number of elements.
    pub fn array_len(&mut self, array: &Rc<Array>) -> Exec<usize> {
        match array.tied() {
            Some(object) => Ok(self.tie_call(&object, "FETCHSIZE", &[])?.to_size()),
            None => Ok(array.len()),
        }
    }

    /// `$#a = last`
    pub fn array_resize(&mut self, array: &Rc<Array>, last: i64) -> Exec {
        if let Some(object) = array.tied() {
            return self
                .tie_call(&object, "STORESIZE", &[Val::Int(last + 1)])
                .map(drop);
        }
        let n = usize::try_from(last.saturating_add(1)).unwrap_or(0);
        Ok(array.resize(n)?)
    }

    /// `exists $a[i]`
    pub fn array_exists(&mut self, array: &Rc<Array>, i: i64) -> Exec<bool> {
        if let Some(object) = array.tied() {
            return match self.tied_index(array, i)? {
                Some(i) => Ok(self.tie_call(&object, "EXISTS", &[Val::Int(i)])?.to_bool()),
                None => Ok(false),
            };
        }
        Ok(array.index(i).is_some_and(|i| array.exists(i)))
    }

    /// `delete $a[i]`
    pub fn array_delete(&mut self, array: &Rc<Array>, i: i64) -> Exec<Val> {
        if let Some(object) = array.tied() {
            return match self.tied_index(array, i)? {
                Some(i) => self.tie_call(&object, "DELETE", &[Val::Int(i)]),
                None => Ok(Val::Undef),
            };
        }
        let val = array.index(i).map_or(Val::Undef, |i| array.delete(i));
        self.load(val)
    }

    /// The scalar of element `i`, made where there is none.
    pub fn array_cell(&mut self, array: &Rc<Array>, i: i64) -> Exec<Rc<Scalar>> {
        if !array.is_simple() && array.tied().is_some() {
            return Ok(MagicBody::scalar(Magic::ArrayElem(array.clone(), i)));
        }
        let Some(at) = array.index(i) else {
            return Err(self.not_creatable(i));
        };
        Ok(array.cell(at)?)
    }

    /// All values of an array.
    pub fn array_values(&mut self, array: &Rc<Array>) -> Exec<Vec<Val>> {
        let n = self.array_len(array)?;
        (0..n).map(|i| self.array_fetch(array, i as i64)).collect()
    }

    /// `@a = list`: the values are owned by the caller already.
    pub fn array_assign(&mut self, array: &Rc<Array>, list: Vec<Val>) -> Exec {
        if let Some(object) = array.tied() {
            self.tie_call(&object, "CLEAR", &[])?;
            if !list.is_empty() {
                self.tie_call(&object, "EXTEND", &[Val::Int(list.len() as i64)])?;
            }
            for (i, val) in list.into_iter().enumerate() {
                self.tie_call(&object, "STORE", &[Val::Int(i as i64), val])?;
            }
            return Ok(());
        }
        if array.header().has(crate::value::rc::flag::READONLY) {
            return Err(self.die("Modification of a read-only value attempted"));
        }
        array.assign(list);
        Ok(())
    }

    /// `$h{k}`; `None` where there is no such key.
    pub fn hash_fetch(&mut self, hash: &Rc<Hash>, key: &Key) -> Exec<Option<Val>> {
        if let Some(object) = hash.tied() {
            return self
                .tie_call(&object, "FETCH", &[Val::Str(key.text.clone())])
                .map(Some);
        }
        if let Some(hook) = hash.hook()
            && let Some(fetch) = self.hooks.get(hook as usize).and_then(|h| h.fetch)
            && let Some(val) = fetch(self, hash, key)?
        {
            return Ok(Some(val));
        }
        match hash.get_k(key) {
            Some(val) => self.load(val).map(Some),
            None => Ok(None),
        }
    }

    /// `$h{k} = val`
    pub fn hash_store(&mut self, hash: &Rc<Hash>, key: &Key, val: Val) -> Exec {
        if let Some(object) = hash.tied() {
            return self
                .tie_call(&object, "STORE", &[Val::Str(key.text.clone()), val])
                .map(drop);
        }
        self.may_have(hash, key)?;
        let cell = hash.with_mut(key, |v| match v {
            Val::Cell(cell) => Some(cell.clone()),
            _ => None,
        });
        match (cell.flatten(), hash.hook()) {
            (Some(cell), None) => return self.store(&cell, val),
            (Some(cell), Some(_)) if !cell.is_magic() => cell.set(val.clone()),
            _ => hash.set_k(key, val.clone())?,
        }
        match hash
            .hook()
            .and_then(|hook| self.hooks.get(hook as usize).copied())
        {
            Some(hook) => (hook.stored)(self, hash, key, &val),
            None => Ok(()),
        }
    }

    /// `exists $h{k}`
    pub fn hash_exists(&mut self, hash: &Rc<Hash>, key: &Key) -> Exec<bool> {
        match hash.tied() {
            Some(object) => {
                let found = self.tie_call(&object, "EXISTS", &[Val::Str(key.text.clone())])?;
                self.truth(&found)
            }
            None => Ok(hash.exists_k(key)),
        }
    }

    /// `delete $h{k}`
    pub fn hash_delete(&mut self, hash: &Rc<Hash>, key: &Key) -> Exec<Val> {
        if let Some(object) = hash.tied() {
            return self.tie_call(&object, "DELETE", &[Val::Str(key.text.clone())]);
        }
        if hash.is_restricted() {
            self.before_delete(hash, key)?;
        }
        let val = hash.delete_k(key).unwrap_or_default();
        let val = match val {
            // The element's own magic goes with it.
            Val::Magic(_) => Val::Undef,
            val => val,
        };
        if let Some(hook) = hash
            .hook()
            .and_then(|hook| self.hooks.get(hook as usize).copied())
        {
            (hook.deleted)(self, hash, key)?;
        }
        Ok(val)
    }

    /// The scalar of an element, made where there is none.
    pub fn hash_cell(&mut self, hash: &Rc<Hash>, key: &Key) -> Exec<Rc<Scalar>> {
        if !hash.is_simple() && (hash.tied().is_some() || hash.hook().is_some()) {
            return Ok(MagicBody::scalar(Magic::HashElem(
                hash.clone(),
                key.clone(),
            )));
        }
        self.may_have(hash, key)?;
        Ok(hash.cell(key)?)
    }

    /// `%h = ()`
    pub fn hash_clear(&mut self, hash: &Rc<Hash>) -> Exec {
        if let Some(object) = hash.tied() {
            return self.tie_call(&object, "CLEAR", &[]).map(drop);
        }
        if hash.is_restricted() {
            self.before_clear(hash)?;
        }
        hash.clear();
        match hash
            .hook()
            .and_then(|hook| self.hooks.get(hook as usize).copied())
        {
            Some(hook) => (hook.cleared)(self, hash),
            None => Ok(()),
        }
    }

    /// All keys, in the order of iteration; starts `each` over.
    pub fn hash_keys(&mut self, hash: &Rc<Hash>) -> Exec<Vec<PerlStr>> {
        let Some(object) = hash.tied() else {
            hash.reset_iterator();
            return Ok(hash.keys());
        };
        let mut keys = Vec::new();
        let mut key = self.tie_call(&object, "FIRSTKEY", &[])?;
        while !key.is_undef() {
            keys.push(self.str(&key)?);
            key = self.tie_call(&object, "NEXTKEY", &[key])?;
        }
        Ok(keys)
    }
}

/// Special variables nothing can be assigned to: `local` has nothing to put back.
pub(super) fn is_fixed(name: &str) -> bool {
    matches!(
        name,
        "&" | "`"
            | "'"
            | "+"
            | "^N"
            | "^S"
            | "^MATCH"
            | "^PREMATCH"
            | "^POSTMATCH"
            | "^LAST_FH"
            | "^GLOBAL_PHASE"
            | "^CHILD_STATUS_NATIVE"
    ) || name.bytes().all(|b| b.is_ascii_digit()) && name != "0"
}

/// Special variables whose value `local` leaves as it is until something is assigned.
pub(in crate::vm) fn keeps_value(name: &str) -> bool {
    !matches!(name, "/" | "\\" | "," | ";" | "\"")
}
