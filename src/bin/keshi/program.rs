//! The program text that a command line stands for: `-e` code or a script file, wrapped as `-n -p -a -l -M` ask.
use crate::switches::{BadSwitch, Separator, Switches, names_us};
use keshi::Program;

/// A program and what is left of the arguments for it.
pub struct Loaded {
    /// Text and name.
    pub program: Program,
    /// `@ARGV`.
    pub args: Vec<Vec<u8>>,
}

/// Find the program: `-e` code, the script named first in `args`, or standard input.
/// `all`: every argument of the command, for a script that is another program's.
pub fn load(
    switches: &mut Switches,
    mut args: Vec<Vec<u8>>,
    all: &[Vec<u8>],
) -> Result<Loaded, BadSwitch> {
    let (name, text) = match switches.code.take() {
        Some(code) => (b"-e".to_vec(), code),
        None => {
            let name = match args.is_empty() {
                true => Vec::new(),
                false => args.remove(0),
            };
            let name = match name.is_empty() {
                true => b"-".to_vec(),
                false => name,
            };
            read(switches, name, all)?
        }
    };
    let (text, first_line) = match switches.extract {
        Some(_) => extract(text)?,
        None => (text, 1),
    };
    let end = text.iter().position(|&b| b == b'\n').unwrap_or(text.len());
    switches.parse_line(&text[..end], &name)?;
    let text = wrap(switches, &name, &text, first_line);
    if switches.switch_parsing {
        args = args_as_variables(args, switches);
    }
    Ok(Loaded {
        program: Program { name, text },
        args,
    })
}

/// The script of that name, found and read; one that is another program's is handed over to it.
fn read(
    switches: &Switches,
    name: Vec<u8>,
    all: &[Vec<u8>],
) -> Result<(Vec<u8>, Vec<u8>), BadSwitch> {
    let found = match switches.search_path {
        true => on_path(&name)?,
        false => name.clone(),
    };
    let text = keshi::read_program(&found).map_err(|e| {
        let name = String::from_utf8_lossy(&name);
        // a directory can be opened: what perl exits with is what it has asked of it next
        let status = if e == "Is a directory" { 25 } else { 2 };
        BadSwitch::with_status(format!("Can't open perl script \"{name}\": {e}"), status)
    })?;
    if switches.extract.is_none() && !switches.check && name != b"-" {
        hand_over(&name, &text, all)?;
    }
    Ok((found, text))
}

/// `-S`: look the script up in PATH unless its name has a slash.
fn on_path(name: &[u8]) -> Result<Vec<u8>, BadSwitch> {
    if name.contains(&b'/') {
        return Ok(name.to_vec());
    }
    let path = keshi::environment(b"PATH").unwrap_or_default();
    let mut locked = None;
    let mut here = path.split(|&b| b == b':').any(|dir| dir == b".");
    for dir in path.split(|&b| b == b':') {
        let file = match dir {
            b"" => {
                here = true;
                name.to_vec()
            }
            dir => [dir, b"/", name].concat(),
        };
        match keshi::is_plain_file(&file) {
            true if keshi::is_executable(&file) => return Ok(file),
            true => locked = locked.or(Some(file)),
            false => {}
        }
    }
    let shown = String::from_utf8_lossy(name);
    Err(BadSwitch::new(match locked {
        Some(file) => format!("Can't execute {}.", String::from_utf8_lossy(&file)),
        None if here || !keshi::is_plain_file(name) => format!("Can't find {shown} on PATH."),
        None => format!("Can't find {shown} on PATH, '.' not in PATH."),
    }))
}

/// A script whose `#!` line names another program is that program's to run (perlrun "#! and quoting").
fn hand_over(script: &[u8], text: &[u8], all: &[Vec<u8>]) -> Result<(), BadSwitch> {
    let end = text.iter().position(|&b| b == b'\n').unwrap_or(text.len());
    let Some(line) = text[..end].strip_prefix(b"#!") else {
        return Ok(());
    };
    if names_us(line).is_some() || line.windows(5).any(|w| w == b"indir") {
        return Ok(());
    }
    let line = line.trim_ascii();
    let at = line
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(line.len());
    // one word of what follows, and then everything the command was given
    let mut words = line[at..].split(u8::is_ascii_whitespace);
    let argument = words.find(|word| !word.is_empty());
    let program = line[..at].to_vec();
    if program.is_empty() || keshi::is_this_program(&program) {
        return Ok(());
    }
    let mut args = vec![program.clone()];
    args.extend(argument.map(<[u8]>::to_vec));
    args.extend_from_slice(all);
    let status = keshi::become_program(&program, &args);
    let [program, script] = [&program[..], script].map(String::from_utf8_lossy);
    let text = format!("Can't exec {program} at {script} line 1.");
    Err(BadSwitch::with_status(text, status))
}

