//! Data to bytes.

use super::code;
use crate::bytecode::Want;
use crate::text::{PerlStr, quota};
use crate::value::{Array, HasSide, Hash, Key, Magic, Rc, Ref, Scalar, Val};
use crate::vm::{Call, Exec};
use std::collections::HashMap;

/// Something that gets a number when it is written.
enum Thing {
    /// A scalar that something may refer to.
    Scalar(Rc<Scalar>),
    /// A value nothing can refer to.
    Plain(Val),
    Array(Rc<Array>),
    Hash(Rc<Hash>),
    /// Anything else, which cannot be written.
    Other(&'static str),
}

impl Thing {
    fn of(referent: &Ref) -> Thing {
        match referent {
            Ref::Scalar(x) => Thing::Scalar(x.clone()),
            Ref::Array(x) => Thing::Array(x.clone()),
            Ref::Hash(x) => Thing::Hash(x.clone()),
            Ref::Code(_) => Thing::Other("CODE"),
            Ref::Glob(_) => Thing::Other("GLOB"),
            Ref::Io(_) => Thing::Other("IO"),
            Ref::Format(_) => Thing::Other("FORMAT"),
        }
    }

    /// An element as its container holds it.
    fn element(raw: Val) -> Thing {
        match raw {
            Val::Cell(cell) => Thing::Scalar(cell),
            val => Thing::Plain(val),
        }
    }

    fn address(&self) -> Option<usize> {
        match self {
            Thing::Scalar(x) => Some(x.address()),
            Thing::Array(x) => Some(x.address()),
            Thing::Hash(x) => Some(x.address()),
            Thing::Plain(_) | Thing::Other(_) => None,
        }
    }

    fn class(&self) -> Option<String> {
        let stash = match self {
            Thing::Scalar(x) => x.blessed(),
            Thing::Array(x) => x.blessed(),
            Thing::Hash(x) => x.blessed(),
            Thing::Plain(_) | Thing::Other(_) => None,
        };
        stash.map(|stash| stash.name().to_string())
    }

    fn reference(&self) -> Val {
        match self {
            Thing::Scalar(x) => Val::SRef(x.clone()),
            Thing::Array(x) => Val::ARef(x.clone()),
            Thing::Hash(x) => Val::HRef(x.clone()),
            Thing::Plain(_) | Thing::Other(_) => Val::Undef,
        }
    }
}

pub(super) struct Freezer<'a, 'c> {
    call: &'a mut Call<'c>,
    out: Vec<u8>,
    net: bool,
    cloning: bool,
    canonical: bool,
    forgiving: bool,
    /// Numbers by address; what has one is kept alive.
    seen: HashMap<usize, u32>,
    kept: Vec<Val>,
    next: u32,
    classes: HashMap<String, u32>,
    hooks: HashMap<String, Option<Val>>,
    depth: i64,
    limits: [i64; 2],
}

impl<'a, 'c> Freezer<'a, 'c> {
    pub(super) fn new(call: &'a mut Call<'c>, net: bool, cloning: bool) -> Exec<Freezer<'a, 'c>> {
        let mut of = |name: &str| {
            let cell = call.symbols().glob(&format!("Storable::{name}")).scalar();
            call.vm.load(cell.get())
        };
        let (canonical, forgiving) = (of("canonical")?, of("forgive_me")?);
        let limits = [of("recursion_limit")?, of("recursion_limit_hash")?];
        Ok(Freezer {
            canonical: call.vm.truth(&canonical)?,
            forgiving: call.vm.truth(&forgiving)?,
            limits: limits.map(|limit| match limit.to_num().to_i64() {
                n if n > 0 => n,
                _ => i64::MAX,
            }),
            call,
            out: Vec::new(),
            net,
            cloning,
            seen: HashMap::new(),
            kept: Vec::new(),
            next: 0,
            classes: HashMap::new(),
            hooks: HashMap::new(),
            depth: 0,
        })
    }

    /// The header and the data.
    pub(super) fn whole(mut self, root: &Ref) -> Exec<Vec<u8>> {
        self.out.push(code::MAJOR << 1 | u8::from(self.net));
        self.out.push(code::MINOR);
        if !self.net {
            self.out.extend_from_slice(code::NATIVE);
        }
        self.thing(Thing::of(root))?;
        Ok(self.out)
    }

