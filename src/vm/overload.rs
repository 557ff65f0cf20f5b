//! Operator overloading (perldoc overload): the class's methods named `(+`, `(""`, ...
//!
//! `use overload` stores a sub under `(` and the operator's key, or a stub with the name of a
//! method in the scalar of the same glob; `()` marks the class and its scalar is `fallback`.

use super::Vm;
use super::die::Exec;
use crate::text::{Numeric, PerlStr};
use crate::value::{Code, HasSide, Rc, Scalar, Stash, Val};

/// The deepest chain of conversions that give objects again.
const DEEPEST: usize = 100;

impl Vm {
    /// The sub for an operator of a class.
    pub(in crate::vm) fn overload_method(
        &mut self,
        stash: &Rc<Stash>,
        op: &str,
    ) -> Exec<Option<Rc<Code>>> {
        if let Some(known) = stash.known_operator(op) {
            return Ok(known);
        }
        let code = self.find_operator(stash, op)?;
        stash.remember_operator(op, code.clone());
        Ok(code)
    }

    fn find_operator(&mut self, stash: &Rc<Stash>, op: &str) -> Exec<Option<Rc<Code>>> {
        let key = format!("({op}");
        let Some(code) = stash.find_method(&key) else {
            return Ok(None);
        };
        // A stub of overload.pm stands for a method name.
        let is_nil = !code.is_defined()
            || code
                .name()
                .is_some_and(|(p, n)| &*p == "overload" && &*n == "nil");
        if !is_nil {
            return Ok(Some(code));
        }
        for class in stash.linear().iter() {
            if let Some(glob) = class.glob_if(&key)
                && glob.code().is_some()
            {
                let name = glob.scalar().get();
                if name.is_undef() {
                    return Ok(None);
                }
                if let Val::CRef(code) = name {
                    return Ok(Some(code));
                }
                let name = name.to_str().to_str_lossy().into_owned();
                return match stash.find_method(&name) {
                    Some(code) => Ok(Some(code)),
                    None => Err(self.die(format!(
                        "Can't resolve method \"{name}\" overloading \"{op}\" in package \"{}\"",
                        stash.name()
                    ))),
                };
            }
        }
        Ok(None)
    }

    /// `fallback` of a class: `None` undef, else its truth.
    pub(super) fn overload_fallback(&mut self, stash: &Rc<Stash>) -> Option<bool> {
        for class in stash.linear().iter() {
            if let Some(glob) = class.glob_if("()") {
                let val = glob.scalar().get();
                if glob.code().is_some() || !val.is_undef() {
                    return if val.is_undef() {
                        None
                    } else {
                        Some(val.to_bool())
                    };
                }
            }
        }
        None
    }

    fn overload_call(&mut self, code: Rc<Code>, args: &[Val]) -> Exec<Val> {
        self.call_for_one(&code, args)
    }

    fn unary(&mut self, val: &Val, ops: &[&str]) -> Exec<Option<(Val, usize)>> {
        if self.no_overloading() {
            return Ok(None);
        }
        let Some(stash) = val.blessed() else {
            return Ok(None);
        };
        for (i, op) in ops.iter().enumerate() {
            if let Some(code) = self.overload_method(&stash, op)? {
                let got = self.overload_call(code, &[val.clone(), Val::Undef, Val::Bool(false)])?;
                return Ok(Some((got, i)));
            }
            if i == 0 && self.overload_fallback(&stash) == Some(false) {
                return Ok(None);
            }
        }
        Ok(None)
    }

    fn no_overloading(&self) -> bool {
        self.hint(crate::diag::hints::NO_AMAGIC)
    }

    /// Does a conversion give the object itself back? Then it counts as not overloaded.
    fn same_object(a: &Val, b: &Val) -> bool {
        a.is_ref() && a.same_bits(b)
    }

    /// `""`, or a conversion that stands in for it.
    pub(super) fn overload_str(&mut self, val: &Val) -> Exec<Option<PerlStr>> {
        self.overload_convert(val, &["\"\"", "0+", "bool"])
            .map(|v| v.map(|v| v.to_str()))
    }

    /// `0+`, or a conversion that stands in for it.
    pub(super) fn overload_num(&mut self, val: &Val) -> Exec<Option<Numeric>> {
        match self.overload_convert(val, &["0+", "\"\"", "bool"])? {
            Some(got) if got.is_ref() => Ok(Some(got.to_num())),
            Some(got) => self.num(&got).map(Some),
            None => Ok(None),
        }
    }

    /// `bool`, or a conversion that stands in for it.
    pub(super) fn overload_bool(&mut self, val: &Val) -> Exec<Option<bool>> {
        Ok(self
            .overload_convert(val, &["bool", "0+", "\"\""])?
            .map(|v| v.to_bool()))
    }

