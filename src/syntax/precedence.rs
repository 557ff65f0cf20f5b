//! The table of operators between terms: binding power, associativity, meaning.

use super::ast::{BinOp, LogOp};

/// Binding powers, loosest first (perlop's table, read upwards).
pub mod power {
    pub const LOW_OR: u8 = 1;
    pub const LOW_AND: u8 = 2;
    pub const LOW_NOT: u8 = 3;
    pub const COMMA: u8 = 4;
    pub const ASSIGN: u8 = 5;
    pub const COND: u8 = 6;
    pub const RANGE: u8 = 7;
    pub const OR: u8 = 8;
    pub const AND: u8 = 9;
    pub const BIT_OR: u8 = 10;
    pub const BIT_AND: u8 = 11;
    pub const EQUAL: u8 = 12;
    pub const LESS: u8 = 13;
    pub const SHIFT: u8 = 16;
    pub const ADD: u8 = 17;
    pub const MUL: u8 = 18;
    pub const BIND: u8 = 19;
    pub const UNARY: u8 = 20;
    pub const POWER: u8 = 21;
    pub const INC: u8 = 22;
}

/// What an operator between (or behind) terms does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Infix {
    Binary(BinOp),
    /// Comparison operators that chain.
    Chain(BinOp),
    Logic(LogOp),
    Assign,
    AssignOp(BinOp),
    AssignLogic(LogOp),
    /// `=~`, `!~`
    Bind {
        negate: bool,
    },
    Repeat,
    Range {
        three: bool,
    },
    Cond,
    Isa,
    Arrow,
    Inc,
    Dec,
}

/// An operator's row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub infix: Infix,
    pub power: u8,
    pub right: bool,
}

/// The row of the operator written `text`.
pub fn row(text: &str) -> Option<Row> {
    use Infix::*;
    use power::*;
    let (infix, power, right) = match text {
        "->" => (Arrow, INC + 1, false),
        "++" => (Inc, INC, false),
        "--" => (Dec, INC, false),
        "**" => (Binary(BinOp::Pow), POWER, true),
        "=~" => (Bind { negate: false }, BIND, false),
        "!~" => (Bind { negate: true }, BIND, false),
        "*" => (Binary(BinOp::Mul), MUL, false),
        "/" => (Binary(BinOp::Div), MUL, false),
        "%" => (Binary(BinOp::Mod), MUL, false),
        "x" => (Repeat, MUL, false),
        "+" => (Binary(BinOp::Add), ADD, false),
        "-" => (Binary(BinOp::Sub), ADD, false),
        "." => (Binary(BinOp::Concat), ADD, false),
        "<<" => (Binary(BinOp::ShiftLeft), SHIFT, false),
        ">>" => (Binary(BinOp::ShiftRight), SHIFT, false),
        "isa" => (Isa, LESS, false),
        "<" => (Chain(BinOp::NumLt), LESS, false),
        ">" => (Chain(BinOp::NumGt), LESS, false),
        "<=" => (Chain(BinOp::NumLe), LESS, false),
        ">=" => (Chain(BinOp::NumGe), LESS, false),
        "lt" => (Chain(BinOp::StrLt), LESS, false),
        "gt" => (Chain(BinOp::StrGt), LESS, false),
        "le" => (Chain(BinOp::StrLe), LESS, false),
        "ge" => (Chain(BinOp::StrGe), LESS, false),
        "==" => (Chain(BinOp::NumEq), EQUAL, false),
        "!=" => (Chain(BinOp::NumNe), EQUAL, false),
        "eq" => (Chain(BinOp::StrEq), EQUAL, false),
        "ne" => (Chain(BinOp::StrNe), EQUAL, false),
        "<=>" => (Binary(BinOp::NumCmp), EQUAL, false),
        "cmp" => (Binary(BinOp::StrCmp), EQUAL, false),
        "~~" => (Binary(BinOp::SmartMatch), EQUAL, false),
        "&" => (Binary(BinOp::BitAnd), BIT_AND, false),
        "&." => (Binary(BinOp::StrAnd), BIT_AND, false),
        "|" => (Binary(BinOp::BitOr), BIT_OR, false),
        "|." => (Binary(BinOp::StrOr), BIT_OR, false),
        "^" => (Binary(BinOp::BitXor), BIT_OR, false),
        "^." => (Binary(BinOp::StrXor), BIT_OR, false),
        "&&" => (Logic(LogOp::And), AND, false),
        "||" => (Logic(LogOp::Or), OR, false),
        "//" => (Logic(LogOp::DefinedOr), OR, false),
        "^^" => (Binary(BinOp::Xor), OR, false),
        ".." => (Range { three: false }, RANGE, false),
        "..." => (Range { three: true }, RANGE, false),
        "?" => (Cond, COND, true),
        "=" => (Assign, ASSIGN, true),
        "and" => (Logic(LogOp::And), LOW_AND, false),
        "or" => (Logic(LogOp::Or), LOW_OR, false),
        "xor" => (Binary(BinOp::Xor), LOW_OR, false),
        "&&=" => (AssignLogic(LogOp::And), ASSIGN, true),
        "||=" => (AssignLogic(LogOp::Or), ASSIGN, true),
        "//=" => (AssignLogic(LogOp::DefinedOr), ASSIGN, true),
        _ => (AssignOp(assign_op(text)?), ASSIGN, true),
    };
    Some(Row {
        infix,
        power,
        right,
    })
}

fn assign_op(text: &str) -> Option<BinOp> {
    Some(match text {
        "+=" => BinOp::Add,
        "-=" => BinOp::Sub,
        "*=" => BinOp::Mul,
        "/=" => BinOp::Div,
        "%=" => BinOp::Mod,
        "**=" => BinOp::Pow,
        ".=" => BinOp::Concat,
        "x=" => BinOp::Repeat,
        "<<=" => BinOp::ShiftLeft,
        ">>=" => BinOp::ShiftRight,
        "&=" => BinOp::BitAnd,
        "|=" => BinOp::BitOr,
        "^=" => BinOp::BitXor,
        "&.=" => BinOp::StrAnd,
        "|.=" => BinOp::StrOr,
        "^.=" => BinOp::StrXor,
        "^^=" => BinOp::Xor,
        _ => return None,
    })
}
