//! Strings, numbers and truth of values, with overloading asked and warnings given.

use super::Vm;
use super::die::Exec;
use crate::diag::warnings::Category;
use crate::text::PerlStr;
use crate::text::number::{self, Numeric};
use crate::value::Val;

impl Vm {
    /// As a string; warns `Use of uninitialized value`.
    #[inline]
    pub fn str(&mut self, val: &Val) -> Exec<PerlStr> {
        match val {
            Val::Str(s) => Ok(s.clone()),
            Val::Int(_) | Val::Num(_) => Ok(val.to_str()),
            _ => self.str_slow(val),
        }
    }

    #[inline(never)]
    fn str_slow(&mut self, val: &Val) -> Exec<PerlStr> {
        if val.is_undef() {
            self.warn_uninit()?;
            return Ok(PerlStr::new());
        }
        if val.is_overloaded()
            && let Some(text) = self.overload_str(val)?
        {
            return Ok(text);
        }
        Ok(val.to_str())
    }

    /// As a string, without the warning for undef.
    pub fn str_quiet(&mut self, val: &Val) -> Exec<PerlStr> {
        if val.is_undef() {
            Ok(PerlStr::new())
        } else {
            self.str(val)
        }
    }

    /// As a number; warns `Use of uninitialized value` and `isn't numeric`.
    #[inline]
    pub fn num(&mut self, val: &Val) -> Exec<Numeric> {
        match val {
            Val::Int(n) => Ok(Numeric::Int(*n)),
            Val::Num(n) => Ok(Numeric::Num(*n)),
            _ => self.num_slow(val),
        }
    }

    #[inline(never)]
    fn num_slow(&mut self, val: &Val) -> Exec<Numeric> {
        match val {
            Val::Undef | Val::Hole => {
                self.warn_uninit()?;
                Ok(Numeric::Int(0))
            }
            Val::Str(s) => {
                let parsed = number::parse(s.as_bytes());
                if !parsed.is_numeric() {
                    self.warn_not_numeric(s)?;
                }
                Ok(parsed.value)
            }
            _ => {
                if val.is_overloaded()
                    && let Some(n) = self.overload_num(val)?
                {
                    return Ok(n);
                }
                Ok(val.to_num())
            }
        }
    }

    /// As a signed integer.
    pub fn int(&mut self, val: &Val) -> Exec<i64> {
        Ok(self.num(val)?.to_i64())
    }

    /// As the bytes the system gets: a character above 255 is warned of and sent as UTF-8.
    pub fn octets(&mut self, text: PerlStr, what: &str) -> Exec<PerlStr> {
        if let Some(bytes) = text.downgraded() {
            return Ok(bytes);
        }
        self.warn_severe(Category::Utf8, format!("Wide character in {what}"))?;
        let mut bytes = text;
        bytes.set_utf8_flag(false);
        Ok(bytes)
    }

    /// Its truth.
    #[inline]
    pub fn truth(&mut self, val: &Val) -> Exec<bool> {
        if val.is_ref() {
            self.truth_slow(val)
        } else {
            Ok(val.to_bool())
        }
    }

    #[inline(never)]
    fn truth_slow(&mut self, val: &Val) -> Exec<bool> {
        if val.is_overloaded()
            && let Some(answer) = self.overload_bool(val)?
        {
            return Ok(answer);
        }
        Ok(val.to_bool())
    }

    #[cold]
    fn warn_not_numeric(&mut self, text: &PerlStr) -> Exec {
        if !self.warns(Category::Numeric) {
            return Ok(());
        }
        let shown = super::diagnose::quoted(text, 32);
        let op = self.op_name();
        let tail = if op.is_empty() {
            String::new()
        } else {
            format!(" in {op}")
        };
        self.warn(
            Category::Numeric,
            format!("Argument \"{shown}\" isn't numeric{tail}"),
        )
    }
}
