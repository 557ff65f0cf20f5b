//! The functions of perlfunc: those with operations of their own, and the general form.
use super::element::KeyAt;
use super::{Dest, Lower};
use crate::bytecode::{NO, Op, R, Un, Want, rv};
use crate::signature::Builtin;
use crate::syntax::ast::*;

/// The want operand of `Bi` and its kin.
pub fn want_bits(want: Want) -> u8 {
    match want {
        Want::Void => 0,
        Want::Scalar => 1,
        Want::List => 2,
        Want::Caller => 3,
    }
}

impl Lower<'_> {
    /// A builtin in the form with a window.
    pub fn bi(&mut self, func: Builtin, want: Want, d: R, first: R, n: usize) {
        self.b
            .emit(Op::Bi(n as u8 | want_bits(want) << 6, d, first));
        self.b.ext(0, func as u16, 0, 0);
    }

    /// A builtin with scalar arguments.
    pub fn bi_args(&mut self, func: Builtin, args: &[ExprId], want: Want, d: R) {
        let heights = self.b.heights();
        let first = self.window(args.len());
        for (i, &a) in args.iter().enumerate() {
            self.scalar_to(a, first + i as R);
        }
        self.bi(func, want, d, first, args.len());
        self.b.release(heights);
    }

    /// A builtin call.
    pub fn builtin(&mut self, e: ExprId, func: Builtin, args: ExprList, want: Want, d: R) {
        use Builtin::*;
        let ast = self.ast;
        let items = ast.list(args);
        let first = items.first().copied();
        let list = want == Want::List;
        match (func, first) {
            (Defined, Some(a)) => return self.value_in(want, d, |l, d| l.defined(a, d)),
            (Exists, Some(a)) => return self.value_in(want, d, |l, d| l.exists(a, d)),
            (Delete, Some(a)) => return self.delete(a, want, d),
            (Scalar, Some(a)) => return self.value_in(want, d, |l, d| l.scalar_to(a, d)),
            (Ref, Some(a)) => return self.value_in(want, d, |l, d| l.un(Un::Ref, a, d)),
            (Length, Some(a)) => return self.value_in(want, d, |l, d| l.un(Un::Length, a, d)),
            (Undef, _) => return self.undef(first, want, d),
            (Wantarray, _) => {
                return self.value_in(want, d, |l, d| {
                    l.b.emit(Op::WantArray(d));
                });
            }
            (Push | Unshift, Some(a)) => return self.push(func, a, &items[1..], want, d),
            (Pop | Shift, Some(a)) => return self.value_in(want, d, |l, d| l.pop(func, a, d)),
            (Keys | Values | Each, Some(a)) => return self.hash_walk(func, a, want, d),
            (Chomp | Chop, _) => return self.chomp(func, items, want, d),
            (Reverse, _) if list => {
                self.b.mark();
                self.lists(args);
                self.b.close(Op::LReverse);
                return;
            }
            (Reverse, None) => {
                return self.value_in(want, d, |l, d| {
                    l.b.mark();
                    let t = l.b.temp();
                    let g = l.b.glob("main::_");
                    l.b.emit(Op::GGet(t, g));
                    l.b.emit(Op::Push(t));
                    l.b.close(Op::LReverseS(d));
                });
            }
            (Reverse, _) => {
                return self.value_in(want, d, |l, d| {
                    l.b.mark();
                    l.lists(args);
                    l.b.close(Op::LReverseS(d));
                });
            }
            (Join, Some(sep)) => {
                return self.value_in(want, d, |l, d| {
                    let sep = l.scalar_copy(sep);
                    l.b.mark();
                    l.list_items(&items[1..]);
                    l.b.close(Op::LJoin(d, sep));
                });
            }
            (Split, _) => return self.split(items, want, d, NO),
            (Evalbytes, Some(a)) => return self.eval_str(a, want, d, true),
            (Break, _) => return self.break_given(),
            (Continue, _) => return self.continue_when(),
            (Print | Say | Printf, _) => {
                return self.value_in(want, d, |l, d| l.print(func, None, args, d));
            }
            (Readline, Some(a)) => {
                let bits = want_bits(if want == Want::Void {
                    Want::Scalar
                } else {
                    want
                });
                let d = if list { NO } else { self.some(d) };
                return self.read_line(a, bits, d);
            }
            _ => {}
        }
        self.general(e, func, items, want, d);
    }

    /// A destination register, taken where none was given.
    fn some(&mut self, d: R) -> R {
        if d == NO { self.b.temp() } else { d }
    }

    /// Runs `f` to give one value, whatever the context.
    pub fn value_in(&mut self, want: Want, d: R, f: impl FnOnce(&mut Self, R)) {
        let heights = self.b.heights();
        let d = if want == Want::List {
            self.b.temp()
        } else {
            self.some(d)
        };
        let inner = self.b.heights();
        f(self, d);
        self.b.release(inner);
        if want == Want::List {
            self.b.emit(Op::Push(d));
        }
        self.b.release(heights);
    }

    fn un(&mut self, un: Un, e: ExprId, d: R) {
        let s = self.scalar(e);
        self.b.emit(Op::Un(un, d, s));
    }

    /// Arguments by the builtin's prototype.
    fn general(&mut self, _e: ExprId, func: Builtin, items: &[ExprId], want: Want, d: R) {
        let mut shapes = self.shapes(func, items.len());
        if let (Builtin::Open, [_, _, last]) = (func, items)
            && matches!(*self.ast.kind(*last), ExprKind::Bareword(_))
        {
            // the handle that `open(FH, ">&", OTHER)` copies
            shapes[2] = b'*';
        }
        let mut owned = items.to_vec();
        if let (Builtin::Tie | Builtin::Tied | Builtin::Untie, Some(first)) =
            (func, owned.first_mut())
        {
            // `tie my ($x), ..`
            *first = self.unwrap_list(*first);
        }
        let items = &owned[..];
        let heights = self.b.heights();
        let listy = items
            .iter()
            .zip(&shapes)
            .any(|(&a, &s)| s == b'@' && !self.is_single(a))
            || items.len() > 60
            || shapes.contains(&b'@') && self.hazard(items);
        if listy {
            self.b.mark();
            for (i, (&a, &shape)) in items.iter().zip(&shapes).enumerate() {
                match shape {
                    b'@' => self.list_item(items, i),
                    b'V' | b'&' | b'=' => self.aliases(a),
                    _ => {
                        let inner = self.b.heights();
                        let r = self.b.temp();
                        self.builtin_arg(a, shape, r);
                        self.b
                            .emit(match shape == b'\\' && self.is_scalar_place(a) {
                                true => Op::PushAlias(r),
                                false => Op::Push(r),
                            });
                        self.b.release(inner);
                    }
                }
            }
            self.b.close(Op::BiL(want_bits(want), d));
            self.b.ext(0, func as u16, 0, 0);
        } else {
            let first = self.window(items.len());
            for (i, (&a, &shape)) in items.iter().zip(&shapes).enumerate() {
                self.builtin_arg(a, shape, first + i as R);
            }
            self.bi(func, want, d, first, items.len());
        }
        self.b.release(heights);
    }

    /// How each argument is taken: `$` value, `@` list, `*` handle, `V` vivified handle, `&` alias, `=` alias where a literal
    /// shows that it is one, `\` reference.
    fn shapes(&self, func: Builtin, n: usize) -> Vec<u8> {
        use Builtin::*;
        let mut shapes = std::vec::Vec::with_capacity(n);
        let proto = match func {
            System | Exec | Die | Warn | Unlink | Kill | Chmod | Chown | Utime => "@",
            Select if n == 4 => r"\$\$\$$",
            Substr if n == 4 => r"\$$$$",
            Select => "*",
            // what the call may fill in
            Fcntl | Ioctl => r"*$\$",
            Msgctl | Shmctl => r"$$\$",
            Msgrcv | Shmread => r"$\$$$$",
            Semctl => r"$$$\$",
            _ => func.prototype().unwrap_or("@"),
        };
        let bytes = proto.as_bytes();
        let mut i = 0;
        while shapes.len() < n && i < bytes.len() {
            match bytes[i] {
                b';' => {}
                b'\\' if bytes.get(i + 1) == Some(&b'[') => {
                    while i < bytes.len() && bytes[i] != b']' {
                        i += 1;
                    }
                    shapes.push(b'\\');
                }
                b'\\' => {
                    i += 1;
                    shapes.push(if bytes.get(i) == Some(&b'$') {
                        b'&'
                    } else {
                        b'\\'
                    });
                }
                b'@' => {
                    shapes.resize(n, b'@');
                    continue;
                }
                b'*' => shapes.push(
                    if matches!(
                        func,
                        Open | Opendir | Pipe | Socket | Socketpair | Accept | Sysopen
                    ) && (shapes.is_empty() || matches!(func, Pipe | Socketpair))
                    {
                        b'V'
                    } else {
                        b'*'
                    },
                ),
                _ => shapes.push(b'$'),
            }
            i += 1;
        }
        shapes.resize(n, b'$');
        if func == Select && n == 4 {
            shapes[..3].fill(b'=');
        }
        shapes
    }

    /// Is what `\` stands before in a prototype a scalar, which the call must see itself?
    fn is_scalar_place(&self, e: ExprId) -> bool {
        let is_ref = matches!(*self.ast.kind(e), ExprKind::Ref(_));
        !is_ref && !self.is_array(e) && !self.is_hash(e) && !self.is_glob(e)
    }

    /// One argument in window register `r`.
    fn builtin_arg(&mut self, e: ExprId, shape: u8, r: R) {
        let heights = self.b.heights();
        match (shape, *self.ast.kind(e)) {
            (b'V' | b'*', ExprKind::Bareword(name)) => {
                let k = self.b.str_constant(&self.ast[name]);
                self.b.emit(Op::LoadK(r, k));
            }
            (b'=', _) if self.is_literal(e) && self.constant_value(e).is_some() => {
                if let Some(value) = self.constant_value(e) {
                    let k = self.b.own_constant(e.index(), &value);
                    self.b.emit(Op::ConstCell(r, k));
                }
            }
            (b'V' | b'&' | b'=', _) => self.alias_in(e, r),
            (b'\\', ExprKind::Ref(inner)) => self.builtin_arg(inner, shape, r),
            (b'\\', _) if self.is_array(e) => {
                let c = self.array(e, true);
                self.b.emit(Op::RefArr(r, c));
            }
            (b'\\', _) if self.is_hash(e) => {
                let c = self.hash(e, true);
                self.b.emit(Op::RefHash(r, c));
            }
            (b'\\', _) => self.alias_in(e, r),
            _ => self.scalar_to(e, r),
        }
        self.b.release(heights);
    }

    // ---- arrays and hashes -------------------------------------------------------------------------------------

    fn push(&mut self, func: Builtin, array: ExprId, items: &[ExprId], want: Want, d: R) {
        let heights = self.b.heights();
        let result = match want {
            Want::Void => NO,
            Want::List => self.b.temp(),
            _ => self.some(d),
        };
        let c = self.array(array, true);
        match *items {
            [one] if func == Builtin::Push && result == NO && self.is_single(one) => {
                let v = self.scalar(one);
                self.b.emit(Op::APush(c, v));
            }
            _ => {
                self.b.mark();
                self.list_items(items);
                self.b.close(if func == Builtin::Push {
                    Op::APushL(c, result)
                } else {
                    Op::AUnshiftL(c, result)
                });
            }
        }
        if want == Want::List {
            self.b.emit(Op::Push(result));
        }
        self.b.release(heights);
    }

    fn pop(&mut self, func: Builtin, array: ExprId, d: R) {
        if func == Builtin::Shift && self.in_sub() && self.is_args(array) {
            self.b.emit(Op::ArgShift(d));
            return;
        }
        let c = self.array(array, true);
        self.b.emit(if func == Builtin::Pop {
            Op::APop(d, c)
        } else {
            Op::AShift(d, c)
        });
    }

    fn hash_walk(&mut self, func: Builtin, a: ExprId, want: Want, d: R) {
        let heights = self.b.heights();
        let array = self.is_array(a);
        let c = if array {
            self.array(a, true)
        } else {
            self.hash(a, true)
        };
        if array && func != Builtin::Each {
            self.b.emit(Op::Each(2, NO, c));
        }
        match (func, want) {
            (Builtin::Each, _) => {
                let bits = u8::from(array) | want_bits(want) << 4;
                let d = if want == Want::List { NO } else { self.some(d) };
                self.b.emit(Op::Each(bits, d, c));
            }
            (Builtin::Keys, Want::List) if array => {
                let zero = self.b.temp();
                let last = self.b.temp();
                self.b.emit(Op::LoadI(zero, 0));
                self.b.emit(Op::ALast(last, c));
                self.b.emit(Op::PushRange(zero, last));
            }
            (_, Want::List) if array => {
                self.b.emit(Op::PushArr(c));
            }
            (_, Want::List) => {
                self.b
                    .emit(Op::PushHash(if func == Builtin::Keys { 0 } else { 1 }, c));
            }
            (_, _) if array => {
                let d = self.some(d);
                self.b.emit(Op::ALen(d, c));
            }
            _ => {
                let d = self.some(d);
                self.b.emit(Op::HCount(0, d, c));
            }
        }
        self.b.release(heights);
    }

    fn chomp(&mut self, func: Builtin, items: &[ExprId], want: Want, d: R) {
        if let [one] = *items {
            let one = self.unwrap_list(one);
            if self.is_single(one) && !matches!(*self.ast.kind(one), ExprKind::List(_)) {
                return match want {
                    Want::Void => {
                        let heights = self.b.heights();
                        let x = self.lvalue(one, "chomp");
                        self.b.emit(if func == Builtin::Chomp {
                            Op::Chomp(NO, x)
                        } else {
                            Op::Chop(NO, x)
                        });
                        self.b.release(heights);
                    }
                    _ => self.value_in(want, d, |l, d| {
                        let x = l.lvalue(one, "chomp");
                        l.b.emit(if func == Builtin::Chomp {
                            Op::Chomp(d, x)
                        } else {
                            Op::Chop(d, x)
                        });
                    }),
                };
            }
        }
        self.b.mark();
        for &e in items {
            self.aliases(e);
        }
        self.b.close(Op::BiL(want_bits(want), d));
        self.b.ext(0, func as u16, 0, 0);
    }

    fn defined(&mut self, a: ExprId, d: R) {
        let a = self.unwrap_list(a);
        match *self.ast.kind(a) {
            ExprKind::Var {
                sigil: Sigil::Code,
                var,
            } if !matches!(var, VarRef::Lexical(_)) => {
                let name = self.global_name(var, Sigil::Code, a);
                let g = self.b.glob(&name);
                self.b.emit(Op::GDefined(0, d, g));
            }
            ExprKind::Call {
                callee: Callee::Named(name),
                form: CallForm::AmpShare,
                ..
            } => {
                let g = self.b.glob(&self.ast[name]);
                self.b.emit(Op::GDefined(0, d, g));
            }
            ExprKind::Call {
                callee: Callee::Expr(inner),
                form: CallForm::AmpShare,
                ..
            }
            | ExprKind::Deref {
                sigil: Sigil::Code,
                expr: inner,
            } => {
                let s = self.scalar(inner);
                let t = self.b.temp();
                self.b.emit(Op::RvCode(rv::PROBE | rv::BODY, t, s));
                self.b.emit(Op::Un(Un::Defined, d, t));
            }
            _ if self.is_array(a) || self.is_hash(a) => {
                let t = self.b.temp();
                self.scalar_to(a, t);
                self.b.emit(Op::Un(Un::Bool, d, t));
            }
            ExprKind::Deref {
                sigil: Sigil::Scalar,
                expr,
            } => {
                let s = self.scalar(expr);
                let t = self.b.temp();
                let flags = self.rv_flags(false) | rv::PROBE;
                self.b.emit(Op::RvGet(flags, t, s));
                self.b.emit(Op::Un(Un::Defined, d, t));
            }
            ExprKind::Deref {
                sigil: Sigil::Glob,
                expr,
            } => {
                let s = self.scalar(expr);
                let t = self.b.temp();
                let flags = self.rv_flags(false) | rv::PROBE;
                self.b.emit(Op::RvGlob(flags, t, s));
                self.b.emit(Op::Un(Un::Defined, d, t));
            }
            _ => self.un(Un::Defined, a, d),
        }
    }

    fn exists(&mut self, a: ExprId, d: R) {
        let a = self.unwrap_list(a);
        match *self.ast.kind(a) {
            ExprKind::Index { array, index } => {
                let c = self.array(array, true);
                let i = self.scalar(index);
                self.b.emit(Op::AExists(d, c, i));
            }
            ExprKind::Key { hash, key } => {
                let c = self.hash(hash, true);
                match self.key_at(key) {
                    KeyAt::K(k) => self.b.emit(Op::HExistsK(d, c, k)),
                    KeyAt::R(k) => self.b.emit(Op::HExists(d, c, k)),
                };
            }
            ExprKind::Var {
                sigil: Sigil::Code,
                var,
            } if !matches!(var, VarRef::Lexical(_)) => {
                let name = self.global_name(var, Sigil::Code, a);
                let g = self.b.glob(&name);
                self.b.emit(Op::GDefined(1, d, g));
            }
            ExprKind::Call {
                callee: Callee::Named(name),
                ..
            } => {
                let g = self.b.glob(&self.ast[name]);
                self.b.emit(Op::GDefined(1, d, g));
            }
            ExprKind::Call {
                callee: Callee::Expr(inner),
                ..
            }
            | ExprKind::Deref {
                sigil: Sigil::Code,
                expr: inner,
            } => {
                let s = self.scalar(inner);
                let t = self.b.temp();
                self.b.emit(Op::RvCode(rv::PROBE, t, s));
                self.b.emit(Op::Un(Un::Defined, d, t));
            }
            _ => {
                let span = self.ast.span(a);
                self.error(
                    span,
                    "exists argument is not a HASH or ARRAY element or a subroutine".into(),
                );
            }
        }
    }

    fn delete(&mut self, a: ExprId, want: Want, d: R) {
        let a = self.unwrap_list(a);
        match *self.ast.kind(a) {
            ExprKind::Index { array, index } => self.value_in(want, d, |l, d| {
                let c = l.array(array, true);
                let i = l.scalar(index);
                l.b.emit(Op::ADelete(d, c, i));
            }),
            ExprKind::Key { hash, key } => self.value_in(want, d, |l, d| {
                let c = l.hash(hash, true);
                match l.key_at(key) {
                    KeyAt::K(k) => l.b.emit(Op::HDeleteK(d, c, k)),
                    KeyAt::R(k) => l.b.emit(Op::HDelete(d, c, k)),
                };
            }),
            ExprKind::Slice { kind, from, keys } => {
                let code = if super::list::is_pairs(kind) { 6 } else { 3 };
                self.slice_in(kind, from, keys, code, want, d)
            }
            ExprKind::Local(inner) => match *self.ast.kind(self.unwrap_list(inner)) {
                ExprKind::Index { array, index } => self.value_in(want, d, |l, d| {
                    l.b.note_save();
                    let c = l.array(array, true);
                    let i = l.scalar(index);
                    l.b.emit(Op::DeleteLocal(0, d, c, i));
                }),
                ExprKind::Key { hash, key } => self.value_in(want, d, |l, d| {
                    l.b.note_save();
                    let c = l.hash(hash, true);
                    let k = l.key(key);
                    l.b.emit(Op::DeleteLocal(1, d, c, k));
                }),
                ExprKind::Slice { kind, from, keys } => {
                    self.b.note_save();
                    self.slice_in(kind, from, keys, 5, want, d)
                }
                _ => {}
            },
            _ => {
                let span = self.ast.span(a);
                self.error(
                    span,
                    "delete argument is not a HASH or ARRAY element or slice".into(),
                );
            }
        }
    }

    fn slice_in(
        &mut self,
        kind: SliceKind,
        from: ExprId,
        keys: ExprList,
        code: u8,
        want: Want,
        d: R,
    ) {
        if want == Want::List {
            return self.slice(kind, from, keys, code);
        }
        self.b.mark();
        self.slice(kind, from, keys, code);
        let d = self.some(d);
        self.b.close(Op::ListLast(d));
    }

    fn undef(&mut self, a: Option<ExprId>, want: Want, d: R) {
        let heights = self.b.heights();
        if let Some(a) = a.map(|a| self.unwrap_list(a)) {
            match *self.ast.kind(a) {
                _ if self.is_array(a) => {
                    let c = self.array(a, true);
                    self.b.emit(Op::UndefThing(1, c));
                }
                _ if self.is_hash(a) => {
                    let c = self.hash(a, true);
                    self.b.emit(Op::UndefThing(2, c));
                }
                ExprKind::Var {
                    sigil: sigil @ (Sigil::Code | Sigil::Glob),
                    ..
                } => {
                    let t = self.b.temp();
                    self.scalar_to(a, t);
                    self.b
                        .emit(Op::UndefThing(if sigil == Sigil::Code { 3 } else { 4 }, t));
                }
                ExprKind::Call {
                    callee: Callee::Named(name),
                    form: CallForm::AmpShare,
                    ..
                } => {
                    let t = self.b.temp();
                    let g = self.b.glob(&self.ast[name]);
                    self.b.emit(Op::GCode(t, g));
                    self.b.emit(Op::UndefThing(3, t));
                }
                ExprKind::Call {
                    callee: Callee::Expr(inner),
                    form: CallForm::AmpShare,
                    ..
                } => {
                    let s = self.scalar(inner);
                    self.b.emit(Op::UndefThing(3, s));
                }
                ExprKind::Deref {
                    sigil: Sigil::Glob, ..
                } => {
                    let t = self.b.temp();
                    self.scalar_to(a, t);
                    self.b.emit(Op::UndefThing(4, t));
                }
                _ => {
                    let x = self.lvalue(a, "undef operator");
                    self.b.emit(Op::UndefThing(0, x));
                }
            }
        }
        match want {
            Want::Void => {}
            Want::List => {
                let k = self.b.constant(&crate::bytecode::Literal::Undef);
                self.b.emit(Op::PushK(k));
            }
            _ => {
                if d != NO {
                    self.b.emit(Op::LoadUndef(d));
                }
            }
        }
        self.b.release(heights);
        let _ = Dest::Void;
    }
}
