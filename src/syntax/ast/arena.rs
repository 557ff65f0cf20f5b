//! The arenas: `Ast` owns every node of one parse.

use super::{
    Attr, BinOp, Block, Decl, Expr, ExprKind, Format, Interp, Pattern, Signature, Stmt, SubDef,
    Trans,
};
use crate::source::Span;
use indexmap::IndexSet;
use std::num::NonZeroU32;
use std::ops::Index;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(NonZeroU32);
        impl $name {
            /// The id of the `index`-th node (from 0).
            pub fn at(index: usize) -> $name {
                $name(NonZeroU32::MIN.saturating_add(index as u32))
            }
            /// Position from 0 in its arena.
            pub fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    )*};
}

ids! {
    /// An expression.
    ExprId;
    /// A statement.
    StmtId;
    /// A sequence of statements with a scope of its own.
    BlockId;
    /// The body of a sub, anonymous sub, phase block (`BEGIN`) or the like.
    SubId;
    /// One declaration of a lexical (`my our state`, a signature variable, a lexical sub).
    DeclId;
    /// An interned name (`foo`, `Foo::bar`, `main::x`).
    Name;
    /// A string constant.
    StrId;
    /// An interpolated string.
    InterpId;
    /// A regular expression with its pieces.
    PatternId;
    /// A signature.
    SignatureId;
    /// A format.
    FormatId;
    /// A `tr///`.
    TransId;
    /// The operators of a chained comparison.
    ChainId;
}

/// A run of expression ids; read it with `ast.list(..)` or `ast[..]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExprList {
    /// First position in the pool.
    pub start: u32,
    /// Number of expressions.
    pub len: u32,
}

impl ExprList {
    /// Whether the list has no expressions.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// A constant string. `utf8` tells a string of characters from one of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// UTF-8 where `utf8`, else bytes.
    pub bytes: Box<[u8]>,
    /// Whether perl would set the UTF-8 flag.
    pub utf8: bool,
}

/// The owner of all nodes of one parse.
#[derive(Debug, Default)]
pub struct Ast {
    exprs: Vec<Expr>,
    lists: Vec<ExprId>,
    stmts: Vec<Stmt>,
    blocks: Vec<Block>,
    subs: Vec<SubDef>,
    decls: Vec<Decl>,
    names: IndexSet<Box<str>, foldhash::fast::FixedState>,
    strings: Vec<Text>,
    interps: Vec<Interp>,
    patterns: Vec<Pattern>,
    signatures: Vec<Signature>,
    formats: Vec<Format>,
    trans: Vec<Trans>,
    chains: Vec<Box<[BinOp]>>,
}

macro_rules! arena {
    ($($field:ident: $id:ident => $node:ty, $add:ident;)*) => {
        $(impl Index<$id> for Ast {
            type Output = $node;
            fn index(&self, id: $id) -> &$node {
                &self.$field[id.index()]
            }
        }
        impl std::ops::IndexMut<$id> for Ast {
            fn index_mut(&mut self, id: $id) -> &mut $node {
                &mut self.$field[id.index()]
            }
        })*
        impl Ast {
    /// The body an inner sub gives a lexical sub that was only declared.
    pub fn body_within(&self, decl: DeclId) -> Option<SubId> {
        let gives = |def: &SubDef| def.completes == super::Completes::Within && def.decl == Some(decl);
        self.subs.iter().position(gives).map(SubId::at)
    }

            $(/// Stores a node.
            pub fn $add(&mut self, node: $node) -> $id {
                let id = $id::at(self.$field.len());
                self.$field.push(node);
                id
            })*
        }
    };
}

arena! {
    exprs: ExprId => Expr, add_expr;
    stmts: StmtId => Stmt, add_stmt;
    blocks: BlockId => Block, add_block;
    subs: SubId => SubDef, add_sub;
    decls: DeclId => Decl, add_decl;
    strings: StrId => Text, add_text;
    interps: InterpId => Interp, add_interp;
    patterns: PatternId => Pattern, add_pattern;
    signatures: SignatureId => Signature, add_signature;
    formats: FormatId => Format, add_format;
    trans: TransId => Trans, add_trans;
    chains: ChainId => Box<[BinOp]>, add_chain;
}

impl Index<Name> for Ast {
    type Output = str;
    fn index(&self, name: Name) -> &str {
        self.names.get_index(name.index()).map_or("", |n| n)
    }
}

impl Index<ExprList> for Ast {
    type Output = [ExprId];
    fn index(&self, list: ExprList) -> &[ExprId] {
        &self.lists[list.start as usize..(list.start + list.len) as usize]
    }
}

impl Ast {
    /// An empty arena.
    pub fn new() -> Ast {
        // Room for what the text of a small `eval` needs, so that it does not grow step by step.
        Ast {
            exprs: Vec::with_capacity(32),
            lists: Vec::with_capacity(16),
            stmts: Vec::with_capacity(8),
            names: IndexSet::with_capacity_and_hasher(14, Default::default()),
            ..Ast::default()
        }
    }

    /// Stores an expression.
    pub fn expr(&mut self, kind: ExprKind, span: Span) -> ExprId {
        self.add_expr(Expr { kind, span })
    }

    /// The kind of an expression.
    pub fn kind(&self, id: ExprId) -> &ExprKind {
        &self[id].kind
    }

    /// The span of an expression.
    pub fn span(&self, id: ExprId) -> Span {
        self[id].span
    }

    /// Stores a list.
    pub fn add_list(&mut self, items: &[ExprId]) -> ExprList {
        let start = self.lists.len() as u32;
        self.lists.extend_from_slice(items);
        ExprList {
            start,
            len: items.len() as u32,
        }
    }

    /// The expressions of a list.
    pub fn list(&self, list: ExprList) -> &[ExprId] {
        &self[list]
    }

    /// Interns a name.
    pub fn name(&mut self, text: &str) -> Name {
        if let Some(i) = self.names.get_index_of(text) {
            return Name::at(i);
        }
        Name::at(self.names.insert_full(text.into()).0)
    }

    /// Stores a string: characters above U+007F make it a character string.
    pub fn add_str(&mut self, text: &str) -> StrId {
        self.add_text(Text {
            bytes: text.as_bytes().into(),
            utf8: !text.is_ascii(),
        })
    }

    /// Stores a string of bytes.
    pub fn add_bytes(&mut self, bytes: &[u8]) -> StrId {
        self.add_text(Text {
            bytes: bytes.into(),
            utf8: false,
        })
    }

    /// Number of expressions so far.
    pub fn expr_count(&self) -> usize {
        self.exprs.len()
    }

    /// Number of statements so far.
    pub fn stmt_count(&self) -> usize {
        self.stmts.len()
    }

    /// Number of declarations so far.
    pub fn decl_count(&self) -> usize {
        self.decls.len()
    }

    /// Number of subs so far.
    pub fn sub_count(&self) -> usize {
        self.subs.len()
    }

    /// All attributes of a sub (shorthand).
    pub fn attrs(&self, sub: SubId) -> &[Attr] {
        &self[sub].attrs
    }
}
