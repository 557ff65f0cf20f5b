//! Handles: the native part of IO.
pub(super) mod handle;
