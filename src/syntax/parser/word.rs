//! Words in term position: keywords, functions, classes, barewords.

use super::super::ast::{DeclKind, ExprId, ExprKind, Sigil, UnOp};
use super::super::feedback::SubShape;
use super::super::precedence::power;
use super::driver::{P, Parser};
use crate::diag::hints::feature;
use crate::signature::{BUILTINS, Builtin};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Words with a syntax of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Function(Builtin),
    My,
    Our,
    State,
    Local,
    Sub,
    Do,
    Eval,
    Return,
    Next,
    Last,
    Redo,
    Goto,
    Dump,
    Require,
    Not,
    Quote,
    Sort,
    Map,
    Grep,
    File,
    Line,
    Package,
    CurrentSub,
    End,
    /// Operators and statement words: no term begins with them.
    NoTerm,
}

fn table() -> &'static HashMap<&'static str, Keyword, foldhash::fast::FixedState> {
    static TABLE: OnceLock<HashMap<&'static str, Keyword, foldhash::fast::FixedState>> =
        OnceLock::new();
    TABLE.get_or_init(|| {
        let mut map: HashMap<_, _, foldhash::fast::FixedState> = BUILTINS
            .iter()
            .map(|&b| (b.name(), Keyword::Function(b)))
            .collect();
        use Keyword::*;
        map.extend([
            ("my", My),
            ("our", Our),
            ("state", State),
            ("local", Local),
            ("sub", Sub),
            ("do", Do),
            ("eval", Eval),
            ("return", Return),
            ("next", Next),
            ("last", Last),
            ("redo", Redo),
            ("goto", Goto),
            ("dump", Dump),
            ("require", Require),
            ("not", Not),
            ("sort", Sort),
            ("map", Map),
            ("grep", Grep),
            ("__FILE__", File),
            ("__LINE__", Line),
            ("__PACKAGE__", Package),
            ("__SUB__", CurrentSub),
            ("__END__", End),
            ("__DATA__", End),
        ]);
        for quote in ["q", "qq", "qw", "qx", "qr", "m", "s", "tr", "y"] {
            map.insert(quote, Quote);
        }
        for word in [
            "if",
            "unless",
            "while",
            "until",
            "for",
            "foreach",
            "else",
            "elsif",
            "and",
            "or",
            "xor",
            "eq",
            "ne",
            "lt",
            "gt",
            "le",
            "ge",
            "cmp",
            "package",
            "use",
            "no",
            "format",
            "given",
            "when",
            "default",
            "isa",
            "x",
            "__CLASS__",
        ] {
            map.insert(word, NoTerm);
        }
        map.remove("__CLASS__");
        map
    })
}

/// The keyword a word is, features not heeded.
pub(super) fn keyword(word: &str) -> Option<Keyword> {
    table().get(word).copied()
}

/// Whether a word is a keyword of any kind.
pub(super) fn is_keyword(word: &str) -> bool {
    table().contains_key(word)
}

/// Functions that nothing overrides, since their syntax is their own (perlsub, Overriding Built-in
/// Functions; other words of that kind are no functions here).
const FIXED: &[&str] = &[
    "defined",
    "delete",
    "exists",
    "pos",
    "print",
    "printf",
    "prototype",
    "scalar",
    "split",
    "study",
    "undef",
];

