//! print, readline and file tests. A signal may end a step: its handler runs with nothing
//! borrowed, then the handle is looked at again.

use crate::bytecode::{NO, R, Want};
use crate::diag::warnings::Category;
use crate::io::{HandleRef, Separator, Stop as IoStop};
use crate::text::PerlStr;
use crate::value::{Glob, Io, Rc, Val};
use crate::vm::argv::Diamond;
use crate::vm::{Exec, Vm};

/// The name of a print by its number.
fn word(kind: u8) -> &'static str {
    match kind & 3 {
        0 => "print",
        1 => "say",
        _ => "printf",
    }
}

impl Vm {
    /// The handle to print to, with the glob it was named by.
    fn print_handle(&mut self, fh: R) -> Exec<(Option<Rc<Io>>, Option<Rc<Glob>>, Val)> {
        if fh == NO {
            let glob = self.selected.clone();
            return Ok((glob.as_ref().and_then(|g| g.io()), glob, Val::Undef));
        }
        let val = self.get(fh)?;
        if let Val::Str(_) = &val
            && self.hint(crate::diag::hints::STRICT_REFS)
        {
            let name = val.to_str();
            return Err(self.die(format!(
                "Can't use string (\"{name}\") as a symbol ref while \"strict refs\" in use"
            )));
        }
        match self.glob_of(&val)? {
            Some(glob) => Ok((glob.io(), Some(glob), val)),
            None => {
                let io = self.io_of(&val)?;
                if io.is_none() {
                    if val.is_undef() {
                        return Err(
                            self.die("Can't use an undefined value as filehandle reference")
                        );
                    }
                    if val.is_ref() {
                        return Err(self.die("Not a GLOB reference"));
                    }
                }
                Ok((io, None, val))
            }
        }
    }

    pub(in crate::vm) fn print_list(&mut self, kind: u8, fh: R, d: R) -> Exec {
        let items = self.take_values()?;
        self.print_items(kind, fh, d, items)
    }

    pub(in crate::vm) fn print_operands(&mut self, kind: u8, fh: R, d: R) -> Exec {
        let n = (kind >> 2) as usize;
        if let Some(done) = self.print_at_hand(kind & 3, fh, n)? {
            return match d {
                NO => Ok(()),
                _ if done => self.put(d, Val::Int(1)),
                _ => self.put(d, Val::Undef),
            };
        }
        let mut items = Vec::with_capacity(n);
        for i in 0..n {
            items.push(self.operand(i)?);
        }
        self.print_items(kind & 3, fh, d, items)
    }

    fn print_items(&mut self, kind: u8, fh: R, d: R, items: Vec<Val>) -> Exec {
        let (io, glob, _) = self.print_handle(fh)?;
        let answer = match io {
            Some(io) if !io.tie.borrow().is_undef() => {
                let object = io.tie.borrow().clone();
                self.print_tied(kind, object, items)?
            }
            Some(io) => Val::Bool(self.print_to(kind, &io, glob.as_ref(), items)?),
            None => {
                let name = glob.map_or_else(String::new, |g| format!(" {}", g.name()));
                self.errno = crate::sys::Errno::EBADF.0;
                self.warn(
                    Category::Unopened,
                    format!("{}() on unopened filehandle{name}", word(kind)),
                )?;
                Val::Bool(false)
            }
        };
        let answer = match answer {
            Val::Bool(true) => Val::Int(1),
            Val::Bool(false) => Val::Undef,
            answer => answer,
        };
        if d == NO { Ok(()) } else { self.put(d, answer) }
    }

    fn print_tied(&mut self, kind: u8, object: Val, items: Vec<Val>) -> Exec<Val> {
        let method = match kind & 3 {
            2 => "PRINTF",
            _ => "PRINT",
        };
        let mut args = vec![object];
        args.extend(items);
        if kind & 3 == 1 {
            // say: `$\` is a newline for the time of the call.
            args.push(Val::str("\n"));
        }
        Ok(self
            .call_method(method, &args, Want::Scalar)?
            .pop()
            .unwrap_or_default())
    }

    /// A special variable that is used as a string where it is defined.
    fn separator(&mut self, glob: Rc<Glob>) -> Exec<Option<PerlStr>> {
        let val = self.fetch(&glob.scalar())?;
        if val.is_undef() {
            Ok(None)
        } else {
            self.str(&val).map(Some)
        }
    }

