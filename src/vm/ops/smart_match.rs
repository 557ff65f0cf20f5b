//! `~~` (perlop "Smartmatch Operator"): what it does depends on both operands, the right one first.

use super::pattern::qr_of;
use crate::bytecode::{Bin, Want};
use crate::regex::{ExecOpts, Flags};
use crate::text::PerlStr;
use crate::value::{Array, Code, Hash, Key, Rc, Val};
use crate::vm::{Exec, Vm};

/// The pairs of arrays that are being compared: a structure may hold itself.
type Seen = Vec<(usize, usize)>;

/// Is it an object with a class of its own, which nobody may look into?
fn is_object(val: &Val) -> bool {
    val.is_blessed() && qr_of(val).is_none()
}

impl Vm {
    /// `x ~~ y`
    pub(in crate::vm) fn smart_match(&mut self, x: &Val, y: &Val) -> Exec<Val> {
        self.smart(x, y, &mut Vec::new())
    }

    fn smart(&mut self, x: &Val, y: &Val, seen: &mut Seen) -> Exec<Val> {
        if is_object(y) {
            let method = match y.blessed() {
                Some(class) => self.overload_method(&class, "~~")?,
                None => None,
            };
            let Some(code) = method else {
                return Err(self.die("Smart matching a non-overloaded object breaks encapsulation"));
            };
            let args = [y.clone(), x.clone(), Val::Bool(true)];
            let got = self.call_code(code, &args, Want::Scalar)?.pop();
            return Ok(got.unwrap_or_default());
        }
        if is_object(x)
            && let Some(answer) = self.overload_binary(x, y, "~~", false)?
        {
            return Ok(answer);
        }
        let answer = match y {
            Val::Undef => x.is_undef(),
            Val::CRef(code) => self.smart_code(x, code)?,
            Val::HRef(hash) => self.smart_hash(x, hash)?,
            Val::ARef(array) => self.smart_array(x, array, seen)?,
            _ if qr_of(y).is_some() => self.smart_pattern(x, y)?,
            _ if x.is_undef() => false,
            _ => return self.smart_plain(x, y),
        };
        Ok(Val::Bool(answer))
    }

    fn hash_has(&mut self, hash: &Rc<Hash>, text: &PerlStr) -> Exec<bool> {
        self.hash_exists(hash, &Key::new(text))
    }

    fn any_is_key(&mut self, hash: &Rc<Hash>, vals: &[Val]) -> Exec<bool> {
        for val in vals {
            let key = self.str(val)?;
            if self.hash_has(hash, &key)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Numbers as numbers, everything else as strings.
    fn smart_plain(&mut self, x: &Val, y: &Val) -> Exec<Val> {
        match y.is_number() || x.is_number() && y.looks_like_number() {
            true => self.binary(Bin::NumEq, x, y),
            false => self.binary(Bin::StrEq, x, y),
        }
    }

    fn smart_code(&mut self, x: &Val, code: &Rc<Code>) -> Exec<bool> {
        let all = match x {
            Val::ARef(array) if !is_object(x) => self.array_values(array)?,
            Val::HRef(hash) if !is_object(x) => {
                self.hash_keys(hash)?.into_iter().map(Val::Str).collect()
            }
            _ => vec![x.clone()],
        };
        for val in all {
            let got = self.call_code(code.clone(), &[val], Want::Scalar)?;
            match got.last() {
                Some(answer) if self.truth(answer)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    fn smart_hash(&mut self, x: &Val, hash: &Rc<Hash>) -> Exec<bool> {
        match x {
            Val::Undef => Ok(false),
            Val::HRef(other) if !is_object(x) => {
                let keys = self.hash_keys(other)?;
                if keys.len() != self.hash_keys(hash)?.len() {
                    return Ok(false);
                }
                for key in keys {
                    if !self.hash_has(hash, &key)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Val::ARef(array) if !is_object(x) => {
                let vals = self.array_values(array)?;
                self.any_is_key(hash, &vals)
            }
            _ if qr_of(x).is_some() => self.any_key_matches(hash, x),
            _ => {
                let key = self.str(x)?;
                self.hash_has(hash, &key)
            }
        }
    }

    fn smart_array(&mut self, x: &Val, array: &Rc<Array>, seen: &mut Seen) -> Exec<bool> {
        let vals = self.array_values(array)?;
        match x {
            Val::HRef(hash) if !is_object(x) => self.any_is_key(hash, &vals),
            Val::ARef(other) if !is_object(x) => {
                let others = self.array_values(other)?;
                if others.len() != vals.len() {
                    return Ok(false);
                }
                let pair = (other.address(), array.address());
                let again = |p: &Val, q: &Val, seen: &Seen| match (p, q) {
                    (Val::ARef(p), Val::ARef(q)) => seen
                        .iter()
                        .any(|pair| pair.0 == p.address() || pair.1 == q.address()),
                    _ => false,
                };
                seen.push(pair);
                let mut same = true;
                for (p, q) in others.iter().zip(&vals) {
                    // what is being compared already: the same only where it is one thing
                    same = match again(p, q, seen) {
                        true => matches!((p, q), (Val::ARef(p), Val::ARef(q)) if p.same(q)),
                        false => {
                            let answer = self.smart(p, q, seen)?;
                            self.truth(&answer)?
                        }
                    };
                    if !same {
                        break;
                    }
                }
                seen.pop();
                Ok(same)
            }
            _ if qr_of(x).is_some() => self.any_matches(&vals, x),
            Val::Undef => Ok(vals.iter().any(Val::is_undef)),
            _ => {
                let pair = (0, array.address());
                if seen.contains(&pair) {
                    return Ok(false);
                }
                seen.push(pair);
                for val in &vals {
                    let answer = self.smart(x, val, seen)?;
                    if self.truth(&answer)? {
                        seen.pop();
                        return Ok(true);
                    }
                }
                seen.pop();
                Ok(false)
            }
        }
    }

    fn smart_pattern(&mut self, x: &Val, pattern: &Val) -> Exec<bool> {
        match x {
            Val::HRef(hash) if !is_object(x) => self.any_key_matches(hash, pattern),
            Val::ARef(array) if !is_object(x) => {
                let vals = self.array_values(array)?;
                self.any_matches(&vals, pattern)
            }
            _ => self.pattern_matches(pattern, x),
        }
    }

    fn any_key_matches(&mut self, hash: &Rc<Hash>, pattern: &Val) -> Exec<bool> {
        let keys: Vec<Val> = self.hash_keys(hash)?.into_iter().map(Val::Str).collect();
        self.any_matches(&keys, pattern)
    }

    fn any_matches(&mut self, vals: &[Val], pattern: &Val) -> Exec<bool> {
        for val in vals {
            if self.pattern_matches(pattern, val)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn pattern_matches(&mut self, pattern: &Val, val: &Val) -> Exec<bool> {
        let ready = self.regex_of(pattern, Flags::NONE)?;
        let subject = self.str(val)?;
        let mut caps = self.spare_caps();
        let found = self.search(&ready, &subject, 0, ExecOpts::default(), &mut caps)?;
        match found {
            true => self.set_match(subject, caps, &ready.regex),
            false => self.idle_caps = caps,
        }
        Ok(found)
    }
}
