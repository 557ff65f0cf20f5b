//! Scopes and lexicals of a body: declaring, finding, capturing, and leaving blocks.
use super::body::{Body, Dynamic, Label};
use super::lower::Lower;
use super::temps::{BASES, Heights, STACKS, UP, UPS};
use crate::bytecode::{Capture, CaptureFrom, Cleanup, DeclId, LoopInfo, Op, PadEntry, PadKind, R};
use crate::syntax::ast;
use std::rc::Rc;

/// A lexical that can be seen.
#[derive(Clone, Debug)]
pub struct Visible {
    /// Its declaration.
    pub decl: DeclId,
    /// Name with sigil.
    pub name: Rc<str>,
    /// Kind.
    pub kind: PadKind,
    /// `our`: the qualified name.
    pub our: Option<Rc<str>>,
}

/// An open block.
#[derive(Debug)]
pub struct Scope {
    /// Index into `Body::saving`.
    pub id: usize,
    visible: usize,
    own: Vec<R>,
    enter: u32,
    leaves: Vec<u32>,
    match_save: Option<(u32, R)>,
    match_restores: Vec<u32>,
    /// It has a `local` or the like.
    pub saves: bool,
    /// It matches.
    pub matches: bool,
    /// It began an entry of `dynamics`.
    dynamic: bool,
}

/// An open loop.
#[derive(Debug)]
pub struct LoopCx {
    /// Its label.
    pub label: Option<Rc<str>>,
    /// Where `next`, `last`, `redo` go.
    pub targets: [Label; 3],
    /// `dynamics` outside of the body's scope.
    pub depth: usize,
    /// Open lists outside.
    pub marks: u16,
    /// Temporaries in use outside.
    pub heights: Heights,
    /// First variable inside the body.
    pub first_var: R,
    /// pc of its first operation.
    pub start: u32,
}

impl LoopCx {
    /// The block of a `when`, which is none of the loops `next` and `last` look for.
    pub fn is_when(&self) -> bool {
        self.label.as_deref() == Some("when")
    }
}

impl Body {
    /// Opens a block. `matching`: it restores the last match at its end, where it has matched.
    pub fn open_scope(&mut self, matching: bool) {
        let id = self.saving.len();
        self.saving.push(false);
        let enter = self.emit(Op::Nop);
        let match_save = matching.then(|| {
            let reg = self.held();
            (self.emit(Op::Nop), reg)
        });
        self.dynamics.push(Dynamic::Scope(id));
        self.scopes.push(Scope {
            id,
            visible: self.visible.len(),
            own: Vec::new(),
            enter,
            leaves: Vec::new(),
            match_save,
            match_restores: Vec::new(),
            saves: false,
            matches: false,
            dynamic: true,
        });
    }

    /// Closes the innermost block.
    pub fn close_scope(&mut self) {
        let Some(mut scope) = self.scopes.pop() else {
            return;
        };
        self.clear_runs(&scope.own);
        self.undo_scope(&mut scope);
        if scope.saves {
            self.unit.code[scope.enter as usize] = Op::Enter;
            self.saving[scope.id] = true;
            for &pc in &scope.leaves {
                self.unit.code[pc as usize] = Op::Leave;
            }
        }
        if scope.matches {
            match scope.match_save {
                Some((pc, reg)) => {
                    self.unit.code[pc as usize] = Op::MatchSave(reg);
                    for &pc in &scope.match_restores {
                        self.unit.code[pc as usize] = Op::MatchRestore(reg);
                    }
                }
                // the block around it restores
                None => self.note_match(),
            }
        }
        let pc = self.pc();
        for v in self.visible.drain(scope.visible..) {
            if let Some(p) = self.unit.pad.iter_mut().rev().find(|p| p.decl == v.decl) {
                p.visible.1 = pc;
            }
        }
        if scope.dynamic {
            self.dynamics.pop();
        }
    }

    /// The innermost block has matched.
    pub fn note_match(&mut self) {
        if let Some(s) = self.scopes.last_mut() {
            s.matches = true;
        }
    }

    /// The innermost block saves something (`local`).
    pub fn note_save(&mut self) {
        self.unit.flags.saves = true;
        if let Some(s) = self.scopes.last_mut() {
            s.saves = true;
        }
    }