    fn print_to(
        &mut self,
        kind: u8,
        io: &Rc<Io>,
        glob: Option<&Rc<Glob>>,
        items: Vec<Val>,
    ) -> Exec<bool> {
        let Some(handle) = io.handle().filter(|_| io.is_open()) else {
            let name = glob.map_or_else(String::new, |g| format!(" {}", g.name()));
            self.errno = crate::sys::Errno::EBADF.0;
            let opened = io.handle().is_some();
            let (category, state) = match opened {
                true => (Category::Closed, "closed"),
                false => (Category::Unopened, "unopened"),
            };
            self.warn(
                category,
                format!("{}() on {state} filehandle{name}", word(kind)),
            )?;
            return Ok(false);
        };
        let readable = handle.borrow().access();
        if !readable.write {
            let name = glob.map_or_else(String::new, |g| format!(" {}", g.name()));
            self.errno = crate::sys::Errno::EBADF.0;
            self.warn(
                Category::Io,
                format!("Filehandle{name} opened only for input"),
            )?;
            return Ok(false);
        }
        if kind & 3 == 2 {
            let text = self.format_items(&items)?;
            return self.put_text(&handle, &text, "printf").and_then(|ok| {
                if ok {
                    self.after_print(&handle)
                } else {
                    Ok(false)
                }
            });
        }
        let ofs = self.separator(self.names.ofs.clone())?;
        let ors = match kind & 3 {
            1 => Some(PerlStr::from("\n")),
            _ => self.separator(self.names.ors.clone())?,
        };
        let n = items.len();
        for (i, val) in items.into_iter().enumerate() {
            let text = match val {
                Val::Str(text) => text,
                val => self.str(&val)?,
            };
            if !self.put_text(&handle, &text, word(kind))? {
                return Ok(false);
            }
            if i + 1 < n
                && let Some(ofs) = &ofs
                && !self.put_text(&handle, ofs, word(kind))?
            {
                return Ok(false);
            }
        }
        if let Some(ors) = &ors
            && !self.put_text(&handle, ors, word(kind))?
        {
            return Ok(false);
        }
        self.after_print(&handle)
    }

    /// sprintf through the builtin of that name.
    fn format_items(&mut self, items: &[Val]) -> Exec<PerlStr> {
        let id = crate::signature::Builtin::Sprintf as usize;
        let Some(Some(native)) = self.builtins.get(id).cloned() else {
            return Err(self.die("The printf function is unimplemented"));
        };
        let from = self.list.len();
        self.list.extend_from_slice(items);
        let (at, argc) = self.window_from_list(from)?;
        let ret = self.run_native(&native, at, argc, Want::Scalar, None);
        self.regs.clear(at, at + argc);
        self.top = at;
        let val = crate::vm::native::scalar_of(ret?, &mut self.list, from);
        self.str(&val)
    }

    /// Flushes where `$|` asks for it.
    pub(crate) fn after_print(&mut self, handle: &HandleRef) -> Exec<bool> {
        let generation = handle.borrow().generation();
        loop {
            let done = {
                let mut open = handle.borrow_mut();
                open.check(generation).and_then(|()| open.after_print())
            };
            match done {
                Ok(()) => return Ok(true),
                Err(stop) => {
                    if !self.write_stop(handle, stop)? {
                        return Ok(false);
                    }
                }
            }
        }
    }

    /// Writes a text to a handle; false where that failed (`$!` is set).
    pub(crate) fn put_text(
        &mut self,
        handle: &HandleRef,
        text: &PerlStr,
        what: &str,
    ) -> Exec<bool> {
        if text.is_utf8()
            && handle.borrow().is_utf8()
            && crate::text::utf8::next_unusual(text.as_bytes(), 0).is_some()
        {
            self.warn_of_unusual(text, what)?;
        }
        let wide = {
            let mut open = handle.borrow_mut();
            let same = open.is_utf8() == text.is_utf8() || text.is_ascii();
            if same && open.put(text.as_bytes()) {
                return Ok(true);
            }
            open.prepare(text).wide
        };
        if wide {
            self.warn_severe(Category::Utf8, format!("Wide character in {what}"))?;
        }
        let bytes = handle.borrow().prepare(text).bytes.into_owned();
        self.put_bytes(handle, &bytes)
    }

