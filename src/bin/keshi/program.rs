//! The program text that a command line stands for: `-e` code or a script file, wrapped as `-n -p -a -l -M` ask.
use crate::switches::{BadSwitch, Separator, Switches};
use keshi::Program;

/// A program and what is left of the arguments for it.
pub struct Loaded {
    /// Text and name.
    pub program: Program,
    /// `@ARGV`.
    pub args: Vec<Vec<u8>>,
}

/// Find the program: `-e` code, the script named first in `args`, or standard input.
pub fn load(switches: &mut Switches, mut args: Vec<Vec<u8>>) -> Result<Loaded, BadSwitch> {
    let (name, text, first_line) = match switches.code.take() {
        Some(code) => (b"-e".to_vec(), code, 1),
        None => {
            let name = if args.is_empty() {
                b"-".to_vec()
            } else {
                args.remove(0)
            };
            let found = if switches.search_path {
                on_path(&name)
            } else {
                name.clone()
            };
            let text = keshi::read_program(&found).map_err(|e| {
                BadSwitch(format!(
                    "Can't open perl script \"{}\": {e}",
                    String::from_utf8_lossy(&name)
                ))
            })?;
            let (text, line) = if switches.extract.is_some() {
                extract(text)?
            } else {
                (text, 1)
            };
            let end = text.iter().position(|&b| b == b'\n').unwrap_or(text.len());
            let before = switches.modules.len();
            switches
                .parse_line(&text[..end])
                .map_err(|bad| bad.in_file(&name))?;
            debug_assert!(before <= switches.modules.len());
            (found, text, line)
        }
    };
    let text = wrap(switches, &name, &text, first_line);
    if switches.switch_parsing {
        args = args_as_variables(args, switches);
    }
    Ok(Loaded {
        program: Program { name, text },
        args,
    })
}

/// `-S`: look the script up in PATH unless its name has a slash.
fn on_path(name: &[u8]) -> Vec<u8> {
    if name.contains(&b'/') {
        return name.to_vec();
    }
    let path = keshi::environment(b"PATH").unwrap_or_default();
    for dir in path.split(|&b| b == b':') {
        let file = [dir, b"/", name].concat();
        if keshi::is_plain_file(&file) {
            return file;
        }
    }
    name.to_vec()
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
    Err(BadSwitch("No Perl script found in input".into()))
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
    if !out.is_empty() {
        out.push(b'\n');
        out.extend_from_slice(format!("#line {first_line} \"").as_bytes());
        out.extend_from_slice(name);
        out.extend_from_slice(b"\"\n");
    }
    let (code, data) = text.split_at(code_end(text));
    out.extend_from_slice(code);
    if switches.print_line {
        out.extend_from_slice(b"\n;}continue{die \"-p destination: $!\\n\" unless print $_;}\n");
    } else if switches.each_line {
        out.extend_from_slice(b"\n;}\n");
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
        Some(p) if matches!(p.first(), Some(b'/' | b'"' | b'\'')) => p.to_vec(),
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
