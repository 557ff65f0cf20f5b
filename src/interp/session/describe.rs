//! What kind of value something is, in words: for `:type`; and what a native function does, for `:doc`.
use super::Session;
use crate::native;
use crate::value::code::Body;
use crate::value::{Ref, Val};
use crate::vm::Vm;

impl Session {
    /// Describes values, a line each.
    pub fn describe(&self, values: &[Val]) -> String {
        match values {
            [] => "an empty list\n".into(),
            [one] => format!("{}\n", describe(one)),
            many => {
                let mut out = format!("a list of {}\n", counted(many.len(), "value"));
                for val in many.iter().take(20) {
                    out.push_str(&format!("  {}\n", describe(val)));
                }
                if many.len() > 20 {
                    out.push_str(&format!("  ... {} more\n", many.len() - 20));
                }
                out
            }
        }
    }
}

impl Session {
    /// How a native function is called, and the line about it; by its full name, or by that it has here.
    pub fn doc(&self, vm: &Vm, name: &str) -> Option<(String, &'static str)> {
        let here = self.symbol(vm, name).and_then(|glob| glob.code());
        let full = here.map_or_else(|| name.to_owned(), |code| code.full_name());
        let row = native::find(&full)?;
        let prototype = row.prototype.map_or(String::new(), |p| format!("({p})"));
        Some((full + &prototype, row.doc))
    }
}

fn counted(n: usize, thing: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {thing}{plural}")
}

fn describe(val: &Val) -> String {
    match val {
        Val::Undef | Val::Hole => "undef".into(),
        Val::Bool(_) => "a boolean".into(),
        Val::Int(_) | Val::UInt(_) => "an integer".into(),
        Val::Num(_) => "a floating-point number".into(),
        Val::Str(text) => {
            let size = if text.is_utf8() {
                let letters = counted(text.char_len(), "character");
                format!("{letters}, {} in UTF-8", counted(text.len(), "byte"))
            } else {
                counted(text.len(), "byte")
            };
            format!("a string of {size}")
        }
        Val::Dual(_) => "a number and a string at once".into(),
        Val::Glob(glob) => format!("the glob *{}", glob.full_name()),
        Val::Regexp(_) => "a compiled pattern".into(),
        other => match other.referent() {
            Some(referent) => reference(&referent),
            None => "an internal value".into(),
        },
    }
}

fn reference(referent: &Ref) -> String {
    let what = match referent {
        Ref::Array(array) => format!("an array of {}", counted(array.len(), "element")),
        Ref::Hash(hash) => format!("a hash of {}", counted(hash.len(), "key")),
        Ref::Code(code) => match code.body() {
            Body::Native(..) | Body::Host(..) => {
                format!("the sub {}, written in Rust", code.full_name())
            }
            Body::Stub => format!("the sub {}, declared only", code.full_name()),
            _ if code.full_name().ends_with("__ANON__") => "an anonymous sub".into(),
            _ => format!("the sub {}", code.full_name()),
        },
        Ref::Glob(glob) => format!("the glob *{}", glob.full_name()),
        Ref::Scalar(scalar) => scalar.with(|val| match val {
            Val::Regexp(_) => "a compiled pattern".into(),
            other if other.is_ref() => "a reference".into(),
            _ => "a scalar".into(),
        }),
        Ref::Io(_) => "a handle".into(),
        Ref::Format(_) => "a format".into(),
    };
    match referent.blessed() {
        Some(stash) => {
            let classes: Vec<String> = stash
                .linear()
                .iter()
                .map(|stash| stash.name().to_string())
                .collect();
            format!("an object of {} ({what})", classes.join(" < "))
        }
        None => format!("a reference to {what}"),
    }
}
