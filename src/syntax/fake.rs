//! A stand-in for a running program: guesses what `use` imports, runs nothing.
//!
//! For tools and measurements that parse without executing. Pragmas are tracked as perl would;
//! imported names are taken from import lists and a table of common default exports.

use super::ast::{Ast, ExprId, ExprKind, StmtKind, SubKind, Use};
use super::feedback::{Abort, Feedback, Finished, HintsId, HintsNow, SubShape, View};
use crate::diag::hints::{self, feature};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Guesses instead of running.
#[derive(Debug)]
pub struct FakeFeedback {
    subs: HashMap<String, Option<Rc<str>>>,
    packages: HashSet<String>,
    /// Packages of the file itself.
    own: HashSet<String>,
    now: HintsNow,
    saved: Vec<HintsNow>,
}

impl Default for FakeFeedback {
    fn default() -> Self {
        let now = HintsNow {
            id: HintsId(0),
            bits: 0x100,
            features: feature::DEFAULT,
        };
        let packages = ["main", "IO::File", "IO::Handle", "UNIVERSAL"]
            .map(str::to_owned)
            .into();
        FakeFeedback {
            subs: HashMap::new(),
            packages,
            own: HashSet::new(),
            now,
            saved: Vec::new(),
        }
    }
}

impl FakeFeedback {
    /// Pragmas as they are where the text stands.
    pub fn starting(now: HintsNow) -> FakeFeedback {
        FakeFeedback {
            now,
            ..FakeFeedback::default()
        }
    }

    fn define(&mut self, package: &str, name: &str, proto: Option<&str>) {
        self.subs
            .insert(format!("{package}::{name}"), proto.map(Rc::from));
    }

    fn words(&self, ast: &Ast, items: &[ExprId], out: &mut Vec<String>) {
        for &item in items {
            match *ast.kind(item) {
                ExprKind::Str(text) => {
                    out.push(String::from_utf8_lossy(&ast[text].bytes).into_owned());
                }
                ExprKind::List(list) | ExprKind::AnonArray(list) => {
                    self.words(ast, &ast[list], out)
                }
                _ => {}
            }
        }
    }

    fn run_use(&mut self, item: &Use, view: &View<'_>) {
        let ast = view.ast;
        let Some(module) = item.module else {
            if let (Some(version), false) = (item.version, item.no) {
                self.use_version(ast, version);
            }
            return;
        };
        let module = &ast[module];
        self.packages.insert(module.to_owned());
        let mut words = Vec::new();
        if let Some(list) = item.args {
            self.words(ast, &ast[list], &mut words);
        }
        match module {
            "strict" => self.set_bits(item.no, strict_bits(&words)),
            "utf8" => self.set_bits(item.no, hints::UTF8),
            "integer" => self.set_bits(item.no, hints::INTEGER),
            "bytes" => self.set_bits(item.no, hints::BYTES),
            "feature" | "experimental" => self.use_feature(item.no, &words),
            "indirect" if item.no => self.now.features &= !feature::INDIRECT,
            "constant" => self.use_constant(item, view),
            "vars" => {}
            "subs" => {
                for word in words {
                    self.define(view.package, &word, None);
                }
            }
            "parent" | "base" => self.packages.extend(words),
            _ if !item.no => self.import(module, item, &words, view.package),
            _ => {}
        }
    }

    fn set_bits(&mut self, no: bool, bits: u32) {
        self.now.bits = if no {
            self.now.bits & !bits
        } else {
            self.now.bits | bits
        };
    }

    fn use_feature(&mut self, no: bool, words: &[String]) {
        let mut bits = 0;
        for word in words {
            bits |= match word.strip_prefix(':') {
                Some("all") => u32::MAX,
                Some("default") => feature::DEFAULT,
                Some(bundle) => {
                    let minor = bundle
                        .split('.')
                        .nth(1)
                        .and_then(|m| m.parse().ok())
                        .unwrap_or(10);
                    feature::bundle(minor)
                }
                None => feature::NAMES
                    .iter()
                    .find(|(name, _)| {
                        name == word || name.contains(word.as_str()) && word == "signatures"
                    })
                    .map_or(0, |n| n.1),
            };
        }
        if no && words.is_empty() {
            self.now.features = feature::DEFAULT;
        } else if no {
            self.now.features &= !bits;
        } else {
            self.now.features |= bits;
        }
    }

