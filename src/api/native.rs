//! Functions and packages written in Rust.
use super::context::{Sealed, panic_text};
use super::handle::Held;
use super::{Context, Cx, Error, FromPerl, IntoPerl, Result, Value};
use crate::bytecode::Want;
use crate::value::{Code, Val};
use crate::vm::Vm;
use crate::vm::native::{BoxedFn, Ret};
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// A call of a native function: access to the interpreter (it derefs to [`Cx`]), and what is to be
/// known of the call.
pub struct Call<'a> {
    cx: Cx<'a>,
    wanted: super::Wanted,
}

impl Call<'_> {
    /// The context the caller wants a result for.
    ///
    /// ```
    /// use keshi::{Perl, Wanted};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// perl.define("both", |call, ()| {
    ///     Ok(match call.wanted() {
    ///         Wanted::List => vec![1, 2, 3],
    ///         _ => vec![3],
    ///     })
    /// });
    /// let (count, last): (i64, i64) = perl.eval("my @all = both(); (scalar(@all), scalar both())")?;
    /// assert_eq!((count, last), (3, 3));
    /// # Ok(())
    /// # }
    /// ```
    pub fn wanted(&self) -> super::Wanted {
        self.wanted
    }

    /// The package of the code that calls.
    pub fn caller_package(&self) -> String {
        self.cx.vm.package().to_string()
    }

    /// Where the code that calls stands: file and line.
    pub fn caller_place(&self) -> (String, u32) {
        let (line, file) = self.cx.vm.line();
        (file.to_string(), line)
    }

    /// Warns as `warn` does, with the caller's place behind the text.
    pub fn warn(&mut self, text: &str) -> Result<()> {
        self.cx.exec(|vm| vm.warn_always(text))
    }
}

impl<'a> Deref for Call<'a> {
    type Target = Cx<'a>;
    fn deref(&self) -> &Cx<'a> {
        &self.cx
    }
}

impl DerefMut for Call<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.cx
    }
}

impl std::fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("wanted", &self.wanted)
            .finish_non_exhaustive()
    }
}

impl Sealed for Call<'_> {}

impl Context for Call<'_> {
    fn cx(&mut self) -> Cx<'_> {
        self.cx.cx()
    }
}

