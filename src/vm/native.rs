//! Functions written in Rust: one row says everything about one of them.

use super::call::Call;
use super::die::Exec;
use crate::bytecode::Want;
use crate::value::Val;

/// A function written in Rust. System calls that fail are not errors: `call.errno(e)`; only
/// `die` is `Err`.
pub type NativeFn = fn(&mut Call<'_>) -> Exec<Ret>;

/// The short way of a function: its value where the entries of its arguments are of simple kinds
/// (ask [`Val::behind`]), nothing would be warned of and no pragma matters; else `None`, and the
/// function itself is called.
pub type QuickFn = fn(&[Val]) -> Option<Val>;

/// What a row gives back.
pub enum Ret {
    /// One value (in list context too).
    One(Val),
    /// What was pushed with `call.push`; in scalar context its last value.
    List,
    /// The empty list, or undef.
    Nothing,
}

impl Native {
    /// Runs it.
    #[inline(always)]
    pub(super) fn run(&self, call: &mut Call<'_>) -> Exec<Ret> {
        match self {
            Native::Row(row) => (row.run)(call),
            Native::Boxed(run) => run(call),
        }
    }
}

/// A short way to a row's result. Neither runs anything of the program's; where it does not
/// apply, nothing was done.
#[derive(Clone, Copy)]
pub enum Short {
    /// None.
    None,
    /// From plain values alone.
    Values(QuickFn),
    /// With what the machine has at hand.
    AtHand(AtHandFn),
}

/// A short way on the machine: where the arguments stand, and how many they are.
pub type AtHandFn = fn(&mut super::Vm, usize, usize) -> Exec<Option<Val>>;

/// One native function.
pub struct Row {
    /// Its name, without package.
    pub name: &'static str,
    /// Its prototype as perl writes it; none: any arguments, or a syntax of its own.
    pub prototype: Option<&'static str>,
    /// The function.
    pub run: NativeFn,
    /// A short way for plain arguments.
    pub short: Short,
    /// One line for people; a function of perlfunc has its line in the REPL's table of the language.
    pub doc: &'static str,
}

impl Row {
    /// Has a short way for plain arguments.
    pub const fn quick(self, quick: QuickFn) -> Row {
        Row {
            short: Short::Values(quick),
            ..self
        }
    }

    /// Has a short way where all it needs is at hand.
    pub const fn at_hand(self, short: AtHandFn) -> Row {
        Row {
            short: Short::AtHand(short),
            ..self
        }
    }
}

/// A row of a native module.
pub const fn row(
    name: &'static str,
    prototype: &'static str,
    run: NativeFn,
    doc: &'static str,
) -> Row {
    Row {
        prototype: Some(prototype),
        ..free(name, run, doc)
    }
}

/// A row of a native module, without a prototype.
pub const fn free(name: &'static str, run: NativeFn, doc: &'static str) -> Row {
    Row {
        name,
        prototype: None,
        run,
        short: Short::None,
        doc,
    }
}

/// A function of perlfunc.
pub const fn function(name: &'static str, prototype: &'static str, run: NativeFn) -> Row {
    row(name, prototype, run, "")
}

/// A function of perlfunc with a syntax of its own.
pub const fn special(name: &'static str, run: NativeFn) -> Row {
    free(name, run, "")
}

/// Rows that belong together: a family of perlfunc, or a package's native functions.
pub struct Family {
    /// perlfunc's word for the family, or the package.
    pub name: &'static str,
    /// The rows.
    pub rows: &'static [Row],
}

impl Family {
    /// A family.
    pub const fn new(name: &'static str, rows: &'static [Row]) -> Family {
        Family { name, rows }
    }
}

impl<T: Into<Val>> From<T> for Ret {
    fn from(val: T) -> Ret {
        Ret::One(val.into())
    }
}

/// A function of an embedder: a boxed closure.
pub type BoxedFn = std::rc::Rc<dyn Fn(&mut Call<'_>) -> Exec<Ret>>;

/// What a `NativeId` leads to.
#[derive(Clone)]
pub enum Native {
    /// A row.
    Row(&'static Row),
    /// An embedder's closure.
    Boxed(BoxedFn),
}

/// The result of a native function as the caller wants it: one value.
pub(super) fn scalar_of(ret: Ret, pushed: &mut Vec<Val>, from: usize) -> Val {
    let val = match ret {
        Ret::One(val) => val,
        Ret::Nothing => Val::Undef,
        Ret::List => match pushed.len() > from {
            true => pushed.pop().unwrap_or_default(),
            false => Val::Undef,
        },
    };
    pushed.truncate(from);
    val
}

/// The result of a native function appended to the list.
pub(super) fn list_of(ret: Ret, pushed: &mut Vec<Val>) {
    if let Ret::One(val) = ret {
        pushed.push(val);
    }
}

/// The context as told to natives: never `Caller`.
pub(super) fn plain_want(want: Want) -> Want {
    if want == Want::Caller {
        Want::Scalar
    } else {
        want
    }
}
