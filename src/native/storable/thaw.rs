//! Bytes to data.

use super::code;
use super::source::Source;
use crate::bytecode::Want;
use crate::text::{PerlStr, quota};
use crate::value::{Array, Dual, HasSide, Hash, Key, Magic, MagicBody, Ref, Scalar, Val};
use crate::vm::{Call, Die, Exec};

pub(super) struct Thawer<'a, 'c, 's> {
    call: &'a mut Call<'c>,
    source: Source<'s>,
    net: bool,
    flags: i64,
    cloning: bool,
    /// What was read, by number.
    seen: Vec<Option<Ref>>,
    classes: Vec<String>,
}

impl<'a, 'c, 's> Thawer<'a, 'c, 's> {
    pub(super) fn new(
        call: &'a mut Call<'c>,
        source: Source<'s>,
        flags: i64,
        cloning: bool,
    ) -> Thawer<'a, 'c, 's> {
        Thawer {
            call,
            source,
            net: false,
            flags,
            cloning,
            seen: Vec::new(),
            classes: Vec::new(),
        }
    }

    /// A reference to the data, and whether it was in network order; `None` where the bytes end
    /// too early.
    pub(super) fn whole(mut self) -> Exec<Option<(Val, bool)>> {
        if self.header()?.is_none() {
            return Ok(None);
        }
        let root = self.thing(None)?;
        let net = self.net;
        let Some(root) = root else { return Ok(None) };
        let seen = std::mem::take(&mut self.seen);
        let is_array = |thing: &Option<Ref>| matches!(thing, Some(Ref::Array(_)));
        let arrays: Vec<_> = seen.into_iter().filter(is_array).flatten().collect();
        for thing in arrays {
            if let Ref::Array(array) = thing {
                // Elements that nothing refers to need no box of their own.
                (0..array.len()).for_each(|i| array.unbox(i));
            }
        }
        Ok(Some((root.into_val(), net)))
    }

    fn header(&mut self) -> Exec<Option<()>> {
        let file = self.source.is_file();
        if file {
            match self.bytes(4)? {
                Some(bytes) if bytes == b"pst0" => {}
                Some(_) => return Err(self.call.die("File is not a perl storable")),
                None => return Err(self.no_magic()),
            }
        }
        let Some(byte) = self.byte()? else {
            return Err(self.no_magic());
        };
        self.net = byte & 1 == 1;
        let major = byte >> 1;
        let minor = match self.byte()? {
            Some(minor) if major > 1 => minor,
            Some(_) => 0,
            None => return Ok(None),
        };
        let lenient = self.call.symbols().glob("Storable::accept_future_minor");
        let lenient = self.call.vm.truth(&lenient.scalar().get())?;
        if major > code::MAJOR || major == code::MAJOR && minor > code::MINOR && !lenient {
            return Err(self.call.die(format!(
                "Storable binary image v{major}.{minor} more recent than I am (v{}.{})",
                code::MAJOR,
                code::MINOR
            )));
        }
        if self.net {
            return Ok(Some(()));
        }
        let Some(n) = self.byte()? else {
            return Ok(None);
        };
        let sizes = if major > 2 || minor >= 2 { 4 } else { 3 };
        let Some(about) = self.bytes(usize::from(n) + sizes)? else {
            return Ok(None);
        };
        let about = about.to_vec();
        let (order, sizes) = about.split_at(usize::from(n));
        let names = ["Integer", "Long integer", "Pointer", "Double"];
        let expected = &code::NATIVE[9..];
        if order != &code::NATIVE[1..9] {
            return Err(self.call.die("Byte order is not compatible"));
        }
        for ((size, expected), name) in sizes.iter().zip(expected).zip(names) {
            if size != expected {
                return Err(self.call.die(format!("{name} size is not compatible")));
            }
        }
        Ok(Some(()))
    }

    fn no_magic(&mut self) -> Die {
        let what = if self.source.is_file() {
            "file"
        } else {
            "string"
        };
        self.call
            .die(format!("Magic number checking on storable {what} failed"))
    }

    fn bytes(&mut self, n: usize) -> Exec<Option<&[u8]>> {
        self.source.take(self.call, n)
    }

    fn fixed<const N: usize>(&mut self) -> Exec<Option<[u8; N]>> {
        let bytes = self.bytes(N)?;
        Ok(bytes.and_then(|bytes| bytes.try_into().ok()))
    }

    fn byte(&mut self) -> Exec<Option<u8>> {
        Ok(self.fixed::<1>()?.map(|b| b[0]))
    }

    fn length(&mut self) -> Exec<Option<usize>> {
        let net = self.net;
        Ok(self.fixed()?.map(|bytes| {
            let n = if net {
                u32::from_be_bytes(bytes)
            } else {
                u32::from_le_bytes(bytes)
            };
            n as usize
        }))
    }

    fn short_length(&mut self, long: bool) -> Exec<Option<usize>> {
        if long {
            return self.length();
        }
        Ok(self.byte()?.map(usize::from))
    }

    fn text(&mut self, n: usize, utf8: bool) -> Exec<Option<PerlStr>> {
        let Some(bytes) = self.bytes(n)? else {
            return Ok(None);
        };
        let mut text = PerlStr::from_bytes(bytes);
        text.set_utf8_flag(utf8);
        Ok(Some(text))
    }

    /// Gives something the next number, and its class.
    fn begin(&mut self, thing: Ref, class: Option<&str>) -> Ref {
        if let Some(class) = class
            && self.flags & code::BLESS_OK != 0
        {
            thing.bless(self.call.symbols().stash(class));
        }
        self.seen.push(Some(thing.clone()));
        thing
    }

    fn scalar(&mut self, val: Val, class: Option<&str>) -> Option<Ref> {
        Some(self.begin(Ref::Scalar(Scalar::new(val)), class))
    }

    /// The next thing; `None` where the bytes end too early.
    fn thing(&mut self, class: Option<&str>) -> Exec<Option<Ref>> {
        stacker::maybe_grow(128 * 1024, 1024 * 1024, || self.thing_here(class))
    }

    fn thing_here(&mut self, class: Option<&str>) -> Exec<Option<Ref>> {
        quota::round(self.seen.len())?;
        let Some(kind) = self.byte()? else {
            return Ok(None);
        };
        macro_rules! need {
            ($what:expr) => {
                match $what? {
                    Some(got) => got,
                    None => return Ok(None),
                }
            };
        }
        Ok(match kind {
            code::OBJECT => {
                let number = u32::from_be_bytes(need!(self.fixed()));
                match self.seen.get(number as usize) {
                    Some(Some(thing)) => Some(thing.clone()),
                    _ => {
                        return Err(self.call.die(format!(
                            "Object #{number} should have been retrieved already"
                        )));
                    }
                }
            }
            code::UNDEF | code::SV_UNDEF | code::SVUNDEF_ELEM => self.scalar(Val::Undef, class),
            code::SV_YES => self.scalar(Val::Bool(true), class),
            code::SV_NO => self.scalar(Val::Bool(false), class),
            code::BYTE => {
                let n = need!(self.byte());
                self.scalar(Val::Int(i64::from(n) - 128), class)
            }
            code::INTEGER => {
                let n = i64::from_le_bytes(need!(self.fixed()));
                self.scalar(Val::Int(n), class)
            }
            code::NETINT => {
                let n = i32::from_be_bytes(need!(self.fixed()));
                self.scalar(Val::Int(n.into()), class)
            }
            code::DOUBLE => {
                let n = f64::from_le_bytes(need!(self.fixed()));
                self.scalar(Val::Num(n), class)
            }
            code::SCALAR | code::LSCALAR | code::UTF8STR | code::LUTF8STR => {
                let long = matches!(kind, code::LSCALAR | code::LUTF8STR);
                let utf8 = matches!(kind, code::UTF8STR | code::LUTF8STR);
                let n = need!(self.short_length(long));
                let text = need!(self.text(n, utf8));
                self.scalar(Val::Str(text), class)
            }
            code::VSTRING | code::LVSTRING => {
                let n = need!(self.short_length(kind == code::LVSTRING));
                let written = need!(self.text(n, false));
                let Some(Ref::Scalar(cell)) = self.thing(class)? else {
                    return Ok(None);
                };
                cell.set(Val::Dual(Dual::vstring(cell.get().to_str(), written)));
                Some(Ref::Scalar(cell))
            }
            code::REF | code::OVERLOAD | code::WEAKREF | code::WEAKOVERLOAD => {
                let cell = Scalar::new(Val::Undef);
                self.begin(Ref::Scalar(cell.clone()), class);
                let target = need!(self.thing(None));
                cell.set(target.clone().into_val());
                if matches!(kind, code::WEAKREF | code::WEAKOVERLOAD) {
                    cell.with_mut(|slot| *slot = target.weak());
                }
                Some(Ref::Scalar(cell))
            }
            code::ARRAY => {
                let n = need!(self.length());
                let array = Array::new();
                self.begin(Ref::Array(array.clone()), class);
                for i in 0..n {
                    // The element is the scalar itself: others may refer to it.
                    if let Ref::Scalar(cell) = need!(self.thing(None)) {
                        array.set_raw(i, Val::Cell(cell))?;
                    }
                }
                Some(Ref::Array(array))
            }
            code::HASH | code::FLAG_HASH => self.hash(kind == code::FLAG_HASH, class)?,
            code::TIED_ARRAY | code::TIED_HASH | code::TIED_SCALAR => self.tied(kind, class)?,
            code::BLESS => {
                let n = need!(self.class_length());
                let name = need!(self.text(n, false)).to_str_lossy().into_owned();
                self.classes.push(name.clone());
                self.thing(Some(&name))?
            }
            code::IX_BLESS => {
                let number = need!(self.class_length());
                let name = self.class(number)?;
                self.thing(Some(&name))?
            }
            code::HOOK => self.hooked(class)?,
            code::REGEXP => self.regexp(class)?,
            _ => return Err(self.corrupt(kind)),
        })
    }

    fn corrupt(&mut self, kind: u8) -> Die {
        let what = if self.source.is_file() {
            "file"
        } else {
            "string"
        };
        self.call.die(format!(
            "Storable binary image v{}.{} contains data of type {kind}. This Storable is v{}.{} and can only handle data types up to {} ({what})",
            code::MAJOR,
            code::MINOR,
            code::MAJOR,
            code::MINOR,
            code::REGEXP + 2,
        ))
    }

    fn class(&mut self, number: usize) -> Exec<String> {
        match self.classes.get(number) {
            Some(name) => Ok(name.clone()),
            None => Err(self.call.die(format!(
                "Class name #{number} should have been seen already"
            ))),
        }
    }

    fn class_length(&mut self) -> Exec<Option<usize>> {
        match self.byte()? {
            Some(code::LONG_CLASS) => self.length(),
            short => Ok(short.map(usize::from)),
        }
    }

    fn hash(&mut self, flagged: bool, class: Option<&str>) -> Exec<Option<Ref>> {
        let flags = if flagged {
            match self.byte()? {
                Some(flags) => flags,
                None => return Ok(None),
            }
        } else {
            0
        };
        let Some(n) = self.length()? else {
            return Ok(None);
        };
        let hash = Hash::new();
        self.begin(Ref::Hash(hash.clone()), class);
        for _ in 0..n {
            let Some(item) = self.thing(None)? else {
                return Ok(None);
            };
            let key_flags = if flagged {
                match self.byte()? {
                    Some(flags) => flags,
                    None => return Ok(None),
                }
            } else {
                0
            };
            let Some(n) = self.length()? else {
                return Ok(None);
            };
            let utf8 = key_flags & code::KEY_UTF8 != 0;
            let Some(mut key) = self.text(n, utf8)? else {
                return Ok(None);
            };
            if key_flags & code::KEY_WAS_UTF8 != 0 {
                key = key.upgraded();
            }
            if key_flags & code::KEY_PLACEHOLDER != 0 {
                hash.hide(key);
                continue;
            }
            let Ref::Scalar(cell) = item else { continue };
            if key_flags & code::KEY_LOCKED != 0 && flags & code::HASH_RESTRICTED != 0 {
                cell.header().set(crate::value::rc::flag::READONLY);
            }
            hash.set_raw(&Key::new(&key), Val::Cell(cell))?;
        }
        if flags & code::HASH_RESTRICTED != 0 {
            hash.header().set(crate::value::rc::flag::RESTRICTED);
        }
        Ok(Some(Ref::Hash(hash)))
    }

    fn tied(&mut self, kind: u8, class: Option<&str>) -> Exec<Option<Ref>> {
        if self.flags & code::TIE_OK == 0 {
            return Err(self.call.die("Tying is disabled."));
        }
        let thing = match kind {
            code::TIED_ARRAY => Ref::Array(Array::new()),
            code::TIED_HASH => Ref::Hash(Hash::new()),
            _ => Ref::Scalar(Scalar::new(Val::Undef)),
        };
        let thing = self.begin(thing, class);
        let Some(Ref::Scalar(object)) = self.thing(None)? else {
            return Ok(None);
        };
        let object = object.get();
        match &thing {
            Ref::Array(array) => drop(array.set_tied(Some(object))),
            Ref::Hash(hash) => drop(hash.set_tied(Some(object))),
            Ref::Scalar(cell) => {
                let magic = MagicBody::new(Magic::Tied(object));
                cell.with_mut(|slot| *slot = Val::Magic(magic));
            }
            _ => {}
        }
        Ok(Some(thing))
    }

    fn regexp(&mut self, class: Option<&str>) -> Exec<Option<Ref>> {
        let Some(flags) = self.byte()? else {
            return Ok(None);
        };
        let Some(n) = self.short_length(flags & 1 != 0)? else {
            return Ok(None);
        };
        let Some(pattern) = self.text(n, false)? else {
            return Ok(None);
        };
        let Some(n) = self.byte()? else {
            return Ok(None);
        };
        let Some(letters) = self.text(n.into(), false)? else {
            return Ok(None);
        };
        let make = Val::str("Storable::_make_re");
        let args = [Val::Str(pattern), Val::Str(letters)];
        let made = self.call.call_scalar(&make, &args)?;
        let Some(thing) = made.referent() else {
            return Err(self.call.die("_make_re didn't return a reference"));
        };
        Ok(Some(self.begin(thing, class)))
    }

    /// What STORABLE_freeze gave goes to STORABLE_thaw or STORABLE_attach.
    fn hooked(&mut self, class: Option<&str>) -> Exec<Option<Ref>> {
        macro_rules! need {
            ($what:expr) => {
                match $what? {
                    Some(got) => got,
                    None => return Ok(None),
                }
            };
        }
        let mut flags = need!(self.byte());
        let thing = match flags & code::HOOK_TYPE {
            code::HOOK_SCALAR => Ref::Scalar(Scalar::new(Val::Undef)),
            code::HOOK_ARRAY => Ref::Array(Array::new()),
            code::HOOK_HASH => Ref::Hash(Hash::new()),
            _ => return Err(self.corrupt(code::HOOK)),
        };
        let number = self.seen.len();
        let thing = self.begin(thing, class);
        while flags & code::HOOK_RECURSE != 0 {
            need!(self.thing(None));
            flags = need!(self.byte());
        }
        let n = need!(self.short_length(flags & code::HOOK_LARGE_CLASS != 0));
        let class = if flags & code::HOOK_KNOWN_CLASS != 0 {
            self.class(n)?
        } else {
            let name = need!(self.text(n, false)).to_str_lossy().into_owned();
            self.classes.push(name.clone());
            name
        };
        let n = need!(self.short_length(flags & code::HOOK_LARGE_TEXT != 0));
        let text = Val::Str(need!(self.text(n, false)));
        let mut parts = Vec::new();
        if flags & code::HOOK_HAS_LIST != 0 {
            let n = need!(self.short_length(flags & code::HOOK_LARGE_LIST != 0));
            for _ in 0..n {
                let number = u32::from_be_bytes(need!(self.fixed()));
                match self.seen.get(number as usize) {
                    Some(Some(part)) => parts.push(part.clone().into_val()),
                    _ => {
                        return Err(self.call.die(format!(
                            "Object #{number} should have been retrieved already"
                        )));
                    }
                }
            }
        }
        if self.flags & code::BLESS_OK == 0 {
            return Ok(Some(thing));
        }
        self.wake(thing, number, &class, text, parts).map(Some)
    }

    fn wake(
        &mut self,
        thing: Ref,
        number: usize,
        class: &str,
        text: Val,
        parts: Vec<Val>,
    ) -> Exec<Ref> {
        let cloning = code::cloning(self.cloning);
        if let Some(attach) = self.can(class, "STORABLE_attach")? {
            if !parts.is_empty() {
                return Err(self
                    .call
                    .die("STORABLE_attach called with unexpected references"));
            }
            let args = [Val::str(class), cloning, text];
            let made = self.call.call_scalar(&attach, &args)?;
            if made.is_blessed()
                && self.call.vm.is_a(&made, class)?
                && let Some(made) = made.referent()
            {
                self.seen[number] = Some(made.clone());
                return Ok(made);
            }
            return Err(self
                .call
                .die(format!("STORABLE_attach did not return a {class} object")));
        }
        thing.bless(self.call.symbols().stash(class));
        let mut hook = self.can(class, "STORABLE_thaw")?;
        if hook.is_none() {
            let load = Val::str(&format!("{}.pm", class.replace("::", "/")));
            if let Some(host) = self.call.vm.host() {
                // A class that does not load is told of below.
                drop(host.require(self.call.vm, &load, true));
            }
            hook = self.can(class, "STORABLE_thaw")?;
        }
        let Some(hook) = hook else {
            return Err(self.call.die(format!(
                "No STORABLE_thaw defined for objects of class {class} (even after a \"require {class};\")"
            )));
        };
        let mut args = vec![thing.clone().into_val(), cloning, text];
        args.extend(parts);
        self.call.call_sv(&hook, &args, Want::Void)?;
        Ok(thing)
    }

    fn can(&mut self, class: &str, method: &str) -> Exec<Option<Val>> {
        let stash = self.call.symbols().stash(class);
        Ok(stash
            .find_method(method)
            .filter(|code| code.is_defined())
            .map(Val::CRef))
    }
}