    /// A conversion followed until it gives what is no overloaded object.
    fn overload_convert(&mut self, val: &Val, ops: &[&str]) -> Exec<Option<Val>> {
        let mut now = val.clone();
        for _ in 0..DEEPEST {
            let Some((got, _)) = self.unary(&now, ops)? else {
                if let Some(stash) = now.blessed()
                    && stash.overloads()
                    && !self.no_overloading()
                    && self.overload_fallback(&stash) == Some(false)
                {
                    let class = stash.name();
                    let op = ops[0];
                    return Err(self.die(format!(
                        "Operation \"{op}\": no method found, argument in overloaded package {class}"
                    )));
                }
                return Ok(if Self::same_object(&now, val) {
                    None
                } else {
                    Some(now)
                });
            };
            if !got.is_overloaded() || Self::same_object(&got, &now) {
                return Ok(Some(got));
            }
            now = got;
        }
        Ok(Some(now))
    }

    /// The value of an object as a number for arithmetic on it: what `0+` gives, if it has any.
    pub(super) fn overload_deref(&mut self, val: &Val, op: &str) -> Exec<Option<Val>> {
        let mut now = val.clone();
        for _ in 0..DEEPEST {
            if self.no_overloading() {
                break;
            }
            let Some(stash) = now.blessed() else { break };
            if !stash.overloads() {
                break;
            }
            let Some(code) = self.overload_method(&stash, op)? else {
                break;
            };
            let got = self.overload_call(code, &[now.clone(), Val::Undef, Val::Bool(false)])?;
            if !got.is_ref() && !matches!(got, Val::Glob(_)) {
                return Err(self.die(format!("Overloaded dereference did not return a reference")));
            }
            if Self::same_object(&got, &now) {
                return Ok(Some(got));
            }
            now = got;
        }
        Ok(if Self::same_object(&now, val) {
            None
        } else {
            Some(now)
        })
    }

