//! Blocks: bare blocks, `do`, `defer`, `try`, and the code they run when they are left.
use super::{BodyKind, Dest, Lower};
use crate::bytecode::{NO, Op};
use crate::syntax::ast::*;
use std::rc::Rc;

impl Lower<'_> {
    /// The statements of a block in a scope of their own.
    pub fn block(&mut self, block: BlockId, dest: Dest) {
        self.scoped(block, dest, true);
    }

    /// The body of a loop: the loop, not each round, brings back the last match from before.
    pub fn loop_block(&mut self, block: BlockId) {
        self.scoped(block, Dest::Void, false);
    }

    fn scoped(&mut self, block: BlockId, dest: Dest, matching: bool) {
        let heights = self.b.heights();
        let (line, hints, package) = (self.b.line, self.b.hints.clone(), self.package.clone());
        let ast = self.ast;
        self.b.open_scope(matching);
        self.stmts(&ast[block].stmts, dest);
        self.b.close_scope();
        self.b.release(heights);
        self.b.line = line;
        self.b.set_hints(hints);
        self.package = package;
    }

    /// A bare block: a loop that runs once.
    pub fn bare_block(
        &mut self,
        label: Option<Rc<str>>,
        body: BlockId,
        cont: Option<BlockId>,
        dest: Dest,
    ) {
        let heights = self.b.heights();
        let (next, last) = (self.b.label(), self.b.label());
        let redo = self.b.here();
        self.b.open_loop(label, [next, last, redo]);
        // what runs last gives the value
        self.block(body, if cont.is_some() { Dest::Void } else { dest });
        self.b.place_label(next);
        if let Some(cont) = cont {
            self.block(cont, dest);
        }
        self.b.place_label(last);
        self.b.close_loop();
        self.b.release(heights);
    }

    /// `do BLOCK`
    pub fn do_block(&mut self, block: BlockId, dest: Dest) {
        self.block(block, dest);
    }

    /// `defer { .. }`: a closure run when the scope is left.
    pub fn defer(&mut self, block: BlockId) {
        let heights = self.b.heights();
        let t = self.b.temp();
        let index = self.block_unit(block, "__ANON__", Dest::Void);
        self.b.emit(Op::Closure(t, index));
        self.b.note_save();
        self.b.emit(Op::Defer(t));
        self.b.release(heights);
    }

    /// A block as a unit of its own, sharing `@_` with its surroundings: index into `subs`.
    pub fn block_unit(&mut self, block: BlockId, name: &str, dest: Dest) -> u16 {
        if let Some(&i) = self.b.anon.get(&(usize::MAX - block.index())) {
            return i;
        }
        let name = format!("{}::{name}", self.package);
        let unit = self.nested(BodyKind::Block, name, |l| {
            l.block(block, dest);
            l.b.emit(Op::RetVoid);
        });
        let i = self.add_unit(unit);
        self.b.anon.insert(usize::MAX - block.index(), i);
        i
    }

    /// Adds a nested unit.
    pub fn add_unit(&mut self, unit: Rc<crate::bytecode::Unit>) -> u16 {
        self.b.unit.subs.push(unit);
        self.b.unit.subs.len() as u16 - 1
    }

    /// `try { } catch ($e) { } finally { }`
    pub fn try_stmt(
        &mut self,
        body: BlockId,
        catch: Option<(ExprId, BlockId)>,
        finally: Option<BlockId>,
        dest: Dest,
    ) {
        use crate::compile::body::Dynamic;
        let heights = self.b.heights();
        if let Some(block) = finally {
            self.b.emit(Op::Enter);
            self.b.unit.flags.saves = true;
            self.b.dynamics.push(Dynamic::Enter);
            let t = self.b.temp();
            let index = self.block_unit(block, "__ANON__", Dest::Void);
            self.b.emit(Op::Closure(t, index));
            self.b.emit(Op::Defer(t));
        }
        self.b.open_scope(true);
        let (handler, end) = (self.b.label(), self.b.label());
        let var = match catch.map(|(v, _)| *self.ast.kind(v)) {
            Some(ExprKind::My(d)) => self.declare(d),
            _ => NO,
        };
        if catch.is_some() {
            let first_var = self.b.next_var;
            let floor = self.b.heights();
            self.b.jump(Op::TryEnter(var, 0), handler);
            let ext = self.b.pc();
            self.b.ext(0, 0, 0, 0);
            self.b.dynamics.push(Dynamic::Try);
            let inner = self.inner_dest(dest);
            self.block(body, inner);
            self.b.dynamics.pop();
            self.b.emit(Op::TryLeave);
            let cleanup = self.b.cleanup(first_var, floor);
            self.b.unit.code[ext as usize] = Op::Ext(0, cleanup, 0, 0);
            self.outer_dest(dest);
            self.b.jump(Op::Jmp(0), end);
            self.b.place_label(handler);
            if let Some((_, block)) = catch {
                self.block(block, dest);
            }
            self.b.place_label(end);
        } else {
            self.block(body, dest);
        }
        self.b.close_scope();
        if finally.is_some() {
            self.b.dynamics.pop();
            self.b.emit(Op::Leave);
        }
        self.b.release(heights);
    }

    /// Inside a handler a value cannot be returned before the handler is closed.
    pub(super) fn inner_dest(&mut self, dest: Dest) -> Dest {
        if dest != Dest::Tail {
            return dest;
        }
        self.b.mark();
        let d = self.b.temp();
        self.b.emit(Op::LoadUndef(d));
        self.tail_register = d;
        Dest::Caller(d)
    }

    fn outer_dest(&mut self, dest: Dest) {
        if dest == Dest::Tail {
            let d = self.tail_register;
            self.b.close(Op::RetW(d));
        }
    }
}
