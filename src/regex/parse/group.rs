//! Groups: what opens them, what a `|` and a `)` do, references by call, conditions, verbs, flags.

use super::super::ast::{Cond, CondTest, Node, Verb};
use super::super::error::Category;
use super::super::grammar::{Rule, Token, code_end};
use super::super::pattern::{Charset, Flags};
use super::{DEEPEST, Failure, Frame, Kind, Last, Parse, Parser};
use std::rc::Rc;

impl Parser<'_, '_> {
    pub(super) fn group(&mut self, token: Token) -> Parse<()> {
        match token.rule {
            Rule::assertion => self.assertion(token),
            Rule::call => self.call(token),
            Rule::named_open => self.named_open(token),
            Rule::condition => self.condition(token),
            Rule::verb => self.verb(token),
            Rule::alpha_open => self.alpha_open(token),
            Rule::flags | Rule::flags_same => self.inline_flags(token),
            Rule::code_open => self.code(token),
            _ => self.extended(token),
        }
    }

    fn open(&mut self, kind: Kind, start: usize) -> Parse<()> {
        if self.frames.len() >= DEEPEST {
            return self.fail("Too many nested open parens", start + 1);
        }
        if matches!(kind, Kind::Look { .. }) {
            self.looks += 1;
        }
        let group = match kind {
            Kind::Capture(n) => n,
            _ => self.frames.last().map_or(0, |frame| frame.group),
        };
        self.frames.push(Frame {
            kind,
            start,
            flags: self.flags,
            cat: std::mem::take(&mut self.cat),
            alts: std::mem::take(&mut self.alts),
            group,
        });
        self.last = Last::Nothing;
        Ok(())
    }

    pub(super) fn plain_open(&mut self, token: Token) -> Parse<()> {
        if self.flags.has(Flags::N) {
            return self.open(Kind::Plain, token.start);
        }
        let n = self.new_group();
        self.open(Kind::Capture(n), token.start)
    }

    fn new_group(&mut self) -> u32 {
        self.groups += 1;
        let parent = self.frames.last().map_or(0, |frame| frame.group);
        if self.parents.len() <= self.groups as usize {
            self.parents.push(parent);
            self.closed.push(false);
        }
        self.groups
    }

    fn named_open(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        let name = text
            .trim_start_matches(['(', '?', 'P'])
            .trim_matches(['<', '>', '\'']);
        // A name may begin with P itself.
        let name = match text.find(['<', '\'']) {
            Some(at) => &text[at + 1..text.len() - 1],
            None => name,
        };
        let n = self.new_group();
        match self.names.iter_mut().find(|row| &*row.0 == name) {
            Some(row) => {
                if !row.1.contains(&n) {
                    row.1.push(n);
                }
            }
            None => self.names.push((Rc::from(name), vec![n])),
        }
        self.open(Kind::Capture(n), token.start)
    }

    fn assertion(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        let kind = match text {
            "(?:" => Kind::Plain,
            "(?=" => Kind::Look {
                ahead: true,
                negated: false,
            },
            "(?!" => Kind::Look {
                ahead: true,
                negated: true,
            },
            "(?<=" => Kind::Look {
                ahead: false,
                negated: false,
            },
            "(?<!" => Kind::Look {
                ahead: false,
                negated: true,
            },
            "(?>" => Kind::Atomic,
            _ => Kind::Reset {
                first: self.groups,
                most: self.groups,
            },
        };
        if token.end == self.text.len() && matches!(kind, Kind::Look { .. }) {
            return self.fail(&format!("Sequence {text}... not terminated"), token.end);
        }
        self.open(kind, token.start)
    }

    fn alpha_open(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        let name = &text[2..text.len() - 1];
        let kind = match name {
            "pla" | "positive_lookahead" => Kind::Look {
                ahead: true,
                negated: false,
            },
            "nla" | "negative_lookahead" => Kind::Look {
                ahead: true,
                negated: true,
            },
            "plb" | "positive_lookbehind" => Kind::Look {
                ahead: false,
                negated: false,
            },
            "nlb" | "negative_lookbehind" => Kind::Look {
                ahead: false,
                negated: true,
            },
            "atomic" => Kind::Atomic,
            "sr" | "script_run" => Kind::ScriptRun { atomic: false },
            "asr" | "atomic_script_run" => Kind::ScriptRun { atomic: true },
            _ => return self.bad_verb(token),
        };
        if matches!(kind, Kind::ScriptRun { .. }) {
            self.need_unicode()?;
            self.uses.script_run = true;
        }
        if !self.rest(token.end).contains(')') {
            let end = self.text.len();
            return self.fail("Unterminated '(*...' argument", end);
        }
        self.open(kind, token.start)
    }

