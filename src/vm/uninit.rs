//! `Use of uninitialized value $x in addition (+)`: naming what was undefined.

use super::Vm;
use super::die::Exec;
use crate::diag::warnings::Category;

impl Vm {
    /// Warns that an undefined value was used.
    #[cold]
    pub(super) fn warn_uninit(&mut self) -> Exec {
        if !self.warns(Category::Uninitialized) {
            return Ok(());
        }
        let op = self.op_name();
        let tail = if op.is_empty() {
            String::new()
        } else {
            format!(" in {op}")
        };
        self.warn(
            Category::Uninitialized,
            format!("Use of uninitialized value{tail}"),
        )
    }

    /// The running operation as messages name it.
    pub(super) fn op_name(&self) -> String {
        String::new()
    }
}