impl Parser<'_, '_, '_> {
    /// Whether `=>` follows `at` (blanks and newlines allowed).
    pub(super) fn fat_comma_after(&mut self, at: usize) -> bool {
        match self.byte_at(at) {
            b'=' => return self.byte_at(at + 1) == b'>',
            b' ' | b'\t' | b'\n' | b'\r' | b'#' => {}
            _ => return false,
        }
        // A single blank before something else is by far the most common.
        if self.byte_at(at) == b' '
            && !matches!(
                self.byte_at(at + 1),
                b'=' | b' ' | b'\t' | b'\n' | b'\r' | b'#'
            )
        {
            return false;
        }
        let saved = self.pos;
        self.pos = at;
        self.skip();
        let fat = self.looking_at("=>");
        self.pos = saved;
        fat
    }

    /// The keyword a word is here, given the features in force.
    pub(super) fn active_keyword(&self, word: &str) -> Option<Keyword> {
        let found = keyword(word)?;
        let needed = match word {
            "say" => feature::SAY,
            "state" => feature::STATE,
            "fc" => feature::FC,
            "evalbytes" => feature::EVALBYTES,
            "__SUB__" => feature::CURRENT_SUB,
            "given" | "when" | "default" | "break" => feature::SWITCH,
            "isa" => feature::ISA,
            _ => return Some(found),
        };
        if needed == feature::ISA {
            return None;
        }
        self.feature(needed).then_some(found)
    }

    /// A term that begins with a letter.
    pub(super) fn word_term(&mut self) -> P<ExprId> {
        let start = self.pos;
        let len = self.ident_len();
        if len == 0 {
            return self.qualified_word(start);
        }
        let word = &self.text[start..start + len];
        let after = start + len;
        if self.fat_comma_after(after) {
            self.take(len);
            return Ok(self.str_node(word, start));
        }
        let next = self.byte_at(after);
        if next == b':' && self.byte_at(after + 1) == b':' {
            if word == "CORE" {
                if let Some(term) = self.core_word(start)? {
                    return Ok(term);
                }
            }
            return self.qualified_word(start);
        }
        let known = self.active_keyword(word);
        if known.is_none() || self.lexical_sub(word) {
            if next == b'\'' && self.ident_len_at(after + 1) > 0 {
                return self.qualified_word(start);
            }
            self.take(len);
            return self.plain_word(word, start);
        }
        let Some(known) = known else {
            return Err(self.syntax_error());
        };
        self.keyword_term(known, word, len)
    }

    /// Is the word here a sub of this scope, which overrides any keyword (perlsub "Lexical Subroutines")?
    pub(super) fn lexical_sub_here(&mut self) -> bool {
        let len = self.word_len_at(self.pos);
        len > 0 && self.lexical_sub(&self.text[self.pos..self.pos + len])
    }

    fn lexical_sub(&mut self, word: &str) -> bool {
        if self.sh.scopes.prototypes.is_empty()
            && self.sh.scopes.subs.is_empty()
            && self.sh.scopes.visible.is_empty()
        {
            return false;
        }
        let name = self.sh.ast.name(word);
        self.sh.scopes.lookup(Sigil::Code, name).is_some()
    }

    /// `CORE::word`: the builtin whatever overrides it.
    fn core_word(&mut self, start: usize) -> P<Option<ExprId>> {
        let at = start + "CORE::".len();
        let len = self.ident_len_at(at);
        let word = &self.text[at..at + len];
        let Some(known) = keyword(word) else {
            return Ok(None);
        };
        if self.byte_at(at + len) == b':' && self.byte_at(at + len + 1) == b':' {
            return Ok(None);
        }
        self.pos = at;
        let overrides = std::mem::replace(&mut self.sh.overrides, false);
        let term = self.keyword_term(known, word, len);
        self.sh.overrides = overrides;
        term.map(Some)
    }

    /// A word with package parts.
    fn qualified_word(&mut self, start: usize) -> P<ExprId> {
        let len = self.word_len_at(start);
        if len == 0 {
            return Err(self.syntax_error());
        }
        let word = super::variable::normal(&self.text[start..start + len]);
        let fat = self.fat_comma_after(start + len);
        self.take(len);
        if fat {
            return Ok(self.str_node(&word, start));
        }
        if let Some(class) = word.strip_suffix("::") {
            let name = self
                .sh
                .ast
                .name(if class.is_empty() { "main" } else { class });
            return Ok(self.node(ExprKind::ClassName(name), start));
        }
        self.plain_word(&word, start)
    }

    /// A term that begins with a keyword, the position being at it.
    fn keyword_term(&mut self, known: Keyword, word: &'_ str, len: usize) -> P<ExprId> {
        let start = self.pos;
        if let Keyword::Function(func) = known {
            if let Some(name) = self.override_name(word) {
                self.take(len);
                return self.plain_word(&name, start);
            }
            self.take(len);
            return self.builtin(func, start);
        }
        if matches!(known, Keyword::Quote) {
            return self.quote_word(word, len);
        }
        if matches!(known, Keyword::Require | Keyword::Do) && self.sh.overrides {
            if let Some(term) = self.override_file(known, word, len)? {
                return Ok(term);
            }
        }
        if known == Keyword::NoTerm && word != "x" {
            if matches!(word, "use" | "no") {
                let (file, line) = (
                    self.sh.source.file(self.origin(start) as u32),
                    self.line_at(start),
                );
                self.note(format!(
                    "\"{word}\" not allowed in expression at {file} line {line}, at end of line\n"
                ));
            }
            return Err(self.syntax_error());
        }
        self.take(len);
        match known {
            Keyword::My | Keyword::Our | Keyword::State => self.my(known, start),
            Keyword::Local => self.local(start),
            Keyword::Sub => self.anon_sub(start),
            Keyword::Do => self.do_term(start),
            Keyword::Eval => self.eval_term(start),
            Keyword::Return => self.return_term(start),
            Keyword::Next | Keyword::Last | Keyword::Redo => self.loop_word(known, start),
            Keyword::Goto | Keyword::Dump => self.goto_term(known, start),
            Keyword::Require => self.require_term(start),
            Keyword::Not => self.not_term(start),
            Keyword::Sort => self.sort_term(start),
            Keyword::Map => self.map_term(false, start),
            Keyword::Grep => self.map_term(true, start),
            Keyword::File => {
                let file = self.sh.source.file(self.origin(start) as u32);
                self.empty_parens();
                let id = self.sh.ast.add_bytes(file.as_bytes());
                Ok(self.node(ExprKind::Str(id), start))
            }
            Keyword::Line => {
                let line = self.line_at(start);
                self.empty_parens();
                Ok(self.node(ExprKind::Int(i64::from(line)), start))
            }
            Keyword::Package => {
                let package = self.sh.package.clone();
                self.empty_parens();
                let id = self.source_str(&package);
                let term = self.node(ExprKind::Str(id), start);
                self.postfix(term, false)
            }
            Keyword::CurrentSub => {
                self.empty_parens();
                let term = self.node(ExprKind::CurrentSub, start);
                self.postfix(term, false)
            }
            Keyword::End => {
                self.pos = start;
                Err(self.syntax_error())
            }
            _ => self.plain_word(word, start),
        }
    }

    /// The sub that overrides the builtin `word`.
    pub(super) fn override_name(&mut self, word: &str) -> Option<std::rc::Rc<str>> {
        if !self.sh.overrides || FIXED.contains(&word) {
            return None;
        }
        let package = self.sh.package.clone();
        self.sh.feedback.override_of(&package, word)
    }

    /// `require Foo::Bar` and `do FILE` where they are overridden: a call with the file's name.
    fn override_file(&mut self, known: Keyword, word: &str, len: usize) -> P<Option<ExprId>> {
        let (start, name) = (self.pos, self.override_name(word));
        let Some(name) = name else { return Ok(None) };
        self.take(len);
        if known == Keyword::Do && self.peek() == b'{' {
            self.pos = start;
            return Ok(None);
        }
        let term = match known {
            Keyword::Require => self.require_term(start)?,
            _ => self.do_term(start)?,
        };
        let arg = match *self.sh.ast.kind(term) {
            ExprKind::RequireFile(path) => self.node_like(ExprKind::Str(path), term),
            ExprKind::Require(file) | ExprKind::DoFile(file) => file,
            _ => term,
        };
        self.call_node(&name, vec![arg], None, start).map(Some)
    }

    /// `()` behind a word that takes no arguments.
    pub(super) fn empty_parens(&mut self) {
        let at = self.pos;
        if self.eat("(") && self.eat(")") {
            return;
        }
        self.pos = at;
    }

    /// `not ..`
    fn not_term(&mut self, start: usize) -> P<ExprId> {
        if self.peek() == b'(' {
            self.take(1);
            let items = self.paren_items()?;
            let list = self.list(&items);
            let operand = self.node(ExprKind::List(list), start);
            let expr = self.unwrapped(operand);
            return Ok(self.node(
                ExprKind::Unary {
                    op: UnOp::Not,
                    expr,
                },
                start,
            ));
        }
        let operand = self.binding(power::LOW_NOT)?;
        Ok(self.node(
            ExprKind::Unary {
                op: UnOp::Not,
                expr: operand,
            },
            start,
        ))
    }

    /// The shape of a sub that may be called as `word ..`.
    pub(super) fn known_sub(&mut self, word: &str) -> Option<SubShape> {
        if !word.contains("::") {
            let name = self.sh.ast.name(word);
            if let Some(decl) = self.sh.scopes.lookup(Sigil::Code, name) {
                if !matches!(self.sh.ast[decl].kind, DeclKind::Our(_)) {
                    let prototype = self.sh.scopes.prototypes.get(&decl).cloned();
                    return Some(SubShape { prototype });
                }
            }
        }
        let name = self.qualified(word);
        self.sh.feedback.sub_shape(&self.sh.ast[name])
    }
}
