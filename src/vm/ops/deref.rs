//! Dereferences and the making of references (perlref).

use crate::bytecode::{R, rv};
use crate::diag::hints;
use crate::value::{Array, Glob, Hash, Key, Rc, Scalar, Symbols, Val};
use crate::vm::{Die, Exec, Vm};

/// What is wanted behind a reference.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::vm) enum Kind {
    Scalar,
    Array,
    Hash,
    Code,
    Glob,
}

impl Kind {
    fn phrase(self) -> &'static str {
        match self {
            Kind::Scalar => "a SCALAR",
            Kind::Array => "an ARRAY",
            Kind::Hash => "a HASH",
            Kind::Code => "a subroutine",
            Kind::Glob => "a symbol",
        }
    }

    fn operator(self) -> &'static str {
        match self {
            Kind::Scalar => "${}",
            Kind::Array => "@{}",
            Kind::Hash => "%{}",
            Kind::Code => "&{}",
            Kind::Glob => "*{}",
        }
    }

    fn short(self) -> &'static str {
        match self {
            Kind::Scalar => "a SCALAR",
            Kind::Array => "an ARRAY",
            Kind::Hash => "a HASH",
            Kind::Code => "a CODE",
            Kind::Glob => "a GLOB",
        }
    }
}

impl Vm {
    /// The flags for operations that take strictness from the hints where they stand.
    pub(in crate::vm) fn rv_here(&self, flags: u8) -> u8 {
        if self.hint(hints::STRICT_REFS) {
            flags | rv::STRICT
        } else {
            flags
        }
    }

    #[cold]
    fn not_a_ref(&mut self, val: &Val, kind: Kind, flags: u8) -> Die {
        if val.is_undef() {
            return self.die(format!(
                "Can't use an undefined value as {} reference",
                kind.phrase()
            ));
        }
        if val.is_ref() {
            let what = match kind {
                Kind::Code => "a CODE",
                _ => kind.short(),
            };
            return self.die(format!("Not {what} reference"));
        }
        if flags & rv::STRICT != 0 {
            let text = val.to_str();
            let shown = crate::vm::diagnose::quoted(&text, 32);
            let what = kind.phrase();
            let dots = if text.char_len() > 32 { "\"..." } else { "\"" };
            let shown = shown.trim_end_matches("\"...");
            return self.die(format!(
                "Can't use string (\"{shown}{dots}) as {what} ref while \"strict refs\" in use"
            ));
        }
        self.die(format!("Not {} reference", kind.short()))
    }

    /// The glob a symbolic reference names.
    fn symbolic(&mut self, val: &Val, kind: Kind, flags: u8) -> Exec<Option<Rc<Glob>>> {
        if flags & rv::STRICT != 0 {
            // `&{"name"}` under `defined`/`exists`, `\&{"name"}` and `defined *{"name"}` are allowed.
            if matches!(kind, Kind::Code | Kind::Glob) && flags & rv::PROBE != 0 {
                let name = val.to_str().to_str_lossy().into_owned();
                return Ok(self.probed(&name, kind));
            }
            return Err(self.not_a_ref(val, kind, flags));
        }
        let name = val.to_str().to_str_lossy().into_owned();
        if flags & rv::PROBE != 0 {
            return Ok(self.probed(&name, kind));
        }
        let full = Symbols::qualify(&name, &self.package());
        let glob = self.symbols.glob(&full);
        if kind == Kind::Hash && glob.hash().is_none() && full.ends_with("::") {
            self.package_table(&glob);
        }
        Ok(Some(glob))
    }

    /// The glob of a name that is only asked about. perl's own variables are there as soon as they are mentioned.
    fn probed(&self, name: &str, kind: Kind) -> Option<Rc<Glob>> {
        let full = Symbols::qualify(name, &self.package());
        let last = full.strip_prefix("main::").and_then(|s| s.chars().next());
        match last {
            Some(c) if kind == Kind::Glob && !c.is_alphabetic() && c != '_' => {
                Some(self.symbols.glob(&full))
            }
            _ => self.symbols.glob_if(&full),
        }
    }

    /// Follows overloading and globs until a reference of the kind stands there, or something
    /// that is no reference.
    fn resolve(&mut self, val: Val, kind: Kind) -> Exec<Val> {
        if val.is_overloaded() {
            let fits = matches!(
                (&val, kind),
                (Val::SRef(_), Kind::Scalar)
                    | (Val::ARef(_), Kind::Array)
                    | (Val::HRef(_), Kind::Hash)
                    | (Val::CRef(_), Kind::Code)
                    | (Val::GRef(_), Kind::Glob)
            );
            let got = self.overload_deref(&val, kind.operator())?;
            return Ok(got.unwrap_or(if fits { val.clone() } else { val }));
        }
        Ok(val)
    }

