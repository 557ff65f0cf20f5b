//! The examples of `examples/embed` run to their end.

#[path = "../../examples/embed/call_sub.rs"]
mod call_sub;
#[path = "../../examples/embed/capture_output.rs"]
mod capture_output;
#[path = "../../examples/embed/define_module.rs"]
mod define_module;
#[path = "../../examples/embed/hello.rs"]
mod hello;
#[path = "../../examples/embed/interrupt.rs"]
mod interrupt;
#[path = "../../examples/embed/plugin_host.rs"]
mod plugin_host;
#[path = "../../examples/embed/price.rs"]
mod price;
#[path = "../../examples/embed/sandbox.rs"]
mod sandbox;
#[path = "../../examples/embed/worker.rs"]
mod worker;

#[test]
fn call_sub() {
    call_sub::main().unwrap();
}

#[test]
fn capture_output() {
    capture_output::main().unwrap();
}

#[test]
fn define_module() {
    define_module::main().unwrap();
}

#[test]
fn hello() {
    hello::main().unwrap();
}

#[test]
fn interrupt() {
    interrupt::main().unwrap();
}

#[test]
fn plugin_host() {
    plugin_host::main().unwrap();
}

#[test]
fn sandbox() {
    sandbox::main().unwrap();
}

#[test]
fn price() {
    price::main().unwrap();
}

/// README shows the example as it is.
#[test]
fn readme() {
    let readme = include_str!("../../README.md");
    let example = include_str!("../../examples/embed/price.rs");
    let shown = readme.split("```rust\n").nth(1).unwrap();
    let shown = shown.split("```").next().unwrap();
    let code = example.split_once("\n\n").unwrap().1;
    let code = code.replace("/// Runs the example.\npub fn main", "fn main");
    assert_eq!(shown, code);
}

#[test]
fn worker() {
    worker::main().unwrap();
}
