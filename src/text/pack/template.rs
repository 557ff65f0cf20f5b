//! Reading a pack template into items, and measuring the templates in brackets.

use super::{Item, Op, Order, PackError, PackWarning, Repeat, float_size, integer_layout};
use crate::text::grammar::{PackToken, pack_tokens};
use crate::text::recent::Recent;
use crate::text::{PerlStr, utf8};
use std::convert::Infallible;
use std::rc::Rc;

/// Groups inside groups; perl's own limit.
const DEPTH: usize = 100;

/// A template ready for use.
#[derive(Debug)]
pub struct Template {
    pub(super) items: Vec<Item>,
    /// What perl warns of when it reads the template.
    pub(super) warnings: Vec<PackWarning>,
    /// The first item is `U`: the string is UTF-8 from the start.
    pub(super) starts_utf8: bool,
    /// `U` comes first or `U0` anywhere: unpack needs the UTF-8 form of its string.
    pub(super) needs_utf8: bool,
    /// An error perl finds only when it gets there; what stands before it is carried out first.
    pub(super) broken: Option<PackError>,
}

impl Template {
    /// Reads `text` for `op`. What is wrong with it is an error when it is used.
    pub fn parse(text: &PerlStr, op: Op) -> Template {
        let source: String = text.chars().map(printable).collect();
        let mut reader = Reader {
            op,
            warnings: Vec::new(),
        };
        let (items, broken) = match reader.read(&source, 0) {
            Ok(items) => (items, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let starts_utf8 = items.first().is_some_and(|item| item.code == 'U');
        let needs_utf8 = starts_utf8 || source.contains("U0");
        Template {
            items,
            warnings: reader.warnings,
            starts_utf8,
            needs_utf8,
            broken,
        }
    }

    /// As [`Template::parse`], remembering the last few templates of this thread.
    pub fn cached(text: &PerlStr, op: Op) -> Rc<Template> {
        let parse = || Ok::<_, Infallible>(Template::parse(text, op));
        let Ok(template) = match op {
            Op::Pack => PACKED.with(|recent| recent.get(text, parse)),
            Op::Unpack => UNPACKED.with(|recent| recent.get(text, parse)),
        };
        template
    }
}

thread_local! {
    static PACKED: Recent<Template> = const { Recent::new() };
    static UNPACKED: Recent<Template> = const { Recent::new() };
}

fn printable(cp: u64) -> char {
    u32::try_from(cp)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

struct Reader {
    op: Op,
    warnings: Vec<PackWarning>,
}

/// A group whose closing bracket has not been seen yet.
struct Open {
    items: Vec<Item>,
}

impl Reader {
    fn fail<T>(&self, text: impl AsRef<str>) -> Result<T, PackError> {
        Err(PackError::new(format!(
            "{} in {}",
            text.as_ref(),
            self.op.name()
        )))
    }

    fn read(&mut self, source: &str, depth: usize) -> Result<Vec<Item>, PackError> {
        if deepest_bracket(source) > DEPTH || depth > DEPTH {
            return self.fail("Too deeply nested ()-groups");
        }
        let mut stack = vec![Open { items: Vec::new() }];
        for token in pack_tokens(source) {
            match token {
                PackToken::Open { counted } => {
                    if counted {
                        return self.fail("()-group starts with a count");
                    }
                    if stack.len() > DEPTH {
                        return self.fail("Too deeply nested ()-groups");
                    }
                    stack.push(Open { items: Vec::new() });
                }
                PackToken::Item { code: ')', tail } if stack.len() > 1 => {
                    let group = stack.pop().map(|open| open.items).unwrap_or_default();
                    let mut item = self.item('(', tail, depth)?;
                    self.hand_down(&mut item, group)?;
                    if let Some(outer) = stack.last_mut() {
                        outer.items.push(item);
                    }
                }
                PackToken::Item { code: ',', .. } => self.comma(),
                PackToken::Item { code, tail } => {
                    let item = self.item(code, tail, depth)?;
                    if let Some(open) = stack.last_mut() {
                        open.items.push(item);
                    }
                }
            }
        }
        match stack.pop() {
            Some(open) if stack.is_empty() => Ok(open.items),
            _ => Err(PackError::new(
                "No group ending character ')' found in template",
            )),
        }
    }

    /// A comma is no item, but people write it; perl warns once.
    fn comma(&mut self) {
        let text = format!("Invalid type ',' in {}", self.op.name());
        let warning = PackWarning::new(self.op, text);
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// The group's byte order reaches down to its items, which must not contradict it.
    fn hand_down(&mut self, item: &mut Item, mut group: Vec<Item>) -> Result<(), PackError> {
        if let Some(order) = item.order {
            self.order_all(&mut group, order)?;
        }
        item.group = group;
        Ok(())
    }

    fn order_all(&self, items: &mut [Item], order: Order) -> Result<(), PackError> {
        for item in items {
            match item.order {
                Some(own) if own != order => {
                    let sign = if own == Order::Little { '<' } else { '>' };
                    return self.fail(format!(
                        "Can't use '{sign}' in a group with different byte-order"
                    ));
                }
                _ if ORDERED.contains(item.code) => item.order = Some(order),
                _ => {}
            }
            self.order_all(&mut item.group, order)?;
        }
        Ok(())
    }

    fn item(&mut self, code: char, tail: Tail<'_>, depth: usize) -> Result<Item, PackError> {
        let mut item = Item {
            code,
            native: false,
            order: None,
            repeat: Repeat::One,
            slash: tail.slash,
            group: Vec::new(),
        };
        for sign in tail.modifiers.chars() {
            self.modify(&mut item, sign)?;
        }
        item.repeat = match tail.count {
            None => Repeat::One,
            Some(Written::Star) => Repeat::Star,
            Some(Written::Number(digits)) => Repeat::Times(self.number(digits)?),
            Some(Written::Unclosed) => {
                return Err(PackError::new(
                    "No group ending character ']' found in template",
                ));
            }
            Some(Written::Bracket(inner)) => Repeat::Times(self.bracket(inner, depth)?),
        };
        if tail.slash_counted {
            return self.fail("'/' does not take a repeat count");
        }
        Ok(item)
    }

    fn modify(&mut self, item: &mut Item, sign: char) -> Result<(), PackError> {
        let (allowed, again) = match sign {
            '!' => (NATIVE, item.native),
            '<' => (ORDERED, item.order == Some(Order::Little)),
            _ => (ORDERED, item.order == Some(Order::Big)),
        };
        if !allowed.contains(item.code) {
            return self.fail(format!("'{sign}' allowed only after types {allowed}"));
        }
        if sign != '!' && item.order.is_some() && !again {
            let code = item.code;
            return self.fail(format!("Can't use both '<' and '>' after type '{code}'"));
        }
        if again {
            let text = format!(
                "Duplicate modifier '{sign}' after '{}' in {}",
                item.code,
                self.op.name()
            );
            self.warnings.push(PackWarning::new(self.op, text));
        }
        match sign {
            '!' => item.native = true,
            '<' => item.order = Some(Order::Little),
            _ => item.order = Some(Order::Big),
        }
        Ok(())
    }

    fn number(&self, digits: &str) -> Result<usize, PackError> {
        let number = digits
            .parse::<usize>()
            .ok()
            .filter(|n| *n <= isize::MAX as usize);
        number.ok_or_else(|| PackError::new("pack/unpack repeat count overflow"))
    }

    /// `[3]` or the size of what `[template]` would pack.
    fn bracket(&mut self, inner: &str, depth: usize) -> Result<usize, PackError> {
        if inner.starts_with(|c: char| c.is_ascii_digit()) {
            return match inner.bytes().all(|b| b.is_ascii_digit()) {
                true => self.number(inner),
                false => self.fail("Malformed integer in []"),
            };
        }
        let items = self.read(inner, depth + 1)?;
        self.measure(&items)
    }

    fn measure(&self, items: &[Item]) -> Result<usize, PackError> {
        let mut total = 0usize;
        for item in items {
            let times = match item.repeat {
                Repeat::One => 1,
                Repeat::Times(n) => n,
                Repeat::Star => return self.fail("Within []-length '*' not allowed"),
            };
            let (size, times) = match (item.code, item.native) {
                ('(', _) => (self.measure(&item.group)?, times),
                ('X', true) => {
                    total -= if times > 0 { total % times } else { 0 };
                    continue;
                }
                ('X', false) => {
                    if total < times {
                        return self.fail("'X' outside of string");
                    }
                    total -= times;
                    continue;
                }
                ('x', true) => (
                    1,
                    if times > 0 {
                        (times - total % times) % times
                    } else {
                        0
                    },
                ),
                ('x' | 'a' | 'A' | 'Z' | 'U' | 'w' | 'W' | 'C', _) => (1, times),
                ('b' | 'B', _) => (1, times.div_ceil(8)),
                ('h' | 'H', _) => (1, times.div_ceil(2)),
                ('P', _) => (8, 1),
                ('p', _) => (8, times),
                (code, _) => match integer_layout(item).map(|l| l.size).or(float_size(code)) {
                    Some(size) => (size, times),
                    None if "@/.u%".contains(code) => {
                        return self.fail(format!("Within []-length '{code}' not allowed"));
                    }
                    None => return self.fail(format!("Invalid type '{code}'")),
                },
            };
            total = size
                .checked_mul(times)
                .and_then(|n| n.checked_add(total))
                .ok_or_else(|| PackError::new("pack/unpack repeat count overflow"))?;
        }
        Ok(total)
    }
}

const NATIVE: &str = "sSiIlLxXnNvV@.";
const ORDERED: &str = "sSiIlLqQjJfFdDpP(";

/// What stands behind a letter or a closing bracket.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tail<'a> {
    /// `!`, `<` and `>`.
    pub modifiers: &'a str,
    /// The count, if there is one.
    pub count: Option<Written<'a>>,
    /// A slash follows.
    pub slash: bool,
    /// The slash is followed by a count of its own, which is an error.
    pub slash_counted: bool,
}

/// A count as it is written.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// `*`
    Star,
    /// Digits.
    Number(&'a str),
    /// What stands in brackets.
    Bracket(&'a str),
    /// A bracket that is not closed.
    Unclosed,
}

/// How deep square brackets nest; the grammar recurses as deep.
fn deepest_bracket(source: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for b in source.bytes() {
        match b {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The bytes of `text` as latin-1 where it can be, so that offsets are characters.
pub(super) fn fits_bytes(text: &PerlStr) -> bool {
    !text.is_utf8() || utf8::fits_latin1(text.as_bytes())
}