    /// Undef where a referent is wanted: vivifies, dies, or reads as nothing.
    fn undefined(&mut self, kind: Kind, flags: u8) -> Exec {
        if flags & rv::PROBE != 0 {
            return Ok(());
        }
        if flags & rv::STRICT != 0 || flags & rv::MUST != 0 && flags & rv::STRICT != 0 {
            return Err(self.not_a_ref(&Val::Undef, kind, flags));
        }
        self.warn_uninit()
    }

    /// Stores a new referent in the undefined variable or place `s`.
    fn vivify(&mut self, s: R, new: Val) -> Exec {
        self.put(s, new)
    }

    /// `@$val`; `s` is where it came from, for vivification.
    pub(in crate::vm) fn deref_array(
        &mut self,
        val: Val,
        flags: u8,
        s: Option<R>,
    ) -> Exec<Rc<Array>> {
        let val = self.resolve(val, Kind::Array)?;
        match &val {
            Val::ARef(array) => return Ok(array.clone()),
            Val::Glob(glob) | Val::GRef(glob) => return Ok(glob.array_mut()),
            Val::SRef(cell) => {
                if let Val::Glob(glob) = cell.get() {
                    return Ok(glob.array_mut());
                }
            }
            Val::Undef | Val::Hole => {
                if let (true, Some(s)) = (flags & rv::VIVIFY != 0, s) {
                    let array = Array::new();
                    self.vivify(s, Val::ARef(array.clone()))?;
                    return Ok(array);
                }
                self.undefined(Kind::Array, flags)?;
                return Ok(Array::new());
            }
            _ => {}
        }
        if val.is_ref() {
            return Err(self.not_a_ref(&val, Kind::Array, flags));
        }
        Ok(self
            .symbolic(&val, Kind::Array, flags)?
            .map_or_else(Array::new, |g| g.array_mut()))
    }

    /// `%$val`; `s` is where it came from, for vivification.
    pub(in crate::vm) fn deref_hash(
        &mut self,
        val: Val,
        flags: u8,
        s: Option<R>,
    ) -> Exec<Rc<Hash>> {
        let val = self.resolve(val, Kind::Hash)?;
        match &val {
            Val::HRef(hash) => return Ok(hash.clone()),
            Val::Glob(glob) | Val::GRef(glob) => return Ok(glob.hash_mut()),
            Val::SRef(cell) => {
                if let Val::Glob(glob) = cell.get() {
                    return Ok(glob.hash_mut());
                }
            }
            Val::Undef | Val::Hole => {
                if let (true, Some(s)) = (flags & rv::VIVIFY != 0, s) {
                    let hash = Hash::new();
                    self.vivify(s, Val::HRef(hash.clone()))?;
                    return Ok(hash);
                }
                self.undefined(Kind::Hash, flags)?;
                return Ok(Hash::new());
            }
            _ => {}
        }
        if val.is_ref() {
            return Err(self.not_a_ref(&val, Kind::Hash, flags));
        }
        Ok(self
            .symbolic(&val, Kind::Hash, flags)?
            .map_or_else(Hash::new, |g| g.hash_mut()))
    }

    /// `$$val`: the scalar; `None`: undef was allowed to read as nothing.
    pub(in crate::vm) fn deref_scalar(
        &mut self,
        val: Val,
        flags: u8,
        s: Option<R>,
    ) -> Exec<Option<Rc<Scalar>>> {
        let val = self.resolve(val, Kind::Scalar)?;
        match &val {
            Val::SRef(cell) => return Ok(Some(cell.clone())),
            Val::Glob(glob) | Val::GRef(glob) => return Ok(Some(glob.scalar())),
            Val::Undef | Val::Hole => {
                if let (true, Some(s)) = (flags & rv::VIVIFY != 0, s) {
                    let cell = Scalar::new(Val::Undef);
                    self.vivify(s, Val::SRef(cell.clone()))?;
                    return Ok(Some(cell));
                }
                self.undefined(Kind::Scalar, flags)?;
                return Ok(None);
            }
            _ => {}
        }
        if val.is_ref() {
            return Err(self.not_a_ref(&val, Kind::Scalar, flags));
        }
        Ok(self
            .symbolic(&val, Kind::Scalar, flags)?
            .map(|g| g.scalar()))
    }

