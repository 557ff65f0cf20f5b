//! A body being compiled: its operations, tables, temporaries and labels.
use super::scope::{LoopCx, Scope, Visible};
use super::temps::{Heights, STACKS, Temps, class};
use crate::bytecode::{DeclId, GlobName, Hints, Literal, NO, Op, R, Unit, regs};
use crate::source::Span;
use std::rc::Rc;

/// A table of the compiler's own: keys come from the program's text, which is trusted, so the hash
/// need not be seeded.
pub type Map<K, V> = std::collections::HashMap<K, V, foldhash::fast::FixedState>;

/// A place in the code that jumps refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(pub u32);

/// What kind of body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// A file, or the statements of the main program.
    File,
    /// The text of an `eval STRING`.
    Eval,
    /// A sub.
    Sub,
    /// A comparator, `defer` block, or code in a pattern: shares `@_` with the sub around it.
    Block,
}

/// A constant as key of the table of constants.
#[derive(PartialEq, Eq, Hash)]
enum ConstKey {
    Undef,
    Int(i64),
    UInt(u64),
    Num(u64),
    Str(Rc<[u8]>, bool),
    VStr(Rc<str>),
    Bool(bool),
}

/// Something a jump out of a block has to undo, innermost last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dynamic {
    /// A block: whether it saves anything is known at its end.
    Scope(usize),
    /// A save-stack scope for certain.
    Enter,
    /// An eval handler.
    Eval,
    /// A try handler.
    Try,
}

/// Where the value of an `eval BLOCK` goes, for `return` inside it.
#[derive(Clone, Debug)]
pub struct EvalCx {
    /// Destination of its value.
    pub dest: super::lower::Dest,
    /// Where it ends.
    pub end: Label,
    /// Dynamic depth outside of it.
    pub depth: usize,
    /// Open lists outside of it.
    pub marks: u16,
}

/// The code of one body while it is compiled.
pub struct Body {
    /// What comes out.
    pub unit: Unit,
    /// What kind of body.
    pub kind: BodyKind,
    /// Temporaries.
    pub temps: Temps,
    /// Next variable register.
    pub next_var: R,
    /// pc of each label (`u32::MAX`: not yet set).
    pub labels: Vec<u32>,
    /// Jumps to patch.
    pub jumps: Vec<(u32, Label)>,
    consts: Map<ConstKey, u16>,
    globs: Map<Rc<str>, u16>,
    /// Where each lexical lives here.
    pub homes: Map<DeclId, R>,
    /// Captures by declaration.
    pub ups: Map<DeclId, u16>,
    /// Operations to run first: captures are bound to registers.
    pub entry: Vec<Op>,
    /// Open blocks.
    pub scopes: Vec<Scope>,
    /// Whether scope `n` saves something.
    pub saving: Vec<bool>,
    /// Visible lexicals, outermost first.
    pub visible: Vec<Visible>,
    /// Enclosing loops, innermost last.
    pub loops: Vec<LoopCx>,
    /// What jumps have to undo.
    pub dynamics: Vec<Dynamic>,
    /// Enclosing `eval BLOCK`s.
    pub evals: Vec<EvalCx>,
    /// Number of open lists.
    pub marks: u16,
    /// Dynamic stack at each entry of `unit.loops` / `unit.labels`.
    pub loop_dynamics: Vec<Vec<Dynamic>>,
    /// The same for labels.
    pub label_dynamics: Vec<Vec<Dynamic>>,
    /// Targets of loops, as labels.
    pub loop_labels: Vec<([Label; 3], (u32, Label))>,
    /// Constants of literals that have an identity, by the literal.
    pub own_consts: Map<usize, u16>,
    /// Closures already compiled (a leaf may be compiled for two contexts).
    pub anon: Map<usize, u16>,
    /// State registers of flip-flops.
    pub flips: Map<usize, R>,
    /// Current line and file, to add to the table when the next operation comes.
    pub line: u32,
    file: u16,
    noted: Option<(u32, u16)>,
    /// The expression that is being compiled.
    pub span: Span,
    /// Current pragmas.
    pub hints: Rc<Hints>,
    hints_noted: bool,
    /// `@_` is used as a real array somewhere.
    pub args_real: bool,
    /// Aliases of `@_` are handed on.
    pub args_aliased: bool,
    /// Depth of topicalizers (`given`), for `when`.
    pub whens: Vec<Label>,
    /// Where `continue` in a `when` goes, and the dynamic depth there.
    pub continues: Vec<(Label, usize)>,
    /// Variables changed or aliased, found before compiling.
    pub facts: Rc<super::facts::Facts>,
}

