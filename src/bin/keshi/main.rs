//! The `keshi` command: perl's command line over the library, and the REPL.
#![cfg_attr(not(test), no_main)]
#![cfg_attr(test, allow(dead_code))] // its main is the tests' own

mod completions;
mod flags;
mod manual;
mod program;
mod repl;
mod switch_values;
mod switches;
mod usage;

use keshi::{Builder, Perl, Taint, Warn};
use switches::{BadSwitch, Switches};

#[cfg(not(test))]
keshi::c_main!(command);

/// Run a command line; gives the exit code.
fn command(mut argv: Vec<Vec<u8>>) -> i32 {
    let name = match argv.is_empty() {
        true => Vec::new(),
        false => argv.remove(0),
    };
    match run(&name, argv) {
        Ok(code) => code,
        Err(BadSwitch { text, status }) => {
            keshi::complain(&text);
            status
        }
    }
}

fn run(name: &[u8], argv: Vec<Vec<u8>>) -> Result<i32, BadSwitch> {
    let mut switches = Switches::default();
    let used = switches.parse_args(&argv)?;
    if switches.taint.is_none()
        && let Some(text) = keshi::environment(b"PERL5OPT")
    {
        switches.parse_env(&text)?;
    }
    environment(&mut switches)?;
    if switches.man {
        return Ok(manual::page());
    }
    if let Some(shell) = &switches.completion {
        return completions::script(shell).map_err(BadSwitch::new);
    }
    if switches.help {
        return Ok(usage::help(name));
    }
    if switches.version {
        return Ok(usage::version());
    }
    let rest = argv[used..].to_vec();
    if wants_repl(&switches, name, &rest) {
        let prelude = switches.modules.concat();
        let prelude = String::from_utf8_lossy(&prelude).into_owned();
        let code = switches.code.take().unwrap_or_default();
        let code = String::from_utf8_lossy(&code).into_owned();
        let first = [("-M", prelude), ("-e", code)];
        return Ok(repl::run(builder(&mut switches).args(rest), &first));
    }
    if !switches.config.is_empty() {
        // -e code runs behind it, a script does not
        let asked = usage::config_program(&switches.config);
        switches.modules.push(asked);
        switches.code.get_or_insert_default();
    }
    let loaded = program::load(&mut switches, rest, &argv)?;
    // the #! line may ask, too
    if switches.help || switches.version {
        return Ok(if switches.help {
            usage::help(name)
        } else {
            usage::version()
        });
    }
    if switches.inplace.is_some() && loaded.args.is_empty() && switches.warn != Some(b'X') {
        keshi::complain("-i used with no filenames on the command line, reading from STDIN.");
    }
    if switches.parse_only {
        return Ok(keshi::parse_only(&loaded.program));
    }
    let mut builder = builder(&mut switches).args(loaded.args);
    if switches.explain {
        builder = builder.explain(colour(2));
    }
    if let Some(dir) = switches.extract.take().filter(|d| !d.is_empty())
        && keshi::change_directory(&dir).is_err()
    {
        let dir = String::from_utf8_lossy(&dir);
        return Err(BadSwitch::with_status(format!("Can't chdir to {dir}."), 2));
    }
    let mut perl = builder.build();
    if let Some(kind) = &switches.dump {
        return Ok(perl.dump(&loaded.program, kind));
    }
    Ok(perl.run_to_end(&loaded.program).code())
}

/// What the environment says besides PERL5OPT: PERL_UNICODE is a `-C` where there is none, PERL_SIGNALS must be known.
fn environment(switches: &mut Switches) -> Result<(), BadSwitch> {
    if switches.unicode.is_none()
        && let Some(text) = keshi::environment(b"PERL_UNICODE")
    {
        let bits = switch_values::unicode(&mut text.as_slice()).map_err(BadSwitch::new)?;
        switches.unicode = Some(bits);
    }
    hash_settings();
    match keshi::environment(b"PERL_SIGNALS").as_deref() {
        None | Some(b"safe" | b"unsafe") => Ok(()),
        Some(other) => {
            let other = String::from_utf8_lossy(other);
            let text = format!("PERL_SIGNALS illegal: \"{other}\".");
            Err(BadSwitch::with_status(text, 25))
        }
    }
}

/// The order of hashes is not random here, but what is wrong with what asks for another is told.
fn hash_settings() {
    let seed = keshi::environment(b"PERL_HASH_SEED").unwrap_or_default();
    let digits = seed.strip_prefix(b"0x").unwrap_or(&seed);
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        keshi::complain(
            "perl: warning: Non hex character in '$ENV{PERL_HASH_SEED}', seed only partially set",
        );
    }
    if let Some(keys) = keshi::environment(b"PERL_PERTURB_KEYS")
        && !matches!(
            keys.as_slice(),
            b"0" | b"NO" | b"1" | b"RANDOM" | b"2" | b"DETERMINISTIC"
        )
    {
        let keys = String::from_utf8_lossy(&keys);
        keshi::complain(&format!(
            "perl: warning: strange setting in '$ENV{{PERL_PERTURB_KEYS}}': '{keys}'"
        ));
    }
}

/// `--repl`, or nothing to run and a person at the terminal. As `perl` it does what perl does: read a program.
fn wants_repl(switches: &Switches, name: &[u8], rest: &[Vec<u8>]) -> bool {
    let base = name.rsplit(|&b| b == b'/').next().unwrap_or(name);
    let nothing_to_run = switches.code.is_none()
        && switches.config.is_empty()
        && switches.dump.is_none()
        && !(switches.check || switches.each_line || switches.print_line || switches.parse_only)
        && rest.is_empty();
    switches.repl || nothing_to_run && keshi::is_terminal(0) && !base.starts_with(b"perl")
}

/// Are there to be colours on a descriptor? On terminals that know them, unless they are not wanted (no-color.org).
fn colour(fd: i32) -> bool {
    let is = |name: &[u8]| keshi::environment(name).unwrap_or_default();
    keshi::is_terminal(fd) && is(b"NO_COLOR").is_empty() && is(b"TERM") != b"dumb"
}

/// An interpreter as the switches ask for it.
fn builder(switches: &mut Switches) -> Builder {
    let (input_separator, output_separator) = program::separators(switches);
    let mut builder = Perl::builder()
        .command()
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
    builder
}