/// The machine's form of a typed function.
fn boxed<A, R, F>(name: &str, function: F) -> BoxedFn
where
    A: FromPerl,
    R: IntoPerl,
    F: Fn(&mut Call<'_>, A) -> Result<R> + 'static,
{
    let name = name.to_string();
    Rc::new(move |native| {
        let wanted = match native.want() {
            Want::List => super::Wanted::List,
            Want::Void => super::Wanted::Void,
            _ => super::Wanted::Scalar,
        };
        let args = native.args()?;
        let mut call = Call {
            cx: Cx {
                vm: &mut *native.vm,
                run: None,
            },
            wanted,
        };
        let ran = catch_unwind(AssertUnwindSafe(|| {
            invoke(&function, &mut call, args, &name)
        }));
        let result = match ran {
            Ok(result) => result,
            Err(panic) => Err(Error::custom(format!("{name}: {}", panic_text(&*panic)))),
        };
        match result {
            Ok(vals) => native.list(vals),
            Err(error) => Err(call.cx.die_of(error)),
        }
    })
}

fn invoke<A, R, F>(
    function: &F,
    call: &mut Call<'_>,
    args: Vec<Val>,
    name: &str,
) -> Result<Vec<Val>>
where
    A: FromPerl,
    R: IntoPerl,
    F: Fn(&mut Call<'_>, A) -> Result<R>,
{
    if A::most().is_some_and(|most| args.len() > most) {
        return Err(Error::custom(format!("Too many arguments for {name}")));
    }
    let home = call.cx.home();
    let values = args.into_iter().map(|val| Value::from_val(val, &home));
    let values: Vec<Value> = values.collect();
    let args = A::from_list(values, &mut call.cx)
        .map_err(|error| Error::custom(format!("{name}: {error}")))?;
    let result = function(call, args)?;
    let mut values = Vec::new();
    result.into_list(&mut values, &mut call.cx)?;
    values.iter().map(|value| value.to_val(&call.cx)).collect()
}

/// Defines a sub that runs a Rust function.
fn define(vm: &mut Vm, package: &str, name: &str, prototype: Option<&str>, function: BoxedFn) {
    let code = Code::host(Rc::new(function));
    code.set_name(package, name);
    code.set_prototype(prototype.map(Into::into));
    vm.symbols
        .glob(&format!("{package}::{name}"))
        .set_code(Some(code));
}

impl Cx<'_> {
    /// Defines a sub (`Package::name`, or in `main`) that runs a Rust function. The type of its
    /// second parameter says what arguments it takes: a tuple for several, `Option` for those that
    /// may be missing, `Vec<T>` for any number.
    ///
    /// ```
    /// use keshi::{Error, Perl};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// perl.define("Str::repeat", |_, (text, times): (String, Option<usize>)| {
    ///     Ok(text.repeat(times.unwrap_or(2)))
    /// });
    /// perl.define("sum", |_, numbers: Vec<f64>| Ok(numbers.iter().sum::<f64>()));
    /// assert_eq!(perl.eval::<String>("Str::repeat('ab')")?, "abab");
    /// assert_eq!(perl.eval::<f64>("sum(1, 2, 3.5)")?, 6.5);
    /// let error = perl.eval::<()>("sum('two')").unwrap_err();
    /// assert!(error.text().starts_with("main::sum: \"two\" is not a number at (eval 3) line 1."));
    /// # Ok(())
    /// # }
    /// ```
    pub fn define<A, R, F>(&mut self, name: &str, function: F)
    where
        A: FromPerl,
        R: IntoPerl,
        F: Fn(&mut Call<'_>, A) -> Result<R> + 'static,
    {
        let full = crate::value::Symbols::qualify(name, "main");
        let function = boxed(&full, function);
        let (package, name) = crate::value::symbols::split(&full);
        define(self.vm, package, name, None, function);
    }

    /// A sub without a name that runs a Rust function, to be passed about or kept by the script; the
    /// function is let go of with the sub. As for [`Cx::define`].
    ///
    /// ```
    /// use keshi::Perl;
    /// use std::{cell::Cell, rc::Rc};
    ///
    /// # fn main() -> keshi::Result<()> {
    /// let mut perl = Perl::new();
    /// perl.eval::<()>("sub each_word { my ($text, $do) = @_; $do->($_) for split ' ', $text }")?;
    /// let letters = Rc::new(Cell::new(0));
    /// let sum = letters.clone();
    /// let count = perl.new_code(move |_, word: String| Ok(sum.set(sum.get() + word.len())));
    /// perl.call::<()>("each_word", ("one two three", &count))?;
    /// assert_eq!(letters.get(), 11);
    /// # Ok(())
    /// # }
    /// ```
    pub fn new_code<A, R, F>(&mut self, function: F) -> super::Code
    where
        A: FromPerl,
        R: IntoPerl,
        F: Fn(&mut Call<'_>, A) -> Result<R> + 'static,
    {
        let code = Code::host(Rc::new(boxed("main::__ANON__", function)));
        code.set_name("main", "__ANON__");
        super::Code(Held::new(Val::CRef(code), &self.home()))
    }

    /// Adds a package written in Rust: `use` finds it.
    pub fn add_package(&mut self, package: Package) {
        let vm = &mut *self.vm;
        for part in &package.parts {
            match part {
                Part::Function(name, prototype, function) => {
                    let function = function.clone();
                    define(vm, &package.name, name, prototype.as_deref(), function);
                }
                Part::Constant(name, value) => {
                    let full = format!("{}::{name}", package.name);
                    crate::native::define_constant(vm, &full, value.to_val());
                }
            }
        }
        if !package.exports.is_empty() {
            let (name, exports) = (package.name.clone(), package.exports.clone());
            let import: BoxedFn = Rc::new(move |call| {
                let wanted: Vec<String> = call
                    .args_from(1)?
                    .iter()
                    .map(|val| val.to_str().to_str_lossy().into_owned())
                    .collect();
                let target = call.package();
                let names = if wanted.is_empty() { &exports } else { &wanted };
                for item in names {
                    if !exports.contains(item) {
                        let text = format!("\"{item}\" is not exported by the {name} module");
                        return Err(call.die(text));
                    }
                    let from = call.symbols().glob(&format!("{name}::{item}"));
                    let to = call.symbols().glob(&format!("{target}::{item}"));
                    to.set_code(from.code());
                    to.set_bits(to.bits() | crate::value::glob::bit::IMPORTED_CODE);
                }
                Ok(Ret::Nothing)
            });
            define(vm, &package.name, "import", None, import);
        }
        let file = format!("{}.pm", package.name.replace("::", "/"));
        let inc = vm.symbols.glob("main::INC").hash_mut();
        inc.set_str(&file, Val::str(&format!("keshi:host/{file}")));
        vm.symbols.stash(&package.name);
    }
}

/// A package written in Rust.
///
/// ```
/// use keshi::{Package, Perl};
///
/// # fn main() -> keshi::Result<()> {
/// let mut perl = Perl::new();
/// perl.add_package(
///     Package::new("Geo::Circle")
///         .constant("TAU", std::f64::consts::TAU)
///         .function("area", |_, r: f64| Ok(std::f64::consts::PI * r * r))
///         .export(["area"]),
/// );
/// let area: f64 = perl.eval("use Geo::Circle; sprintf '%.2f', area(2) / Geo::Circle::TAU")?;
/// assert_eq!(area, 2.0);
/// # Ok(())
/// # }
/// ```
#[must_use = "a package is of use to an interpreter only"]
pub struct Package {
    name: String,
    parts: Vec<Part>,
    exports: Vec<String>,
}

enum Part {
    Function(String, Option<String>, BoxedFn),
    Constant(String, Constant),
}

/// The value of a constant of a [`Package`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Constant {
    /// An integer.
    Int(i64),
    /// A number.
    Num(f64),
    /// A string.
    Str(String),
}

impl Constant {
    fn to_val(&self) -> Val {
        match self {
            Constant::Int(n) => Val::Int(*n),
            Constant::Num(n) => Val::Num(*n),
            Constant::Str(text) => Val::str(text),
        }
    }
}

macro_rules! constants {
    ($($ty:ty => $variant:ident),*) => {$(
        impl From<$ty> for Constant {
            fn from(value: $ty) -> Constant {
                Constant::$variant(value.into())
            }
        }
    )*};
}
constants!(
    i64 => Int, i32 => Int, i16 => Int, i8 => Int, u32 => Int, u16 => Int, u8 => Int,
    f64 => Num, f32 => Num, &str => Str, String => Str
);

impl std::fmt::Debug for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self.parts.iter().map(|part| match part {
            Part::Function(name, ..) | Part::Constant(name, _) => name,
        });
        f.debug_struct("Package")
            .field("name", &self.name)
            .field("parts", &names.collect::<Vec<_>>())
            .field("exports", &self.exports)
            .finish()
    }
}

