//! File name patterns as csh reads them (`perlfunc glob`, `File::Glob`): words, braces, tildes,
//! and matching names. Directories are read by whoever implements [`Walker`].

/// `GLOB_...` of File::Glob, by the same names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GlobFlags {
    /// `GLOB_BRACE`: `{a,b}` makes two patterns.
    pub brace: bool,
    /// `GLOB_NOMAGIC`: a pattern without `* ? [` stands for itself if nothing has that name.
    pub nomagic: bool,
    /// `GLOB_NOCHECK`: any pattern does.
    pub nocheck: bool,
    /// `GLOB_QUOTE`: a backslash takes the meaning from the next character.
    pub quote: bool,
    /// `GLOB_TILDE`: `~` and `~user` at the beginning.
    pub tilde: bool,
    /// `GLOB_ALPHASORT`: sort without regard to case.
    pub alphasort: bool,
    /// `GLOB_NOSORT`
    pub nosort: bool,
    /// `GLOB_NOCASE`: match without regard to case.
    pub nocase: bool,
    /// `GLOB_MARK`: a slash behind directories.
    pub mark: bool,
    /// `GLOB_ERR`: stop at a directory that cannot be read.
    pub err: bool,
}

impl GlobFlags {
    /// What the `glob` operator uses (`GLOB_CSH`).
    pub const CSH: GlobFlags = GlobFlags {
        brace: true,
        nomagic: true,
        nocheck: false,
        quote: true,
        tilde: true,
        alphasort: true,
        nosort: false,
        nocase: false,
        mark: false,
        err: false,
    };
}

/// The file system as globbing sees it.
pub trait Walker {
    /// What stops the walk under `GLOB_ERR`, or always if the walker says so.
    type Error;

    /// The names in a directory (`""` is the current one), `.` and `..` included, in any order;
    /// nothing if it cannot be read, or an error if `err` asks for that.
    fn names(&mut self, directory: &[u8], err: bool) -> Result<Vec<Vec<u8>>, Self::Error>;
    /// Is there something of this name, be it a dangling link (lstat)?
    fn exists(&mut self, path: &[u8]) -> bool;
    /// Is it a directory, or a link to one?
    fn is_directory(&mut self, path: &[u8]) -> bool;
    /// The home directory of a user, or of ours.
    fn home(&mut self, user: Option<&[u8]>) -> Option<Vec<u8>>;
    /// Asked for each pattern that braces make; an error ends the walk.
    fn go_on(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// The words of the `glob` operator's string: white space divides, quotes hold together and go,
/// a backslash stays for the pattern to read. Where a quote is not closed, the whole string is
/// taken for the last pattern.
pub fn split_words(text: &[u8]) -> Vec<Vec<u8>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<Vec<u8>>, None);
    let mut at = 0;
    while let Some(&b) = text.get(at) {
        at += 1;
        match (b, quote) {
            (b'\\', _) => {
                let word = word.get_or_insert_default();
                let next = text.get(at).copied();
                at += 1;
                match next {
                    // A quoted quote needs no backslash any more.
                    Some(q @ (b'"' | b'\'')) => word.push(q),
                    Some(other) => word.extend([b'\\', other]),
                    None => word.push(b'\\'),
                }
            }
            (b'"' | b'\'', None) => {
                if !closes(text, at, b) {
                    words.push(text.trim_ascii().to_vec());
                    return words;
                }
                quote = Some(b);
                word.get_or_insert_default();
            }
            (b, Some(open)) if b == open => quote = None,
            (b' ' | b'\t'..=b'\r', None) => words.extend(word.take()),
            (b, _) => word.get_or_insert_default().push(b),
        }
    }
    words.extend(word);
    words
}

/// Does a quote that opens before `at` close again?
fn closes(text: &[u8], mut at: usize, quote: u8) -> bool {
    while let Some(&b) = text.get(at) {
        if b == quote {
            return true;
        }
        at += if b == b'\\' { 2 } else { 1 };
    }
    false
}

/// The names that match `pattern`, in order.
pub fn glob<W: Walker>(
    pattern: &[u8],
    flags: GlobFlags,
    walker: &mut W,
) -> Result<Vec<Vec<u8>>, W::Error> {
    let mut found = Vec::new();
    // Braces are opened from left to right; the patterns that wait stand in reverse order.
    let mut waiting = vec![read(pattern, flags.quote)];
    while let Some(next) = waiting.pop() {
        walker.go_on()?;
        match flags.brace.then(|| open_brace(&next)).flatten() {
            Some(alternatives) => waiting.extend(alternatives.into_iter().rev()),
            None => one(&next, flags, walker, &mut found)?,
        }
    }
    Ok(found)
}

