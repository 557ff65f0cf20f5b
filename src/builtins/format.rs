//! `formline` and `write`: reports by pictures, page by page (perlform; perlfunc formline, write).
use crate::diag::warnings::Category;
use crate::io::HandleRef;
use crate::sys::Errno;
use crate::text::format_picture::{self, FormArgs, FormError, Picture};
use crate::text::{Numeric, PerlStr};
use crate::value::{Code, Glob, Io, Rc, Symbols, Val};
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Die, Exec, Stop};

pub(super) const FAMILY: Family = Family::new(
    "I/O",
    &[
        function("formline", "$@", formline),
        function("write", ";*", write),
    ],
);

/// The values behind the picture.
struct Values<'c, 'v> {
    call: &'c mut Call<'v>,
}

/// What a picture may stop for.
enum Failed {
    Die(Die),
    Form(FormError),
}

impl From<FormError> for Failed {
    fn from(error: FormError) -> Failed {
        Failed::Form(error)
    }
}

impl From<Die> for Failed {
    fn from(die: Die) -> Failed {
        Failed::Die(die)
    }
}

impl Failed {
    fn into_die(self, call: &mut Call<'_>) -> Die {
        match self {
            Failed::Die(die) => die,
            Failed::Form(FormError::OutOfMemory) => Die::new(Stop::OutOfMemory),
            Failed::Form(error) => call.die(error.message()),
        }
    }
}

impl FormArgs for Values<'_, '_> {
    type Error = Failed;

    fn count(&self) -> usize {
        self.call.argc().saturating_sub(1)
    }

    fn text(&mut self, at: usize) -> Result<PerlStr, Failed> {
        Ok(self.call.arg_str(at + 1)?)
    }

    fn number(&mut self, at: usize) -> Result<Option<Numeric>, Failed> {
        let val = self.call.arg(at + 1)?;
        if val.is_undef() {
            Ok(None)
        } else {
            Ok(Some(self.call.vm.num(&val)?))
        }
    }

    fn store(&mut self, at: usize, rest: PerlStr) -> Result<(), Failed> {
        Ok(self.call.assign(at + 1, Val::Str(rest))?)
    }

    fn breaks(&mut self) -> Result<PerlStr, Failed> {
        let cell = self.call.symbols().glob("main:::").scalar();
        let val = self.call.vm.fetch(&cell)?;
        Ok(self.call.str(&val)?)
    }

    fn warn_missing(&mut self) -> Result<(), Failed> {
        Ok(self
            .call
            .warn(Category::Syntax, "Not enough format arguments")?)
    }
}

/// What `$^A` holds, taken out of it.
fn take_accumulated(call: &mut Call<'_>) -> Exec<PerlStr> {
    let cell = call.symbols().glob("main::^A").scalar();
    let val = call.vm.fetch(&cell)?;
    let text = if val.is_undef() {
        PerlStr::new()
    } else {
        call.str(&val)?
    };
    drop(val);
    cell.set(Val::empty());
    Ok(text)
}

fn accumulate(call: &mut Call<'_>, text: PerlStr) -> Exec {
    let cell = call.symbols().glob("main::^A").scalar();
    call.vm.store(&cell, Val::Str(text))
}

fn formline(call: &mut Call<'_>) -> Exec<Ret> {
    let in_format = call.is_in_format();
    let picture = call.arg_str(0)?;
    let picture = match Picture::cached(&picture) {
        Ok(picture) => picture,
        Err(error) => return Err(Failed::Form(error).into_die(call)),
    };
    let mut text = take_accumulated(call)?;
    loop {
        let filled = format_picture::fill(&picture, &mut Values { call }, &mut text);
        match filled {
            Ok(true) if !in_format => call.vm.safepoint()?,
            Ok(more) => {
                accumulate(call, text)?;
                return Ok(Val::Bool(more || !in_format).into());
            }
            Err(error) => {
                accumulate(call, text)?;
                return Err(error.into_die(call));
            }
        }
    }
}

/// The code of a format, if it is defined.
fn code_of(glob: &Glob) -> Option<Rc<Code>> {
    let format = glob.format()?;
    let body = format.body.borrow().clone()?;
    body.downcast_ref::<Rc<Code>>().cloned()
}

fn named(call: &Call<'_>, name: &PerlStr) -> String {
    Symbols::qualify(&name.to_str_lossy(), &call.package())
}

fn short(full: &str) -> &str {
    full.strip_prefix("main::").unwrap_or(full)
}

/// Runs a format; what it adds to `$^A`, and what stood there before.
fn run(call: &mut Call<'_>, code: Rc<Code>) -> Exec<PerlStr> {
    call.call_sv(&Val::CRef(code), &[], crate::bytecode::Want::Void)?;
    take_accumulated(call)
}

fn count_lines(text: &PerlStr) -> i64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as i64
}