    pub(in crate::vm) fn rv_get(&mut self, flags: u8, d: R, s: R) -> Exec {
        let val = self.get(s)?;
        let got = match &val {
            // A reference to a glob derefs to the glob itself (`$$fh` of `\*STDOUT`).
            Val::GRef(glob) if !val.is_overloaded() => Val::Glob(glob.clone()),
            _ => match self.deref_scalar(val, flags, Some(s))? {
                Some(cell) => self.fetch(&cell)?,
                None => Val::Undef,
            },
        };
        self.put(d, got)
    }

    pub(in crate::vm) fn rv_cell(&mut self, flags: u8, t: R, s: R) -> Exec {
        let val = self.get(s)?;
        let cell = self.deref_scalar(val, flags, Some(s))?;
        self.put_raw(
            t,
            Val::Cell(cell.unwrap_or_else(|| Scalar::new(Val::Undef))),
        );
        Ok(())
    }

    pub(in crate::vm) fn rv_array(&mut self, flags: u8, t: R, s: R) -> Exec {
        // SAFETY: valid until something else runs.
        if let Val::ARef(array) = unsafe { &*self.peek(self.reg(s)) }
            && !array.header().has(crate::value::rc::flag::BLESSED)
        {
            let array = array.clone();
            self.put_raw(t, Val::ARef(array));
            return Ok(());
        }
        let val = self.get(s)?;
        let array = self.deref_array(val, flags, Some(s))?;
        self.put_raw(t, Val::ARef(array));
        Ok(())
    }

    pub(in crate::vm) fn rv_hash(&mut self, flags: u8, t: R, s: R) -> Exec {
        // SAFETY: valid until something else runs.
        if let Val::HRef(hash) = unsafe { &*self.peek(self.reg(s)) }
            && !(hash.header().has(crate::value::rc::flag::BLESSED) && hash.blessed_overloads())
        {
            let hash = hash.clone();
            self.put_raw(t, Val::HRef(hash));
            return Ok(());
        }
        let val = self.get(s)?;
        let hash = self.deref_hash(val, flags, Some(s))?;
        self.put_raw(t, Val::HRef(hash));
        Ok(())
    }

    pub(in crate::vm) fn rv_code(&mut self, flags: u8, d: R, s: R) -> Exec {
        let val = self.get(s)?;
        let val = self.resolve(val, Kind::Code)?;
        let code = match &val {
            Val::CRef(code) => Some(code.clone()),
            Val::Glob(glob) | Val::GRef(glob) => match flags & rv::PROBE {
                0 => Some(glob.code_mut()),
                _ => glob.code(),
            },
            Val::Undef | Val::Hole if flags & rv::PROBE != 0 => None,
            Val::Undef | Val::Hole if flags & rv::STRICT == 0 => {
                return Err(self.die("Not a CODE reference"));
            }
            _ if val.is_ref() || val.is_undef() => {
                return Err(self.not_a_ref(&val, Kind::Code, flags));
            }
            _ => {
                let glob = self.symbolic(&val, Kind::Code, flags)?;
                match flags & rv::PROBE {
                    0 => glob.map(|g| g.code_mut()),
                    _ => glob.and_then(|g| g.code()),
                }
            }
        };
        let code = code.filter(|code| flags & rv::BODY == 0 || code.is_defined());
        self.put(d, code.map_or(Val::Undef, Val::CRef))
    }

    pub(in crate::vm) fn rv_glob(&mut self, flags: u8, d: R, s: R) -> Exec {
        let val = self.get(s)?;
        let val = self.resolve(val, Kind::Glob)?;
        if flags & (rv::LOCAL_SCALAR | rv::LOCAL_ARRAY | rv::LOCAL_HASH) != 0
            && (val.is_ref() || val.is_undef())
        {
            return Err(self.local_of_ref(&val, flags));
        }
        let glob = match &val {
            Val::Glob(glob) | Val::GRef(glob) => glob.clone(),
            Val::IoRef(io) => {
                let glob = Glob::new("main", "__ANONIO__");
                glob.set_io(Some(io.clone()));
                glob
            }
            Val::SRef(cell) if matches!(cell.get(), Val::Glob(_)) => match cell.get() {
                Val::Glob(glob) => glob,
                _ => return Err(self.not_a_ref(&val, Kind::Glob, flags)),
            },
            Val::Undef | Val::Hole if flags & rv::VIVIFY != 0 => {
                let package = self.package();
                let glob = Glob::new(&*package, "__ANONIO__");
                self.put(s, Val::GRef(glob.clone()))?;
                glob
            }
            _ if val.is_ref() || val.is_undef() => {
                return Err(self.not_a_ref(&val, Kind::Glob, flags));
            }
            _ => match self.symbolic(&val, Kind::Glob, flags)? {
                Some(glob) => glob,
                None => return self.put(d, Val::Undef),
            },
        };
        self.put(d, Val::Glob(glob))
    }

