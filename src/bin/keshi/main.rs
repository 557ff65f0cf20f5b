//! The `keshi` command: perl's command line over the library.
#![no_main]

mod program;
mod switches;
mod usage;

use keshi::{Perl, Taint, Warn};
use switches::{BadSwitch, Switches};

keshi::c_main!(command);

/// Run a command line; gives the exit code.
fn command(mut argv: Vec<Vec<u8>>) -> i32 {
    if !argv.is_empty() {
        argv.remove(0);
    }
    match run(argv) {
        Ok(code) => code,
        Err(bad) => {
            let BadSwitch(text) = &bad;
            keshi::complain(text);
            if text.starts_with("Can't open perl script") {
                2
            } else if bad.is_late() {
                255
            } else {
                29
            }
        }
    }
}

fn run(argv: Vec<Vec<u8>>) -> Result<i32, BadSwitch> {
    let mut switches = Switches::default();
    let used = switches.parse_args(&argv)?;
    if switches.taint.is_none()
        && let Some(text) = keshi::environment(b"PERL5OPT")
    {
        switches.parse_env(&text)?;
    }
    if switches.help {
        return Ok(usage::help());
    }
    if switches.version {
        return Ok(usage::version());
    }
    if let Some(choice) = keshi::environment(b"PERL_SIGNALS")
        && choice != b"safe"
        && choice != b"unsafe"
    {
        // Both are the same here: docs/differences.md.
        let choice = String::from_utf8_lossy(&choice);
        return Err(BadSwitch(format!("PERL_SIGNALS illegal: \"{choice}\".")));
    }
    if !switches.config.is_empty() {
        let programs = switches
            .config
            .iter()
            .map(|names| usage::config_program(names));
        switches.code = Some(programs.collect::<Vec<_>>().concat());
    }
    let loaded = program::load(&mut switches, argv[used..].to_vec())?;
    if switches.parse_only {
        return Ok(keshi::parse_only(&loaded.program));
    }
    let (input_separator, output_separator) = program::separators(&switches);
    let mut builder = Perl::builder()
        .command()
        .args(loaded.args)
        .inc(std::mem::take(&mut switches.inc))
        .warn(match switches.warn {
            Some(b'w') => Warn::On,
            Some(b'W') => Warn::All,
            Some(b'X') => Warn::None,
            _ => Warn::Default,
        })
        .taint(match switches.taint {
            Some(b'T') => Taint::Fatal,
            Some(_) => Taint::Warn,
            None => Taint::Off,
        })
        .check_only(switches.check)
        .variables(std::mem::take(&mut switches.variables));
    if let Some(separator) = input_separator {
        builder = builder.input_separator(separator);
    }
    if let Some(separator) = output_separator {
        builder = builder.output_separator(separator);
    }
    if let Some(extension) = switches.inplace.take() {
        builder = builder.inplace(extension);
    }
    if let Some(bits) = switches.unicode {
        builder = builder.unicode(bits);
    }
    if let Some(dir) = switches.extract.take().filter(|d| !d.is_empty())
        && let Err(e) = keshi::change_directory(&dir)
    {
        return Err(BadSwitch(format!(
            "Can't chdir to {}: {e}",
            String::from_utf8_lossy(&dir)
        )));
    }
    let mut perl = builder.build();
    if let Some(kind) = &switches.dump {
        return Ok(perl.dump(&loaded.program, kind));
    }
    Ok(perl.run_to_end(&loaded.program).code())
}
