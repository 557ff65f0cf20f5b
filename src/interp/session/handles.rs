//! The open descriptors: their Perl handles, what they stand on, and who has the other end.
use super::Session;
use crate::syntax::ast::Sigil;
use crate::sys::{self, fd, socket};
use crate::value::{Io, Rc, Val};
use crate::vm::Vm;

/// One descriptor of a process: its number and what it stands on (`pipe:[123]`, a path).
type Entry = (i32, String);

impl Session {
    /// A table of the process's descriptors.
    pub fn handles(&self, vm: &mut Vm) -> String {
        let own = entries("self");
        let children: Vec<(i32, Vec<Entry>)> = self
            .children(vm)
            .into_iter()
            .map(|child| (child.pid, entries(&child.pid.to_string())))
            .collect();
        let names = self.handle_names(vm);
        let mut out = String::new();
        for (number, what) in &own {
            if self.terminal.is_some_and(|kept| kept.is(*number)) {
                continue;
            }
            let name = names
                .iter()
                .filter(|(fd, _)| fd == number)
                .map(|(_, name)| name.as_str());
            let name = name.collect::<Vec<_>>().join(" ");
            let end = other_end(*number, what, &own, &children);
            let line = format!(
                "  {number:>3}  {:<10}  {name:<12}  {what}{end}",
                access(*number)
            );
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// Descriptor numbers with the names of the Perl handles on them.
    fn handle_names(&self, vm: &mut Vm) -> Vec<(i32, String)> {
        let mut out = Vec::new();
        for stash in vm.symbols.all() {
            for (_, entry) in stash.symbols().pairs() {
                let Val::Glob(glob) = entry else { continue };
                if let Some(fd) = glob.io().and_then(|io| number(&io)) {
                    let full = glob.full_name();
                    let name = full.strip_prefix("main::").unwrap_or(&full);
                    out.push((fd, name.to_owned()));
                }
            }
        }
        for kept in &self.lexicals {
            if kept.sigil != Sigil::Scalar || kept.our.is_some() {
                continue;
            }
            let Some(Val::Cell(cell)) = vm.first_if(kept.key) else {
                continue;
            };
            let io = match cell.get() {
                Val::GRef(glob) | Val::Glob(glob) => glob.io(),
                Val::IoRef(io) => Some(io),
                _ => None,
            };
            if let Some(fd) = io.and_then(|io| number(&io)) {
                out.push((fd, format!("${}", kept.name)));
            }
        }
        out.sort();
        out.dedup();
        out
    }
}

fn number(io: &Rc<Io>) -> Option<i32> {
    let handle = io.handle()?;
    let handle = handle.try_borrow().ok()?;
    handle.is_open().then(|| handle.fd()).flatten()
}

/// The descriptors of a process, as proc(5) lists them, lowest first.
fn entries(process: &str) -> Vec<Entry> {
    let folder = format!("/proc/{process}/fd");
    let Ok(mut dir) = sys::dir::Dir::open(folder.as_bytes()) else {
        return Vec::new();
    };
    let reading = if process == "self" { dir.fd() } else { -1 };
    let mut out = Vec::new();
    while let Ok(Some(entry)) = dir.read() {
        let name = String::from_utf8_lossy(&entry.name).into_owned();
        let Ok(number) = name.parse::<i32>() else {
            continue;
        };
        if number == reading {
            continue;
        }
        let link = sys::file::readlink(format!("{folder}/{name}").as_bytes());
        let what = link.map_or_else(
            |_| "?".into(),
            |text| String::from_utf8_lossy(&text).into_owned(),
        );
        out.push((number, what));
    }
    let _ = dir.close();
    out.sort();
    out
}

fn access(number: i32) -> &'static str {
    match fd::status_flags(number).map(sys::file::access_of_flags) {
        Ok((true, true)) => "read/write",
        Ok((true, false)) => "read",
        Ok((false, true)) => "write",
        _ => "",
    }
}

/// Who has the other end of a pipe, or whom a socket talks to.
fn other_end(number: i32, what: &str, own: &[Entry], children: &[(i32, Vec<Entry>)]) -> String {
    if what.starts_with("socket:") {
        return socket_ends(number);
    }
    if !what.starts_with("pipe:") {
        return String::new();
    }
    let mut ends = Vec::new();
    let mine = access(number);
    for (other, at) in own {
        if at == what && *other != number && access(*other) != mine {
            ends.push(format!("descriptor {other}"));
        }
    }
    for (pid, entries) in children {
        for (other, _) in entries.iter().filter(|(_, at)| at == what) {
            ends.push(format!("descriptor {other} of child {pid}"));
        }
    }
    match ends.is_empty() {
        true => String::new(),
        false => format!("  <-> {}", ends.join(", ")),
    }
}

fn socket_ends(number: i32) -> String {
    let here = socket::getsockname(number)
        .ok()
        .and_then(|address| socket_text(address.bytes()));
    let there = socket::getpeername(number)
        .ok()
        .and_then(|address| socket_text(address.bytes()));
    match (here, there) {
        (Some(here), Some(there)) => format!("  {here} <-> {there}"),
        (Some(here), None) => format!("  {here}"),
        (None, Some(there)) => format!("  <-> {there}"),
        (None, None) => String::new(),
    }
}

/// A packed address as `HOST:PORT` or a path.
fn socket_text(packed: &[u8]) -> Option<String> {
    if let Some((port, host)) = socket::unpack_in(packed) {
        return Some(format!("{}:{port}", socket::address_text(&host)?));
    }
    if let Some(parts) = socket::unpack_in6(packed) {
        let host = socket::address_text(&parts.address)?;
        return Some(format!("[{host}]:{}", parts.port));
    }
    let path = socket::unpack_un(packed)?;
    match path.split_first() {
        None => None,
        Some((0, name)) => Some(format!("@{}", String::from_utf8_lossy(name))),
        Some(_) => Some(String::from_utf8_lossy(&path).into_owned()),
    }
}