    fn overloads_any(&mut self, stash: &Rc<Stash>, ops: &[&str]) -> Exec<bool> {
        for op in ops {
            if self.overload_method(stash, op)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A unary operator with a method of its own (`neg`, `!`, `~`, `abs`, `<>`, `-X`, `qr` ...).
    pub fn overload_unary(&mut self, val: &Val, op: &str) -> Exec<Option<Val>> {
        if !val.is_overloaded() || self.no_overloading() {
            return Ok(None);
        }
        let Some(stash) = val.blessed() else {
            return Ok(None);
        };
        if let Some(code) = self.overload_method(&stash, op)? {
            return self
                .overload_call(code, &[val.clone(), Val::Undef, Val::Bool(false)])
                .map(Some);
        }
        // What perl makes of other methods ("Minimal Set of Overloaded Operations").
        if self.overload_fallback(&stash) != Some(false) {
            let zero = Val::Int(0);
            match op {
                "neg" => {
                    if let Some(code) = self.overload_method(&stash, "-")? {
                        return self
                            .overload_call(code, &[val.clone(), zero, Val::Bool(true)])
                            .map(Some);
                    }
                }
                "abs"
                    if self.overloads_any(&stash, &["<", "<=>"])?
                        && self.overloads_any(&stash, &["neg", "-"])? =>
                {
                    let less = self.overload_binary(val, &zero, "<", false)?;
                    if let Some(less) = less {
                        return if self.truth(&less)? {
                            self.overload_unary(val, "neg")
                        } else {
                            Ok(Some(val.clone()))
                        };
                    }
                }
                "!" if self.overloads_any(&stash, &["bool", "0+", "\"\""])? => {
                    return Ok(self.overload_bool(val)?.map(|b| Val::Bool(!b)));
                }
                _ => {}
            }
        }
        match op {
            "neg" | "!" | "~" | "abs" | "int" | "cos" | "sin" | "exp" | "log" | "sqrt" => {
                if let Some(code) = self.overload_method(&stash, "nomethod")? {
                    let args = [val.clone(), Val::Undef, Val::Bool(false), Val::str(op)];
                    return self.overload_call(code, &args).map(Some);
                }
                if !matches!(op, "int" | "!") && self.overload_fallback(&stash) != Some(true) {
                    let class = stash.name();
                    return Err(self.die(format!(
                        "Operation \"{op}\": no method found, argument in overloaded package {class}"
                    )));
                }
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// A binary operator where an operand is an object with overloading; `None`: do the plain
    /// thing. `assign`: `op=`, the left operand is about to be replaced.
    pub fn overload_binary(
        &mut self,
        left: &Val,
        right: &Val,
        op: &str,
        assign: bool,
    ) -> Exec<Option<Val>> {
        if self.no_overloading() {
            return Ok(None);
        }
        let classes = [
            if left.is_overloaded() {
                left.blessed()
            } else {
                None
            },
            if right.is_overloaded() {
                right.blessed()
            } else {
                None
            },
        ];
        if let (Some(stash), true) = (&classes[0], assign)
            && let Some(code) = self.overload_method(stash, &format!("{op}="))?
        {
            // The variable and its value in hand hold the object; more are others.
            let same = u32::from(Self::same_object(left, right));
            let left = self.overload_copy(left, 2 + same)?;
            return self
                .overload_call(code, &[left, right.clone(), Val::Undef])
                .map(Some);
        }
        let swapped = |on: bool| {
            if assign && !on {
                Val::Undef
            } else {
                Val::Bool(on)
            }
        };
        if let Some(stash) = &classes[0]
            && let Some(code) = self.overload_method(stash, op)?
        {
            return self
                .overload_call(code, &[left.clone(), right.clone(), swapped(false)])
                .map(Some);
        }
        if let Some(stash) = &classes[1]
            && let Some(code) = self.overload_method(stash, op)?
        {
            return self
                .overload_call(code, &[right.clone(), left.clone(), swapped(true)])
                .map(Some);
        }
        self.overload_made_up(left, right, (op, assign), &classes)
    }

    /// Operators perl makes of others: comparisons of `<=>` and `cmp`, `-` of nothing.
    fn overload_made_up(
        &mut self,
        left: &Val,
        right: &Val,
        (op, assign): (&str, bool),
        classes: &[Option<Rc<Stash>>; 2],
    ) -> Exec<Option<Val>> {
        let mut fallbacks = [None, None];
        for (slot, stash) in fallbacks.iter_mut().zip(classes) {
            if let Some(stash) = stash {
                *slot = Some(self.overload_fallback(stash));
            }
        }
        // `.` and `x` work on strings, whatever `nomethod` there is.
        let by_string = matches!(op, "." | "x");
        if by_string
            && fallbacks
                .iter()
                .any(|f| matches!(f, Some(None | Some(true))))
        {
            return Ok(None);
        }
        let made_up_allowed = !fallbacks.contains(&Some(Some(false)));
        let base = match op {
            "<" | "<=" | ">" | ">=" | "==" | "!=" => Some("<=>"),
            "lt" | "le" | "gt" | "ge" | "eq" | "ne" => Some("cmp"),
            _ => None,
        };
        if let (Some(base), true) = (base, made_up_allowed) {
            for (i, stash) in classes.iter().enumerate() {
                let Some(stash) = stash else { continue };
                if let Some(code) = self.overload_method(stash, base)? {
                    let (a, b) = if i == 0 { (left, right) } else { (right, left) };
                    let got =
                        self.overload_call(code, &[a.clone(), b.clone(), Val::Bool(i == 1)])?;
                    let order = self.num(&got)?.to_f64();
                    return Ok(Some(Val::Bool(match op {
                        "<" | "lt" => order < 0.0,
                        "<=" | "le" => order <= 0.0,
                        ">" | "gt" => order > 0.0,
                        ">=" | "ge" => order >= 0.0,
                        "==" | "eq" => order == 0.0,
                        _ => order != 0.0,
                    })));
                }
            }
        }
        for (i, stash) in classes.iter().enumerate() {
            let Some(stash) = stash else { continue };
            if let Some(code) = self.overload_method(stash, "nomethod")? {
                let (a, b) = if i == 0 { (left, right) } else { (right, left) };
                let name = match assign {
                    true => Val::str(&format!("{op}=")),
                    false => Val::str(op),
                };
                let swapped = match assign && i == 0 {
                    true => Val::Undef,
                    false => Val::Bool(i == 1),
                };
                let args = [a.clone(), b.clone(), swapped, name];
                return self.overload_call(code, &args).map(Some);
            }
        }
        // Conversions serve where every class has a true `fallback`.
        let must_die =
            fallbacks.contains(&Some(Some(false))) || fallbacks.contains(&Some(None)) && op != "~~";
        if must_die {
            return Err(self.no_overload(left, right, op));
        }
        Ok(None)
    }

    #[cold]
    fn no_overload(&mut self, left: &Val, right: &Val, op: &str) -> super::Die {
        let side = |val: &Val| match val.blessed() {
            Some(stash) if stash.overloads() => format!("package {}", stash.name()),
            _ => "has no overloaded magic".into(),
        };
        let lead = |val: &Val| match val.is_overloaded() {
            true => "argument in overloaded ",
            false => "argument ",
        };
        let text = format!(
            "Operation \"{op}\": no method found,\n\tleft {}{},\n\tright {}{}",
            lead(left),
            side(left),
            lead(right),
            side(right)
        );
        self.die(text)
    }

    /// The copy constructor: `$b = $a; ++$b` must not change `$a` (overload "Copy Constructor").
    /// `holders`: how many references to the object there are that the change is meant for.
    pub(super) fn overload_copy(&mut self, val: &Val, holders: u32) -> Exec<Val> {
        let Some(stash) = val.blessed() else {
            return Ok(val.clone());
        };
        if val.holders() <= holders {
            return Ok(val.clone());
        }
        if let Some(code) = self.overload_method(&stash, "=")? {
            return self.overload_call(code, &[val.clone(), Val::Undef, Val::Bool(false)]);
        }
        // An object that is a plain scalar is copied as it is.
        if let Val::SRef(cell) = val {
            let inner = cell.get();
            if !inner.is_ref() && !matches!(inner, Val::Glob(_) | Val::Regexp(_)) {
                let copy = Scalar::new(inner);
                copy.bless(stash);
                return Ok(Val::SRef(copy));
            }
        }
        Ok(val.clone())
    }
}
