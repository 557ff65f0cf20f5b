//! Calls of user subs, and words that may be such calls, classes or plain strings.

use super::super::ast::{CallForm, ExprId, ExprKind, Sigil};
use super::super::feedback::SubShape;
use super::super::precedence::power;
use super::driver::{P, Parser};
use crate::diag::hints::feature;

impl Parser<'_, '_, '_> {
    /// A word that is no keyword; it has been consumed.
    pub(super) fn plain_word(&mut self, word: &str, start: usize) -> P<ExprId> {
        let after = self.pos;
        let next = self.peek();
        if next == b'(' {
            let shape = self.known_sub(word);
            self.take(1);
            let args = self.paren_items()?;
            let call = self.call_node(word, args, shape.as_ref(), start)?;
            return self.postfix(call, false);
        }
        if next == b'-' && self.byte(1) == b'>' {
            return self.word_arrow(word, start, after);
        }
        let shape = self.known_sub(word);
        if shape.is_none() && matches!(next, b'$' | b'{') && self.feature(feature::INDIRECT) {
            if let Some(call) = self.indirect_object(word, start)? {
                return Ok(call);
            }
        }
        if next.is_ascii_alphabetic()
            || next >= 0x80 && self.ident_len() > 0
            || next == b'_'
            || next == b'$'
            || next == b':' && self.byte(1) == b':'
        {
            if let Some(call) = self.indirect_word(word, shape.as_ref(), start)? {
                return Ok(call);
            }
        }
        let Some(shape) = shape else {
            self.pos = after;
            let name = self.sh.ast.name(word);
            return Ok(self.node(ExprKind::Bareword(name), start));
        };
        let args = self.bare_args(&shape, after)?;
        let nullary = shape.prototype.as_deref() == Some("");
        let call = self.call_node(word, args, Some(&shape), start)?;
        if nullary {
            self.postfix(call, false)
        } else {
            Ok(call)
        }
    }

    /// `word->..`: a class, unless a sub of that name exists, be there a package or not (perlobj, "Invoking Class
    /// Methods").
    fn word_arrow(&mut self, word: &str, start: usize, after: usize) -> P<ExprId> {
        let shape = self.known_sub(word);
        self.pos = after;
        if shape.is_none() {
            let name = self.sh.ast.name(word);
            let class = self.node(ExprKind::ClassName(name), start);
            return self.postfix(class, false);
        }
        let call = self.call_node(word, Vec::new(), None, start)?;
        self.postfix(call, false)
    }

    /// Arguments without parentheses, by the prototype.
    fn bare_args(&mut self, shape: &SubShape, after: usize) -> P<Vec<ExprId>> {
        let Some(proto) = shape.prototype.clone() else {
            return self.list_args();
        };
        let bare = proto.trim_start_matches(';');
        if bare.is_empty() {
            self.pos = after;
            return Ok(Vec::new());
        }
        if is_unary(bare) {
            return self.unary_args(after);
        }
        if bare.starts_with('&') && self.peek() == b'{' {
            return self.block_args();
        }
        self.list_args()
    }

    /// `name BLOCK LIST`
    fn block_args(&mut self) -> P<Vec<ExprId>> {
        let start = self.pos;
        let mut args = vec![self.block_as_sub(start)?];
        args.extend(self.list_args()?);
        Ok(args)
    }

    /// The arguments of a list operator.
    pub(super) fn list_args(&mut self) -> P<Vec<ExprId>> {
        if self.peek() == b',' || self.peek() == b'=' && self.byte(1) == b'>' {
            // the comma belongs to the list around the call
            return Ok(Vec::new());
        }
        Ok(self.comma_list()?.into_vec())
    }

    /// The argument of a named unary operator, if there is one.
    pub(super) fn unary_args(&mut self, after: usize) -> P<Vec<ExprId>> {
        if !self.term_follows() {
            self.pos = after;
            return Ok(Vec::new());
        }
        Ok(vec![self.binding(power::SHIFT)?])
    }

    /// Whether a term (rather than an operator or an end) follows a named unary operator.
    pub(super) fn term_follows(&mut self) -> bool {
        match self.peek() {
            0 | b')' | b']' | b'}' | b';' | b',' | b'=' | b'?' | b'|' | b'^' | b'>' => false,
            b':' => self.byte(1) == b':' && !self.byte(2).is_ascii_whitespace(),
            b'.' => self.byte(1).is_ascii_digit(),
            b'!' => self.byte(1) != b'=' && self.byte(1) != b'~',
            b'*' => {
                self.name_at(self.pos + 1)
                    || self.byte(1) == b'^' && self.byte(2).is_ascii_uppercase()
            }
            b'%' => self.name_at(self.pos + 1) || matches!(self.byte(1), b'+' | b'-' | b'!' | b'^'),
            b'&' => self.byte(1) != b'&' && (self.name_at(self.pos + 1)),
            b'<' => self.angle_follows(),
            b'/' => self.byte(1) != b'/' && self.byte(1) != b'=',
            b'-' => self.byte(1) != b'=' && self.byte(1) != b'>',
            b'+' => self.byte(1) != b'=',
            b if b.is_ascii_alphabetic() => !self.operator_word(),
            _ => true,
        }
    }

    /// Whether the word here is an operator or statement modifier.
    pub(super) fn operator_word(&mut self) -> bool {
        let len = self
            .rest()
            .bytes()
            .take_while(u8::is_ascii_lowercase)
            .count();
        if self.word_byte(self.pos + len) {
            // `x3` behind a term repeats, but behind an operator word it is a word.
            return false;
        }
        let word = &self.text[self.pos..self.pos + len];
        let operator = match word {
            "and" | "or" | "xor" | "if" | "unless" | "while" | "until" | "for" | "foreach"
            | "eq" | "ne" | "lt" | "gt" | "le" | "ge" | "cmp" => true,
            "x" => self.byte_at(self.pos + len) == b'=' || self.byte_at(self.pos + len) == b' ',
            "isa" => self.feature(feature::ISA),
            "when" => self.feature(feature::SWITCH),
            _ => false,
        };
        operator && !self.fat_comma_after(self.pos + len)
    }

    fn angle_follows(&self) -> bool {
        let line = self.rest();
        let line = line.lines().next().unwrap_or("");
        match self.byte(1) {
            b'<' => {
                let quoted = line[2..].trim_start_matches([' ', '\t']);
                !matches!(self.byte(2), b' ' | b'=')
                    || quoted.starts_with(['"', '\'', '`'])
                    || line.contains("<<>>")
            }
            b'=' | b' ' => false,
            _ => line.contains('>'),
        }
    }

    /// A call of `word`; the prototype shapes the arguments.
    pub(super) fn call_node(
        &mut self,
        word: &str,
        args: Vec<ExprId>,
        shape: Option<&SubShape>,
        start: usize,
    ) -> P<ExprId> {
        let args = match shape.and_then(|s| s.prototype.as_deref()) {
            Some(proto) => self.shape_args(word, proto, args)?,
            None => args,
        };
        let callee = self.callee(word);
        let args = self.list(&args);
        let span_start = start;
        Ok(self.node(
            ExprKind::Call {
                callee,
                args,
                form: CallForm::Plain,
            },
            span_start,
        ))
    }

    /// Applies a prototype to arguments (perlsub Prototypes).
    fn shape_args(&mut self, word: &str, proto: &str, args: Vec<ExprId>) -> P<Vec<ExprId>> {
        if crate::signature::prototype::malformed(proto) {
            let name = self.qualified(word);
            let text = format!("Malformed prototype for {}: {proto}", &self.sh.ast[name]);
            self.complain(&text, self.pos);
            return Ok(args);
        }
        let items = crate::signature::prototype::items(proto);
        let mut out = Vec::with_capacity(args.len());
        let mut given = args.into_iter();
        let mut count = 0;
        for item in &items.params {
            use crate::signature::prototype::Param;
            if matches!(item, Param::List) {
                out.extend(given.by_ref());
                return Ok(out);
            }
            let Some(arg) = given.next() else {
                if matches!(item, Param::Topic) {
                    out.push(self.topic());
                    count += 1;
                }
                break;
            };
            count += 1;
            out.push(self.shape_arg(word, item, arg, count)?);
        }
        if count < items.required {
            let text = format!("Not enough arguments for {}", self.sub_told(word));
            self.complain_near(&text);
        } else if given.next().is_some() {
            let text = format!("Too many arguments for {}", self.sub_told(word));
            self.complain_near(&text);
        }
        Ok(out)
    }

    /// A sub's name in messages: the one it was defined under.
    fn sub_told(&mut self, word: &str) -> String {
        let name = self.qualified(word);
        let name = &self.sh.ast[name];
        self.sh
            .feedback
            .sub_name(name)
            .unwrap_or_else(|| name.to_string())
    }

    /// One argument under one prototype item.
    fn shape_arg(
        &mut self,
        word: &str,
        item: &crate::signature::prototype::Param,
        arg: ExprId,
        n: usize,
    ) -> P<ExprId> {
        use crate::signature::prototype::Param;
        let arg = if *item == Param::List {
            arg
        } else {
            self.plain_operand(arg)
        };
        let kind = *self.sh.ast.kind(arg);
        Ok(match item {
            Param::Scalar | Param::Topic => self.scalar_cx(arg),
            Param::Handle => match kind {
                ExprKind::Bareword(name) => {
                    let text = self.sh.ast[name].to_owned();
                    let id = self.source_str(&text);
                    self.node_like(ExprKind::Str(id), arg)
                }
                _ => self.scalar_cx(arg),
            },
            Param::Plus => match self.sigil_of(arg) {
                Some(Sigil::Array | Sigil::Hash) => self.node_like(ExprKind::Ref(arg), arg),
                _ => self.scalar_cx(arg),
            },
            Param::Code => self.code_arg(word, arg, n),
            Param::Ref(sigils) => self.ref_arg(word, sigils, arg, n),
            Param::List => arg,
        })
    }

    /// An argument without the parentheses and unary plus around it.
    fn plain_operand(&self, arg: ExprId) -> ExprId {
        let bare = self.unwrapped(arg);
        match *self.sh.ast.kind(bare) {
            ExprKind::Unary {
                op: super::super::ast::UnOp::Plus,
                expr,
            } => expr,
            _ => bare,
        }
    }

    /// Scalar context for an argument that is not already a plain scalar.
    pub(super) fn scalar_cx(&mut self, arg: ExprId) -> ExprId {
        match *self.sh.ast.kind(arg) {
            ExprKind::Str(_)
            | ExprKind::Int(_)
            | ExprKind::Num(_)
            | ExprKind::Interp(_)
            | ExprKind::Var {
                sigil: Sigil::Scalar,
                ..
            }
            | ExprKind::Index { .. }
            | ExprKind::Key { .. }
            | ExprKind::AnonSub(_)
            | ExprKind::AnonArray(_)
            | ExprKind::AnonHash(_)
            | ExprKind::ScalarCx(_) => arg,
            _ => self.node_like(ExprKind::ScalarCx(arg), arg),
        }
    }

    /// The sigil an expression would have behind a backslash.
    fn sigil_of(&self, arg: ExprId) -> Option<Sigil> {
        Some(match *self.sh.ast.kind(arg) {
            ExprKind::Var { sigil, .. } | ExprKind::Deref { sigil, .. } => sigil,
            ExprKind::My(decl) => self.sh.ast[decl].sigil,
            ExprKind::Local(inner) => return self.sigil_of(inner),
            ExprKind::Index { .. } | ExprKind::Key { .. } => Sigil::Scalar,
            ExprKind::Call {
                form: CallForm::Amp | CallForm::AmpShare,
                ..
            } => Sigil::Code,
            _ => return None,
        })
    }

    fn code_arg(&mut self, word: &str, arg: ExprId, n: usize) -> ExprId {
        match *self.sh.ast.kind(arg) {
            ExprKind::AnonSub(_) | ExprKind::Ref(_) => arg,
            ExprKind::Var {
                sigil: Sigil::Scalar,
                ..
            } if n > 1 => arg,
            ExprKind::Builtin {
                func: crate::signature::Builtin::Undef,
                ..
            } => arg,
            _ if n > 1 => arg,
            _ => {
                let what = self.described(arg);
                let text = format!(
                    "Type of arg {n} to {} must be block or sub {{}} (not {what})",
                    self.sub_told(word)
                );
                self.complain_near(&text);
                arg
            }
        }
    }

    fn ref_arg(&mut self, word: &str, sigils: &str, arg: ExprId, n: usize) -> ExprId {
        let sigil = self.sigil_of(arg).map(|s| match s {
            Sigil::Scalar => '$',
            Sigil::Array => '@',
            Sigil::Hash => '%',
            Sigil::Code => '&',
            Sigil::Glob => '*',
        });
        let fits = match sigil {
            Some(c) => sigils.contains(c),
            None => sigils.contains('$') && self.is_place(arg),
        };
        if !fits {
            let what = self.described(arg);
            let wanted = match sigils {
                "$" => "scalar".to_owned(),
                "@" => "array".to_owned(),
                "%" => "hash".to_owned(),
                "&" => "subroutine".to_owned(),
                "*" => "symbol".to_owned(),
                many => format!("one of {many}"),
            };
            let text = format!(
                "Type of arg {n} to {} must be {wanted} (not {what})",
                self.sub_told(word)
            );
            self.complain_near(&text);
        }
        self.node_like(ExprKind::Ref(arg), arg)
    }

    /// Whether a reference to it can stand for `\$`.
    fn is_place(&self, arg: ExprId) -> bool {
        matches!(
            self.sh.ast.kind(arg),
            ExprKind::Builtin { .. }
                | ExprKind::Cond { .. }
                | ExprKind::ArrayLen(_)
                | ExprKind::Call { .. }
                | ExprKind::Method { .. }
                | ExprKind::Assign { .. }
                | ExprKind::List(_)
        )
    }

    /// perl's word for a kind of expression.
    fn described(&self, arg: ExprId) -> &'static str {
        match *self.sh.ast.kind(arg) {
            ExprKind::Str(_) | ExprKind::Int(_) | ExprKind::Num(_) => "constant item",
            ExprKind::Var {
                sigil: Sigil::Scalar,
                ..
            } => "scalar dereference",
            ExprKind::Var {
                sigil: Sigil::Array,
                ..
            } => "array dereference",
            ExprKind::Call { .. } => "subroutine entry",
            ExprKind::Method { .. } => "method with known name",
            ExprKind::AnonArray(_) => "anonymous array ([])",
            ExprKind::AnonHash(_) => "anonymous hash ({})",
            ExprKind::Ref(_) => "single ref constructor",
            ExprKind::Interp(_) => "string",
            _ => "list",
        }
    }

    /// An error with `near`, after which the parse goes on.
    pub(super) fn complain_near(&mut self, text: &str) {
        self.note_behind(text);
    }
}

/// Whether a prototype makes a sub a named unary operator.
fn is_unary(proto: &str) -> bool {
    match proto.as_bytes() {
        [b'$' | b'_'] => true,
        [b'\\', _] => true,
        [b'\\', b'[', .., b']'] => proto.find(']') == Some(proto.len() - 1),
        _ => false,
    }
}
