//! What `compile` writes and `vm` runs: operations, units and literals. Knows no AST and no values.
pub mod disasm;
pub mod literal;
pub mod op;
pub mod order;
pub mod regs;
pub mod unit;
pub mod verify;

pub use literal::Literal;
pub use op::*;
pub use order::*;
pub use unit::*;
