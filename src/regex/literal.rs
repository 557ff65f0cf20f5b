//! Patterns that need no engine: plain text, perhaps tied to an end of the subject.

use super::ast::{Assert, Node, Pattern};
use super::chars::subject::encode;
use memchr::memmem::Finder;

/// Where plain text may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Anywhere.
    Free,
    /// `^text`
    Start,
    /// `text$`
    EndOrNewline,
    /// `text\z`
    End,
    /// `^text$`
    StartEndOrNewline,
    /// `^text\z`
    StartEnd,
}

/// Plain text as bytes of each kind of subject.
#[derive(Debug)]
pub struct PlainText {
    /// In byte subjects; `None` if no byte subject can have it.
    bytes: Option<Finder<'static>>,
    /// In UTF-8 subjects, when that is written differently.
    utf8: Option<Finder<'static>>,
    tie: Tie,
}

impl PlainText {
    /// The plain text a pattern is, if it is nothing else.
    pub fn of(pattern: &Pattern) -> Option<PlainText> {
        if pattern.groups > 0 {
            return None;
        }
        let (chars, tie) = parts(&pattern.node)?;
        let mut utf8 = Vec::with_capacity(chars.len());
        chars.iter().for_each(|c| encode(*c, &mut utf8));
        let bytes: Option<Vec<u8>> = chars.iter().map(|c| u8::try_from(*c).ok()).collect();
        let same = bytes.as_ref().is_some_and(|bytes| *bytes == utf8);
        Some(PlainText {
            bytes: bytes.map(|text| Finder::new(&text).into_owned()),
            utf8: (!same).then(|| Finder::new(&utf8).into_owned()),
            tie,
        })
    }

    /// The text looked for, in such a subject.
    pub fn needle(&self, utf: bool) -> Option<&[u8]> {
        self.finder(utf).map(Finder::needle)
    }

    fn finder(&self, utf: bool) -> Option<&Finder<'static>> {
        match &self.utf8 {
            Some(finder) if utf => Some(finder),
            _ => self.bytes.as_ref(),
        }
    }

    /// The first match at or after `start`.
    #[inline]
    pub fn find(
        &self,
        subject: &[u8],
        utf: bool,
        start: usize,
        anchored: bool,
    ) -> Option<(usize, usize)> {
        let finder = self.finder(utf)?;
        let needle = finder.needle();
        let rest = subject.get(start..)?;
        if anchored && self.tie == Tie::Free {
            return rest
                .starts_with(needle)
                .then_some((start, start + needle.len()));
        }
        let at = match self.tie {
            Tie::Free => start + finder.find(rest)?,
            Tie::Start => (start == 0 && rest.starts_with(needle)).then_some(0)?,
            Tie::StartEnd => (start == 0 && rest == needle).then_some(0)?,
            Tie::StartEndOrNewline => {
                let end = subject.strip_suffix(b"\n").unwrap_or(subject);
                (start == 0 && (subject == needle || end == needle)).then_some(0)?
            }
            Tie::End => ends(subject, needle, start)?,
            Tie::EndOrNewline => {
                let short = subject.strip_suffix(b"\n");
                match short.and_then(|short| ends(short, needle, start)) {
                    Some(at) => at,
                    None => ends(subject, needle, start)?,
                }
            }
        };
        if anchored && at != start {
            return None;
        }
        Some((at, at + needle.len()))
    }
}

fn ends(subject: &[u8], needle: &[u8], start: usize) -> Option<usize> {
    let at = subject.len().checked_sub(needle.len())?;
    (at >= start && subject.ends_with(needle)).then_some(at)
}

/// The characters of a pattern that is one literal with anchors around it.
fn parts(node: &Node) -> Option<(&[u32], Tie)> {
    match node {
        Node::Literal(literal) if literal.fold.is_none() => Some((&literal.chars, Tie::Free)),
        Node::Cat(nodes) => {
            let (start, rest) = match nodes.split_first()? {
                (Node::Assert(Assert::Start), rest) => (true, rest),
                _ => (false, &nodes[..]),
            };
            let (text, tail) = rest.split_first()?;
            let Node::Literal(literal) = text else {
                return None;
            };
            if literal.fold.is_some() {
                return None;
            }
            let tie = match (start, tail) {
                (true, []) => Tie::Start,
                (true, [Node::Assert(Assert::End)]) => Tie::StartEnd,
                (true, [Node::Assert(Assert::EndOrNewline)]) => Tie::StartEndOrNewline,
                (false, [Node::Assert(Assert::End)]) => Tie::End,
                (false, [Node::Assert(Assert::EndOrNewline)]) => Tie::EndOrNewline,
                _ => return None,
            };
            Some((&literal.chars, tie))
        }
        _ => None,
    }
}