    fn length(&mut self, n: usize) {
        let n = n as u32;
        let bytes = if self.net {
            n.to_be_bytes()
        } else {
            n.to_le_bytes()
        };
        self.out.extend_from_slice(&bytes);
    }

    /// A length in one byte or four.
    fn short_length(&mut self, n: usize, long: bool) {
        if long {
            self.length(n);
        } else {
            self.out.push(n as u8);
        }
    }

    fn thing(&mut self, thing: Thing) -> Exec {
        if let Some(address) = thing.address() {
            if let Some(number) = self.seen.get(&address) {
                let number = number.to_be_bytes();
                self.out.push(code::OBJECT);
                self.out.extend_from_slice(&number);
                return Ok(());
            }
            self.seen.insert(address, self.next);
            self.kept.push(thing.reference());
        }
        self.next += 1;
        quota::round(self.next as usize)?;
        self.depth += 1;
        let limit = self.limits[usize::from(matches!(thing, Thing::Hash(_)))];
        if self.depth > limit {
            return Err(self
                .call
                .die("Max. recursion depth with nested structures exceeded"));
        }
        stacker::maybe_grow(128 * 1024, 1024 * 1024, || match thing.class() {
            Some(class) => self.object(thing, &class),
            None => self.body(thing),
        })?;
        self.depth -= 1;
        Ok(())
    }

    fn body(&mut self, thing: Thing) -> Exec {
        match thing {
            Thing::Array(array) => self.array(&array),
            Thing::Hash(hash) => self.hash(&hash),
            Thing::Scalar(cell) => match cell.get_raw() {
                Val::Magic(magic) => match &magic.kind {
                    Magic::Tied(object) => {
                        self.out.push(code::TIED_SCALAR);
                        self.thing(Thing::Plain(object.clone()))
                    }
                    _ => self.scalar(Val::Magic(magic)),
                },
                raw => self.scalar(raw),
            },
            Thing::Plain(val) => self.scalar(val),
            Thing::Other(kind) => self.impossible(kind),
        }
    }

    fn impossible(&mut self, kind: &str) -> Exec {
        let text = format!("Can't store {kind} items");
        if !self.forgiving {
            return Err(self.call.die(text));
        }
        self.call.vm.warn_always(&text)?;
        self.string(&PerlStr::from(format!("You lost {kind}, sorry").as_str()));
        Ok(())
    }

    fn array(&mut self, array: &Rc<Array>) -> Exec {
        if let Some(object) = array.tied() {
            self.out.push(code::TIED_ARRAY);
            return self.thing(Thing::Plain(object));
        }
        let n = array.len();
        self.out.push(code::ARRAY);
        self.length(n);
        for i in 0..n {
            match array.with(i, Val::clone) {
                None | Some(Val::Hole) => {
                    self.next += 1;
                    self.out.push(code::SV_UNDEF);
                }
                Some(raw) => self.thing(Thing::element(raw))?,
            }
        }
        Ok(())
    }

    fn hash(&mut self, hash: &Rc<Hash>) -> Exec {
        if let Some(object) = hash.tied() {
            self.out.push(code::TIED_HASH);
            return self.thing(Thing::Plain(object));
        }
        let mut keys = hash.keys();
        let restricted = hash.is_restricted();
        let hidden = if restricted {
            hash.hidden_keys()
        } else {
            Vec::new()
        };
        if self.canonical {
            keys.sort_by(|a, b| a.as_bytes().cmp(b.as_bytes()));
        }
        let flagged = restricted || keys.iter().any(PerlStr::is_utf8);
        if flagged {
            self.out.push(code::FLAG_HASH);
            self.out
                .push(if restricted { code::HASH_RESTRICTED } else { 0 });
        } else {
            self.out.push(code::HASH);
        }
        self.length(keys.len() + hidden.len());
        for key in keys {
            let raw = hash
                .with_mut(&Key::new(&key), |val| val.clone())
                .unwrap_or_default();
            self.thing(Thing::element(raw))?;
            if flagged {
                let mut flags = if key.is_utf8() { code::KEY_UTF8 } else { 0 };
                if restricted && hash.is_read_only(&key) {
                    flags |= code::KEY_LOCKED;
                }
                self.out.push(flags);
            }
            self.key(&key);
        }
        for key in hidden {
            self.next += 1;
            let utf8 = if key.is_utf8() { code::KEY_UTF8 } else { 0 };
            self.out.push(code::SV_UNDEF);
            self.out.push(code::KEY_PLACEHOLDER | utf8);
            self.key(&key);
        }
        Ok(())
    }

