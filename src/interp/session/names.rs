//! What can stand where the cursor is: variables, subs, methods of the object at hand, keys, packages, keywords,
//! names of signals, files inside quotes.
use super::Session;
use crate::interp::stdlib;
use crate::signature::BUILTINS;
use crate::syntax::KEYWORDS;
use crate::syntax::ast::Sigil;
use crate::sys;
use crate::value::{Glob, Rc, Stash, Val};
use crate::vm::Vm;
use std::collections::BTreeSet;

/// Names found, in order, each once.
type Names = BTreeSet<String>;

impl Session {
    /// Where the word before the end of `text` begins, and what it may become.
    pub fn complete(&self, vm: &mut Vm, text: &str) -> (usize, Vec<String>) {
        let (start, names) = self.candidates(vm, text);
        let typed = &text[start..];
        let fitting = names.into_iter().filter(|name| name.starts_with(typed));
        (start, fitting.collect())
    }

    fn candidates(&self, vm: &mut Vm, text: &str) -> (usize, Names) {
        let start = word_start(text);
        let before = &text[..start];
        if let Some(at) = signal_place(text) {
            return (at, signals());
        }
        if let Some(container) = before.trim_end_matches(['"', '\'']).strip_suffix('{') {
            let quoted = !before.ends_with('{');
            let keys = self.keys(vm, container, quoted);
            if !keys.is_empty() {
                return (start, keys);
            }
        }
        if let Some(at) = open_quote(text) {
            // a variable that a string begins with may also be the name of a file
            let sigil = before.chars().next_back().and_then(sigil_of);
            if text[..at].ends_with('"')
                && let Some(sigil @ (Sigil::Scalar | Sigil::Array)) = sigil
                && before.len() > at
            {
                return (start, self.variables(vm, sigil, &text[start..]));
            }
            return (at, files(&text[at..]));
        }
        if let Some(object) = before.strip_suffix("->") {
            return (start, self.methods(vm, object));
        }
        let sigil = match before.ends_with("$#") {
            true => Some(Sigil::Array),
            false => before.chars().next_back().and_then(sigil_of),
        };
        if let Some(sigil) = sigil {
            return (start, self.variables(vm, sigil, &text[start..]));
        }
        let module = ["use ", "no ", "require "].iter().any(|word| {
            let before = before.trim_end_matches(' ');
            before.ends_with(word.trim_end()) && text[..start].ends_with(' ')
        });
        if module {
            return (start, modules(vm));
        }
        (start, self.words(vm, &text[start..]))
    }

    /// Variables of one kind: lexicals, those of the package, those of the package that is typed.
    fn variables(&self, vm: &Vm, sigil: Sigil, typed: &str) -> Names {
        let mut out = Names::new();
        // `$x` may go on to be an element
        let fits = |kind: Sigil| {
            kind == sigil
                || sigil == Sigil::Scalar && matches!(kind, Sigil::Array | Sigil::Hash)
                || sigil == Sigil::Array && kind == Sigil::Hash
        };
        for kept in self.lexicals.iter().filter(|kept| fits(kept.sigil)) {
            out.insert(kept.name.to_string());
        }
        each_symbol(vm, &self.package, typed, &mut |name, glob| {
            let holds = match sigil {
                Sigil::Code => glob.code().is_some(),
                Sigil::Glob => true,
                _ => {
                    fits(Sigil::Array) && glob.array().is_some()
                        || fits(Sigil::Hash) && glob.hash().is_some()
                        || sigil == Sigil::Scalar && glob.scalar().with(|val| !val.is_undef())
                }
            };
            if holds {
                out.insert(name);
            }
        });
        out.extend(packages(vm));
        out
    }

