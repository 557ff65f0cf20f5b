//! The machine's state: registers, frames, lists, saves, handlers, and the names it asks often.

use super::frame::{Frame, Handler};
use super::host::Host;
use super::magic::{Hook, Special};
use super::matches::MatchState;
use super::native::Native;
use super::regs::Regs;
use super::saves::Save;
use crate::bytecode::{DeclId, Op};
use crate::sys::signal::pending::Word;
use crate::value::{Glob, Rc, Symbols, Val};
use std::collections::HashMap;
use std::rc::Rc as Shared;

/// What answers file tests.
pub type FileTests = fn(&mut Vm, u8, bool, &Val) -> super::die::Exec<Val>;

/// An interpreter's machine.
pub struct Vm {
    pub(super) regs: Regs,
    /// Registers of the running frame.
    pub(super) r: *mut Val,
    /// What the running frame's unit was loaded as.
    pub(super) proto: *const crate::value::Proto,
    /// Its constants.
    pub(super) consts: *const Val,
    /// Behind the op that runs.
    pub(super) pc: *const Op,
    /// A frame that runs many times has returned: the loop stops.
    pub(super) round_done: bool,
    /// The first register that belongs to nobody.
    pub(super) top: usize,
    pub(super) frames: Vec<Frame>,
    /// The list stack.
    pub list: super::list::List,
    /// Where the open lists begin; the top bit: the callee only copies.
    pub(super) marks: Vec<u32>,
    pub(super) saves: Vec<Save>,
    /// Where the open scopes of the save stack begin.
    pub(super) scopes: Vec<u32>,
    pub(super) handlers: Vec<Handler>,
    /// The eval STRINGs that are being compiled: number of the frame around, its unit, and the
    /// entry of the unit's scopes.
    pub(super) eval_scopes: Vec<(usize, std::rc::Rc<crate::bytecode::Unit>, u16)>,
    /// The texts of the eval STRINGs that run, each with the number of its frame.
    pub(super) eval_texts: Vec<(usize, Val)>,
    /// What is pending: signals, DESTROY ...
    pub word: Word,
    /// What of the thread is this interpreter's own.
    pub home: Shared<super::enter::Home>,
    /// All packages.
    pub symbols: Shared<Symbols>,
    pub(super) natives: Vec<Native>,
    /// Builtins by number (`signature::Builtin`).
    pub(super) builtins: Vec<Option<Native>>,
    pub(super) specials: Vec<Special>,
    pub(super) hooks: Vec<Hook>,
    /// First instances of lexicals: captured before any frame ran.
    pub(super) firsts: HashMap<DeclId, Val>,
    /// What only `interp` can do.
    pub(super) host: Option<Shared<dyn Host>>,
    /// The result of a frame that returned to Rust code.
    pub(super) result: Val,
    /// Rust frames of the loop inside one another.
    pub(super) nesting: u32,
    /// Frames there may be, and Rust frames of the loop: out of memory beyond, or an embedder's
    /// limit.
    pub(super) most_frames: usize,
    /// See `most_frames`.
    pub(super) most_nested: u32,
    /// Safe points left, while they are counted.
    pub steps_left: u64,
    /// Where the error on its way out was raised, while `tracing`.
    pub trace: Vec<(String, Shared<str>, u32)>,
    /// Errors that reach the embedder take their trace along.
    pub tracing: bool,
    /// What an embedder is told.
    pub watchers: super::host::Watchers,
    /// `$!`
    pub errno: i32,
    /// `$?`
    pub child_status: i32,
    /// Globs the machine asks often.
    pub names: Names,
    /// `-w`: warnings where no pragma speaks (`$^W`).
    pub warn_all: bool,
    /// `-W` and `-X`: all warnings on or off, whatever the pragmas say.
    pub warn_force: Option<bool>,
    /// The handle `print` without one writes to.
    pub selected: Option<Rc<Glob>>,
    /// The handle `$.` speaks of.
    /// (`last_read`, `set_last_read`; weak, so that a handle goes with its variable)
    pub(super) last_read: Val,
    /// `<>` has begun to walk over `@ARGV`.
    pub argv_reading: bool,
    /// What answers `-e` and its like: letter, on the last test's stat buffer, operand.
    pub file_tests: Option<FileTests>,
    /// The last successful match.
    pub matched: MatchState,
    /// Patterns made at run time.
    pub(super) pattern_cache: crate::regex::PatternCache,
    /// The pattern that is being matched.
    pub(super) running_regex: Option<Shared<crate::regex::Regex>>,
    /// Closures of the code in `qr//` objects, by their text.
    pub(super) qr_code: std::collections::HashMap<Box<str>, Val>,
    /// Captures nobody uses, kept for their room.
    pub(super) idle_caps: crate::regex::Captures,
    /// Tied scalars whose FETCH runs.
    pub(super) fetching: Vec<usize>,
    /// The item of a list that an operation is looking at, for its warnings.
    pub(super) list_item: Option<usize>,
    /// The iterator that has given the largest integer there is.
    pub(super) range_done: usize,
    /// Where the last warning about an undefined value was given, and how often in a row.
    pub(super) warned_at: (*const Op, u32),
    /// Values of code blocks of the running match.
    pub(super) block_values: Vec<Val>,
    /// How many frames there are while a code block of a pattern runs, its own included.
    pub(super) pattern_frame: usize,
    /// What a warning or die hook is running for: hooks are off meanwhile.
    pub(super) in_hook: [bool; 2],
    /// The pragmas of the text that is being compiled.
    pub compiling: crate::bytecode::Hints,
    /// How many constants modules have made of literals.
    pub constants_made: usize,
    /// `${^CHILD_STATUS_NATIVE}`
    pub native_status: i32,
    /// `$0`
    pub program_name: crate::text::PerlStr,
    /// The process is the program's own, not an embedder's.
    pub owns_process: bool,
    /// Ids set inside one list assignment, until its end.
    pub delayed_ids: Option<super::service::DelayedIds>,
    /// The BEGIN that runs.
    pub begun: super::service::Begun,
    /// `exit`ing or tearing down: `${^GLOBAL_PHASE}`.
    pub phase: &'static str,
    /// Handlers by signal number, as `%SIG` has them; see `safepoint`.
    pub(super) signal_handlers: Vec<Val>,
    /// Masks and flags of handlers set by POSIX::sigaction, by signal number.
    pub(super) signal_actions: Vec<crate::sys::signal::Catch>,
    /// What builtins and modules keep for themselves.
    pub slots: super::slots::Slots,
    /// `${^TAINT}`: 1 under -T, -1 under -t.
    pub tainting: i8,
    /// The statement has read something tainted.
    pub(super) tainted: bool,
    /// What the taint checks saw before the operation that runs.
    pub(super) seen: super::taint::Seen,
    /// The subscript of the running operation is tainted.
    pub(super) index_tainted: bool,
    /// The method that is being looked for has a tainted name.
    pub(super) name_tainted: bool,
    /// The pattern that is being compiled is made of something tainted.
    pub(super) pattern_tainted: bool,
    /// A match has succeeded (set by every one; asked under -T).
    pub(super) has_matched: bool,
    /// SIGINT with no handler of the program's ends what runs, not the process: a session at a terminal.
    pub interrupt_key: bool,
    /// Layers of files opened for reading, and for writing, where nothing says otherwise (perlrun -C, PERLIO).
    pub start_layers: [Vec<u8>; 2],
    /// Texts kept for messages that show their line.
    pub texts: crate::diag::Texts,
}