    fn key(&mut self, key: &PerlStr) {
        self.length(key.as_bytes().len());
        self.out.extend_from_slice(key.as_bytes());
    }

    fn scalar(&mut self, raw: Val) -> Exec {
        let weak = matches!(raw, Val::Weak(_));
        if let Val::Regexp(regexp) = &raw {
            return self.regexp(&Val::Regexp(regexp.clone()));
        }
        let val = self.call.vm.load(raw.loaded())?;
        if let Some(referent) = val.referent() {
            let overloads = val.is_overloaded();
            self.out.push(match (overloads, weak) {
                (false, false) => code::REF,
                (false, true) => code::WEAKREF,
                (true, false) => code::OVERLOAD,
                (true, true) => code::WEAKOVERLOAD,
            });
            return self.thing(Thing::of(&referent));
        }
        match &val {
            Val::Undef | Val::Hole => self.out.push(code::UNDEF),
            Val::Int(n) => self.integer(*n),
            Val::Num(n) => self.double(*n),
            Val::Glob(_) => return self.impossible("GLOB"),
            Val::Dual(dual) if dual.is_vstring() => {
                let written = dual.vstring.clone().unwrap_or_default();
                let long = written.as_bytes().len() > 255;
                self.out
                    .push(if long { code::LVSTRING } else { code::VSTRING });
                self.short_length(written.as_bytes().len(), long);
                self.out.extend_from_slice(written.as_bytes());
                self.string(&val.to_str());
            }
            _ => self.string(&val.to_str()),
        }
        Ok(())
    }

    fn integer(&mut self, n: i64) {
        if (-128..=127).contains(&n) {
            self.out.push(code::BYTE);
            self.out.push((n + 128) as u8);
        } else if !self.net {
            self.out.push(code::INTEGER);
            self.out.extend_from_slice(&n.to_le_bytes());
        } else if let Ok(n) = i32::try_from(n) {
            self.out.push(code::NETINT);
            self.out.extend_from_slice(&n.to_be_bytes());
        } else {
            self.string(&PerlStr::from(n.to_string().as_str()));
        }
    }

    fn double(&mut self, n: f64) {
        let whole = n as i64;
        if whole as f64 == n && n.abs() < 9.2e18 && (n != 0.0 || n.is_sign_positive()) {
            return self.integer(whole);
        }
        if self.net {
            return self.string(&Val::Num(n).to_str());
        }
        self.out.push(code::DOUBLE);
        self.out.extend_from_slice(&n.to_le_bytes());
    }

    fn string(&mut self, text: &PerlStr) {
        let n = text.as_bytes().len();
        let long = n > 255;
        self.out.push(match (text.is_utf8(), long) {
            (false, false) => code::SCALAR,
            (false, true) => code::LSCALAR,
            (true, false) => code::UTF8STR,
            (true, true) => code::LUTF8STR,
        });
        self.short_length(n, long);
        self.out.extend_from_slice(text.as_bytes());
    }

    fn regexp(&mut self, val: &Val) -> Exec {
        let function = Val::str("re::regexp_pattern");
        let cell = Scalar::new(val.clone());
        let stash = self.call.symbols().stash("Regexp");
        cell.bless(stash);
        let parts = self
            .call
            .call_sv(&function, &[Val::SRef(cell)], Want::List)?;
        let text = |i: usize| parts.get(i).map(Val::to_str).unwrap_or_default();
        let (pattern, flags) = (text(0), text(1));
        let long = pattern.as_bytes().len() > 255;
        self.out.push(code::REGEXP);
        self.out.push(u8::from(long));
        self.short_length(pattern.as_bytes().len(), long);
        self.out.extend_from_slice(pattern.as_bytes());
        self.out.push(flags.as_bytes().len() as u8);
        self.out.extend_from_slice(flags.as_bytes());
        Ok(())
    }

