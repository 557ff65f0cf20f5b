//! What builtins and native modules keep for themselves in an interpreter: one value of each type.

use std::any::{Any, TypeId};
use std::collections::HashMap;

/// The values, each under its own type.
#[derive(Default)]
pub struct Slots(HashMap<TypeId, Box<dyn Any>>);

impl Slots {
    /// The value of this type; its default where none has been asked for before.
    pub fn of<T: Any + Default>(&mut self) -> &mut T {
        let slot = self.0.entry(TypeId::of::<T>());
        let value = slot.or_insert_with(|| Box::<T>::default());
        match value.downcast_mut() {
            Some(value) => value,
            None => unreachable!("a value is kept under its own type"),
        }
    }
}