    /// Writes bytes to a handle, running handlers of signals that come meanwhile.
    pub(crate) fn put_bytes(&mut self, handle: &HandleRef, bytes: &[u8]) -> Exec<bool> {
        let mut done = 0;
        let generation = handle.borrow().generation();
        loop {
            let result = {
                let mut open = handle.borrow_mut();
                match open.check(generation) {
                    Ok(()) => open.write(bytes, &mut done),
                    Err(stop) => Err(stop),
                }
            };
            self.heed_notices(handle)?;
            match result {
                Ok(()) => return Ok(true),
                Err(stop) => {
                    if !self.write_stop(handle, stop)? {
                        return Ok(false);
                    }
                }
            }
        }
    }

    /// The same for a write, which its handle knows of while handlers run.
    fn write_stop(&mut self, handle: &HandleRef, stop: IoStop) -> Exec<bool> {
        handle.borrow_mut().suspend();
        let again = self.io_stop(stop);
        handle.borrow_mut().resume();
        again
    }

    /// What to do after a step that did not finish: true, ask again; false, it failed and `$!`
    /// is set.
    pub(crate) fn io_stop(&mut self, stop: IoStop) -> Exec<bool> {
        match stop {
            IoStop::Interrupted => {
                self.attend()?;
                Ok(true)
            }
            IoStop::Failed(errno) => {
                self.errno = errno.0;
                Ok(false)
            }
            IoStop::OutOfMemory => Err(self.too_large()),
        }
    }

    // ---- reading -----------------------------------------------------------------------------------

    /// The separator `$/` asks for.
    pub(crate) fn line_separator(&mut self, utf8: bool) -> Exec<Separator> {
        let val = self.fetch(&self.names.rs.scalar())?;
        Ok(match &val {
            Val::Undef => Separator::Slurp,
            Val::SRef(cell) => {
                let n = self.fetch(cell)?;
                let n = self.int(&n)?;
                if n > 0 {
                    Separator::Record(n as usize)
                } else {
                    Separator::Slurp
                }
            }
            other => Separator::of(&self.str(other)?, utf8),
        })
    }