    /// `local @$ref`: only what has a name is localised (perlsub).
    #[cold]
    fn local_of_ref(&mut self, val: &Val, flags: u8) -> Die {
        let kind = match flags {
            _ if flags & rv::LOCAL_ARRAY != 0 => Kind::Array,
            _ if flags & rv::LOCAL_HASH != 0 => Kind::Hash,
            _ => Kind::Scalar,
        };
        let fits = match (val, &kind) {
            (Val::Undef | Val::GRef(_), _) => true,
            (Val::SRef(_), Kind::Scalar) => true,
            (Val::ARef(_), Kind::Array) => true,
            (Val::HRef(_), Kind::Hash) => true,
            _ => false,
        };
        match fits {
            true => self.die("Can't localize through a reference"),
            false => self.not_a_ref(val, kind, flags),
        }
    }

    pub(in crate::vm) fn ref_of(&mut self, d: R, s: R) -> Exec {
        // SAFETY: a register of the frame.
        if let Val::Glob(glob) = unsafe { &*self.reg(s) } {
            let glob = glob.clone();
            return self.put(d, Val::GRef(glob));
        }
        if d == s {
            let val = self.raw(s);
            if !matches!(val, Val::Cell(_)) {
                self.put_raw(d, Val::SRef(Scalar::new(val)));
                return Ok(());
            }
        }
        let cell = self.cell(s)?;
        let val = match cell.with(|v| match v {
            Val::Glob(glob) => Some(glob.clone()),
            _ => None,
        }) {
            Some(glob) if cell.count() <= 2 && cell.header().flags() == 0 => {
                // `\*{...}` in a temporary place: the glob, not the scalar that holds it.
                drop(cell);
                Val::GRef(glob)
            }
            _ => Val::SRef(cell),
        };
        if d == s {
            self.put_raw(d, val);
            return Ok(());
        }
        self.put(d, val)
    }

    pub(in crate::vm) fn ref_container(&mut self, d: R, c: R) -> Exec {
        let val = self.raw(c);
        if d == c {
            return Ok(());
        }
        self.put(d, val)
    }

    pub(in crate::vm) fn ref_list(&mut self) -> Exec {
        let from = self.pop_mark();
        for i in from..self.list.len() {
            let entry = self.list[i].clone();
            self.list[i] = match entry {
                Val::Cell(cell) => match cell.get() {
                    Val::Glob(glob) if cell.count() <= 2 => Val::GRef(glob),
                    _ => Val::SRef(cell),
                },
                Val::ARef(_) | Val::HRef(_) | Val::CRef(_) => entry,
                Val::Glob(glob) => Val::GRef(glob),
                val => Val::SRef(Scalar::new(val)),
            };
        }
        Ok(())
    }

    pub(in crate::vm) fn new_array(&mut self, d: R) -> Exec {
        let list = self.take_values()?;
        self.put(d, Val::ARef(Array::from_raw(list)))
    }

    pub(in crate::vm) fn new_hash(&mut self, d: R) -> Exec {
        let from = self.pop_mark();
        self.load_list(from)?;
        let hash = Hash::new();
        if self.list.len().saturating_sub(from) % 2 == 1 {
            self.warn(
                crate::diag::warnings::Category::Misc,
                "Odd number of elements in anonymous hash",
            )?;
        }
        self.fill_hash(&hash, from)?;
        self.put(d, Val::HRef(hash))
    }

    /// Stores the pairs on the list from `from` on in a simple hash; they are taken off.
    pub(in crate::vm) fn fill_hash(&mut self, hash: &Rc<Hash>, from: usize) -> Exec {
        for at in (from..self.list.len()).step_by(2) {
            self.round((at - from) / 2)?;
            let val = match self.list.get_mut(at + 1) {
                Some(val) => val.take(),
                None => Val::Undef,
            };
            match self.list.get(at) {
                Some(Val::Str(text)) => Key::lend(text, |key| hash.set_k(key, val))?,
                other => {
                    let key = other.cloned().unwrap_or_default();
                    let key = self.hash_key(&key)?;
                    hash.set_k(&key, val)?;
                }
            }
        }
        self.list.truncate(from);
        Ok(())
    }
}
