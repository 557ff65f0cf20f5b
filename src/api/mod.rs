//! api

#[doc(hidden)]
pub mod tooling;
