//! A compiled body: the code of one sub, file, eval or block, with its tables.
use super::{Bin, Literal, Op, OrderBy, Want};
use crate::source::{Source, Span};
use std::rc::Rc;

/// Number of a lexical declaration, unique in the process: given by the parser, known to compiler and interpreter.
pub type DeclId = u32;

/// What a package symbol index of a unit stands for (the slot is chosen by the op).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GlobName {
    /// Fully qualified, without sigil: `main::x`.
    pub name: String,
}

/// Kind of a lexical variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PadKind {
    /// `my $x`
    Scalar,
    /// `my @x`
    Array,
    /// `my %x`
    Hash,
    /// `my sub x`
    Code,
}

/// Where a closure finds a captured variable when it is made.
#[derive(Clone, Copy, Debug)]
pub enum CaptureFrom {
    /// Register of the frame that runs `Op::Closure` (boxed there).
    Reg(u16),
    /// Capture of the closure that runs `Op::Closure`.
    Up(u16),
    /// The first instance of a declaration: named subs and BEGIN blocks, defined before any frame runs. In the unit of
    /// an `eval STRING` (and subs in it) also the keys of the scope around it (`Unit::scopes`).
    First(DeclId),
    /// A `state` variable: made new with each closure.
    State,
}

/// One captured variable.
#[derive(Clone, Debug)]
pub struct Capture {
    /// Its declaration.
    pub decl: DeclId,
    /// Name with sigil, for `eval STRING` and diagnostics.
    pub name: Rc<str>,
    /// Scalar, array, hash or code.
    pub kind: PadKind,
    /// Where the closure takes it from.
    pub from: CaptureFrom,
    /// In `Unit::scopes`: an `our` declaration, with the qualified name it stands for (`from` means nothing then).
    pub our: Option<Rc<str>>,
}

/// A lexical that lives in a register.
#[derive(Clone, Debug)]
pub struct PadEntry {
    /// Its declaration.
    pub decl: DeclId,
    /// Name with sigil.
    pub name: Rc<str>,
    /// Kind.
    pub kind: PadKind,
    /// Register.
    pub reg: u16,
    /// Ops during which the name is visible: `start..end`.
    pub visible: (u32, u32),
}

/// The target of a call.
#[derive(Clone, Debug)]
pub enum Target {
    /// Package sub: glob index.
    Glob(u16),
    /// Code value in a register.
    Reg(u16),
    /// Method by constant name; the first argument is the invocant. `class`: `SUPER::`'s package or an explicit one.
    Method {
        /// Method name, as written after any `Pkg::`.
        name: Rc<str>,
        /// Start the search in this package (`$o->Other::m`), or in the parents of it for `SUPER::`.
        class: Option<Rc<str>>,
        /// `SUPER::`
        is_super: bool,
    },
    /// Method whose name (or code reference) is in a register.
    DynMethod(u16),
}

/// What a caller wants of an `:lvalue` sub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A value.
    No,
    /// A place: a sub without `:lvalue` is perl's `Can't modify non-lvalue subroutine call of &main::f`.
    Must,
    /// A place where the sub has one to give: arguments, what `foreach` goes over, targets of `m//g`.
    Perhaps,
    /// What the running sub was called for: the last statement of an `:lvalue` sub.
    AsCalled,
}

/// A call site; the VM keeps an inline cache beside it.
#[derive(Clone, Debug)]
pub struct CallSite {
    /// Who is called.
    pub target: Target,
    /// Context.
    pub want: Want,
    /// `&f(...)`: ignores prototypes (only told to `caller`).
    pub amp: bool,
    /// Whether the result is wanted as an lvalue: d is then written raw with the place (scalar), or places are
    /// appended (list).
    pub place: Place,
    /// Positions in the argument window that hold constants: read-only for a callee that sees aliases.
    pub consts: Vec<u8>,
}

