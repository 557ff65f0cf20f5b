//! Source texts: what was read, what it is called, and where its lines begin.

pub mod depth;
mod lines;
mod origin;
mod span;
mod utf16;

pub use lines::{LineMark, Lines};
pub use origin::Source;
pub use span::Span;
