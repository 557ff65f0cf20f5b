//! All handles of the thread: what fork, exec, system and exit have to settle.

use super::handle::{Handle, HandleRef};
use super::{Result, Stop};
use crate::sys::{Errno, grant};
use std::cell::{Cell, RefCell};
use std::rc::Weak;
use std::sync::atomic::{AtomicU64, Ordering};

struct Registry {
    handles: Vec<(u64, Weak<RefCell<Handle>>)>,
    /// When it has grown to this, the dead are taken out.
    sweep_at: usize,
}

thread_local! {
    static REGISTRY: RefCell<Registry> =
        const { RefCell::new(Registry { handles: Vec::new(), sweep_at: 64 }) };
    /// The interpreter whose handles are made now.
    static OWNER: Cell<u64> = const { Cell::new(0) };
}

/// A number for an interpreter.
pub(crate) fn next_owner() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Names the interpreter whose handles are made from now on; gives the former one.
pub(crate) fn set_owner(owner: u64) -> u64 {
    OWNER.replace(owner)
}

/// A handle exists.
pub(super) fn add(handle: &HandleRef) {
    REGISTRY.with_borrow_mut(|registry| {
        if registry.handles.len() >= registry.sweep_at {
            registry
                .handles
                .retain(|handle| handle.1.strong_count() > 0);
            registry.sweep_at = (registry.handles.len() * 2).max(64);
        }
        let entry = (OWNER.get(), std::rc::Rc::downgrade(handle));
        registry.handles.push(entry);
    });
}

/// Every handle that lives, oldest first.
pub(crate) fn all() -> Vec<HandleRef> {
    REGISTRY.with_borrow(|registry| {
        let handles = registry.handles.iter();
        handles.filter_map(|handle| handle.1.upgrade()).collect()
    })
}

/// Those of the interpreter that runs.
fn own() -> Vec<HandleRef> {
    let owner = OWNER.get();
    REGISTRY.with_borrow(|registry| {
        let own = registry.handles.iter().filter(|handle| handle.0 == owner);
        own.filter_map(|handle| handle.1.upgrade()).collect()
    })
}

/// Does something with each handle that is not in use; the first failure is given at the end, an
/// interruption at once. To be called again after an interruption: what is settled costs nothing.
fn each(mut step: impl FnMut(&mut Handle) -> Result<()>) -> Result<()> {
    let mut first = Ok(());
    for handle in all() {
        let Ok(mut handle) = handle.try_borrow_mut() else {
            continue;
        };
        match step(&mut handle) {
            Err(Stop::Interrupted) => return Err(Stop::Interrupted),
            Err(stop) if first.is_ok() => first = Err(stop),
            _ => {}
        }
    }
    first
}

/// May the running interpreter use a descriptor by its number? Only with the files granted, or
/// where one of its own handles stands on it: others are the host's.
pub(crate) fn may_use(fd: i32) -> std::result::Result<(), Errno> {
    if grant::has(grant::READ_FILES | grant::WRITE_FILES) {
        return Ok(());
    }
    let stands = |handle: &HandleRef| {
        handle
            .try_borrow()
            .is_ok_and(|handle| handle.fd() == Some(fd))
    };
    if own().iter().any(stands) {
        Ok(())
    } else {
        Err(Errno::EACCES)
    }
}

/// At exit: pipes of commands are closed and their commands waited for.
pub(crate) fn end_commands() {
    for handle in own() {
        if let Ok(mut handle) = handle.try_borrow_mut()
            && handle.child().is_some()
        {
            handle.close_and_wait();
        }
    }
}

/// Before fork, exec, system and a command's pipe: output is written, unread input of files is
/// given back, so that both processes go on at the same place and nothing is written twice.
pub(crate) fn synchronise() -> Result<()> {
    each(|handle| {
        handle.flush()?;
        handle.give_back()
    })
}

/// Terminals' unfinished lines, before something is read from a terminal.
pub(super) fn flush_lines() {
    let _ = each(|handle| {
        if handle.is_line_buffered() {
            handle.flush()
        } else {
            Ok(())
        }
    });
}
