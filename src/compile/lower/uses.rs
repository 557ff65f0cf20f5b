//! `use` and `no` as code: require the module, check its version, call its import method.
use super::Lower;
use crate::bytecode::{NO, Op, R, Target, Want};
use crate::syntax::ast::{DeclId, DeclKind, Sigil, StmtId, StmtKind};

impl Lower<'_> {
    /// A body that does what a `use` statement does when it is read.
    pub fn use_body(&mut self, stmt: StmtId) {
        let ast = self.ast;
        let StmtKind::Use(used) = &ast[stmt].kind else {
            return;
        };
        let Some(module) = used.module.map(|m| &ast[m]) else {
            return;
        };
        self.statement_begins();
        let file = format!("{}.pm", module.replace("::", "/").replace('\'', "/"));
        let t = self.window(1);
        let k = self.b.str_constant(&file);
        self.b.emit(Op::LoadK(t, k));
        self.b.emit(Op::Require(1, NO, t));
        let class = self.b.str_constant(module);
        if let Some(version) = used.version {
            let site = self.class_method("VERSION");
            let first = self.window(2);
            self.b.emit(Op::LoadK(first, class));
            self.scalar_to(version, first + 1);
            self.b.emit(Op::Call(2, NO, first, site));
        }
        let asked = used.args.is_none_or(|args| !args.is_empty());
        if asked {
            let site = self.class_method(if used.no { "unimport" } else { "import" });
            self.b.emit(Op::MarkCall(site));
            self.b.marks += 1;
            self.b.emit(Op::PushK(class));
            for &e in used.args.map(|args| ast.list(args)).unwrap_or_default() {
                self.aliases(e);
            }
            self.b.close(Op::CallL(NO as R, site));
        }
        self.b.emit(Op::RetVoid);
    }

    /// `my $x : Attribute`: the package of the code is told when the variable comes to be (attributes, "What happens
    /// when an attribute is used").
    pub fn variable_attributes(&mut self, d: DeclId, r: R) {
        let ast = self.ast;
        let decl = &ast[d];
        let done = matches!(decl.kind, DeclKind::State).then(|| self.once());
        let heights = self.b.heights();
        let t = self.window(1);
        let file = self.b.str_constant("attributes.pm");
        self.b.emit(Op::LoadK(t, file));
        self.b.emit(Op::Require(1, NO, t));
        let site = self.class_method("import");
        self.b.emit(Op::MarkCall(site));
        self.b.marks += 1;
        let package = self.package.clone();
        for name in ["attributes", &*package] {
            let k = self.b.str_constant(name);
            self.b.emit(Op::PushK(k));
        }
        self.b.emit(match decl.sigil {
            Sigil::Array => Op::RefArr(t, r),
            Sigil::Hash => Op::RefHash(t, r),
            _ => Op::RefOf(t, r),
        });
        self.b.emit(Op::Push(t));
        for attr in &decl.attrs {
            let arg = attr.arg.map(|arg| String::from_utf8_lossy(&ast[arg].bytes));
            let text = match arg {
                Some(arg) => format!("{}({arg})", &ast[attr.name]),
                None => ast[attr.name].to_string(),
            };
            let k = self.b.str_constant(&text);
            self.b.emit(Op::PushK(k));
        }
        self.b.close(Op::CallL(NO as R, site));
        self.b.release(heights);
        if let Some(done) = done {
            self.b.place_label(done);
        }
    }

    fn class_method(&mut self, name: &str) -> u16 {
        let target = Target::Method {
            name: name.into(),
            class: None,
            is_super: false,
        };
        self.site(target, Want::Void, false, crate::bytecode::Place::No)
    }
}
