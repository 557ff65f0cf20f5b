//! Breaks every house rule on purpose: a rule that cannot fail holds nothing.

use super::*;

fn file(path: &str, text: &str) -> Vec<File> {
    vec![File::new(path.into(), format!("//! A job.\n{text}"))]
}

fn fails(check: fn(&[File]) -> Vec<String>, path: &str, text: &str, wanted: &str) {
    let said = check(&file(path, text));
    assert!(
        said.iter().any(|s| s.contains(wanted)),
        "{path}: {text}\n  said {said:?}"
    );
}

fn holds(check: fn(&[File]) -> Vec<String>, path: &str, text: &str) {
    let said = check(&file(path, text));
    assert!(said.is_empty(), "{path}: {text}\n  said {said:?}");
}

#[test]
fn floors() {
    fails(
        check_floors,
        "src/io/handle.rs",
        "use crate::vm::Vm;",
        "upward",
    );
    fails(
        check_floors,
        "src/io/handle.rs",
        "use crate::{text::PerlStr, vm::{a, b}};",
        "upward",
    );
    fails(
        check_floors,
        "src/io/handle.rs",
        "use super::super::vm::Vm;",
        "upward",
    );
    fails(check_floors, "src/io/mod.rs", "use super::vm;", "upward");
    fails(
        check_floors,
        "src/io/mod.rs",
        "fn f() { super::regex::g() }",
        "sideways",
    );
    fails(
        check_floors,
        "src/io/mod.rs",
        "mod x { use super::super::regex; }",
        "sideways",
    );
    fails(
        check_floors,
        "src/io/mod.rs",
        "fn f() -> crate::Error { g() }",
        "root",
    );
    fails(check_floors, "src/io/mod.rs", "use crate::*;", "root");
    fails(
        check_floors,
        "src/vm/mod.rs",
        "use crate::syntax::Ast;",
        "towers",
    );
    fails(
        check_floors,
        "src/compile/lower/expr.rs",
        "use crate::sys::Errno;",
        "towers",
    );
    fails(check_floors, "src/extra/mod.rs", "", "no floor");
    fails(
        check_floors,
        "src/text/a.rs",
        "fn f() { crate::vm::g::<u8>() }",
        "upward",
    );
    holds(
        check_floors,
        "src/io/mod.rs",
        "use super::text; mod x { use super::super::text; use super::y; }",
    );
    holds(
        check_floors,
        "src/io/mod.rs",
        "use crate::sys::{self, Errno as E}; use std::collections::HashMap;",
    );
    holds(
        check_floors,
        "src/io/mod.rs",
        "// crate::vm\nconst A: &str = \"crate::vm\"; /* super::vm */",
    );
    holds(
        check_floors,
        "src/io/a/b.rs",
        "use super::super::handle::Handle; use super::c;",
    );
}

#[test]
fn macros_belong_to_their_module() {
    let mut files = file("src/vm/call.rs", "macro_rules! step { () => {} }");
    files.extend(file("src/value/array.rs", "fn f() { step!() }"));
    assert!(check_floors(&files).iter().any(|s| s.contains("upward")));
}

#[test]
fn circles() {
    let mut files = file("src/vm/a.rs", "use crate::value::x;");
    files.extend(file("src/value/a.rs", "use crate::io::x;"));
    assert!(check_circles(&files).is_empty());
    files.extend(file("src/io/a.rs", "use crate::vm::x;"));
    assert_eq!(check_circles(&files).len(), 3);
}

#[test]
fn unsafe_rooms() {
    fails(
        check_unsafe,
        "src/io/a.rs",
        "fn f() { unsafe { g() } }",
        "outside",
    );
    fails(
        check_unsafe,
        "src/sys/a.rs",
        "fn f() { unsafe { g() } }",
        "SAFETY",
    );
    fails(
        check_unsafe,
        "src/io/a.rs",
        "#[unsafe(no_mangle)] fn f() {}",
        "attribute",
    );
    holds(
        check_unsafe,
        "src/sys/a.rs",
        "// SAFETY: g has no demands\nfn f() { unsafe { g() } }",
    );
    holds(
        check_unsafe,
        "src/io/a.rs",
        "/// unsafe\nconst U: &str = \"unsafe\"; const R: &str = r#\"unsafe\"#;",
    );
    holds(
        check_unsafe,
        "src/bin/keshi/main.rs",
        "#[unsafe(no_mangle)] extern \"C\" fn main() {}",
    );
}

