//! How many handles stand on each descriptor: `open(F, "<&=3")` shares one, and only the last
//! close closes it.

use crate::sys::{Errno, blocking};
use std::cell::RefCell;

thread_local! {
    static USERS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// A handle stands on the descriptor from now on.
pub(crate) fn acquire(fd: i32) {
    let Ok(at) = usize::try_from(fd) else { return };
    USERS.with_borrow_mut(|users| {
        if users.len() <= at {
            users.resize(at + 1, 0);
        }
        users[at] += 1;
    });
}

/// A handle leaves it; gives whether it was the last.
fn release(fd: i32) -> bool {
    let Ok(at) = usize::try_from(fd) else {
        return true;
    };
    USERS.with_borrow_mut(|users| match users.get_mut(at) {
        Some(count) if *count > 1 => {
            *count -= 1;
            false
        }
        Some(count) => {
            *count = 0;
            true
        }
        None => true,
    })
}

/// A handle leaves the descriptor, which is closed if no other stands on it.
pub(crate) fn close(fd: i32) -> Result<(), Errno> {
    if release(fd) {
        blocking::close(fd)
    } else {
        Ok(())
    }
}

/// A handle leaves the descriptor, which stays open for somebody else.
pub(crate) fn forget(fd: i32) {
    release(fd);
}