/// Globs the machine asks often.
pub struct Names {
    /// `$_`, `@_`
    pub underscore: Rc<Glob>,
    /// `$@`
    pub error: Rc<Glob>,
    /// `$,`
    pub ofs: Rc<Glob>,
    /// `$\`
    pub ors: Rc<Glob>,
    /// `$/`
    pub rs: Rc<Glob>,
    /// `%SIG`
    pub sig: Rc<Glob>,
    /// `%ENV`
    pub env: Rc<Glob>,
    /// `STDERR`
    pub stderr: Rc<Glob>,
    /// `STDOUT`
    pub stdout: Rc<Glob>,
    /// `STDIN`
    pub stdin: Rc<Glob>,
    /// `ARGV`
    pub argv: Rc<Glob>,
    /// `@DB::args`
    pub db_args: Rc<Glob>,
}

impl Names {
    fn new(symbols: &Shared<Symbols>) -> Names {
        let glob = |name: &str| symbols.glob(name);
        Names {
            underscore: glob("main::_"),
            error: glob("main::@"),
            ofs: glob("main::,"),
            ors: glob("main::\\"),
            rs: glob("main::/"),
            sig: glob("main::SIG"),
            env: glob("main::ENV"),
            stderr: glob("main::STDERR"),
            stdout: glob("main::STDOUT"),
            stdin: glob("main::STDIN"),
            argv: glob("main::ARGV"),
            db_args: glob("DB::args"),
        }
    }
}

