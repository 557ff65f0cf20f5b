//! The loop: one line per operation.

use super::Vm;
use super::die::Exec;

impl Vm {
    /// Runs until `floor` frames are left.
    pub(super) fn run(&mut self, floor: usize) -> Exec {
        let _ = floor;
        Err(self.die("panic: no loop yet"))
    }
}