#[test]
fn crate_rooms() {
    fails(
        check_crates,
        "src/syntax/parser/term.rs",
        "use pest::Parser;",
        "outside its room",
    );
    fails(
        check_crates,
        "src/io/a.rs",
        "fn f() { libc::getpid(); }",
        "outside its room",
    );
    fails(
        check_crates,
        "src/regex/mod.rs",
        "use pcre2_sys::*;",
        "outside its room",
    );
    fails(
        check_crates,
        "src/api/session.rs",
        "use rustyline::Editor;",
        "outside its room",
    );
    holds(
        check_crates,
        "src/syntax/grammar.rs",
        "use keshi_grammar::Rule; use pest::Parser;",
    );
    holds(check_crates, "src/regex/engine/jit.rs", "use pcre2_sys::*;");
    holds(
        check_crates,
        "src/sys/fd.rs",
        "use nix::unistd::dup; use libc::c_int;",
    );
}

#[test]
fn system_calls() {
    fails(
        check_system,
        "src/interp/require.rs",
        "use std::fs;",
        "outside sys",
    );
    fails(
        check_system,
        "src/interp/require.rs",
        "use std::{fs::File, mem};",
        "outside sys",
    );
    fails(
        check_system,
        "src/vm/a.rs",
        "fn f() { std::thread::sleep(d) }",
        "outside sys",
    );
    fails(
        check_system,
        "src/sys/fd.rs",
        "fn f() { libc::read(0, p, n); }",
        "sys::blocking",
    );
    fails(
        check_system,
        "src/sys/fd.rs",
        "use nix::unistd::{dup, read};",
        "sys::blocking",
    );
    fails(
        check_system,
        "src/sys/fd.rs",
        "use std::fs::File;",
        "sys::blocking",
    );
    fails(
        check_system,
        "src/sys/fd.rs",
        "fn f() { std::fs::File::open(p) }",
        "sys::blocking",
    );
    holds(
        check_system,
        "src/sys/fd.rs",
        "use nix::unistd::{dup, pipe}; fn f() { libc::getpid(); }",
    );
    holds(
        check_system,
        "src/sys/blocking/read.rs",
        "fn f() { libc::read(0, p, n); }",
    );
    holds(
        check_system,
        "src/vm/a.rs",
        "use std::rc::Rc; fn f() { x.read() }",
    );
    holds(
        check_system,
        "src/vm/a.rs",
        "#[cfg(test)] mod tests { use std::fs; }",
    );
}

#[test]
fn headers_sizes_words() {
    let headless = File::new("src/io/a.rs".into(), "use a;".into());
    assert_eq!(check_headers(&[headless]).len(), 1);
    fails(check_sizes, "src/io/a.rs", &"x\n".repeat(900), "lines");
    fails(check_sizes, "src/io/utils.rs", "", "no job");
    let table = File::new(
        "src/io/t.rs".into(),
        format!("//! table: x\n{}", "x\n".repeat(900)),
    );
    assert!(check_sizes(&[table]).is_empty());
    let many: Vec<File> = (0..13)
        .map(|i| File::new(format!("src/io/a/f{i}.rs"), "//! x".into()))
        .collect();
    assert_eq!(check_sizes(&many).len(), 1);
    fails(check_words, "src/io/a.rs", "fn f() { todo!() }", "left in");
    fails(
        check_words,
        "src/io/a.rs",
        "fn f() { unimplemented!(\"x\") }",
        "left in",
    );
    holds(
        check_words,
        "src/io/a.rs",
        "// todo!()\nfn f() { \"todo!()\"; }",
    );
    assert_eq!(
        panics(&file(
            "src/io/a.rs",
            "fn f() { a.unwrap(); b.expect(\"x\"); c.unwrap_or(1) }"
        ))[0]
            .1,
        2
    );
}