impl Package {
    /// An empty one of this name (`Foo::Bar`).
    pub fn new(name: impl Into<String>) -> Package {
        Package {
            name: name.into(),
            parts: Vec::new(),
            exports: Vec::new(),
        }
    }

    /// A function or method; as for [`Cx::define`]. A method's first argument is the class or
    /// object it is called on.
    pub fn function<A, R, F>(mut self, name: &str, function: F) -> Package
    where
        A: FromPerl,
        R: IntoPerl,
        F: Fn(&mut Call<'_>, A) -> Result<R> + 'static,
    {
        let full = format!("{}::{name}", self.name);
        let function = boxed(&full, function);
        self.parts.push(Part::Function(name.into(), None, function));
        self
    }

    /// Gives the function added last a prototype (perlsub "Prototypes").
    pub fn prototype(mut self, prototype: &str) -> Package {
        if let Some(Part::Function(_, place, _)) = self.parts.last_mut() {
            *place = Some(prototype.into());
        }
        self
    }

    /// A constant.
    pub fn constant(mut self, name: &str, value: impl Into<Constant>) -> Package {
        self.parts.push(Part::Constant(name.into(), value.into()));
        self
    }

    /// Functions and constants that `use` puts into the package it stands in.
    pub fn export<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Package {
        self.exports.extend(names.into_iter().map(str::to_string));
        self
    }
}
