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
#[path = "../../examples/embed/sandbox.rs"]
mod sandbox;

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
