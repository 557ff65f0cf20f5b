//! The machine: runs units. Registers, frames, safe points, magic, overloading, DESTROY.
//!
//! | file | job |
//! |---|---|
//! | `state regs frame` | the state, the register file, frames and handlers |
//! | `dispatch ops/` | the loop, one line per operation; what operations do |
//! | `access convert` | reading, writing, strings, numbers, truth |
//! | `invoke method overload` | calling subs, finding methods, operators of classes |
//! | `unwind saves safepoint` | `die` and loop exits, `local`, signals and DESTROY |
//! | `long` | much text and long lists, piece by piece |
//! | `magic places handles matches` | special variables, tie, lvalue functions, handles, `$1` |
//! | `enter` | what of the thread is an interpreter's own |
//! | `native call host core_subs` | the doors: functions in Rust, the roof above, `&CORE::x` |
//! | `taint/` | -T and -t: what is tainted, and what must not be (perlsec) |
//! | `diagnose uninit` | places, warnings, messages |
#![allow(missing_docs)]

pub mod access;
mod argv;
pub mod call;
pub mod convert;
mod core_subs;
pub mod diagnose;
pub mod die;
mod dispatch;
mod encoding_warnings;
pub mod enter;
mod fast;
pub mod frame;
pub mod handles;
pub mod host;
pub mod invoke;
pub mod level;
pub mod list;
pub mod long;
pub mod magic;
pub mod matches;
pub mod method;
pub mod native;
mod ops;
pub mod overload;
pub mod places;
mod regs;
mod rows;
mod safepoint;
pub mod saves;
pub mod service;
mod slots;
pub mod state;
mod taint;
mod unwind;

pub use call::Call;
pub use die::{Die, Exec, Limit, Stop};
pub use matches::MatchState;
pub use native::Ret;
pub use ops::rounds::Rounds;
pub use state::Vm;
