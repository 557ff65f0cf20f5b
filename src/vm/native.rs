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

/// In which shape a row's result comes, for the compiler and the docs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// One value.
    Scalar,
    /// A list, or something else in scalar context.
    List,
    /// Does not return.
    Never,
}

/// How a row takes its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Copies: fetched, with magic asked, as the function asks for them.
    Values,
    /// Every argument may be assigned to.
    Aliases,
    /// The first n arguments may be assigned to.
    Places(u8),
}

/// One native function.
pub struct Row {
    /// Its name, without package.
    pub name: &'static str,
    /// Its prototype as perl writes it; none: any arguments, or a syntax of its own.
    pub prototype: Option<&'static str>,
    /// The shape of its result.
    pub gives: Gives,
    /// How it takes its arguments.
    pub takes: Takes,
    /// The function.
    pub run: NativeFn,
    /// A short way for plain arguments, which needs no machine.
    pub quick: Option<QuickFn>,
    /// One line for people.
    pub doc: &'static str,
}

impl Row {
    /// Has a short way for plain arguments.
    pub const fn quick(self, quick: QuickFn) -> Row {
        Row {
            quick: Some(quick),
            ..self
        }
    }

    /// Takes its arguments as aliases.
    pub const fn aliases(self) -> Row {
        Row {
            takes: Takes::Aliases,
            ..self
        }
    }

    /// Takes its first `n` arguments as places.
    pub const fn places(self, n: u8) -> Row {
        Row {
            takes: Takes::Places(n),
            ..self
        }
    }
}

/// A row of a native module or builtin family.
pub const fn row(
    name: &'static str,
    prototype: &'static str,
    gives: Gives,
    run: NativeFn,
    doc: &'static str,
) -> Row {
    Row {
        name,
        prototype: Some(prototype),
        gives,
        takes: Takes::Values,
        run,
        quick: None,
        doc,
    }
}

/// A row without a prototype.
pub const fn free(name: &'static str, gives: Gives, run: NativeFn, doc: &'static str) -> Row {
    Row {
        name,
        prototype: None,
        gives,
        takes: Takes::Values,
        run,
        quick: None,
        doc,
    }
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