impl Body {
    /// An empty body.
    pub fn new(kind: BodyKind, name: String, facts: Rc<super::facts::Facts>) -> Body {
        let mut unit = Unit {
            name,
            ..Unit::default()
        };
        if kind != BodyKind::File {
            unit.code.reserve(32);
        }
        unit.flags.kind_file = kind == BodyKind::File;
        unit.flags.kind_eval = kind == BodyKind::Eval;
        unit.flags.kind_block = kind == BodyKind::Block;
        Body {
            unit,
            kind,
            temps: Temps::default(),
            next_var: 0,
            labels: Vec::new(),
            jumps: Vec::new(),
            consts: Map::default(),
            globs: Map::default(),
            homes: Map::default(),
            ups: Map::default(),
            entry: Vec::new(),
            scopes: Vec::new(),
            saving: Vec::new(),
            visible: Vec::new(),
            loops: Vec::new(),
            dynamics: Vec::new(),
            evals: Vec::new(),
            marks: 0,
            loop_dynamics: Vec::new(),
            label_dynamics: Vec::new(),
            loop_labels: Vec::new(),
            own_consts: Map::default(),
            anon: Map::default(),
            flips: Map::default(),
            line: 0,
            file: 0,
            noted: None,
            span: Span::default(),
            hints: Rc::default(),
            hints_noted: false,
            args_real: false,
            args_aliased: false,
            whens: Vec::new(),
            continues: Vec::new(),
            facts,
        }
    }

    // ---- operations --------------------------------------------------------------------------------------------

    /// The pc of the next operation.
    pub fn pc(&self) -> u32 {
        self.unit.code.len() as u32
    }

    /// Appends an operation.
    pub fn emit(&mut self, op: Op) -> u32 {
        let pc = self.pc();
        if self.noted != Some((self.line, self.file)) {
            self.noted = Some((self.line, self.file));
            self.unit.lines.push((pc, self.line, self.file));
        }
        if let Some(places) = &mut self.unit.places
            && places.spans.last().is_none_or(|last| last.1 != self.span)
        {
            places.spans.push((pc, self.span));
        }
        if !self.hints_noted {
            self.hints_noted = true;
            self.unit.hints.push((pc, self.hints.clone()));
        }
        if !is_clean(&op) {
            let mut op = op;
            let temps = &mut self.temps;
            regs::op_regs(&mut op, &mut |r| temps.soil(*r));
        }
        self.unit.code.push(op);
        pc
    }

    /// Appends operands of the operation before.
    pub fn ext(&mut self, flags: u8, a: u16, b: u16, c: u16) {
        self.unit.code.push(Op::Ext(flags, a, b, c));
    }

    /// A new label, not yet placed.
    pub fn label(&mut self) -> Label {
        self.labels.push(u32::MAX);
        Label(self.labels.len() as u32 - 1)
    }

    /// Places a label here.
    pub fn place_label(&mut self, label: Label) {
        self.labels[label.0 as usize] = self.pc();
    }

    /// A new label, placed here.
    pub fn here(&mut self) -> Label {
        let label = self.label();
        self.place_label(label);
        label
    }

    /// Appends a jump to `label`.
    pub fn jump(&mut self, op: Op, label: Label) -> u32 {
        let pc = self.emit(op);
        self.jumps.push((pc, label));
        pc
    }

    /// Sets the place of what follows.
    pub fn set_line(&mut self, line: u32, file: &Rc<str>) {
        self.line = line;
        if self
            .unit
            .files
            .get(self.file as usize)
            .is_none_or(|f| f != file)
        {
            let at = self
                .unit
                .files
                .iter()
                .position(|f| f == file)
                .unwrap_or_else(|| {
                    self.unit.files.push(file.clone());
                    self.unit.files.len() - 1
                });
            self.file = at as u16;
        }
    }

    /// Sets the pragmas of what follows.
    pub fn set_hints(&mut self, hints: Rc<Hints>) {
        if !Rc::ptr_eq(&hints, &self.hints) && *hints != *self.hints || self.unit.hints.is_empty() {
            self.hints_noted = false;
        }
        self.hints = hints;
    }

    // ---- tables ------------------------------------------------------------------------------------------------

    /// Index of a constant.
    pub fn constant(&mut self, literal: &Literal) -> u16 {
        let key = match literal {
            Literal::Undef => ConstKey::Undef,
            Literal::Int(i) => ConstKey::Int(*i),
            Literal::UInt(u) => ConstKey::UInt(*u),
            Literal::Num(n) => ConstKey::Num(n.to_bits()),
            Literal::Str(s, utf8) => ConstKey::Str(s.clone(), *utf8),
            Literal::VStr(_, _, text) => ConstKey::VStr(text.clone()),
            Literal::Bool(b) => ConstKey::Bool(*b),
        };
        if let Some(&k) = self.consts.get(&key) {
            return k;
        }
        let k = self.unit.consts.len();
        if k >= usize::from(NO) {
            self.temps.overflow = true;
            return 0;
        }
        self.unit.consts.push(literal.clone());
        self.consts.insert(key, k as u16);
        k as u16
    }

