//! Where templates meet their grammar: pest's pairs become the plain data of the modules beside.

use super::format_picture::{Align, Field, FieldKind};
use super::pack::{Tail, Written};
use super::sprintf::{Count, Directive, Size};
use keshi_grammar::template::{Rule, TemplateParser};
use pest::Parser;
use pest::iterators::Pair;

/// What a percent sign begins.
#[derive(Debug)]
pub enum SprintfPart {
    /// A directive and its length.
    Directive(Directive, usize),
    /// Not a directive: so many bytes stay as they are; `false` if the byte behind them, which is
    /// no letter, belongs to them as well.
    Invalid(usize, bool),
    /// A number in it is beyond the words.
    Overflow,
}

/// Reads the directive at the head of `text`, which begins with a percent sign and is ASCII.
pub fn sprintf_directive(text: &str) -> SprintfPart {
    let Some(pair) = TemplateParser::parse(Rule::sprintf_directive, text)
        .ok()
        .and_then(|mut p| p.next())
    else {
        return SprintfPart::Invalid(1, false);
    };
    let length = pair.as_str().len();
    let mut directive = Directive::default();
    for part in pair.into_inner() {
        if fill(&mut directive, part).is_none() {
            return SprintfPart::Overflow;
        }
    }
    match directive.is_valid() {
        true => SprintfPart::Directive(directive, length),
        false => SprintfPart::Invalid(length, directive.letter != 0),
    }
}

/// Takes one part over; `None` where a number overflows.
fn fill(directive: &mut Directive, part: Pair<'_, Rule>) -> Option<()> {
    let text = part.as_str();
    match part.as_rule() {
        Rule::sprintf_place => directive.place = Some(number(text)?),
        Rule::sprintf_flags => {
            for flag in text.bytes() {
                match flag {
                    b'+' => directive.sign = b'+',
                    b' ' if directive.sign == 0 => directive.sign = b' ',
                    b'-' => directive.left = true,
                    b'0' => directive.zero = true,
                    b'#' => directive.alt = true,
                    _ => {}
                }
            }
        }
        Rule::sprintf_vector => {
            let mut inner = part.into_inner();
            directive.vector = Some(inner.next().map_or(Some(Count::None), star)?);
        }
        Rule::sprintf_width => {
            for item in part.into_inner() {
                match item.as_rule() {
                    Rule::sprintf_zero => directive.zero = true,
                    Rule::sprintf_star => directive.width = star(item)?,
                    _ => directive.width = Count::Number(number(item.as_str())?),
                }
            }
        }
        Rule::sprintf_precision => {
            directive.precision = match part.into_inner().next() {
                None => Count::Number(0),
                Some(item) if item.as_rule() == Rule::sprintf_star => star(item)?,
                Some(item) => Count::Number(number(item.as_str())?),
            }
        }
        Rule::sprintf_size => {
            directive.size = match text {
                "hh" => Size::Char,
                "h" => Size::Short,
                "z" | "t" | "j" => Size::Integer,
                _ => Size::Long,
            }
        }
        Rule::sprintf_letter => directive.letter = text.bytes().next().unwrap_or(0),
        _ => {}
    }
    Some(())
}

fn star(pair: Pair<'_, Rule>) -> Option<Count> {
    match pair.into_inner().next() {
        Some(place) => Some(Count::At(number(place.as_str())?)),
        None => Some(Count::Next),
    }
}

fn number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|n| *n <= isize::MAX as usize)
}

/// A token of a pack template.
#[derive(Debug)]
pub enum PackToken<'a> {
    /// `(`; `counted` if a count follows at once, which is an error.
    Open {
        /// A count follows.
        counted: bool,
    },
    /// A letter, or `)`, with what belongs to it.
    Item {
        /// The letter.
        code: char,
        /// What stands behind it.
        tail: Tail<'a>,
    },
}

/// The tokens of a pack template.
pub fn pack_tokens(source: &str) -> Vec<PackToken<'_>> {
    let parsed = TemplateParser::parse(Rule::pack_template, source).ok();
    let Some(template) = parsed.and_then(|mut pairs| pairs.next()) else {
        return Vec::new();
    };
    let mut tokens = Vec::new();
    for pair in template.into_inner() {
        match pair.as_rule() {
            Rule::pack_open => {
                tokens.push(PackToken::Open {
                    counted: pair.into_inner().next().is_some(),
                });
            }
            Rule::pack_close => tokens.push(pack_item(')', pair)),
            Rule::pack_item => {
                let code = pair.as_str().chars().next().unwrap_or('\0');
                tokens.push(pack_item(code, pair));
            }
            _ => {}
        }
    }
    tokens
}

fn pack_item(code: char, pair: Pair<'_, Rule>) -> PackToken<'_> {
    let mut tail = Tail::default();
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::pack_modifiers => tail.modifiers = part.as_str(),
            Rule::pack_count => tail.count = Some(pack_count(part)),
            Rule::pack_slash => {
                tail.slash = true;
                tail.slash_counted = part.into_inner().next().is_some();
            }
            _ => {}
        }
    }
    PackToken::Item { code, tail }
}

fn pack_count(pair: Pair<'_, Rule>) -> Written<'_> {
    let mut inner = pair.into_inner();
    match (inner.next(), inner.next()) {
        (Some(part), _) if part.as_rule() == Rule::pack_star => Written::Star,
        (Some(part), _) if part.as_rule() == Rule::pack_number => Written::Number(part.as_str()),
        (Some(part), Some(_)) => Written::Bracket(part.as_str()),
        _ => Written::Unclosed,
    }
}

/// The field at the head of `text`, which begins with `@` or `^` and is ASCII.
pub fn format_field(text: &str) -> Option<Field> {
    let pair = TemplateParser::parse(Rule::format_field, text)
        .ok()?
        .next()?;
    let (width, chops) = (pair.as_str().len(), pair.as_str().starts_with('^'));
    let part = pair.into_inner().next()?;
    let kind = match part.as_rule() {
        Rule::format_lines => FieldKind::Lines,
        Rule::format_number => {
            let (mut zero, mut places) = (false, None);
            for inner in part.into_inner() {
                match inner.as_rule() {
                    Rule::format_zero => zero = true,
                    _ => places = Some(inner.as_str().len()),
                }
            }
            FieldKind::Number { zero, places }
        }
        _ => {
            let mut inner = part.into_inner();
            let align = match inner.next()?.as_rule() {
                Rule::format_right => Align::Right,
                Rule::format_centre => Align::Centre,
                _ => Align::Left,
            };
            FieldKind::Text {
                align,
                more: inner.next().is_some(),
            }
        }
    };
    Some(Field { chops, width, kind })
}
