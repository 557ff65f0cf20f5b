//! The subs of package CORE: perlfunc's functions as code references, `&CORE::push` (CORE, "CALLING THE SUBS").
//!
//! The sub of a name exists from the first mention of the name. Its first call writes it in Perl, by its prototype,
//! and from then on it is a sub like others.

use super::Vm;
use super::call::Call;
use super::die::Exec;
use super::host::EvalScope;
use super::native::{Ret, Row, special};
use crate::bytecode::Want;
use crate::signature::Builtin;
use crate::text::PerlStr;
use crate::value::{Code, Rc, Val};

static FIRST_CALL: Row = special("CORE", first_call);

/// Words that are no functions of the table but have subs.
const WORDS: [&str; 5] = ["__FILE__", "__LINE__", "__PACKAGE__", "__SUB__", "not"];

/// Lets names in package CORE have their subs.
pub(super) fn install(vm: &mut Vm) {
    let id = vm.add_native(&FIRST_CALL);
    vm.symbols.set_core(Box::new(move |name| {
        let builtin = Builtin::from_name(name)
            .filter(|b| !matches!(b, Builtin::Print | Builtin::Printf | Builtin::Say));
        if builtin.is_none() && !WORDS.contains(&name) {
            return None;
        }
        let code = Code::native(id);
        code.set_name("CORE", name);
        let prototype = match name {
            "not" => Some("$;"),
            _ => builtin.map_or(Some(""), Builtin::prototype),
        };
        code.set_prototype(prototype.map(PerlStr::from));
        Some(code)
    }));
}

fn first_call(call: &mut Call<'_>) -> Exec<Ret> {
    let Some(code) = call.code.clone() else {
        return Ok(Ret::Nothing);
    };
    let name = code.name().map(|n| n.1.to_string()).unwrap_or_default();
    if name == "__SUB__" {
        if call.argc() > 0 {
            return Err(call.die("Too many arguments for __SUB__"));
        }
        let sub = call.vm.frames.last().map(|frame| frame.code.clone());
        return Ok(Ret::One(sub.map_or(Val::Undef, Val::CRef)));
    }
    let Some(text) = text_of(&name) else {
        return Err(call.die(format!("&CORE::{name} cannot be called directly")));
    };
    let (own, prototype) = (compiled(call.vm, &text)?, code.prototype());
    code.adopt(&own);
    code.set_prototype(prototype);
    let args: Vec<Val> = (0..call.argc()).map(|i| call.raw(i)).collect();
    let want = call.want();
    let vals = call.vm.call_code(code, &args, want)?;
    call.list(vals)
}

/// The sub that a text gives.
fn compiled(vm: &mut Vm, text: &str) -> Exec<Rc<Code>> {
    let Some(host) = vm.host.clone() else {
        return Err(vm.die("CORE: no loader"));
    };
    let scope = EvalScope {
        lexicals: &[],
        hints: None,
        bytes: false,
    };
    let unit = host.compile_eval(vm, &Val::str(text), &scope)?;
    let unit = vm.load_unit(unit)?;
    let val = vm.call_code(unit, &[], Want::Scalar)?.pop();
    match val {
        Some(Val::CRef(code)) => Ok(code),
        _ => Err(vm.die("CORE: no sub")),
    }
}

/// A sub in Perl that passes its arguments to the function.
fn text_of(name: &str) -> Option<String> {
    let place = "sprintf(' at %s line %d.', (CORE::caller 0)[1, 2])";
    let none = format!("CORE::die('Too many arguments for {name}' . {place} . \"\\n\") if @_; ");
    let body = match name {
        "__FILE__" => none + "(CORE::caller 0)[1]",
        "__LINE__" => none + "(CORE::caller 0)[2]",
        "__PACKAGE__" => none + "(CORE::caller 0)[0]",
        "wantarray" => none + "(CORE::caller 1)[5]",
        "caller" => "CORE::caller(1 + ($_[0] // 0))".to_string(),
        "select" => "@_ == 4 ? CORE::select($_[0], $_[1], $_[2], $_[3]) : @_ ? CORE::select($_[0]) : CORE::select()"
            .to_string(),
        "die" | "warn" => format!(
            "my $m = CORE::join '', @_; CORE::{name}(@_ == 1 && ref $_[0] ? $_[0] : $m =~ /\\n\\z/ ? $m : $m . {place} . \"\\n\")"
        ),
        "not" => format!(
            "CORE::die('Too many arguments for not' . {place} . \"\\n\") if @_ > 1; !$_[0]"
        ),
        "glob" => "CORE::glob(@_ ? $_[0] : $_)".to_string(),
        "eof" | "lstat" | "stat" => return None,
        _ => {
            let prototype = Builtin::from_name(name)?.prototype()?;
            by_prototype(name, prototype, place)
        }
    };
    let lvalue = match name {
        "keys" | "pos" | "substr" | "undef" | "vec" => ": lvalue",
        _ => "",
    };
    Some(format!(
        "no strict; no warnings; use feature ':all'; sub {lvalue} {{ {body} }}"
    ))
}

