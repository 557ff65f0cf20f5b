//! Which lexical scalars are changed or aliased anywhere: found by one linear walk over the arena, before lowering.
use crate::signature::Builtin;
use crate::syntax::ast::*;
use std::collections::HashSet;

/// What is known of the lexicals of one tree.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    touched: HashSet<usize, foldhash::fast::FixedState>,
    evals: bool,
    exprs: usize,
    stmts: usize,
}

impl Facts {
    /// Whether the variable may be changed or aliased.
    pub fn touched(&self, decl: DeclId, ast: &Ast) -> bool {
        self.evals || ast[decl].captured || self.touched.contains(&decl.index())
    }

    /// Takes in what was parsed since the last time.
    pub fn update(&mut self, ast: &Ast) {
        for i in self.exprs..ast.expr_count() {
            self.look(ast, ExprId::at(i));
        }
        self.exprs = ast.expr_count();
        for i in self.stmts..ast.stmt_count() {
            if let StmtKind::Foreach { list, var, .. } = &ast[StmtId::at(i)].kind {
                self.each(ast, *list, false);
                if let LoopVar::Alias(e) = var {
                    self.mark(ast, *e, true);
                }
            }
        }
        self.stmts = ast.stmt_count();
    }

    fn look(&mut self, ast: &Ast, id: ExprId) {
        use ExprKind::*;
        match *ast.kind(id) {
            Assign { to, .. }
            | AssignList { to, .. }
            | AssignOp { to, .. }
            | AssignLogic { to, .. } => self.mark(ast, to, true),
            AssignAlias { to, from } => {
                self.mark(ast, to, true);
                self.mark(ast, from, true);
            }
            Unary {
                op: UnOp::PreInc | UnOp::PreDec | UnOp::PostInc | UnOp::PostDec,
                expr,
            } => self.mark(ast, expr, true),
            Ref(e) | Local(e) => self.mark(ast, e, true),
            Call { args, .. } | Map { args, .. } => self.each(ast, args, false),
            Method { args, .. } => self.each(ast, args, false),
            Builtin { func, args } => {
                if !reads_only(func) {
                    self.each(ast, args, true)
                }
            }
            Subst {
                target: Some(e), ..
            }
            | Trans {
                target: Some(e), ..
            } => self.mark(ast, e, true),
            Match {
                target: Some(e),
                pattern,
                ..
            } if ast[pattern].flags.has(PatFlags::G) => self.mark(ast, e, true),
            EvalStr(_) => self.evals = true,
            _ => {}
        }
    }

    fn each(&mut self, ast: &Ast, list: ExprList, deep: bool) {
        for &e in ast.list(list) {
            self.mark(ast, e, deep);
        }
    }

    /// Marks what `e` names as an lvalue; `deep`: also the variables it would vivify.
    fn mark(&mut self, ast: &Ast, e: ExprId, deep: bool) {
        crate::source::depth::deeper(64 * 1024, 1024 * 1024, || self.mark_kind(ast, e, deep))
    }

    fn mark_kind(&mut self, ast: &Ast, e: ExprId, deep: bool) {
        use ExprKind::*;
        match *ast.kind(e) {
            Var {
                var: VarRef::Lexical(d),
                ..
            }
            | My(d) => {
                self.touched.insert(d.index());
            }
            List(l) | MyList(l) => self.each(ast, l, deep),
            Cond { yes, no, .. } => {
                self.mark(ast, yes, deep);
                self.mark(ast, no, deep);
            }
            Assign { to, .. }
            | AssignOp { to, .. }
            | AssignLogic { to, .. }
            | AssignList { to, .. } => self.mark(ast, to, deep),
            Local(e) | Ref(e) => self.mark(ast, e, deep),
            Logic { left, right, .. } => {
                self.mark(ast, left, deep);
                self.mark(ast, right, deep);
            }
            Index { array: inner, .. }
            | Key { hash: inner, .. }
            | Deref { expr: inner, .. }
            | ArrayLen(inner)
            | Slice { from: inner, .. }
                if deep =>
            {
                self.mark(ast, inner, deep)
            }
            Unary { expr, .. } => self.mark(ast, expr, deep),
            Builtin { args, .. } if deep => self.each(ast, args, deep),
            _ => {}
        }
    }
}

/// Builtins that neither change nor keep an alias of their arguments.
#[rustfmt::skip]
fn reads_only(func: Builtin) -> bool {
    use Builtin::*;
    matches!(func,
        Abs | Atan2 | Bless | Caller | Chdir | Chmod | Chown | Chr | Close | Cos | Crypt | Defined | Die | Exists | Exit
        | Exp | Fc | Fileno | Hex | Index | Int | Join | Keys | Kill | Lc | Lcfirst | Length | Localtime | Gmtime
        | Log | Mkdir | Oct | Ord | Pack | Push | Unshift | Quotemeta | Rand | Ref | Rename | Reverse | Rindex | Rmdir
        | Scalar | Sin | Sleep | Split | Sprintf | Sqrt | Substr | System | Uc | Ucfirst | Unlink | Unpack | Values | Warn
        | Waitpid | Each | Delete | Utime | Stat | Lstat | Symlink | Link | Exec | Print | Printf | Say | Seek | Vec)
}
