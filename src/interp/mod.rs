//! The roof that joins parser, compiler and machine: loading, phases, require, eval STRING, exit.
pub mod stdlib;