/// `-x`: drop everything before the first `#!` line that mentions perl. Gives the text and its first line's number.
fn extract(text: Vec<u8>) -> Result<(Vec<u8>, usize), BadSwitch> {
    let mut at = 0;
    for line in text.split_inclusive(|&b| b == b'\n') {
        if line.starts_with(b"#!") && line.windows(4).any(|w| w == b"perl") {
            return Ok((text[at..].to_vec(), 1));
        }
        at += line.len();
    }
    Err(BadSwitch::with_status("No Perl script found in input", 255))
}

/// The text with what the switches put before and behind it; line numbers stay those of the script.
fn wrap(switches: &Switches, name: &[u8], text: &[u8], first_line: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 64);
    for module in &switches.modules {
        out.extend_from_slice(module);
    }
    if switches.all_features {
        out.extend_from_slice(b"use feature ':5.36';");
    }
    if switches.each_line || switches.print_line {
        out.extend_from_slice(b"LINE: while (defined($_ = readline ARGV)) {");
        if switches.line_end.is_some() {
            out.extend_from_slice(b"chomp;");
        }
        if switches.autosplit {
            out.extend_from_slice(b"our @F=split(");
            out.extend_from_slice(&split_pattern(switches.split.as_deref()));
            out.extend_from_slice(b");");
        }
    }
    // what the switches stand for is on line 0: messages name no place there
    let mark = |line: usize| [format!("#line {line} \"").as_bytes(), name, b"\"\n"].concat();
    if !out.is_empty() {
        out.splice(0..0, mark(0));
        out.push(b'\n');
        out.extend_from_slice(&mark(first_line));
    }
    let (code, data) = text.split_at(code_end(text));
    out.extend_from_slice(code);
    let lines = code.iter().filter(|&&b| b == b'\n').count();
    let last = [b"\n", &*mark(first_line + lines.saturating_sub(1))].concat();
    if switches.print_line {
        out.extend_from_slice(&last);
        out.extend_from_slice(
            b";}continue{\n#line 0 \"-p\"\ndie \"-p destination: $!\\n\" unless print $_;}\n",
        );
    } else if switches.each_line {
        out.extend_from_slice(&last);
        out.extend_from_slice(b";}\n");
    }
    out.extend_from_slice(data);
    out
}

/// Where `__END__` or `__DATA__` ends the code: at a line of its own outside of POD.
fn code_end(text: &[u8]) -> usize {
    let (mut at, mut pod) = (0, false);
    for line in text.split_inclusive(|&b| b == b'\n') {
        if line.first() == Some(&b'=') && line.get(1).is_some_and(u8::is_ascii_alphabetic) {
            pod = !line.starts_with(b"=cut");
        } else if !pod && matches!(line.trim_ascii_end(), b"__END__" | b"__DATA__") {
            return at;
        }
        at += line.len();
    }
    at
}

/// The pattern of `-F` as `split` takes it: as written where it has delimiters, else in single quotes.
fn split_pattern(pattern: Option<&[u8]>) -> Vec<u8> {
    match pattern {
        None => b"q\0 \0".to_vec(),
        Some(p @ [open @ (b'/' | b'"' | b'\''), rest @ ..]) if rest.contains(open) => p.to_vec(),
        Some(p) => [b"q\0", p, b"\0"].concat(),
    }
}

/// `-s`: leading `-name` and `-name=value` arguments become package variables.
fn args_as_variables(args: Vec<Vec<u8>>, switches: &mut Switches) -> Vec<Vec<u8>> {
    let mut rest = args.into_iter().peekable();
    while let Some(arg) = rest.next_if(|a| a.len() > 1 && a[0] == b'-') {
        if arg == b"--" {
            break;
        }
        let body = &arg[1..];
        let (name, value) = match body.iter().position(|&b| b == b'=') {
            Some(eq) => (&body[..eq], &body[eq + 1..]),
            None => (body, &b"1"[..]),
        };
        switches.variables.push((name.to_vec(), value.to_vec()));
    }
    rest.collect()
}

/// `$/` and `$\` as the switches set them before the program starts.
pub fn separators(switches: &Switches) -> (Option<Option<Vec<u8>>>, Option<Vec<u8>>) {
    let char_bytes = |c: u32| match u8::try_from(c) {
        Ok(byte) => vec![byte],
        Err(_) => char::from_u32(c)
            .map(|c| c.to_string().into_bytes())
            .unwrap_or_default(),
    };
    let text_of = |s: Separator| match s {
        Separator::Paragraph => Some(Vec::new()),
        Separator::Slurp => None,
        Separator::Char(c) => Some(char_bytes(c)),
    };
    let input = switches.separator.map(text_of);
    let output = switches
        .line_end
        .map(|end| match (end, switches.line_end_separator) {
            (Some(c), _) => char_bytes(c),
            (None, Some(Separator::Paragraph)) => b"\n\n".to_vec(),
            (None, Some(separator)) => text_of(separator).unwrap_or_default(),
            (None, None) => b"\n".to_vec(),
        });
    (input, output)
}