/// A character of a pattern: a byte, perhaps without its special meaning.
type Unit = u16;
const QUOTED: Unit = 0x100;

fn read(pattern: &[u8], quote: bool) -> Vec<Unit> {
    let mut units = Vec::with_capacity(pattern.len());
    let mut bytes = pattern.iter();
    while let Some(&b) = bytes.next() {
        match b {
            b'\\' if quote => match bytes.next() {
                Some(&next) => units.push(next as Unit | QUOTED),
                None => units.push(b'\\' as Unit | QUOTED),
            },
            b => units.push(b as Unit),
        }
    }
    units
}

fn is(unit: Unit, b: u8) -> bool {
    unit == b as Unit
}

/// The patterns that the first brace of `pattern` makes of it; `None` without a pair of braces.
fn open_brace(pattern: &[Unit]) -> Option<Vec<Vec<Unit>>> {
    if pattern == [b'{' as Unit, b'}' as Unit] {
        return None;
    }
    let open = pattern.iter().position(|u| is(*u, b'{'))?;
    let (mut depth, mut at, mut cuts) = (0, open + 1, vec![open]);
    let close = loop {
        // As in perl's own code, a brace that is not closed cuts the pattern off.
        let Some(&unit) = pattern.get(at) else {
            return Some(vec![pattern[..open].to_vec()]);
        };
        match unit as u8 {
            _ if unit & QUOTED != 0 => {}
            // What stands in square brackets is not looked at.
            b'[' => {
                let end = pattern.get(at + 1..)?.iter().position(|u| is(*u, b']'));
                at += end.map_or(0, |end| end + 1);
            }
            b'{' => depth += 1,
            b'}' if depth == 0 => break at,
            b'}' => depth -= 1,
            b',' if depth == 0 => cuts.push(at),
            _ => {}
        }
        at += 1;
    };
    cuts.push(close);
    let (head, tail) = (pattern.get(..open)?, pattern.get(close + 1..)?);
    let middle = |pair: &[usize]| pattern.get(pair[0] + 1..pair[1]).unwrap_or_default();
    Some(
        cuts.windows(2)
            .map(|pair| [head, middle(pair), tail].concat())
            .collect(),
    )
}

/// One pattern without braces.
fn one<W: Walker>(
    pattern: &[Unit],
    flags: GlobFlags,
    walker: &mut W,
    found: &mut Vec<Vec<u8>>,
) -> Result<(), W::Error> {
    let pattern = if flags.tilde {
        expand_tilde(pattern, walker)
    } else {
        pattern.to_vec()
    };
    let tokens = compile(&pattern);
    let magic = tokens.iter().any(|t| !matches!(t, Token::Byte(_)));
    let before = found.len();
    walk(&tokens, flags, walker, found)?;
    if found.len() == before {
        if flags.nocheck || flags.nomagic && !magic {
            found.push(pattern.iter().map(|u| *u as u8).collect());
        }
        return Ok(());
    }
    if !flags.nosort {
        let folded = flags.alphasort || flags.nocase;
        found[before..].sort_by(|a, b| {
            let lower = |s: &[u8]| s.to_ascii_lowercase();
            let loose = if folded {
                lower(a).cmp(&lower(b))
            } else {
                std::cmp::Ordering::Equal
            };
            loose.then_with(|| a.cmp(b))
        });
    }
    Ok(())
}

fn expand_tilde<W: Walker>(pattern: &[Unit], walker: &mut W) -> Vec<Unit> {
    let Some((_, rest)) = pattern.split_first().filter(|(first, _)| is(**first, b'~')) else {
        return pattern.to_vec();
    };
    let end = rest.iter().position(|u| is(*u, b'/')).unwrap_or(rest.len());
    let user: Vec<u8> = rest[..end].iter().map(|u| *u as u8).collect();
    match walker.home(if user.is_empty() { None } else { Some(&user) }) {
        Some(home) => {
            let home = home.iter().map(|b| *b as Unit | QUOTED);
            home.chain(rest[end..].iter().copied()).collect()
        }
        None => pattern.to_vec(),
    }
}

/// What a pattern is made of once it has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Byte(u8),
    /// `?`
    Any,
    /// `*`
    Star,
    /// `[a-z]`, `[!a-z]`
    Set {
        negated: bool,
        ranges: Vec<(u8, u8)>,
    },
}