    /// Keywords, functions, subs that can be called here, packages.
    fn words(&self, vm: &Vm, typed: &str) -> Names {
        let mut out: Names = BUILTINS.iter().map(|b| b.name().to_owned()).collect();
        out.extend(KEYWORDS.iter().map(|word| (*word).to_owned()));
        for kept in self.lexicals.iter().filter(|k| k.sigil == Sigil::Code) {
            out.insert(kept.name.to_string());
        }
        each_symbol(vm, &self.package, typed, &mut |name, glob| {
            if glob.code().is_some() || glob.io().is_some() {
                out.insert(name);
            }
        });
        out.extend(packages(vm));
        out
    }

    /// The methods of what stands before an arrow: an object that is reached, or a class.
    fn methods(&self, vm: &mut Vm, before: &str) -> Names {
        let at = before
            .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
            .map_or(0, |at| at + 1);
        let name = &before[at..];
        let stash = if name == "__PACKAGE__" {
            vm.symbols.stash_if(&self.package)
        } else if before.ends_with([']', '}']) || before[..at].ends_with('$') {
            match self.reached(vm, before).unwrap_or_default() {
                Val::Str(class) => vm.symbols.stash_if(&class.to_str_lossy()),
                object => match object.blessed() {
                    Some(stash) => Some(stash),
                    None if matches!(object, Val::GRef(_)) => vm.symbols.stash_if("IO::File"),
                    None => None,
                },
            }
        } else {
            vm.symbols.stash_if(name)
        };
        let Some(stash) = stash else {
            return Names::new();
        };
        let mut out = Names::new();
        for class in stash.linear().iter() {
            subs_of(class, &mut out);
        }
        if let Some(universal) = vm.symbols.stash_if("UNIVERSAL") {
            subs_of(&universal, &mut out);
        }
        out
    }

    /// The keys of the hash whose subscript is being typed; without quotes only those that need none.
    fn keys(&self, vm: &Vm, before: &str, quoted: bool) -> Names {
        let Some(hash) = self.hash_at(vm, before) else {
            return Names::new();
        };
        let plain = |key: &String| key.chars().all(|c| c.is_alphanumeric() || c == '_');
        let keys = hash.keys().into_iter().take(500);
        keys.map(|key| key.to_str_lossy().into_owned())
            .filter(|key| quoted || plain(key))
            .collect()
    }

    pub(super) fn symbol(&self, vm: &Vm, name: &str) -> Option<Rc<Glob>> {
        let full = crate::value::Symbols::qualify(name, &self.package);
        vm.symbols.glob_if(&full)
    }
}

fn sigil_of(c: char) -> Option<Sigil> {
    Some(match c {
        '$' => Sigil::Scalar,
        '@' => Sigil::Array,
        '%' => Sigil::Hash,
        '&' => Sigil::Code,
        '*' => Sigil::Glob,
        _ => return None,
    })
}

fn subs_of(stash: &Rc<Stash>, out: &mut Names) {
    for (name, entry) in stash.symbols().pairs() {
        if let Val::Glob(glob) = entry
            && glob.code().is_some()
            && !name.as_bytes().starts_with(b"(")
        {
            out.insert(name.to_str_lossy().into_owned());
        }
    }
}

/// The symbols a typed name may mean: those of its own package part, else of the current package and `main`.
fn each_symbol(vm: &Vm, package: &str, typed: &str, each: &mut dyn FnMut(String, &Rc<Glob>)) {
    let stashes: Vec<(String, Option<Rc<Stash>>)> = match typed.rfind("::") {
        Some(at) => vec![(
            typed[..at + 2].to_owned(),
            vm.symbols.stash_if(&typed[..at]),
        )],
        None => vec![
            (String::new(), vm.symbols.stash_if(package)),
            (String::new(), vm.symbols.stash_if("main")),
        ],
    };
    for (prefix, stash) in stashes {
        let Some(stash) = stash else { continue };
        for (name, entry) in stash.symbols().pairs() {
            let name = name.to_str_lossy();
            let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_');
            if let (Val::Glob(glob), true) = (&entry, plain) {
                each(format!("{prefix}{name}"), glob);
            }
        }
    }
}

