//! Build script: makes the table of modules that the binary carries, from the files of this folder,
//! and says how the binary is linked.
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("stdlib");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    let mut rows: Vec<(String, &PathBuf)> = files
        .iter()
        .map(|f| {
            (
                f.strip_prefix(&root)
                    .unwrap_or(f)
                    .to_string_lossy()
                    .into_owned(),
                f,
            )
        })
        .collect();
    rows.sort();
    let mut table = String::from("pub static MODULES: &[(&str, &[u8])] = &[\n");
    for (name, file) in &rows {
        let path = file.to_string_lossy();
        let _ = writeln!(table, "    ({name:?}, include_bytes!({path:?})),");
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("stdlib.rs");
    fs::write(out, table)?;
    println!("cargo::rerun-if-changed=stdlib");
    if is_native() {
        link_unwinder();
        link_in_place();
    }
    Ok(())
}

/// Is this a build for the kind of system it runs on, with the system's C library?
fn is_native() -> bool {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|v| v == value);
    let native = env::var("HOST").is_ok_and(|host| is("TARGET", &host));
    native && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu")
}

/// Gives the binary a fixed address, as the interpreters of other languages have: 16,000 addresses
/// in its tables need no correction then each time it starts, and 80 pages of them stay shared.
/// (The heap, the stack and the libraries are where chance puts them, as before.)
fn link_in_place() {
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    if !features.split(',').any(|feature| feature == "crt-static") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// Takes the unwinder into the binary where the C compiler has it as an archive: finding and
/// loading the shared library is a tenth of the time in which a short program starts and ends.
fn link_unwinder() {
    let Ok(answer) = Command::new("cc")
        .arg("-print-file-name=libgcc_eh.a")
        .output()
    else {
        return;
    };
    let archive = PathBuf::from(String::from_utf8_lossy(&answer.stdout).trim());
    if let (true, Some(dir)) = (archive.is_file(), archive.parent()) {
        println!("cargo::rustc-link-search=native={}", dir.display());
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// All `.pm` and `.pl` files below `dir`.
fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "pm" || e == "pl") {
            files.push(path);
        }
    }
    Ok(())
}