    /// Room for what leaving `scope` needs, filled in when it closes.
    fn undo_scope(&mut self, scope: &mut Scope) {
        if scope.match_save.is_some() {
            scope.match_restores.push(self.emit(Op::Nop));
        }
        scope.leaves.push(self.emit(Op::Nop));
    }

    /// Clears the variables declared in the innermost block itself, which stays open.
    pub fn clear_own(&mut self) {
        let own = self
            .scopes
            .last()
            .map(|s| s.own.clone())
            .unwrap_or_default();
        self.clear_runs(&own);
    }

    fn clear_runs(&mut self, own: &[R]) {
        let mut i = 0;
        while i < own.len() {
            let first = own[i];
            let mut last = first;
            while i + 1 < own.len() && own[i + 1] <= last + 3 {
                i += 1;
                last = own[i];
            }
            self.emit(Op::ClearRange(first, last - first + 1));
            i += 1;
        }
    }

    /// Undoes what was opened above `depth` of the dynamics, for a jump that leaves it.
    pub fn undo_to(&mut self, depth: usize) {
        let mut scope = self.scopes.len();
        for i in (depth..self.dynamics.len()).rev() {
            match self.dynamics[i] {
                Dynamic::Scope(_) => {
                    scope -= 1;
                    let (restore, leave) = (self.pc(), self.pc() + 1);
                    self.emit(Op::Nop);
                    self.emit(Op::Nop);
                    self.scopes[scope].match_restores.push(restore);
                    self.scopes[scope].leaves.push(leave);
                }
                Dynamic::Enter => {
                    self.emit(Op::Leave);
                }
                Dynamic::Eval => {
                    self.emit(Op::EvalLeave);
                }
                Dynamic::Try => {
                    self.emit(Op::TryLeave);
                }
            }
        }
    }

    /// A register for a variable.
    pub fn var(&mut self) -> R {
        if self.next_var + 1 >= UPS {
            self.temps.overflow = true;
            return 0;
        }
        self.next_var += 1;
        self.next_var - 1
    }

    /// The register of a lexical declared here.
    pub fn declare(&mut self, v: Visible) -> R {
        let r = match self.homes.get(&v.decl) {
            Some(&r) if self.visible.iter().any(|other| other.decl == v.decl) => return r,
            // its block is compiled a second time, for another context
            Some(&r) => r,
            None => self.var(),
        };
        self.homes.insert(v.decl, r);
        if let Some(s) = self.scopes.last_mut() {
            s.own.push(r);
        }
        let pc = self.pc();
        self.unit.pad.push(PadEntry {
            decl: v.decl,
            name: v.name.clone(),
            kind: v.kind,
            reg: r,
            visible: (pc, u32::MAX),
        });
        self.visible.push(v);
        r
    }

    /// Whether the innermost block already declares the name.
    pub fn in_scope(&self, name: &str) -> bool {
        let from = self.scopes.last().map_or(0, |s| s.visible);
        self.visible[from..]
            .iter()
            .any(|v| *v.name == *name && v.our.is_none())
    }

    /// Adds a capture.
    pub fn add_capture(&mut self, v: &Visible, from: CaptureFrom) -> u16 {
        let u = self.unit.captures.len() as u16;
        self.unit.captures.push(Capture {
            decl: v.decl,
            name: v.name.clone(),
            kind: v.kind,
            from,
            our: None,
        });
        self.ups.insert(v.decl, u);
        u
    }

    /// The register that holds capture `u`, bound at entry.
    pub fn bind_capture(&mut self, decl: DeclId, u: u16) -> R {
        if let Some(&r) = self.homes.get(&decl) {
            return r;
        }
        let r = self.temps.take(UP);
        self.entry.push(Op::UpCell(r, u));
        self.homes.insert(decl, r);
        r
    }

    /// Registers declared since `first_var` and temporaries above `heights`, for unwinding.
    pub fn cleanup(&mut self, first_var: R, heights: Heights) -> u16 {
        let mut list: Cleanup = Vec::new();
        if self.next_var > first_var {
            list.push((first_var, self.next_var - first_var, false));
        }
        for c in 0..STACKS {
            let used = self.temps.max[c];
            if used > heights[c] {
                list.push((BASES[c] + heights[c], used - heights[c], true));
            }
        }
        self.unit.cleanups.push(list);
        self.unit.cleanups.len() as u16 - 1
    }