/// Pattern, flags and shape of `m//`, `qr//`, and the pattern half of `s///` and `split`.
#[derive(Clone, Debug)]
pub struct MatchSpec {
    /// The whole pattern when it is constant.
    pub constant: Option<Literal>,
    /// Else the register that holds the interpolated pattern (a string or a qr object).
    pub pattern: u16,
    /// Flag letters as written, in the order of perlop (`msixxnpaadlu`, `g c o e r`).
    pub flags: String,
    /// Code blocks `(?{ })` in order: indexes into `Unit::subs`; `true` for `(??{ })`.
    pub blocks: Vec<(u16, bool)>,
    /// Result is negated (`!~`).
    pub negate: bool,
    /// Context of the match.
    pub want: Want,
    /// `m?pattern?`
    pub once: bool,
    /// Empty pattern means "the last successful pattern".
    pub empty_means_last: bool,
    /// Entry of `scopes` for code blocks compiled at run time (`use re 'eval'`); NO for none.
    pub scope: u16,
}

/// `s///` with a replacement that is a plain string in a register or constant (`s///e` and interpolations with captures
/// use the SubstStart loop).
#[derive(Clone, Debug)]
pub struct SubstSpec {
    /// Pattern half.
    pub pattern: u16,
    /// Constant replacement.
    pub replacement: Option<Literal>,
    /// `/r`
    pub ret: bool,
    /// `/g`
    pub global: bool,
}

/// `tr///`
#[derive(Clone, Debug)]
pub struct TransSpec {
    /// Search list as written, delimiters removed, ranges not yet expanded.
    pub from: Literal,
    /// Replacement list.
    pub to: Literal,
    /// `cdsr`
    pub flags: String,
    /// `!~`
    pub negate: bool,
}

/// A loop that `next`/`last`/`redo` of a called sub can find.
#[derive(Clone, Debug)]
pub struct LoopInfo {
    /// Ops inside the loop: `start..end`.
    pub range: (u32, u32),
    /// Label.
    pub label: Option<Rc<str>>,
    /// pc to continue at: next, last, redo.
    pub targets: [u32; 3],
    /// Depth of the save stack (number of open `Enter`s of the frame) at those targets.
    pub saves: u16,
    /// Number of open marks of the frame at those targets.
    pub marks: u16,
    /// Number of open eval handlers of the frame at those targets.
    pub handlers: u16,
    /// Registers a dynamic exit clears: index into `Unit::cleanups`.
    pub cleanup: u16,
}

/// Registers to clear when unwinding: `(first, count, temps)`; `temps`: as `ClearTemps`, else as `ClearRange`.
pub type Cleanup = Vec<(u16, u16, bool)>;

/// A label `goto` can reach: name, pc, saves, marks, handlers.
pub type LabelInfo = (Rc<str>, u32, u16, u16, u16);

/// Compile-time state that run-time code asks for: `caller`'s hints, strictness, warnings, package.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Hints {
    /// Current package.
    pub package: Rc<str>,
    /// `$^H`
    pub bits: u32,
    /// `${^WARNING_BITS}`: `None` = default (depends on -w)
    pub warnings: Option<Rc<[u8]>>,
    /// `%^H`
    pub hash: Option<Rc<Vec<(Rc<str>, Rc<str>)>>>,
    /// Feature bits as the parser keeps them.
    pub features: u64,
}

/// Facts the VM asks of a sub before it calls it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitFlags {
    /// `@_` is only copied from (`my (...) = @_`, `shift`, `$_[0]` read): arguments need no aliases and no real array.
    pub by_value: bool,
    /// `@_` is never mentioned at all.
    pub ignores_args: bool,
    /// Contains `eval STRING` (everything visible was captured).
    pub evals: bool,
    /// `:lvalue`
    pub lvalue: bool,
    /// `:method`
    pub method: bool,
    /// File, eval or BEGIN body: not a sub for `return`/`wantarray` purposes where perl makes a difference.
    pub kind_file: bool,
    /// eval STRING body.
    pub kind_eval: bool,
    /// A block run as a comparator, deferred block or pattern code: `@_` is that of the sub around it.
    pub kind_block: bool,
    /// Has save-stack scopes, so leaving must look at it.
    pub saves: bool,
    /// Says `return`, which keeps perl from making it a constant (perlsub, Constant Functions).
    pub returns: bool,
    /// `my sub f;`: there is no body yet.
    pub declared: bool,
    /// `sub f {..}` for such a declaration.
    pub completes: bool,
    /// Compiled under -T/-t.
    pub taint: bool,
}

