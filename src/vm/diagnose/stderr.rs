//! Where messages go: STDERR, whatever the program has made of it (perlfunc warn).
use crate::bytecode::Want;
use crate::diag::warnings::Category;
use crate::io::HandleRef;
use crate::text::PerlStr;
use crate::value::{Glob, Val};
use crate::vm::Vm;
use crate::vm::die::Exec;

impl Vm {
    /// A message nobody caught: printed, and explained where that was asked for.
    pub fn tell(&mut self, text: &PerlStr) -> Exec {
        if !self.texts.is_on() {
            return self.to_stderr(text);
        }
        // as it would be read, so that it looks like the program's text, which is shown in UTF-8 always
        let message = String::from_utf8(bytes_of(text));
        let message = message.unwrap_or_else(|_| text.to_str_lossy().into_owned());
        let explained = crate::diag::explain(&message, &self.texts);
        let handle = self.names.stderr.io().and_then(|io| io.handle());
        let by_layer = handle.is_some_and(|h| h.try_borrow().is_ok_and(|h| h.is_utf8()));
        self.to_stderr(&match by_layer {
            true => PerlStr::from(explained),
            false => PerlStr::from_bytes(explained.as_bytes()),
        })
    }

    /// Writes to the handle STDERR; where that is closed, to the descriptor it begins with.
    pub fn to_stderr(&mut self, text: &PerlStr) -> Exec {
        if let Some(errors) = self.watchers.errors.clone() {
            errors(&bytes_of(text));
            return Ok(());
        }
        let io = self.names.stderr.io();
        let tied = io.as_ref().map(|io| io.tie.borrow().clone());
        if let Some(object) = tied.filter(|object| !object.is_undef()) {
            // what PRINT itself warns of goes past it
            let stderr = std::mem::replace(&mut self.names.stderr, Glob::new("main", "STDERR"));
            let args = [object, Val::Str(text.clone())];
            let done = self.call_method("PRINT", &args, Want::Scalar);
            self.names.stderr = stderr;
            return done.map(drop);
        }
        match io.and_then(|io| io.handle()).filter(writes) {
            Some(handle) => self.put_message(&handle, text),
            None => {
                self.to_descriptor(&bytes_of(text));
                Ok(())
            }
        }
    }

    fn put_message(&mut self, handle: &HandleRef, text: &PerlStr) -> Exec {
        let bytes = match handle.borrow().is_utf8() {
            true => handle.borrow().prepare(text).bytes.into_owned(),
            false => bytes_of(text),
        };
        let wide = !handle.borrow().is_utf8() && text.is_utf8() && text.downgraded().is_none();
        if wide && !self.frames.is_empty() {
            let what = self.op_name();
            self.warn_severe(Category::Utf8, format!("Wide character in {what}"))?;
        }
        if self.put_bytes(handle, &bytes)? {
            loop {
                let flushed = handle.borrow_mut().flush();
                match flushed {
                    Ok(()) => break,
                    Err(stop) if self.io_stop(stop)? => {}
                    Err(_) => break,
                }
            }
        }
        Ok(())
    }

    fn to_descriptor(&mut self, mut rest: &[u8]) {
        while !rest.is_empty() {
            match crate::sys::blocking::write(2, rest) {
                Ok(0) => break,
                Ok(n) => rest = &rest[n.min(rest.len())..],
                Err(errno) => {
                    self.errno = errno.0;
                    break;
                }
            }
        }
    }
}

/// Can it be written to, now?
fn writes(handle: &HandleRef) -> bool {
    handle
        .try_borrow_mut()
        .is_ok_and(|handle| handle.is_open() && handle.access().write)
}

fn bytes_of(text: &PerlStr) -> Vec<u8> {
    text.to_bytes_for_io()
        .unwrap_or_else(|| text.as_bytes().into())
        .to_vec()
}