    fn object(&mut self, thing: Thing, class: &str) -> Exec {
        if let Some(hook) = self.hook(&thing, class)? {
            let args = [thing.reference(), code::cloning(self.cloning)];
            let given = self.call.call_sv(&hook, &args, Want::List)?;
            if !given.is_empty() {
                return self.hooked(&thing, class, &given);
            }
            self.hooks.insert(class.to_string(), None);
        }
        match self.classes.get(class) {
            Some(&number) => {
                self.out.push(code::IX_BLESS);
                self.class_length(number as usize);
            }
            None => {
                self.classes
                    .insert(class.to_string(), self.classes.len() as u32);
                self.out.push(code::BLESS);
                self.class_length(class.len());
                self.out.extend_from_slice(class.as_bytes());
            }
        }
        self.body(thing)
    }

    fn class_length(&mut self, n: usize) {
        let long = n > code::SHORT;
        if long {
            self.out.push(code::LONG_CLASS);
        }
        self.short_length(n, long);
    }

    /// The class's STORABLE_freeze.
    fn hook(&mut self, thing: &Thing, class: &str) -> Exec<Option<Val>> {
        if let Some(hook) = self.hooks.get(class) {
            return Ok(hook.clone());
        }
        let can = self.call.call_method(
            "can",
            &[thing.reference(), Val::str("STORABLE_freeze")],
            Want::Scalar,
        )?;
        let hook = can.into_iter().next().filter(Val::is_ref);
        self.hooks.insert(class.to_string(), hook.clone());
        Ok(hook)
    }

    /// What a hook gave: a string, and references to data that goes with it.
    fn hooked(&mut self, thing: &Thing, class: &str, given: &[Val]) -> Exec {
        let kind = match thing {
            Thing::Array(_) => code::HOOK_ARRAY,
            Thing::Hash(_) => code::HOOK_HASH,
            _ => code::HOOK_SCALAR,
        };
        let mut begun = false;
        let mut numbers = Vec::new();
        for (i, item) in given.iter().enumerate().skip(1) {
            let Some(referent) = item.referent() else {
                return Err(self.call.die(format!(
                    "Item #{i} returned by STORABLE_freeze for {class} is not a reference"
                )));
            };
            let part = Thing::of(&referent);
            let address = part.address().unwrap_or_default();
            if !self.seen.contains_key(&address) {
                if !begun {
                    self.out.push(code::HOOK);
                    begun = true;
                }
                self.out.push(code::HOOK_RECURSE | kind);
                self.thing(part)?;
            }
            numbers.push(self.seen.get(&address).copied().unwrap_or_default());
        }
        if !begun {
            self.out.push(code::HOOK);
        }
        let text = self.call.str(&given[0])?;
        let known = self.classes.get(class).copied();
        let class_length = known.map_or(class.len(), |number| number as usize);
        let large = [
            class_length > code::SHORT,
            text.as_bytes().len() > code::SHORT,
            numbers.len() > code::SHORT,
        ];
        let mut flags = kind;
        let all = [
            (large[0], code::HOOK_LARGE_CLASS),
            (large[1], code::HOOK_LARGE_TEXT),
            (large[2], code::HOOK_LARGE_LIST),
            (known.is_some(), code::HOOK_KNOWN_CLASS),
            (!numbers.is_empty(), code::HOOK_HAS_LIST),
        ];
        for (on, flag) in all {
            flags |= if on { flag } else { 0 };
        }
        self.out.push(flags);
        self.short_length(class_length, large[0]);
        if known.is_none() {
            self.out.extend_from_slice(class.as_bytes());
            self.classes
                .insert(class.to_string(), self.classes.len() as u32);
        }
        self.short_length(text.as_bytes().len(), large[1]);
        self.out.extend_from_slice(text.as_bytes());
        if !numbers.is_empty() {
            self.short_length(numbers.len(), large[2]);
            for number in numbers {
                self.out.extend_from_slice(&number.to_be_bytes());
            }
        }
        Ok(())
    }
}