fn packages(vm: &Vm) -> Names {
    vm.symbols
        .all()
        .iter()
        .map(|stash| stash.name().to_string())
        .filter(|name| name != "main" && !name.is_empty() && !name.starts_with("main::"))
        .collect()
}

/// Modules in the binary and in `@INC`.
fn modules(vm: &mut Vm) -> Names {
    let mut out: Names = stdlib::names().filter_map(module_name).collect();
    let dirs = vm.symbols.glob("main::INC").array_mut().to_vec();
    for dir in dirs {
        let dir = dir.to_str().to_str_lossy().into_owned();
        list(&format!("{dir}/"), &mut |name, _| {
            out.extend(module_name(&name))
        });
    }
    out
}

fn module_name(file: &str) -> Option<String> {
    Some(file.strip_suffix(".pm")?.replace('/', "::"))
}

fn signals() -> Names {
    sys::signal::NAMES
        .iter()
        .filter(|(_, signo)| *signo > 0)
        .map(|(name, _)| (*name).to_owned())
        .chain(["__WARN__".to_owned(), "__DIE__".to_owned()])
        .collect()
}

/// The files a beginning of a path may mean; folders with a slash behind.
fn files(typed: &str) -> Names {
    let folder = typed.rfind('/').map_or("", |at| &typed[..=at]);
    let hidden = typed[folder.len()..].starts_with('.');
    let mut out = Names::new();
    list(folder, &mut |name, is_folder| {
        if hidden || !name.starts_with('.') {
            let slash = if is_folder { "/" } else { "" };
            out.insert(format!("{folder}{name}{slash}"));
        }
    });
    out
}

/// The entries of a folder (with its slash; empty for the current one).
fn list(folder: &str, each: &mut dyn FnMut(String, bool)) {
    let at = if folder.is_empty() { "./" } else { folder };
    let Ok(mut dir) = sys::dir::Dir::open(at.as_bytes()) else {
        return;
    };
    while let Ok(Some(entry)) = dir.read() {
        let name = String::from_utf8_lossy(&entry.name).into_owned();
        if name == "." || name == ".." {
            continue;
        }
        let stat = sys::file::stat(format!("{at}{name}").as_bytes());
        let is_folder = stat.is_ok_and(|stat| stat.kind() == sys::file::Kind::Directory);
        each(name, is_folder);
    }
    let _ = dir.close();
}

/// Where the name before the end begins.
fn word_start(text: &str) -> usize {
    text.rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        })
}

/// The beginning of a signal's name: in a subscript of `%SIG`, or behind `kill`.
fn signal_place(text: &str) -> Option<usize> {
    let start = text
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .map_or(0, |at| at + 1);
    let before = text[..start].trim_end_matches(['\'', '"']);
    let subscript = before.ends_with("$SIG{") || before.ends_with("$SIG{-");
    let kill = {
        let before = before.trim_end_matches(['(', ' ', '-']);
        before.len() < text[..start].len()
            && before.strip_suffix("kill").is_some_and(|rest| {
                !rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ':' | '>'))
            })
    };
    (subscript || kill).then_some(start)
}

/// Where the text of a quote begins that is still open on the last line.
fn open_quote(text: &str) -> Option<usize> {
    let from = text.rfind('\n').map_or(0, |at| at + 1);
    let mut open: Option<(char, usize)> = None;
    let mut former = ' ';
    let mut chars = text[from..].char_indices();
    while let Some((at, c)) = chars.next() {
        match open {
            _ if c == '\\' => {
                chars.next();
            }
            Some((quote, _)) if c == quote => open = None,
            Some(_) => {}
            // an apostrophe inside a name, or `$'`, opens nothing
            None if c == '"' || c == '\'' => {
                if c == '"' && former != '$'
                    || c == '\'' && !former.is_alphanumeric() && former != '$'
                {
                    open = Some((c, from + at + 1));
                }
            }
            None if c == '#' && former.is_whitespace() => return None,
            None => {}
        }
        former = c;
    }
    open.map(|(_, at)| at)
}