    /// One line of a handle; `None` at its end. `one`: in scalar context, where the first thing
    /// an empty file gives is the empty string if `$/` asks for all of it (perlvar `$/`).
    pub(crate) fn read_line(&mut self, io: &Rc<Io>, one: bool) -> Exec<Option<PerlStr>> {
        let Some(handle) = io.handle().filter(|_| io.is_open()) else {
            let name = io
                .name
                .borrow()
                .clone()
                .map_or_else(String::new, |n| format!(" {n}"));
            let (category, state) = match io.handle().is_some() {
                true => (Category::Closed, "closed"),
                false => (Category::Unopened, "unopened"),
            };
            self.warn(category, format!("readline() on {state} filehandle{name}"))?;
            return Ok(None);
        };
        let (utf8, access, generation) = {
            let open = handle.borrow();
            (open.is_utf8(), open.access(), open.generation())
        };
        if !access.read {
            self.errno = crate::sys::Errno::EBADF.0;
            let name = io
                .name
                .borrow()
                .clone()
                .map_or_else(String::new, |n| format!(" {n}"));
            self.warn(
                Category::Io,
                format!("Filehandle{name} opened only for output"),
            )?;
            return Ok(None);
        }
        let separator = self.line_separator(utf8)?;
        let mut line = PerlStr::new();
        loop {
            let result = {
                let mut open = handle.borrow_mut();
                match open.check(generation) {
                    Ok(()) => open.read_line(&separator, &mut line, 0),
                    Err(stop) => Err(stop),
                }
            };
            self.heed_notices(&handle)?;
            match result {
                Ok(true) => {
                    io.lines.set(io.lines.get() + 1);
                    self.set_last_read(&io);
                    if utf8 {
                        self.warn_of_malformed(&line)?;
                    }
                    return Ok(Some(line));
                }
                Ok(false) => {
                    self.set_last_read(&io);
                    let nothing = one && separator == Separator::Slurp;
                    if !nothing || !handle.borrow_mut().gives_nothing_once() {
                        return Ok(None);
                    }
                    io.lines.set(io.lines.get() + 1);
                    return Ok(Some(line));
                }
                Err(stop) => {
                    if !self.io_stop(stop)? {
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// The next line of a handle value: tied, `<>` or plain.
    pub(crate) fn line_of(
        &mut self,
        val: &Val,
        argv: Option<Diamond>,
        one: bool,
    ) -> Exec<Option<Val>> {
        if let Some(how) = argv {
            return Ok(self.read_argv(how, one)?.map(Val::Str));
        }
        if val.is_overloaded()
            && let Some(got) = self.overload_unary(val, "<>")?
        {
            return Ok(if got.is_undef() { None } else { Some(got) });
        }
        let glob = self.glob_if(val)?;
        if let Some(glob) = &glob
            && *glob == self.names.argv
        {
            return Ok(self.read_argv(Diamond::Plain, one)?.map(Val::Str));
        }
        let io = match glob {
            Some(glob) => glob.io(),
            None => self.io_of(val)?,
        };
        let Some(io) = io else {
            self.forget_last_read();
            self.errno = crate::sys::Errno::EBADF.0;
            let name = self
                .glob_if(val)?
                .map_or_else(String::new, |g| format!(" {}", g.name()));
            self.warn(
                Category::Unopened,
                format!("readline() on unopened filehandle{name}"),
            )?;
            return Ok(None);
        };
        if !io.tie.borrow().is_undef() {
            let object = io.tie.borrow().clone();
            let got = self.tie_call(&object, "READLINE", &[])?;
            return Ok(if got.is_undef() { None } else { Some(got) });
        }
        Ok(self.read_line(&io, one)?.map(Val::Str))
    }

    pub(in crate::vm) fn read_line_op(&mut self, w: u8, d: R, fh: R) -> Exec {
        if w == 1 && d != NO && fh != NO && self.line_at_hand(d, fh) {
            return Ok(());
        }
        let want = self.want_of(w & 3);
        let argv = match w & 0xC0 {
            0 => None,
            0xC0 => Some(Diamond::Literal),
            _ => Some(Diamond::Plain),
        };
        let val = if fh == NO || argv.is_some() {
            Val::Undef
        } else {
            self.get(fh)?
        };
        if want != Want::List {
            let line = self.line_of(&val, argv, true)?;
            return if d == NO {
                Ok(())
            } else {
                self.put(d, line.unwrap_or_default())
            };
        }
        if let Some(io) = self.io_of(&val)?
            && !io.tie.borrow().is_undef()
        {
            let object = io.tie.borrow().clone();
            let lines = self.call_method("READLINE", &[object], Want::List)?;
            self.list.extend(lines);
            return Ok(());
        }
        if val.is_overloaded()
            && let Some(stash) = val.blessed()
            && let Some(code) = self.overload_method(&stash, "<>")?
        {
            let args = [val.clone(), Val::Undef, Val::Bool(false)];
            let lines = self.call_code(code, &args, Want::List)?;
            self.list.extend(lines);
            return Ok(());
        }
        while let Some(line) = self.line_of(&val, argv, false)? {
            self.list.push(line);
        }
        Ok(())
    }

    // ---- file tests ----------------------------------------------------------------------------------

    pub(in crate::vm) fn file_test(&mut self, letter: u8, d: R, s: R) -> Exec {
        let stacked = letter & 0x80 != 0;
        let letter = letter & 0x7F;
        let val = if stacked || s == NO {
            Val::Undef
        } else {
            self.get(s)?
        };
        if !stacked
            && val.is_overloaded()
            && let Some(stash) = val.blessed()
            && let Some(code) = self.overload_method(&stash, "-X")?
        {
            let args = [
                val,
                Val::str(&(letter as char).to_string()),
                Val::Bool(false),
            ];
            let got = self
                .call_code(code, &args, Want::Scalar)?
                .pop()
                .unwrap_or_default();
            return self.put(d, got);
        }
        let Some(test) = self.file_tests else {
            return Err(self.die(format!(
                "The -{} file test is unimplemented",
                letter as char
            )));
        };
        let got = test(self, letter, stacked, &val)?;
        if d == NO { Ok(()) } else { self.put(d, got) }
    }
}
