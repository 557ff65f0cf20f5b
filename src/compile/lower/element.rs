//! Arrays, hashes, and their elements: containers in hand, and reading one element.
use super::{Dest, Lower};
use crate::bytecode::{Literal, Op, R, rv};
use crate::compile::body::BodyKind;
use crate::diag::hints;
use crate::syntax::ast::*;

/// A hash key: constant or computed.
#[derive(Clone, Copy)]
pub enum KeyAt {
    /// Index of a constant.
    K(u16),
    /// A register.
    R(R),
}

impl Lower<'_> {
    /// Flags of a dereference.
    pub fn rv_flags(&self, vivify: bool) -> u8 {
        let strict = if self.hint(hints::STRICT_REFS) {
            rv::STRICT
        } else {
            0
        };
        strict | if vivify { rv::VIVIFY } else { 0 }
    }

    /// Whether `e` is an array as a whole.
    pub fn is_array(&self, e: ExprId) -> bool {
        match *self.ast.kind(e) {
            ExprKind::Var { sigil, .. } | ExprKind::Deref { sigil, .. } => sigil == Sigil::Array,
            ExprKind::My(d) => self.ast[d].sigil == Sigil::Array,
            _ => false,
        }
    }

    /// Whether `e` is a glob (`*x{THING}` has one where `$h{k}` has a hash).
    pub fn is_glob(&self, e: ExprId) -> bool {
        matches!(
            *self.ast.kind(e),
            ExprKind::Var {
                sigil: Sigil::Glob,
                ..
            } | ExprKind::Deref {
                sigil: Sigil::Glob,
                ..
            }
        )
    }

    /// Whether `e` is a literal, or a constant sub: what folding made is a fresh value.
    pub fn is_literal(&self, e: ExprId) -> bool {
        matches!(
            *self.ast.kind(e),
            ExprKind::Int(_)
                | ExprKind::UInt(_)
                | ExprKind::Num(_)
                | ExprKind::Str(_)
                | ExprKind::VString { .. }
                | ExprKind::Call { .. }
        )
    }

    /// Whether `e` is a hash as a whole.
    pub fn is_hash(&self, e: ExprId) -> bool {
        match *self.ast.kind(e) {
            ExprKind::Var { sigil, .. } | ExprKind::Deref { sigil, .. } => sigil == Sigil::Hash,
            ExprKind::My(d) => self.ast[d].sigil == Sigil::Hash,
            _ => false,
        }
    }

    /// Whether the running code sees the `@_` of a sub.
    pub fn in_sub(&self) -> bool {
        self.b.kind == BodyKind::Sub
    }

    /// Whether `e` is `@_`.
    pub fn is_args(&self, e: ExprId) -> bool {
        match *self.ast.kind(e) {
            ExprKind::Var {
                sigil: Sigil::Array,
                var: VarRef::Global(n) | VarRef::Loose(n),
            } => &self.ast[n] == "main::_",
            _ => false,
        }
    }

    /// The container of an array.
    pub fn array(&mut self, e: ExprId, vivify: bool) -> R {
        self.container_of(e, vivify, false)
    }

    /// The container of a hash.
    pub fn hash(&mut self, e: ExprId, vivify: bool) -> R {
        self.container_of(e, vivify, true)
    }

    fn container_of(&mut self, e: ExprId, vivify: bool, hash: bool) -> R {
        match *self.ast.kind(e) {
            ExprKind::Var {
                var: VarRef::Lexical(d),
                sigil: Sigil::Array | Sigil::Hash,
            } => self.lexical(d),
            ExprKind::Var {
                var,
                sigil: sigil @ (Sigil::Array | Sigil::Hash),
            } => {
                let t = self.b.container();
                if self.is_args(e) {
                    self.b.args_real = true;
                    self.b.emit(Op::ArgArr(t));
                } else {
                    let name = self.global_name(var, sigil, e);
                    let g = self.b.glob(&name);
                    self.b.emit(if hash {
                        Op::GHash(t, g)
                    } else {
                        Op::GArr(t, g)
                    });
                }
                t
            }
            ExprKind::My(d) => self.my_container(d),
            ExprKind::Deref { expr, .. } => {
                let t = self.b.container();
                let heights = self.b.heights();
                self.deep(|l| l.deref_container(expr, t, vivify, hash));
                self.b.release(heights);
                t
            }
            ExprKind::Local(inner) => self.local_container(inner),
            ExprKind::AssignList { to, from } => {
                self.assign_list(to, from, Dest::Void);
                let to = self.unwrap_list(to);
                self.container_again(to, hash)
            }
            ExprKind::List(_) if self.unwrap_list(e) != e => {
                self.container_of(self.unwrap_list(e), vivify, hash)
            }
            ExprKind::ScalarCx(inner) => self.container_of(inner, vivify, hash),
            _ => {
                // a temporary list or a reference (old-style `push $ref, ...` is an error found elsewhere)
                let t = self.b.container();
                let heights = self.b.heights();
                let r = self.b.temp();
                self.b.mark();
                self.list(e);
                self.b
                    .close(if hash { Op::NewHash(r) } else { Op::NewArr(r) });
                self.b.emit(if hash {
                    Op::RvHash(0, t, r)
                } else {
                    Op::RvArr(0, t, r)
                });
                self.b.release(heights);
                t
            }
        }
    }

    /// The container just assigned to, without declaring or localising it again.
    pub fn container_again(&mut self, e: ExprId, hash: bool) -> R {
        match *self.ast.kind(e) {
            ExprKind::My(d) if !matches!(self.ast[d].kind, DeclKind::Our(_)) => self.lexical(d),
            ExprKind::Local(inner) => self.container_again(inner, hash),
            _ => self.container_of(e, true, hash),
        }
    }

    /// `@{expr}` into container `t`.
    fn deref_container(&mut self, expr: ExprId, t: R, vivify: bool, hash: bool) {
        let flags = self.rv_flags(vivify);
        if vivify {
            match *self.ast.kind(expr) {
                ExprKind::Index { array, index } if !self.is_arg_element(array, index) => {
                    let c = self.array(array, true);
                    match self.small_int(index) {
                        Some(i) => {
                            self.b.emit(if hash {
                                Op::AElemHashI(t, c, i)
                            } else {
                                Op::AElemArrI(t, c, i)
                            });
                        }
                        None => {
                            let i = self.scalar(index);
                            self.b.emit(if hash {
                                Op::AElemHash(t, c, i)
                            } else {
                                Op::AElemArr(t, c, i)
                            });
                        }
                    }
                    return;
                }
                ExprKind::Key { hash: base, key } if !self.is_glob(base) => {
                    let c = self.hash(base, true);
                    let op = match (self.key_at(key), hash) {
                        (KeyAt::K(k), true) => Op::HElemHashK(t, c, k),
                        (KeyAt::K(k), false) => Op::HElemArrK(t, c, k),
                        (KeyAt::R(r), true) => Op::HElemHash(t, c, r),
                        (KeyAt::R(r), false) => Op::HElemArr(t, c, r),
                    };
                    self.b.emit(op);
                    return;
                }
                _ => {}
            }
        }
        let s = if vivify && self.has_place(expr) {
            self.place_of(expr)
        } else {
            self.reference_operand(expr)
        };
        self.b.emit(if hash {
            Op::RvHash(flags, t, s)
        } else {
            Op::RvArr(flags, t, s)
        });
    }

    /// The operand of a dereference: `@{"name"}` and blocks included.
    fn reference_operand(&mut self, e: ExprId) -> R {
        if let ExprKind::Var {
            sigil: Sigil::Glob, ..
        } = *self.ast.kind(e)
        {
            let t = self.b.temp();
            self.scalar_to(e, t);
            return t;
        }
        self.scalar(e)
    }

    /// Whether `e` names a place that can be vivified.
    pub fn has_place(&self, e: ExprId) -> bool {
        match *self.ast.kind(e) {
            ExprKind::Var { sigil, .. } | ExprKind::Deref { sigil, .. } => sigil == Sigil::Scalar,
            ExprKind::My(d) => self.ast[d].sigil == Sigil::Scalar,
            ExprKind::Key { hash, .. } => !self.is_glob(hash),
            ExprKind::Index { .. } => true,
            ExprKind::Assign { to, .. } | ExprKind::AssignLogic { to, .. } => self.has_place(to),
            ExprKind::Local(inner) => self.has_place(inner),
            _ => false,
        }
    }

    /// `$_[i]` of a sub with a constant index.
    pub fn is_arg_element(&mut self, array: ExprId, index: ExprId) -> bool {
        self.in_sub() && self.is_args(array) && self.small_int(index).is_some_and(|i| i >= 0)
    }

    /// A key.
    pub fn key_at(&mut self, key: ExprId) -> KeyAt {
        if let Some(value) = self.constant_value(key) {
            match value {
                Literal::Str(..) => return KeyAt::K(self.b.constant(&value)),
                Literal::Int(i) => return KeyAt::K(self.b.str_constant(&i.to_string())),
                _ => {}
            }
        }
        KeyAt::R(self.key(key))
    }

    /// A key in a register.
    pub fn key(&mut self, key: ExprId) -> R {
        match *self.ast.kind(key) {
            ExprKind::Bareword(name) => {
                let t = self.b.temp();
                let k = self.b.str_constant(&self.ast[name]);
                self.b.emit(Op::LoadK(t, k));
                t
            }
            _ => self.scalar(key),
        }
    }

    /// `$h{1,2}`: the list joined with `$;`.
    pub fn join_key(&mut self, items: ExprList, d: R) {
        let sep = self.b.temp();
        let g = self.b.glob("main::;");
        self.b.emit(Op::GGet(sep, g));
        self.b.mark();
        self.lists(items);
        self.b.close(Op::LJoin(d, sep));
    }

    /// The scalar that holds the reference of `$x->[..]`: in a place where it can be vivified.
    fn through(&mut self, container: ExprId) -> Option<R> {
        let ExprKind::Deref { expr, .. } = *self.ast.kind(container) else {
            return None;
        };
        match *self.ast.kind(expr) {
            ExprKind::Index { array, index } if self.is_arg_element(array, index) => {
                Some(self.scalar(expr))
            }
            ExprKind::Key { hash, .. } if self.is_glob(hash) => Some(self.scalar(expr)),
            ExprKind::Index { .. } | ExprKind::Key { .. } => None,
            ExprKind::Var {
                sigil: Sigil::Scalar,
                ..
            } => Some(self.place_of(expr)),
            ExprKind::Call { .. } | ExprKind::Method { .. } => Some(self.scalar(expr)),
            _ => None,
        }
    }

    /// `$a[i]` into `d`.
    pub fn index_get(&mut self, array: ExprId, index: ExprId, d: R) {
        if self.is_arg_element(array, index) {
            let i = self.small_int(index).unwrap_or(0);
            self.b.emit(Op::ArgGet(d, i as u16));
            return;
        }
        if let Some(x) = self.through(array) {
            match self.small_int(index) {
                Some(i) => self.b.emit(Op::ARGetI(d, x, i)),
                None => {
                    let i = self.scalar(index);
                    self.b.emit(Op::ARGet(d, x, i))
                }
            };
            return;
        }
        let c = self.array(array, true);
        match self.small_int(index) {
            Some(i) => self.b.emit(Op::AGetI(d, c, i)),
            None => {
                let i = self.scalar(index);
                self.b.emit(Op::AGet(d, c, i))
            }
        };
    }

    /// `$h{k}` into `d`.
    pub fn key_get(&mut self, hash: ExprId, key: ExprId, d: R) {
        if self.is_glob(hash) {
            return self.glob_slot(hash, key, d);
        }
        if let Some(x) = self.through(hash) {
            match self.key_at(key) {
                KeyAt::K(k) => self.b.emit(Op::HRGetK(d, x, k)),
                KeyAt::R(r) => self.b.emit(Op::HRGet(d, x, r)),
            };
            return;
        }
        let c = self.hash(hash, true);
        match self.key_at(key) {
            KeyAt::K(k) => self.b.emit(Op::HGetK(d, c, k)),
            KeyAt::R(r) => self.b.emit(Op::HGet(d, c, r)),
        };
    }

    /// `*g{THING}`
    fn glob_slot(&mut self, glob: ExprId, key: ExprId, d: R) {
        let g = self.scalar(glob);
        let key = match self.key_at(key) {
            KeyAt::K(k) => {
                let t = self.b.temp();
                self.b.emit(Op::LoadK(t, k));
                t
            }
            KeyAt::R(r) => r,
        };
        self.b.emit(Op::GlobSlot(d, g, key));
    }

    /// `$a[i] = v`
    pub fn index_set(&mut self, array: ExprId, index: ExprId, v: R) {
        if let Some(x) = self.through(array) {
            let i = self.scalar(index);
            self.b.emit(Op::ARSet(x, i, v));
            return;
        }
        let c = self.array(array, true);
        match self.small_int(index) {
            Some(i) => self.b.emit(Op::ASetI(c, i, v)),
            None => {
                let i = self.scalar(index);
                self.b.emit(Op::ASet(c, i, v))
            }
        };
    }

    /// `$a[i] = from` where the result is wanted: what the element holds then.
    pub fn index_set_keep(&mut self, array: ExprId, index: ExprId, from: ExprId) -> R {
        let d = self.b.temp();
        self.scalar_to(from, d);
        let heights = self.b.heights();
        let (c, i) = match self.through(array) {
            Some(x) => {
                let i = self.scalar(index);
                self.b.emit(Op::ARSet(x, i, d));
                (x, i)
            }
            None => {
                let c = self.array(array, true);
                let i = self.scalar(index);
                self.b.emit(Op::ASet(c, i, d));
                (c, i)
            }
        };
        self.b.emit(Op::AAgain(d, c, i));
        self.b.release(heights);
        d
    }

    /// `$h{k} = from` where the result is wanted.
    pub fn key_set_keep(&mut self, hash: ExprId, key: ExprId, from: ExprId) -> R {
        let d = self.b.temp();
        self.scalar_to(from, d);
        let heights = self.b.heights();
        let x = self.through(hash);
        let c = x.unwrap_or_else(|| self.hash(hash, true));
        match self.key_at(key) {
            KeyAt::K(k) => {
                self.b.emit(match x {
                    Some(x) => Op::HRSetK(x, k, d),
                    None => Op::HSetK(c, k, d),
                });
                self.b.emit(Op::HAgainK(d, c, k));
            }
            KeyAt::R(r) => {
                self.b.emit(match x {
                    Some(x) => Op::HRSet(x, r, d),
                    None => Op::HSet(c, r, d),
                });
                self.b.emit(Op::HAgain(d, c, r));
            }
        };
        self.b.release(heights);
        d
    }

    /// `$h{k} = v`
    pub fn key_set(&mut self, hash: ExprId, key: ExprId, v: R) {
        if let Some(x) = self.through(hash) {
            match self.key_at(key) {
                KeyAt::K(k) => self.b.emit(Op::HRSetK(x, k, v)),
                KeyAt::R(r) => self.b.emit(Op::HRSet(x, r, v)),
            };
            return;
        }
        let c = self.hash(hash, true);
        match self.key_at(key) {
            KeyAt::K(k) => self.b.emit(Op::HSetK(c, k, v)),
            KeyAt::R(r) => self.b.emit(Op::HSet(c, r, v)),
        };
    }

    /// `$$x @$x %$x &$x *$x` in scalar context.
    pub fn deref_scalar(&mut self, sigil: Sigil, expr: ExprId, e: ExprId, d: R) {
        let flags = self.rv_flags(false);
        match sigil {
            Sigil::Scalar => {
                let s = self.reference_operand(expr);
                self.b.emit(Op::RvGet(flags, d, s));
            }
            Sigil::Array => {
                let c = self.array(e, false);
                self.b.emit(Op::ALen(d, c));
            }
            Sigil::Hash => {
                let c = self.hash(e, false);
                self.b.emit(Op::HCount(1, d, c));
            }
            Sigil::Code => {
                let s = self.reference_operand(expr);
                self.b.emit(Op::RvCode(flags, d, s));
            }
            Sigil::Glob => {
                let s = self.reference_operand(expr);
                self.b.emit(Op::RvGlob(flags, d, s));
            }
        }
    }
}