    /// Opens a loop whose body's scope is opened next.
    pub fn open_loop(&mut self, label: Option<Rc<str>>, targets: [Label; 3]) {
        self.loops.push(LoopCx {
            label,
            targets,
            depth: self.dynamics.len(),
            marks: self.marks,
            heights: self.heights(),
            first_var: self.next_var,
            start: self.pc(),
        });
    }

    /// Closes the innermost loop, with everything that belongs to its range emitted.
    pub fn close_loop(&mut self) {
        let Some(cx) = self.loops.pop() else { return };
        let cleanup = self.cleanup(cx.first_var, cx.heights);
        let end = self.here();
        self.unit.loops.push(LoopInfo {
            range: (0, 0),
            label: cx.label,
            targets: [0; 3],
            saves: 0,
            marks: cx.marks,
            handlers: 0,
            cleanup,
        });
        self.loop_labels.push((cx.targets, (cx.start, end)));
        let dynamics = self.dynamics[..cx.depth].to_vec();
        self.loop_dynamics.push(dynamics);
    }

    /// Drops what the statement's temporaries hold, down to `floor`.
    pub fn clear_temps(&mut self, floor: Heights) {
        for c in [3, 1, 0, 2] {
            let dirty = self.temps.dirty[c];
            if dirty > floor[c] {
                self.emit(Op::ClearTemps(BASES[c] + floor[c], dirty - floor[c]));
                self.temps.dirty[c] = floor[c];
            }
        }
    }
}

/// Kind of a lexical by sigil.
pub fn pad_kind(sigil: ast::Sigil) -> PadKind {
    match sigil {
        ast::Sigil::Array => PadKind::Array,
        ast::Sigil::Hash => PadKind::Hash,
        ast::Sigil::Code => PadKind::Code,
        _ => PadKind::Scalar,
    }
}

/// The sigil as written.
pub fn sigil_char(sigil: ast::Sigil) -> char {
    match sigil {
        ast::Sigil::Scalar => '$',
        ast::Sigil::Array => '@',
        ast::Sigil::Hash => '%',
        ast::Sigil::Code => '&',
        ast::Sigil::Glob => '*',
    }
}