impl Vm {
    /// A machine with no code in it.
    pub fn new() -> Box<Vm> {
        let symbols = Symbols::new();
        let names = Names::new(&symbols);
        let regs = Regs::new();
        let r = regs.at(0);
        let word = Word::new();
        let mut vm = Box::new(Vm {
            regs,
            r,
            proto: std::ptr::null(),
            consts: std::ptr::null(),
            pc: std::ptr::null(),
            round_done: false,
            top: 0,
            frames: Vec::new(),
            list: super::list::List::new(),
            marks: Vec::new(),
            saves: Vec::new(),
            scopes: Vec::new(),
            handlers: Vec::new(),
            eval_scopes: Vec::new(),
            eval_texts: Vec::new(),
            home: Shared::new(super::enter::Home::new(&word)),
            word,
            natives: Vec::new(),
            builtins: Vec::new(),
            specials: Vec::new(),
            hooks: Vec::new(),
            firsts: HashMap::new(),
            host: None,
            result: Val::Undef,
            nesting: 0,
            most_frames: super::invoke::MOST_FRAMES,
            most_nested: super::invoke::DEEPEST,
            steps_left: 0,
            trace: Vec::new(),
            tracing: false,
            watchers: super::host::Watchers::default(),
            errno: 0,
            child_status: 0,
            selected: Some(names.stdout.clone()),
            names,
            warn_all: false,
            warn_force: None,
            last_read: Val::Undef,
            argv_reading: false,
            file_tests: None,
            matched: MatchState::default(),
            pattern_cache: crate::regex::PatternCache::new(),
            running_regex: None,
            qr_code: std::collections::HashMap::new(),
            idle_caps: crate::regex::Captures::default(),
            fetching: Vec::new(),
            list_item: None,
            range_done: 0,
            warned_at: (std::ptr::null(), 0),
            block_values: Vec::new(),
            pattern_frame: 0,
            in_hook: [false; 2],
            compiling: crate::bytecode::Hints::default(),
            constants_made: 0,
            native_status: 0,
            program_name: crate::text::PerlStr::new(),
            owns_process: false,
            delayed_ids: None,
            begun: super::service::Begun::No,
            phase: "START",
            signal_handlers: Vec::new(),
            signal_actions: Vec::new(),
            slots: Default::default(),
            tainting: 0,
            tainted: false,
            seen: super::taint::Seen::NOTHING,
            index_tainted: false,
            name_tainted: false,
            pattern_tainted: false,
            has_matched: false,
            interrupt_key: false,
            start_layers: Default::default(),
            texts: crate::diag::Texts::default(),
            symbols,
        });
        super::rows::install(&mut vm);
        super::core_subs::install(&mut vm);
        vm
    }

    /// Names the roof: who loads code.
    pub fn set_host(&mut self, host: Shared<dyn Host>) {
        self.host = Some(host);
    }

    /// Adds builtin number `id`.
    pub fn set_builtin(&mut self, id: u16, native: Native) {
        let id = id as usize;
        if self.builtins.len() <= id {
            self.builtins.resize(id + 1, None);
        }
        self.builtins[id] = Some(native);
    }

    /// Defines the rows of a native family as subs of a package.
    pub fn define_family(&mut self, package: &str, family: &'static super::native::Family) {
        let stash = self.symbols.stash(package);
        for row in family.rows {
            match row.name.contains("::") {
                true => self.define_row(package, row),
                false => self.define_as(&stash.glob(row.name), row),
            }
        }
    }

    /// Adds a row to the machine's table.
    pub(super) fn add_native(&mut self, row: &'static super::native::Row) -> u32 {
        self.natives.push(Native::Row(row));
        self.natives.len() as u32 - 1
    }

    /// Defines one row as a sub of a package.
    pub fn define_row(&mut self, package: &str, row: &'static super::native::Row) {
        let glob = self.symbols.glob(&format!("{package}::{}", row.name));
        self.define_as(&glob, row);
    }

    fn define_as(&mut self, glob: &Rc<Glob>, row: &'static super::native::Row) {
        let id = self.add_native(row);
        let code = crate::value::Code::native(id);
        code.set_name(glob.package(), glob.name());
        code.set_prototype(row.prototype.map(Into::into));
        glob.set_code(Some(code));
    }

    /// The first instance of a lexical declaration, made on first asking.
    pub fn first(&mut self, decl: DeclId, kind: crate::bytecode::PadKind) -> Val {
        use crate::bytecode::PadKind;
        let make = || match kind {
            PadKind::Scalar => Val::Cell(crate::value::Scalar::new(Val::Undef)),
            PadKind::Array => Val::ARef(crate::value::Array::new()),
            PadKind::Hash => Val::HRef(crate::value::Hash::new()),
            PadKind::Code => Val::Cell(crate::value::Scalar::new(Val::Undef)),
        };
        self.firsts.entry(decl).or_insert_with(make).clone()
    }

    /// Makes a variable the first instance of a declaration.
    pub fn set_first(&mut self, decl: DeclId, variable: Val) {
        self.firsts.insert(decl, variable);
    }

    /// The first instance of a declaration, if there is one.
    pub fn first_if(&self, decl: DeclId) -> Option<&Val> {
        self.firsts.get(&decl)
    }

    /// No text can name the declaration any more.
    pub fn forget_first(&mut self, decl: DeclId) {
        self.firsts.remove(&decl);
    }
}

impl Drop for Vm {
    fn drop(&mut self) {
        let top = self.top;
        self.regs.clear(0, top);
    }
}