    fn use_version(&mut self, ast: &Ast, version: ExprId) {
        let (major, minor) = match *ast.kind(version) {
            ExprKind::VString { value, .. } => {
                let bytes = &ast[value].bytes;
                (
                    u32::from(*bytes.first().unwrap_or(&5)),
                    u32::from(*bytes.get(1).unwrap_or(&0)),
                )
            }
            ExprKind::Num(n) => (n as u32, ((n.fract() * 1000.0) + 0.0001) as u32),
            ExprKind::Int(n) => (n as u32, 0),
            _ => return,
        };
        if major == 5 && minor >= 9 {
            let bundle = feature::bundle(minor);
            self.now.features = bundle;
            if minor >= 11 {
                self.now.bits |= hints::STRICT_ALL;
            }
        }
    }

    fn use_constant(&mut self, item: &Use, view: &View<'_>) {
        let ast = view.ast;
        let Some(list) = item.args else { return };
        let mut names = Vec::new();
        match ast[list] {
            [] => {}
            [first, ..] => match *ast.kind(first) {
                ExprKind::AnonHash(pairs) => {
                    let keys: Vec<ExprId> = ast[pairs].iter().copied().step_by(2).collect();
                    for key in keys {
                        self.words(ast, &[key], &mut names);
                    }
                    // Values that are lists shift the pairs; constants are upper case.
                    self.words(ast, &ast[pairs], &mut names);
                    names.retain(|n| n.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
                }
                ExprKind::List(inner) => {
                    if let [first, ..] = ast[inner] {
                        self.words(ast, &[first], &mut names);
                    }
                }
                _ => self.words(ast, &[first], &mut names),
            },
        }
        for name in names {
            self.define(view.package, &name, Some(""));
        }
    }

    fn import(&mut self, module: &str, item: &Use, words: &[String], package: &str) {
        let defaults = default_exports(module);
        if item.args.is_none()
            || words
                .iter()
                .any(|w| w.starts_with(':') || w.starts_with('-'))
            || module == "Test::More"
        {
            for name in defaults {
                self.define_import(package, name);
            }
        }
        for word in words {
            let name = word.strip_prefix('&').unwrap_or(word);
            if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && item.args.is_some()
            {
                self.define_import(package, name);
            }
        }
    }

    fn define_import(&mut self, package: &str, name: &str) {
        let proto = if name.len() > 1
            && name
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        {
            Some("")
        } else {
            known_prototype(name)
        };
        self.define(package, name, proto);
    }
}

fn strict_bits(words: &[String]) -> u32 {
    let named = words.iter().fold(0, |bits, word| {
        bits | match word.as_str() {
            "refs" => hints::STRICT_REFS,
            "subs" => hints::STRICT_SUBS,
            "vars" => hints::STRICT_VARS,
            _ => 0,
        }
    });
    if words.is_empty() {
        hints::STRICT_ALL
    } else {
        named
    }
}

fn known_prototype(name: &str) -> Option<&'static str> {
    Some(match name {
        "first" | "any" | "all" | "none" | "notall" | "reduce" | "reductions" | "pairmap"
        | "pairgrep" | "pairfirst" | "sum_by" | "max_by" | "min_by" | "sort_by" | "nsort_by"
        | "first_index" | "firstidx" | "part" | "indexes" => "&@",
        "try" | "catch" | "finally" | "timeout_call" | "warns" => "&;@",
        "lives_ok" | "dies_ok" | "throws_ok" | "lives_and" | "exception" | "dies" | "lives"
        | "warning" | "warnings" | "capture" | "capture_merged" => "&;@",
        "blessed" | "reftype" | "refaddr" | "looks_like_number" | "readonly" | "weaken"
        | "isweak" | "unweaken" | "tainted" | "isvstring" | "isdual" => "$",
        "dualvar" => "$$",
        "fieldhash" => r"\%",
        "lock_keys" => r"\%;@",
        _ => return None,
    })
}