    pub(super) fn alternation(&mut self, token: Token) -> Parse<()> {
        let branch = cat_of(std::mem::take(&mut self.cat));
        self.alts.push(branch);
        self.last = Last::Nothing;
        let groups = self.groups;
        let mut error = None;
        match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(Kind::Reset { first, most }) => {
                *most = (*most).max(groups);
                self.groups = *first;
            }
            Some(Kind::Cond { test, branches }) => {
                *branches += 1;
                if *branches > 1 {
                    error = Some("Switch (?(condition)... contains too many branches");
                } else if matches!(test, Some(CondTest::Define)) {
                    error = Some("(?(DEFINE)....) does not allow branches");
                }
            }
            _ => {}
        }
        match error {
            Some(message) => self.fail(message, token.end),
            None => Ok(()),
        }
    }

    pub(super) fn close(&mut self, token: Token) -> Parse<()> {
        let Some(frame) = self.frames.pop() else {
            return self.fail("Unmatched )", token.end);
        };
        self.flags = frame.flags;
        let last = cat_of(std::mem::replace(&mut self.cat, frame.cat));
        let mut branches = std::mem::replace(&mut self.alts, frame.alts);
        let mut body = Node::Empty;
        match (&frame.kind, branches.is_empty()) {
            (Kind::Cond { .. }, _) => branches.push(last),
            (_, true) => body = last,
            (_, false) => {
                branches.push(last);
                body = Node::Alt(std::mem::take(&mut branches));
            }
        }
        let start = frame.start;
        let node = match frame.kind {
            Kind::Plain => Node::Group(0, Box::new(body)),
            Kind::Capture(n) => {
                if let Some(closed) = self.closed.get_mut(n as usize) {
                    *closed = true;
                }
                Node::Group(n, Box::new(body))
            }
            Kind::Look { ahead, negated } => {
                self.looks -= 1;
                if !ahead {
                    self.check_lookbehind(&body)?;
                }
                return self.close_look(ahead, negated, body, start);
            }
            Kind::Atomic => Node::Atomic(Box::new(body)),
            Kind::Reset { most, .. } => {
                self.groups = self.groups.max(most);
                match body {
                    Node::Alt(branches) => Node::Group(0, Box::new(Node::Reset(branches))),
                    body => Node::Group(0, Box::new(body)),
                }
            }
            Kind::ScriptRun { atomic } => {
                let body = if atomic {
                    Node::Atomic(Box::new(body))
                } else {
                    body
                };
                Node::ScriptRun(Box::new(body))
            }
            Kind::Cond { test, .. } => {
                let mut branches = branches.into_iter();
                let yes = branches.next().unwrap_or(Node::Empty);
                let no = branches.next().unwrap_or(Node::Empty);
                let Some(test) = test else {
                    return self.fail("Unknown switch condition (?(...))", start + 3);
                };
                Node::Cond(Box::new(Cond { test, yes, no }))
            }
        };
        self.push(node, start);
        Ok(())
    }

    /// A lookaround is an atom, or the test of the conditional group just opened.
    fn close_look(&mut self, ahead: bool, negated: bool, body: Node, start: usize) -> Parse<()> {
        let node = Node::Look {
            ahead,
            negated,
            body: Box::new(body),
        };
        if let Some(Frame {
            kind: Kind::Cond {
                test: test @ None, ..
            },
            ..
        }) = self.frames.last_mut()
        {
            *test = Some(CondTest::Look(node));
            self.last = Last::Nothing;
            return Ok(());
        }
        self.push(node, start);
        Ok(())
    }

    pub(super) fn check_open(&mut self) -> Parse<()> {
        match self.frames.last() {
            None => Ok(()),
            Some(Frame {
                kind: Kind::Cond { .. },
                ..
            }) => {
                let end = self.text.len();
                self.fail("Switch (?(condition)... not terminated", end)
            }
            Some(frame) => self.fail("Unmatched (", frame.start + 1),
        }
    }

    fn call(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        let body = &text[2..text.len() - 1];
        let end = token.end;
        if let Some(name) = body.strip_prefix("P=") {
            return self.named_ref(name, end - 1, token.start);
        }
        let name = body.strip_prefix('&').or_else(|| body.strip_prefix("P>"));
        let target = if let Some(name) = name {
            match self.groups_named(name) {
                Some(groups) => groups.first().copied().unwrap_or(0),
                None => return self.fail("Reference to nonexistent named group", end - 1),
            }
        } else if matches!(body, "R" | "0") {
            0
        } else {
            let digits = body.trim_start_matches(['+', '-']);
            let n: u32 = digits.parse().unwrap_or(u32::MAX - 1);
            let target = match body.as_bytes()[0] {
                b'-' => (self.groups + 1).checked_sub(n).unwrap_or(u32::MAX),
                b'+' => self.groups.saturating_add(n),
                _ => n,
            };
            if n == 0 && digits.len() < body.len() || target == 0 && body.starts_with('-') {
                return self.fail("Reference to nonexistent group", end);
            }
            if target != 0 && !self.has_group(target) {
                return self.fail("Reference to nonexistent group", end);
            }
            target
        };
        self.uses.recursion = true;
        self.push(Node::Recurse(target), token.start);
        Ok(())
    }

    fn condition(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        let body = text[3..].trim_end_matches(')');
        let test = match body.as_bytes().first() {
            None => None,
            Some(b'R') => match body[1..].strip_prefix('&') {
                Some(name) => match self.groups_named(name) {
                    Some(groups) => Some(CondTest::Recursion(Some(groups))),
                    None => {
                        return self.fail("Reference to nonexistent named group", token.end - 1);
                    }
                },
                None => {
                    let n = body[1..].parse().ok();
                    Some(CondTest::Recursion(n.map(|n| vec![n])))
                }
            },
            Some(b'D') => Some(CondTest::Define),
            Some(b'<' | b'\'') => match self.groups_named(&body[1..body.len() - 1]) {
                Some(groups) => Some(CondTest::Groups(groups)),
                None => return self.fail("Reference to nonexistent named group", token.end - 2),
            },
            Some(_) => Some(CondTest::Groups(vec![body.parse().unwrap_or(u32::MAX)])),
        };
        self.open(Kind::Cond { test, branches: 0 }, token.start)?;
        if text == "(?(" {
            self.cond_code(token)?;
        }
        Ok(())
    }

    /// A condition that is a lookaround or code: its opening parenthesis is the condition's own.
    fn cond_code(&mut self, token: Token) -> Parse<()> {
        let at = token.end - 1;
        if self.rest(token.end).starts_with("?{") || self.rest(token.end).starts_with("*{") {
            let (index, end) = self.block(at, at + 2, false)?;
            self.uses.code = true;
            if let Some(Frame {
                kind: Kind::Cond { test, .. },
                ..
            }) = self.frames.last_mut()
            {
                *test = Some(CondTest::Code(index));
            }
            self.resume(end);
            return Ok(());
        }
        self.resume(at);
        Ok(())
    }

    fn code(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        let postponed = text == "(??";
        let (index, end) = self.block(token.start, token.end, postponed)?;
        self.uses.code = true;
        self.uses.postponed |= postponed;
        self.push(Node::Code { index, postponed }, token.start);
        self.resume(end);
        Ok(())
    }

    /// The code block whose group starts at `start` and whose brace is at `brace`: its number and
    /// the end of its group.
    fn block(&mut self, start: usize, brace: usize, postponed: bool) -> Parse<(u32, usize)> {
        if let Some(&(index, end)) = self.known.codes.get(&start) {
            let code = self
                .text
                .get(brace + 1..end.saturating_sub(2))
                .unwrap_or("");
            self.note_code(code, index);
            return Ok((index, end));
        }
        let allowed = self.flags.has(Flags::EVAL);
        let refused = "Eval-group not allowed at runtime, use re 'eval'";
        let Some(close) = code_end(self.text, brace) else {
            if !allowed {
                return self.fail_plain(refused);
            }
            return Err(Failure::Error(
                "Missing right curly or square bracket".to_string(),
            ));
        };
        if !self.rest(close).starts_with(')') {
            if !allowed {
                return self.fail_plain(refused);
            }
            return self.fail("Sequence (?{...}) not terminated with ')'", close);
        }
        let code = self.text.get(brace + 1..close - 1).unwrap_or("");
        match self.hooks.code_block(code, postponed, allowed) {
            Ok(Some(index)) => {
                self.known.codes.insert(start, (index, close + 1));
                self.note_code(code, index);
                Ok((index, close + 1))
            }
            Ok(None) => self.fail_plain(refused),
            Err(message) => Err(Failure::Error(message)),
        }
    }

    fn note_code(&mut self, code: &str, index: u32) {
        self.codes.push((code.into(), index));
    }

    fn verb(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        let body = &text[2..text.len() - 1];
        let (name, arg) = match body.find(':') {
            Some(at) => (&body[..at], Some(&body[at + 1..])),
            None => (body, None),
        };
        let verb = match name {
            "ACCEPT" => Verb::Accept,
            "COMMIT" => Verb::Commit,
            "F" | "FAIL" => Verb::Fail,
            "MARK" => Verb::Mark,
            "" if arg.is_some() => Verb::Mark,
            "PRUNE" => Verb::Prune,
            "SKIP" => Verb::Skip,
            "THEN" => Verb::Then,
            _ => return self.bad_verb(token),
        };
        if verb == Verb::Mark && arg.is_none_or(str::is_empty) {
            let message = format!("Verb pattern '{name}' has a mandatory argument");
            return self.fail(&message, token.end - 1);
        }
        self.uses.verbs |= verb != Verb::Fail && verb != Verb::Accept || arg.is_some();
        if verb == Verb::Accept {
            self.uses.accept = true;
            self.uses.verbs = true;
        }
        self.push(Node::Verb(verb, arg.map(Rc::from)), token.start);
        Ok(())
    }

    /// `(?flags)` and `(?flags:`.
    fn inline_flags(&mut self, token: Token) -> Parse<()> {
        let text = self.slice(token);
        let flags = self.read_flags(&text[2..], token.start + 2)?;
        if text.ends_with(':') {
            self.open(Kind::Plain, token.start)?;
        } else {
            self.last = Last::Nothing;
        }
        self.flags = flags;
        Ok(())
    }

    /// Flags up to the `:` or `)`.
    pub(super) fn read_flags(&mut self, text: &str, start: usize) -> Parse<Flags> {
        let mut flags = self.flags;
        let (mut on, mut charset, mut seen_x) = (true, None::<char>, false);
        let mut a_count = 0;
        let caret = text.starts_with('^');
        if caret {
            flags.bits &= !(Flags::M | Flags::S | Flags::I | Flags::X | Flags::XX | Flags::N);
            flags.charset = if self.known.unicode {
                Charset::Unicode
            } else {
                Charset::Depends
            };
        }
        for (i, c) in text.char_indices() {
            let at = start + i + c.len_utf8();
            let seen = || text[..i + c.len_utf8()].to_string();
            match c {
                '^' if i == 0 => {}
                ':' | ')' => return Ok(flags),
                'm' => flags = flags.with(Flags::M, on),
                's' => flags = flags.with(Flags::S, on),
                'i' => flags = flags.with(Flags::I, on),
                'n' => flags = flags.with(Flags::N, on),
                'x' if on => {
                    flags = flags.with(Flags::XX, seen_x).with(Flags::X, true);
                    seen_x = true;
                }
                'x' => flags = flags.with(Flags::X | Flags::XX, false),
                'p' if on => {
                    self.uses.copies = true;
                    flags = flags.with(Flags::P, true);
                }
                'p' => self.warn(Category::Regexp, "Useless use of (?-p)", at),
                '-' if !caret && on => on = false,
                'o' | 'g' | 'c' => {
                    let what = if on { "" } else { "-" };
                    let advice = if on { "use" } else { "don't use" };
                    let shown = if c == 'c' {
                        "c".to_string()
                    } else {
                        c.to_string()
                    };
                    let message = if c == 'c' && on {
                        "Useless (?c) - use /gc modifier".to_string()
                    } else if c == 'c' {
                        "Useless (?-c) - don't use /gc modifier".to_string()
                    } else {
                        format!("Useless (?{what}{shown}) - {advice} /{shown} modifier")
                    };
                    self.warn(Category::Regexp, &message, at);
                }
                'd' | 'l' | 'u' | 'a' if !on => {
                    let message = format!("Regexp modifier \"{c}\" may not appear after the \"-\"");
                    return self.fail(&message, at);
                }
                'd' if caret => {
                    return self.fail(&format!("Sequence (?{}...) not recognized", seen()), at);
                }
                'd' | 'l' | 'u' | 'a' => {
                    a_count += u32::from(c == 'a');
                    if let Some(old) = charset {
                        if old != c {
                            let message = format!(
                                "Regexp modifiers \"{old}\" and \"{c}\" are mutually exclusive"
                            );
                            return self.fail(&message, at);
                        }
                        if c != 'a' {
                            let message = format!("Regexp modifier \"{c}\" may not appear twice");
                            return self.fail(&message, at);
                        }
                        if a_count > 2 {
                            let message = "Regexp modifier \"a\" may appear a maximum of twice";
                            return self.fail(message, at);
                        }
                    }
                    charset = Some(c);
                    flags.charset = match c {
                        'd' if self.known.unicode => Charset::Unicode,
                        'd' => Charset::Depends,
                        'l' => Charset::Locale,
                        'u' => Charset::Unicode,
                        _ if a_count == 2 => Charset::AsciiStrict,
                        _ => Charset::Ascii,
                    };
                }
                _ => return self.fail(&format!("Sequence (?{}...) not recognized", seen()), at),
            }
        }
        let end = start + text.len();
        self.fail("Sequence (?... not terminated", end)
    }
}

/// Nodes in a row as one node.
pub(super) fn cat_of(mut nodes: Vec<Node>) -> Node {
    match nodes.len() {
        0 => Node::Empty,
        1 => nodes.pop().unwrap_or(Node::Empty),
        _ => Node::Cat(nodes),
    }
}
