//! All packages of an interpreter, by name; and how a name finds its package (perlmod).

use super::code::Body;
use super::rc::Rc;
use super::{Code, Glob, Stash, Val};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc as Shared;

/// The packages of an interpreter.
pub struct Symbols {
    stashes: RefCell<HashMap<Box<str>, Rc<Stash>, foldhash::fast::RandomState>>,
    core: OnceCell<CoreSubs>,
}

/// The sub of a function of perlfunc.
type CoreSubs = Box<dyn Fn(&str) -> Option<Rc<Code>>>;

impl Symbols {
    /// `main` and `UNIVERSAL`.
    pub fn new() -> Shared<Symbols> {
        let symbols = Shared::new(Symbols {
            stashes: RefCell::default(),
            core: OnceCell::new(),
        });
        symbols.stash("main");
        symbols.stash("UNIVERSAL");
        symbols
    }

    /// The package of that name, if there is one.
    pub fn stash_if(&self, name: &str) -> Option<Rc<Stash>> {
        let name = short(name);
        self.stashes.borrow().get(&*name).cloned()
    }

    /// The package of that name, made where there is none; it appears in its parents' tables.
    pub fn stash(self: &Shared<Symbols>, name: &str) -> Rc<Stash> {
        if let Some(stash) = self.stash_if(name) {
            return stash;
        }
        let name = short(name);
        let stash = Stash::new(&name, Shared::downgrade(self));
        self.stashes
            .borrow_mut()
            .insert(name.to_string().into(), stash.clone());
        let (parent, last) = match name.rsplit_once("::") {
            Some((parent, last)) => (self.stash(parent), last),
            None if &*name == "main" => (stash.clone(), "main"),
            None => (self.stash("main"), &*name),
        };
        parent
            .glob(&format!("{last}::"))
            .set_hash(Some(stash.symbols()));
        stash
    }

    /// All packages.
    pub fn all(&self) -> Vec<Rc<Stash>> {
        self.stashes.borrow().values().cloned().collect()
    }

    /// Empties all packages: they hold each other, and nothing else would let go of them.
    pub fn clear_all(&self) {
        let all = self.stashes.take();
        for stash in all.values() {
            stash.forget_known();
            for (_, entry) in stash.symbols().pairs() {
                // Code holds the globs it names, and through them itself.
                if let Val::Glob(glob) = entry {
                    if let Some(code) = glob.code()
                        && let Body::Perl(closure) = code.body()
                    {
                        closure.proto.forget();
                    }
                    drop(glob.take_slots());
                }
            }
        }
        for stash in all.values() {
            stash.symbols().clear();
        }
    }

    /// The glob of a fully qualified name (`main::x`), made where there is none.
    pub fn glob(self: &Shared<Symbols>, full: &str) -> Rc<Glob> {
        let (package, name) = split(full);
        if name.is_empty() && !package.is_empty() {
            // `Foo::` is an entry of the table above it.
            let package = short(package);
            let (parent, last) = package.rsplit_once("::").unwrap_or(("main", &package));
            self.stash(&package);
            return self.stash(parent).glob(&format!("{last}::"));
        }
        if package == "CORE" {
            return self.core_glob(name);
        }
        self.stash(if package.is_empty() { "main" } else { package })
            .glob(name)
    }

    /// Says what the subs of package CORE are.
    pub fn set_core(&self, subs: CoreSubs) {
        let _ = self.core.set(subs);
    }

    /// A name in package CORE: its sub exists when it is mentioned.
    #[cold]
    fn core_glob(self: &Shared<Symbols>, name: &str) -> Rc<Glob> {
        let stash = self.stash("CORE");
        if let Some(glob) = stash.glob_if(name) {
            return glob;
        }
        let glob = stash.glob(name);
        if let Some(code) = self.core.get().and_then(|subs| subs(name)) {
            glob.set_code(Some(code));
        }
        glob
    }

    /// The glob of a fully qualified name, if there is one.
    pub fn glob_if(&self, full: &str) -> Option<Rc<Glob>> {
        let (package, name) = split(full);
        if package == "CORE" {
            let core = self.core.get()?;
            return match self.stash_if("CORE").and_then(|s| s.glob_if(name)) {
                None => core(name).map(|code| {
                    let glob = Glob::new("CORE", name);
                    glob.set_code(Some(code));
                    glob
                }),
                found => found,
            };
        }
        self.stash_if(if package.is_empty() { "main" } else { package })?
            .glob_if(name)
    }

    /// Fully qualifies a name as seen from a package: special names live in main.
    pub fn qualify(name: &str, package: &str) -> String {
        let name = name.strip_prefix('*').unwrap_or(name);
        if let Some(rest) = name.strip_prefix("::") {
            return format!("main::{rest}");
        }
        if name.contains("::") {
            return name.to_string();
        }
        if let Some(at) = name.rfind('\'')
            && at > 0
            && at + 1 < name.len()
        {
            return name.replace('\'', "::");
        }
        if is_global(name) {
            format!("main::{name}")
        } else {
            format!("{package}::{name}")
        }
    }
}

/// Names that are in `main` whatever the package: punctuation, digits, `^X` and some words.
pub fn is_global(name: &str) -> bool {
    match name.as_bytes().first() {
        None => false,
        Some(b) if b.is_ascii_alphabetic() || *b == b'_' || *b >= 0x80 => matches!(
            name,
            "ENV" | "INC" | "ARGV" | "ARGVOUT" | "SIG" | "STDIN" | "STDOUT" | "STDERR" | "_"
        ),
        Some(_) => true,
    }
}

/// Package and name of a full name.
pub fn split(full: &str) -> (&str, &str) {
    match full.rfind("::") {
        Some(at) => (&full[..at], &full[at + 2..]),
        None => ("main", full),
    }
}

/// Without `main::` or `::` in front.
fn short(name: &str) -> std::borrow::Cow<'_, str> {
    let mut rest = name;
    loop {
        rest = match rest
            .strip_prefix("main::")
            .or_else(|| rest.strip_prefix("::"))
        {
            Some("") => return "main".into(),
            Some(less) => less,
            None => break,
        };
    }
    if rest.is_empty() {
        "main".into()
    } else {
        rest.into()
    }
}