/// Where a unit's operations stand in its text.
#[derive(Debug)]
pub struct Places {
    /// The text.
    pub source: Rc<Source>,
    /// Run-length table: from this pc on, this part of the text.
    pub spans: Vec<(u32, Span)>,
}

impl Places {
    /// For a unit of a text.
    pub fn of(source: &Rc<Source>) -> Places {
        Places {
            source: source.clone(),
            spans: Vec::new(),
        }
    }

    /// What the operation at `pc` was made from.
    pub fn at(&self, pc: u32) -> Option<Span> {
        let i = self.spans.partition_point(|(from, _)| *from <= pc);
        Some(self.spans.get(i.checked_sub(1)?)?.1)
    }
}

/// A compiled body.
#[derive(Debug, Default)]
pub struct Unit {
    /// Sub name as `caller` shows it (`main::f`, `main::__ANON__`, `main::BEGIN`, `(eval)`).
    pub name: String,
    /// Operations.
    pub code: Vec<Op>,
    /// Registers of a frame. Registers `0..nvars` are initialised to undef at entry; temporaries above are too.
    pub nregs: u32,
    /// Constants.
    pub consts: Vec<Literal>,
    /// Package symbols.
    pub globs: Vec<GlobName>,
    /// Call sites.
    pub sites: Vec<CallSite>,
    /// Bodies of anonymous subs, sort blocks, code blocks.
    pub subs: Vec<Rc<Unit>>,
    /// Captured variables, in capture order.
    pub captures: Vec<Capture>,
    /// Lexicals in registers.
    pub pad: Vec<PadEntry>,
    /// Registers that begin, in the first frame of this unit, with the first instance of a declaration.
    pub presets: Vec<(u16, DeclId)>,
    /// `m//` and company.
    pub matches: Vec<MatchSpec>,
    /// `s///`.
    pub substs: Vec<SubstSpec>,
    /// `tr///`.
    pub trans: Vec<TransSpec>,
    /// Loops, innermost last.
    pub loops: Vec<LoopInfo>,
    /// Labels.
    pub labels: Vec<LabelInfo>,
    /// Run-length table: from this pc on, this line (of the source, `#line` applied) and this index into `files`.
    pub lines: Vec<(u32, u32, u16)>,
    /// File names used by `lines`.
    pub files: Vec<Rc<str>>,
    /// Where operations stand in the text, where messages are to show that (`--explain`, the REPL).
    pub places: Option<Box<Places>>,
    /// Jumps that compare in another way than was written (`==` by `JNe`, `>` by `JLt`): the operator that was.
    pub turned: Vec<(u32, Bin)>,
    /// Run-length table: from this pc on, these hints.
    pub hints: Vec<(u32, Rc<Hints>)>,
    /// `eval STRING` scopes: for each, the visible lexicals (declaration, name, kind, where).
    pub scopes: Vec<Vec<Capture>>,
    /// Register ranges for unwinding inside the frame.
    pub cleanups: Vec<Cleanup>,
    /// Facts.
    pub flags: UnitFlags,
    /// Prototype.
    pub prototype: Option<Rc<str>>,
    /// Attributes not handled by the compiler.
    pub attributes: Vec<String>,
    /// What it compares of `$a` and `$b`, if it does nothing else.
    pub order: Vec<OrderBy>,
}