    /// Index of a constant that is not shared with others of the same value.
    /// A condition that is compiled twice has the literal once.
    pub fn own_constant(&mut self, place: usize, literal: &Literal) -> u16 {
        if self.unit.consts.len() >= usize::from(NO) {
            return self.constant(literal);
        }
        if let Some(&k) = self.own_consts.get(&place) {
            return k;
        }
        self.unit.consts.push(literal.clone());
        let k = self.unit.consts.len() as u16 - 1;
        self.own_consts.insert(place, k);
        k
    }

    /// Index of a string constant of bytes.
    pub fn str_constant(&mut self, text: &str) -> u16 {
        self.constant(&Literal::Str(text.as_bytes().into(), !text.is_ascii()))
    }

    /// Index of a package symbol.
    pub fn glob(&mut self, name: &str) -> u16 {
        if let Some(&g) = self.globs.get(name) {
            return g;
        }
        let g = self.unit.globs.len();
        if g >= usize::from(NO) {
            self.temps.overflow = true;
            return 0;
        }
        self.unit.globs.push(GlobName {
            name: name.to_string(),
        });
        self.globs.insert(name.into(), g as u16);
        g as u16
    }

    // ---- temporaries -------------------------------------------------------------------------------------------

    /// A value temporary.
    pub fn temp(&mut self) -> R {
        self.temps.take(2)
    }

    /// A place temporary.
    pub fn place(&mut self) -> R {
        self.temps.take(1)
    }

    /// A register for an iterator or the like.
    pub fn held(&mut self) -> R {
        self.temps.take(3)
    }

    /// A container temporary.
    pub fn container(&mut self) -> R {
        self.temps.take(0)
    }

    /// Heights of the stacks, to return to.
    pub fn heights(&self) -> Heights {
        self.temps.height
    }

    /// Frees the temporaries taken since.
    pub fn release(&mut self, to: Heights) {
        self.temps.height[..STACKS].copy_from_slice(&to[..STACKS]);
    }

    /// Whether `r` is a value temporary.
    pub fn is_temp(&self, r: R) -> bool {
        class(r) == Some(2)
    }

    // ---- lists -------------------------------------------------------------------------------------------------

    /// Opens a list.
    pub fn mark(&mut self) {
        self.emit(Op::Mark);
        self.marks += 1;
    }

    /// Appends an operation that consumes the open list.
    pub fn close(&mut self, op: Op) -> u32 {
        self.marks = self.marks.saturating_sub(1);
        self.emit(op)
    }
}

/// Operations whose result never needs to be dropped at the end of the statement.
#[rustfmt::skip]
fn is_clean(op: &Op) -> bool {
    use Op::*;
    matches!(op,
        Add(..) | Sub(..) | ModI(..) | Concat(..) | ConcatX(..) | LJoin(..) | IterRange(..) | IterArr(..) | IterList(..)
        | IterEnd(..) | Mul(..) | HElemInc(..) | AElemInc(..) | HElemBin(..) | AElemBin(..) | Div(..) | Mod(..) | AddI(..) | AddK(..) | MulK(..) | NumEq(..) | NumNe(..)
        | NumLt(..) | NumLe(..) | NumGt(..) | NumGe(..) | StrEq(..) | StrNe(..) | Not(..) | LoadI(..) | LoadK(..) | ALen(..)
        | ALast(..) | ArgCount(..) | HExists(..) | HExistsK(..) | AExists(..) | LCount(..) | ListCount(..)
        | ClearRange(..) | ClearTemps(..) | Inc(..) | Dec(..) | JT(..) | JF(..) | JDef(..) | JUndef(..) | IterLoop(..)
        | IterLoopV(..) | ASet(..) | ASetI(..) | HSet(..) | HSetK(..) | HRSet(..) | HRSetK(..) | ARSet(..) | GSet(..)
        | AppendA(..) | AppendK(..) | AddA(..) | SubA(..) | PrintX(..) | Print(..) | PushAlias(..) | PushArr(..)
        | PushArrA(..) | APush(..) | APushL(..) | AAssign(..) | HAssign(..) | Ret(..) | RetW(..) | WantArray(..)
        | Match(..) | HCount(..) | GDefined(..) | JNLtI(..) | JNLeI(..) | JNGtI(..) | JNGeI(..) | JLtI(..) | JLeI(..)
        | JGtI(..) | JGeI(..) | JEqI(..) | JNeI(..) | GAlias(..) | IterNext(..) | IterNextV(..) | MethPrep(..) | JLt(..) | JLe(..) | JNLt(..) | JNLe(..) | JEq(..) | JNe(..) | JSEq(..) | JSNe(..) | Push(..)
        | Un(crate::bytecode::Un::Defined | crate::bytecode::Un::Length | crate::bytecode::Un::Bool, ..))
}
