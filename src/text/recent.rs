//! What was made of the last few texts: templates and pictures, which programs use again and again.

use super::PerlStr;
use std::cell::RefCell;
use std::rc::Rc;

const SIZE: usize = 16;

/// A few things, each with the text it was made of; one that comes later takes the place of another.
pub struct Recent<T> {
    slots: RefCell<[Option<(PerlStr, Rc<T>)>; SIZE]>,
}

impl<T> Recent<T> {
    /// None yet.
    pub const fn new() -> Recent<T> {
        Recent {
            slots: RefCell::new([const { None }; SIZE]),
        }
    }

    /// What `make` makes of a text, or has made of it.
    pub fn get<E>(&self, text: &PerlStr, make: impl FnOnce() -> Result<T, E>) -> Result<Rc<T>, E> {
        let bytes = text.as_bytes().iter();
        let sum = bytes.fold(0usize, |sum, b| {
            sum.wrapping_mul(33).wrapping_add(*b as usize)
        });
        let slot = sum % SIZE;
        if let Some(Some((known, made))) = self.slots.borrow().get(slot)
            && known == text
            && known.is_utf8() == text.is_utf8()
        {
            return Ok(made.clone());
        }
        let made = Rc::new(make()?);
        if let Some(place) = self.slots.borrow_mut().get_mut(slot) {
            *place = Some((text.clone(), made.clone()));
        }
        Ok(made)
    }
}