/// A parameter of a prototype.
enum Param {
    /// By value or alias.
    Plain,
    /// A reference to one of these kinds stands for the thing itself.
    Referred(Vec<char>),
    /// All that are left.
    Rest,
}

fn params(prototype: &str) -> (Vec<Param>, usize) {
    let (mut params, mut required) = (Vec::new(), None);
    let mut chars = prototype.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => required = Some(params.len()),
            '@' | '%' => {
                required.get_or_insert(params.len());
                params.push(Param::Rest);
            }
            '\\' => match chars.next() {
                Some('[') => {
                    let kinds = chars.by_ref().take_while(|c| *c != ']').collect();
                    params.push(Param::Referred(kinds));
                }
                Some(kind) => params.push(Param::Referred(vec![kind])),
                None => {}
            },
            '_' => {
                required.get_or_insert(params.len());
                params.push(Param::Plain);
            }
            _ => params.push(Param::Plain),
        }
    }
    let required = required.unwrap_or(params.len());
    (params, required)
}

fn by_prototype(name: &str, prototype: &str, place: &str) -> String {
    let (params, required) = params(prototype);
    let rest = matches!(params.last(), Some(Param::Rest));
    let mut text = String::new();
    if required > 0 {
        text += &format!(
            "CORE::die('Not enough arguments for {name}' . {place} . \"\\n\") if @_ < {required}; "
        );
    }
    if !rest {
        let most = params.len();
        text += &format!(
            "CORE::die('Too many arguments for {name}' . {place} . \"\\n\") if @_ > {most}; "
        );
    }
    // the kinds of what the first argument may refer to
    let forms: Vec<(&str, &str)> = match params.first() {
        Some(Param::Referred(kinds)) => {
            text += &checked(name, 1, kinds, place);
            kinds.iter().map(|k| form(*k)).collect()
        }
        _ => vec![("", "$_[0]")],
    };
    if name == "lock" {
        return text + "$_[0]";
    }
    if let Some(Param::Referred(kinds)) = params.get(1) {
        text += &checked(name, 2, kinds, place);
    }
    let least = required.min(params.len());
    for count in (least..=params.len()).rev() {
        let fixed = count - usize::from(count == params.len() && rest);
        let mut args: Vec<String> = (1..fixed)
            .map(|i| match &params[i] {
                Param::Referred(kinds) => form(kinds[0]).1.replace("$_[0]", &format!("$_[{i}]")),
                _ => format!("$_[{i}]"),
            })
            .collect();
        if fixed < count {
            args.push(format!("@_[{fixed} .. $#_]"));
        }
        for (kind, first) in &forms {
            let mut all = args.clone();
            if fixed > 0 {
                all.insert(0, (*first).to_string());
            }
            let kind = match (kind.is_empty(), fixed) {
                (true, _) | (_, 0) => String::new(),
                _ => format!(" and $k eq '{kind}'"),
            };
            text += &format!(
                "return CORE::{name}({}) if @_ >= {fixed}{kind}; ",
                all.join(", ")
            );
        }
    }
    text
}

/// The kind of reference behind a sigil, and how what it refers to is written.
fn form(sigil: char) -> (&'static str, &'static str) {
    match sigil {
        '@' => ("ARRAY", "@{$_[0]}"),
        '%' => ("HASH", "%{$_[0]}"),
        '&' => ("CODE", "&{$_[0]}"),
        '*' => ("GLOB", "*{$_[0]}"),
        _ => ("SCALAR", "${$_[0]}"),
    }
}

/// Code that sees to it that an argument is a reference of the right kind; `$k` is that kind.
fn checked(name: &str, number: usize, kinds: &[char], place: &str) -> String {
    let wanted = match kinds {
        ['@'] => "array reference",
        ['%'] => "hash reference",
        ['%', '@'] => "hash or array reference",
        ['$'] => "scalar reference",
        ['$', '*'] => "scalar reference",
        ['$', '@', '%', '*'] => "reference to one of [$@%*]",
        _ => "reference to one of [$@%&*]",
    };
    let known: Vec<&str> = kinds.iter().map(|k| form(*k).0).collect();
    let at = number - 1;
    let k = if at == 0 { "$k" } else { "$k1" };
    format!(
        "my {k} = builtin::reftype($_[{at}]) // ''; {k} = 'SCALAR' if {k} =~ /^(?:REF|LVALUE|VSTRING|REGEXP)$/; \
         CORE::die('Type of arg {number} to &CORE::{name} must be {wanted}' . {place} . \"\\n\") \
         if @_ >= {number} and not {k} =~ /^(?:{})$/; ",
        known.join("|")
    )
}
