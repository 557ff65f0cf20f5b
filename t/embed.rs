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
//! | `host` | what the host keeps and gets back |
//! | `granted` | each capability, granted and refused |
//! | `structures` | by serde, with the feature |
//! | `many` | several interpreters in a process and on threads |
//! | `streams` | input, output, forked children |
//! | `random` | random scripts interrupted at random times |

#[path = "embed/escape.rs"]
mod escape;
#[path = "embed/examples.rs"]
mod examples;
#[path = "embed/granted.rs"]
mod granted;
#[path = "embed/host.rs"]
mod host;
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
#[cfg(feature = "serde")]
#[path = "embed/structures.rs"]
mod structures;
#[path = "embed/values.rs"]
mod values;

/// Runs a test in a process of its own: what it looks at belongs to the process. Gives whether this is
/// that process.
fn alone(name: &str) -> bool {
    const ALONE: &str = "KESHI_TEST_ALONE";
    if std::env::var_os(ALONE).is_some() {
        return true;
    }
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    let status = command.args(["--exact", name]).env(ALONE, "1").status();
    assert!(status.unwrap().success(), "{name}");
    false
}