fn compile(pattern: &[Unit]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(pattern.len());
    let mut at = 0;
    while let Some(&unit) = pattern.get(at) {
        at += 1;
        match unit as u8 {
            b if unit & QUOTED != 0 => tokens.push(Token::Byte(b)),
            b'?' => tokens.push(Token::Any),
            b'*' if tokens.last() == Some(&Token::Star) => {}
            b'*' => tokens.push(Token::Star),
            b'[' => match read_set(pattern, at) {
                Some((set, next)) => {
                    tokens.push(set);
                    at = next;
                }
                None => tokens.push(Token::Byte(b'[')),
            },
            b => tokens.push(Token::Byte(b)),
        }
    }
    tokens
}

/// The set that begins behind a bracket at `at`, and the place behind it. Its first character may
/// be the closing bracket.
fn read_set(pattern: &[Unit], at: usize) -> Option<(Token, usize)> {
    let negated = pattern.get(at).is_some_and(|u| is(*u, b'!'));
    let first = at + negated as usize;
    let close = pattern
        .get(first + 1..)?
        .iter()
        .position(|u| is(*u, b']'))?
        + first
        + 1;
    let (mut ranges, mut at) = (Vec::new(), first);
    while at < close {
        let low = pattern[at] as u8;
        let dash = at + 2 < close && is(pattern[at + 1], b'-');
        let high = if dash { pattern[at + 2] as u8 } else { low };
        ranges.push((low, high));
        at += if dash { 3 } else { 1 };
    }
    Some((Token::Set { negated, ranges }, close + 1))
}

/// Walks directories segment by segment. Segments without special characters are only appended.
fn walk<W: Walker>(
    tokens: &[Token],
    flags: GlobFlags,
    walker: &mut W,
    found: &mut Vec<Vec<u8>>,
) -> Result<(), W::Error> {
    let mut waiting: Vec<(Vec<u8>, &[Token])> = vec![(Vec::new(), tokens)];
    while let Some((mut path, mut rest)) = waiting.pop() {
        let segment = loop {
            let end = rest
                .iter()
                .position(|t| *t == Token::Byte(b'/'))
                .unwrap_or(rest.len());
            let (segment, behind) = rest.split_at(end);
            let literal = segment.iter().map(|t| {
                if let Token::Byte(b) = t {
                    Some(*b)
                } else {
                    None
                }
            });
            match literal.collect::<Option<Vec<u8>>>() {
                Some(bytes) => path.extend(bytes),
                None => break Some((segment, behind)),
            }
            let slashes = behind
                .iter()
                .take_while(|t| **t == Token::Byte(b'/'))
                .count();
            path.resize(path.len() + slashes, b'/');
            rest = &behind[slashes..];
            if rest.is_empty() {
                break None;
            }
        };
        let Some((segment, behind)) = segment else {
            if !path.is_empty() && walker.exists(&path) {
                if flags.mark && path.last() != Some(&b'/') && walker.is_directory(&path) {
                    path.push(b'/');
                }
                found.push(path);
            }
            continue;
        };
        let hidden = segment.first() == Some(&Token::Byte(b'.'));
        for name in walker.names(&path, flags.err)? {
            if (name.first() != Some(&b'.') || hidden) && matches(segment, &name, flags.nocase) {
                waiting.push(([path.as_slice(), name.as_slice()].concat(), behind));
            }
        }
    }
    Ok(())
}

/// Does the whole name match? Only the last star needs to be tried again, so this is no worse than
/// the product of the lengths.
fn matches(tokens: &[Token], name: &[u8], nocase: bool) -> bool {
    let (mut t, mut n) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        let matched = match (tokens.get(t), name.get(n)) {
            (None, None) => return true,
            (Some(Token::Star), _) => {
                retry = Some((t, n));
                t += 1;
                continue;
            }
            (Some(token), Some(b)) => token.accepts(*b, nocase),
            _ => false,
        };
        if matched {
            (t, n) = (t + 1, n + 1);
            continue;
        }
        match retry {
            Some((star, from)) if from < name.len() => {
                retry = Some((star, from + 1));
                (t, n) = (star + 1, from + 1);
            }
            _ => return false,
        }
    }
}

impl Token {
    fn accepts(&self, b: u8, nocase: bool) -> bool {
        let lower = |b: u8| if nocase { b.to_ascii_lowercase() } else { b };
        match self {
            Token::Byte(own) => lower(*own) == lower(b),
            Token::Any | Token::Star => true,
            Token::Set { negated, ranges } => {
                let b = lower(b);
                ranges
                    .iter()
                    .any(|(low, high)| (lower(*low)..=lower(*high)).contains(&b))
                    != *negated
            }
        }
    }
}
