//! The embedding examples by name: `cargo run --example embed hello`.

mod call_sub;
mod capture_output;
mod define_module;
mod hello;
mod interrupt;
mod plugin_host;
mod price;
mod sandbox;
mod worker;

const EXAMPLES: &[(&str, fn() -> keshi::Result<()>)] = &[
    ("call_sub", call_sub::main),
    ("capture_output", capture_output::main),
    ("define_module", define_module::main),
    ("hello", hello::main),
    ("interrupt", interrupt::main),
    ("plugin_host", plugin_host::main),
    ("price", price::main),
    ("sandbox", sandbox::main),
    ("worker", worker::main),
];

fn main() -> keshi::Result<()> {
    let name = std::env::args().nth(1).unwrap_or_default();
    match EXAMPLES.iter().find(|example| example.0 == name) {
        Some(example) => (example.1)(),
        None => {
            let names: Vec<_> = EXAMPLES.iter().map(|example| example.0).collect();
            println!("which one? {}", names.join(", "));
            Ok(())
        }
    }
}