impl Lower<'_> {
    /// A declaration's number in the process.
    pub fn decl_number(&self, id: ast::DeclId) -> DeclId {
        match self.ast[id].kind {
            ast::DeclKind::Outer(key) => key,
            _ => self.session.number(id.index()),
        }
    }

    /// What the tables say of a declaration.
    pub fn visible_of(&self, id: ast::DeclId) -> Visible {
        let d = &self.ast[id];
        let our = match d.kind {
            ast::DeclKind::Our(name) => Some(self.ast[name].into()),
            _ => None,
        };
        let bare = &self.ast[d.name];
        let mut name = String::with_capacity(bare.len() + 1);
        name.push(sigil_char(d.sigil));
        name.push_str(bare);
        Visible {
            decl: self.decl_number(id),
            name: name.into(),
            kind: pad_kind(d.sigil),
            our,
        }
    }

    /// The register of a `my` or `state` variable being declared; `state` variables become captures.
    pub fn declare(&mut self, id: ast::DeclId) -> R {
        let v = self.visible_of(id);
        self.warn_masked(id, &v);
        if matches!(self.ast[id].kind, ast::DeclKind::State) {
            let u = match self.b.ups.get(&v.decl) {
                Some(&u) => u,
                None => {
                    let from = if self.session.kept.contains(&v.decl) {
                        CaptureFrom::First(v.decl)
                    } else {
                        CaptureFrom::State
                    };
                    let u = self.b.add_capture(&v, from);
                    self.b.visible.push(v.clone());
                    u
                }
            };
            let r = self.b.bind_capture(v.decl, u);
            self.scalar_attributes(id, r);
            return r;
        }
        let decl = v.decl;
        let r = self.b.declare(v);
        if self.session.first.contains(&decl) && !self.b.unit.presets.contains(&(r, decl)) {
            self.b.unit.presets.push((r, decl));
        }
        self.scalar_attributes(id, r);
        r
    }

    fn scalar_attributes(&mut self, id: ast::DeclId, r: R) {
        let decl = &self.ast[id];
        if !decl.attrs.is_empty() && decl.sigil == ast::Sigil::Scalar {
            self.variable_attributes(id, r);
        }
    }

    /// `my $x; my $x`
    fn warn_masked(&mut self, id: ast::DeclId, v: &Visible) {
        let known = self.b.homes.contains_key(&v.decl) || self.b.ups.contains_key(&v.decl);
        if known || !self.b.in_scope(&v.name) {
            return;
        }
        let word = match self.ast[id].kind {
            ast::DeclKind::State => "state",
            _ => "my",
        };
        let what = match self.ast[id].sigil {
            ast::Sigil::Code => "subroutine",
            _ => "variable",
        };
        let text = format!(
            "\"{word}\" {what} {} masks earlier declaration in same scope",
            v.name
        );
        self.warn("shadow", self.ast[id].span, text);
    }

    /// `our`: visible to `eval STRING`.
    pub fn declare_our(&mut self, id: ast::DeclId) {
        let v = self.visible_of(id);
        self.b.visible.push(v);
    }

    /// The register of a visible lexical.
    pub fn lexical(&mut self, id: ast::DeclId) -> R {
        let decl = self.decl_number(id);
        if let Some(&r) = self.b.homes.get(&decl) {
            return r;
        }
        let v = self.visible_of(id);
        let u = self.capture(&v, self.outer.len());
        self.b.bind_capture(decl, u)
    }

    /// The capture index of a lexical of an enclosing body, in the body at `level`.
    fn capture(&mut self, v: &Visible, level: usize) -> u16 {
        if let Some(&u) = self.body_at(level).ups.get(&v.decl) {
            return u;
        }
        let from = if level == 0 {
            self.session.first.insert(v.decl);
            CaptureFrom::First(v.decl)
        } else {
            let parent = self.body_at(level - 1);
            match (parent.ups.get(&v.decl), parent.homes.get(&v.decl)) {
                (Some(&u), _) => CaptureFrom::Up(u),
                (None, Some(&r)) => CaptureFrom::Reg(r),
                (None, None) => CaptureFrom::Up(self.capture(v, level - 1)),
            }
        };
        self.body_at(level).add_capture(v, from)
    }

    /// Captures a lexical of an enclosing body that no operation reads.
    pub fn capture_unused(&mut self, id: ast::DeclId) {
        let v = self.visible_of(id);
        if v.our.is_none() && !self.b.homes.contains_key(&v.decl) {
            self.capture(&v, self.outer.len());
        }
    }

    fn body_at(&mut self, level: usize) -> &mut Body {
        if level < self.outer.len() {
            &mut self.outer[level]
        } else {
            &mut self.b
        }
    }

    /// Captures everything visible (an `eval STRING` may name any of it).
    pub fn capture_all_visible(&mut self) {
        let all: Vec<Visible> = self
            .outer
            .iter()
            .flat_map(|b| b.visible.iter().cloned())
            .collect();
        for v in all.into_iter().chain(self.session_visible()) {
            if v.our.is_none() && !self.b.homes.contains_key(&v.decl) {
                self.capture(&v, self.outer.len());
            }
        }
    }

    fn session_visible(&self) -> Vec<Visible> {
        self.around.clone()
    }

    /// The table entry for an `eval STRING` here.
    pub fn eval_scope(&mut self) -> u16 {
        let mut list: Vec<Capture> = Vec::new();
        let around = self.session_visible();
        let outer: Vec<Visible> = self
            .outer
            .iter()
            .flat_map(|b| b.visible.iter().cloned())
            .collect();
        for v in around.into_iter().chain(outer) {
            let from = if v.our.is_some() {
                CaptureFrom::State
            } else if self.b.homes.contains_key(&v.decl) && !self.b.ups.contains_key(&v.decl) {
                CaptureFrom::Reg(self.b.homes[&v.decl])
            } else {
                CaptureFrom::Up(self.capture(&v, self.outer.len()))
            };
            list.push(Capture {
                decl: v.decl,
                name: v.name,
                kind: v.kind,
                from,
                our: v.our,
            });
        }
        for v in self.b.visible.clone() {
            let from = match (self.b.ups.get(&v.decl), self.b.homes.get(&v.decl)) {
                (Some(&u), _) => CaptureFrom::Up(u),
                (None, Some(&r)) => CaptureFrom::Reg(r),
                (None, None) => CaptureFrom::State,
            };
            list.push(Capture {
                decl: v.decl,
                name: v.name,
                kind: v.kind,
                from,
                our: v.our,
            });
        }
        self.b.unit.scopes.push(list);
        self.b.unit.scopes.len() as u16 - 1
    }
}
