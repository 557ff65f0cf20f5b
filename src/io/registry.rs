//! All handles of the thread: what fork, exec, system and exit have to settle.

use super::handle::{Handle, HandleRef};
use super::{Result, Stop};
use std::cell::RefCell;
use std::rc::Weak;

struct Registry {
    handles: Vec<Weak<RefCell<Handle>>>,
    /// When it has grown to this, the dead are taken out.
    sweep_at: usize,
}

thread_local! {
    static REGISTRY: RefCell<Registry> =
        const { RefCell::new(Registry { handles: Vec::new(), sweep_at: 64 }) };
}

/// A handle exists.
pub(super) fn add(handle: &HandleRef) {
    REGISTRY.with_borrow_mut(|registry| {
        if registry.handles.len() >= registry.sweep_at {
            registry.handles.retain(|handle| handle.strong_count() > 0);
            registry.sweep_at = (registry.handles.len() * 2).max(64);
        }
        registry.handles.push(std::rc::Rc::downgrade(handle));
    });
}

/// Every handle that lives, oldest first.
pub(crate) fn all() -> Vec<HandleRef> {
    REGISTRY.with_borrow(|registry| registry.handles.iter().filter_map(Weak::upgrade).collect())
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

/// At exit: pipes of commands are closed and their commands waited for.
pub(crate) fn end_commands() {
    for handle in all() {
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
