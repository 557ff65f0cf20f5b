//! The embedding API from outside: values, limits, capabilities, interruption, many interpreters.
//!
//! | file | what it holds to its word |
//! |---|---|
//! | `values` | conversions, handles, errors, natives |
//! | `limits` | each limit, and the interpreter's use afterwards |
//! | `interrupt` | stopping a script wherever it is |
//! | `escape` | each capability, by scripts that try to get out |
//! | `hostile` | scripts that ask for too much of everything |
//! | `examples` | the programs of `examples/embed` |
//! | `many` | several interpreters in a process and on threads |
//! | `streams` | input, output, forked children |
//! | `random` | random scripts interrupted at random times |

#[path = "embed/escape.rs"]
mod escape;
#[path = "embed/examples.rs"]
mod examples;
#[path = "embed/hostile.rs"]
mod hostile;
#[path = "embed/interrupt.rs"]
mod interrupt;
#[path = "embed/limits.rs"]
mod limits;
#[path = "embed/many.rs"]
mod many;
#[path = "embed/random.rs"]
mod random;
#[path = "embed/streams.rs"]
mod streams;
#[path = "embed/values.rs"]
mod values;