fn write(call: &mut Call<'_>) -> Exec<Ret> {
    let glob = match call.argc() {
        0 => call.vm.selected.clone(),
        _ => {
            let val = call.arg(0)?;
            call.vm.glob_of(&val)?
        }
    };
    let Some(glob) = glob else {
        call.set_errno(Errno::EBADF);
        return Ok(Val::Bool(false).into());
    };
    let io = glob.io_mut();
    let name = io.formats[1].borrow().clone();
    let name = match name {
        Some(name) => named(call, &name),
        None => glob.full_name(),
    };
    let code = call
        .symbols()
        .glob_if(&name)
        .and_then(|glob| code_of(&glob));
    let Some(code) = code else {
        return Err(call.die(format!("Undefined format \"{}\" called", short(&name))));
    };
    let body = run(call, code)?;
    let Some(handle) = output(call, &glob, &io)? else {
        return Ok(Val::Bool(false).into());
    };
    let Some(body) = begin_page(call, &glob, &io, &handle, body)? else {
        return Ok(Val::Bool(false).into());
    };
    let ok = put(call, &io, &handle, &body)?;
    Ok(Val::Bool(ok).into())
}

/// The open handle behind a glob, or perl's warning.
fn output(call: &mut Call<'_>, glob: &Glob, io: &Rc<Io>) -> Exec<Option<HandleRef>> {
    let Some(handle) = io.handle().filter(|handle| handle.borrow().is_open()) else {
        let opened = io.handle().is_some();
        call.set_errno(Errno::EBADF);
        let (category, state) = match opened {
            true => (Category::Closed, "closed"),
            false => (Category::Unopened, "unopened"),
        };
        call.warn(
            category,
            format!("write() on {state} filehandle {}", glob.name()),
        )?;
        return Ok(None);
    };
    let access = handle.borrow().access();
    if !access.write {
        call.set_errno(Errno::EBADF);
        call.warn(
            Category::Io,
            format!("Filehandle {} opened only for input", glob.name()),
        )?;
        return Ok(None);
    }
    Ok(Some(handle))
}

/// Prints a text that a format made and counts its lines off the page.
fn put(call: &mut Call<'_>, io: &Rc<Io>, handle: &HandleRef, text: &PerlStr) -> Exec<bool> {
    let left = &io.page[1];
    left.set(left.get().saturating_sub(count_lines(text)));
    if left.get() < 0 {
        call.warn(Category::Io, "page overflow")?;
    }
    if !call.vm.put_text(handle, text, "write")? {
        return Ok(false);
    }
    call.vm.after_print(handle)
}

/// Begins pages until the record fits on what is left of one; what of the record is still to be
/// printed, `None` if printing failed.
fn begin_page(
    call: &mut Call<'_>,
    glob: &Glob,
    io: &Rc<Io>,
    handle: &HandleRef,
    mut body: PerlStr,
) -> Exec<Option<PerlStr>> {
    let [length, left, page] = &io.page;
    let mut begun = false;
    while left.get() < count_lines(&body) {
        let Some(top) = top_of(call, glob, io)? else {
            left.set(length.get());
            break;
        };
        if begun {
            // It does not fit on a whole page: as much as fits goes first.
            let fits = left.get();
            if fits <= 0 {
                break;
            }
            let newlines = memchr::memchr_iter(b'\n', body.as_bytes());
            let Some(last) = newlines.take(fits as usize).last() else {
                break;
            };
            let head = body.slice_bytes(0..last + 1);
            if !put(call, io, handle, &head)? {
                return Ok(None);
            }
            body.drain_front(last + 1);
        }
        if left.get() >= 0 && page.get() > 0 {
            let cell = call.symbols().glob("main::^L").scalar();
            let feed = call.vm.fetch(&cell)?;
            let feed = call.str(&feed)?;
            if !call.vm.put_text(handle, &feed, "write")? {
                return Ok(None);
            }
        }
        left.set(length.get());
        page.set(page.get().saturating_add(1));
        begun = true;
        let head = run(call, top)?;
        if !put(call, io, handle, &head)? {
            return Ok(None);
        }
    }
    Ok(Some(body))
}

/// The code of the format for page tops: `$^`, else `NAME_TOP`, else `top`; `None` without one.
fn top_of(call: &mut Call<'_>, glob: &Glob, io: &Rc<Io>) -> Exec<Option<Rc<Code>>> {
    let set = io.formats[0].borrow().clone();
    let symbols = call.symbols();
    if let Some(name) = set {
        let name = named(call, &name);
        let code = symbols.glob_if(&name).and_then(|glob| code_of(&glob));
        return match code {
            Some(code) => Ok(Some(code)),
            None => Err(call.die(format!("Undefined top format \"{}\" called", short(&name)))),
        };
    }
    let package = call.package();
    let own = Symbols::qualify(&format!("{}_TOP", glob.name()), &package);
    for name in [own, Symbols::qualify("top", &package)] {
        if let Some(code) = symbols.glob_if(&name).and_then(|glob| code_of(&glob)) {
            let short = name.rsplit("::").next().unwrap_or(&name);
            io.formats[0].replace(Some(PerlStr::from(short)));
            return Ok(Some(code));
        }
    }
    Ok(None)
}