/// Names exported by default.
fn default_exports(module: &str) -> &'static [&'static str] {
    match module {
        "Carp" => &["croak", "carp", "confess"],
        "Test::More" => &[
            "ok",
            "use_ok",
            "require_ok",
            "is",
            "isnt",
            "like",
            "unlike",
            "is_deeply",
            "cmp_ok",
            "skip",
            "todo",
            "todo_skip",
            "pass",
            "fail",
            "eq_array",
            "eq_hash",
            "eq_set",
            "plan",
            "done_testing",
            "can_ok",
            "isa_ok",
            "new_ok",
            "diag",
            "note",
            "explain",
            "subtest",
            "BAIL_OUT",
        ],
        "Cwd" => &["cwd", "getcwd", "fastcwd", "fastgetcwd"],
        "File::Basename" => &["fileparse", "basename", "dirname", "fileparse_set_fstype"],
        "File::Path" => &["mkpath", "rmtree"],
        "File::Copy" => &["copy", "move"],
        "File::Find" => &["find", "finddepth"],
        "File::Temp" => &["tempfile", "tempdir"],
        "File::Spec::Functions" => &[
            "canonpath",
            "curdir",
            "rootdir",
            "updir",
            "no_upwards",
            "file_name_is_absolute",
            "path",
            "catdir",
            "catfile",
            "splitpath",
            "abs2rel",
            "rel2abs",
            "splitdir",
            "catpath",
            "tmpdir",
            "devnull",
        ],
        "Data::Dumper" => &["Dumper"],
        "Getopt::Long" => &["GetOptions"],
        "Symbol" => &["gensym", "ungensym", "qualify", "qualify_to_ref"],
        "Text::Wrap" => &["wrap", "fill"],
        "Time::Local" => &["timelocal", "timegm"],
        "Encode" => &[
            "encode",
            "decode",
            "encode_utf8",
            "decode_utf8",
            "find_encoding",
            "encodings",
            "is_utf8",
        ],
        "IPC::Open3" => &["open3"],
        "IPC::Open2" => &["open2"],
        "Storable" => &["store", "retrieve", "nstore"],
        "Fcntl" => &[
            "O_RDONLY",
            "O_WRONLY",
            "O_RDWR",
            "O_CREAT",
            "O_EXCL",
            "O_TRUNC",
            "O_APPEND",
            "O_NONBLOCK",
            "LOCK_EX",
            "LOCK_SH",
            "LOCK_NB",
            "LOCK_UN",
            "F_GETFD",
            "F_SETFD",
            "F_GETFL",
            "F_SETFL",
            "FD_CLOEXEC",
            "SEEK_SET",
            "SEEK_CUR",
            "SEEK_END",
            "S_ISREG",
            "S_ISDIR",
            "S_IMODE",
        ],
        "Socket" => &[
            "AF_INET",
            "AF_UNIX",
            "PF_INET",
            "PF_UNIX",
            "SOCK_STREAM",
            "SOCK_DGRAM",
            "SOL_SOCKET",
            "SO_REUSEADDR",
            "INADDR_ANY",
            "SOMAXCONN",
            "inet_aton",
            "inet_ntoa",
            "sockaddr_in",
            "pack_sockaddr_in",
            "unpack_sockaddr_in",
        ],
        "POSIX" => &[
            "WNOHANG", "EINTR", "EAGAIN", "ENOENT", "floor", "ceil", "strftime", "setsid",
            "INT_MAX", "DBL_MAX", "LONG_MAX", "UINT_MAX",
        ],
        _ => &[],
    }
}

impl Feedback for FakeFeedback {
    fn sub_shape(&mut self, name: &str) -> Option<SubShape> {
        if let Some(proto) = self.subs.get(name) {
            return Some(SubShape {
                prototype: proto.clone(),
            });
        }
        // A lower-case name in a package of another file is taken for a sub.
        let (package, sub) = name.rsplit_once("::")?;
        let other =
            package != "main" && !self.own.contains(package) && !self.packages.contains(name);
        (other && sub.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')).then(|| SubShape {
            prototype: known_prototype(sub).map(Rc::from),
        })
    }
    fn is_package(&mut self, name: &str) -> bool {
        self.packages.contains(name)
    }
    fn is_filehandle(&mut self, name: &str) -> bool {
        matches!(name, "main::STDIN" | "main::STDOUT" | "main::STDERR")
    }
    fn hints(&mut self) -> HintsNow {
        self.now
    }
    fn enter_scope(&mut self) {
        self.saved.push(self.now);
    }
    fn leave_scope(&mut self) {
        if let Some(saved) = self.saved.pop() {
            self.now = saved;
        }
    }
    fn finished(&mut self, what: Finished, view: &View<'_>) -> Result<(), Abort> {
        match what {
            Finished::Use(stmt) => {
                if let StmtKind::Use(item) = &view.ast[stmt].kind {
                    self.run_use(item, view);
                }
            }
            Finished::Sub(sub) => {
                let def = &view.ast[sub];
                if let (SubKind::Named, Some(name)) = (def.kind, def.name) {
                    let proto = def
                        .proto
                        .map(|p| String::from_utf8_lossy(&view.ast[p].bytes).into());
                    self.subs.insert(view.ast[name].to_owned(), proto);
                }
            }
            Finished::Package(name, _) => {
                self.packages.insert(view.ast[name].to_owned());
                self.own.insert(view.ast[name].to_owned());
            }
            Finished::Phase(_) | Finished::Format(_) => {}
        }
        Ok(())
    }
}
