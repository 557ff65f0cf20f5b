//! A host with a hundred plugins: an interpreter for each, compiled once, called for every event.
//! A plugin that runs wild or dies is switched off; the others do not notice.
//! `cargo run --example embed plugin_host`

use keshi::{Limits, Perl};
use std::time::Duration;

struct Plugin {
    name: String,
    perl: Perl,
    failed: Option<String>,
}

/// Most plugins behave; every tenth does not.
fn text(n: usize) -> String {
    match n % 20 {
        9 => "sub on_event { 1 while 1 }".into(),
        19 => "sub on_event { die \"plugin trouble\\n\" }".into(),
        _ => format!(
            "my $seen = 0; sub on_event {{ my ($n) = @_; $seen += $n * {n}; return $seen }}"
        ),
    }
}

fn load(n: usize) -> keshi::Result<Plugin> {
    let limits = Limits::new()
        .time(Duration::from_millis(300))
        .memory(8 << 20);
    let mut perl = Perl::sandbox().limits(limits).build();
    perl.eval::<()>(&text(n))?;
    Ok(Plugin {
        name: format!("plugin {n}"),
        perl,
        failed: None,
    })
}

/// Runs the example.
pub fn main() -> keshi::Result<()> {
    let mut plugins = (0..100).map(load).collect::<keshi::Result<Vec<_>>>()?;
    let mut total = 0;
    for event in 1..=10 {
        for plugin in plugins.iter_mut().filter(|plugin| plugin.failed.is_none()) {
            match plugin.perl.call::<i64>("on_event", event) {
                Ok(value) => total += value,
                Err(error) => plugin.failed = Some(error.to_string()),
            }
        }
    }
    println!("total {total}");
    for plugin in &plugins {
        if let Some(why) = &plugin.failed {
            println!("{}: {why}", plugin.name);
        }
    }
    Ok(())
}
