//! The refusals: `Insecure dependency in ...`, and what `%ENV` must be before another program is run.

use super::Vm;
use crate::diag::warnings::Category;
use crate::sys::{file, user};
use crate::text::PerlStr;
use crate::value::rc::flag;
use crate::vm::Exec;

/// What shells take from the environment and act on.
const SHELLS: [&str; 4] = ["IFS", "CDPATH", "ENV", "BASH_ENV"];

impl Vm {
    /// Refuses to go on where the statement is tainted: dies under -T, warns under -t.
    #[inline]
    pub fn taint_proper(&mut self, what: &str) -> Exec {
        if !self.tainted || self.tainting == 0 {
            return Ok(());
        }
        self.insecure(&format!("Insecure dependency in {what}"))
    }

    #[cold]
    fn insecure(&mut self, text: &str) -> Exec {
        let (uids, gids) = (user::uids(), user::gids());
        let why = if uids.real != uids.effective {
            " while running setuid"
        } else if gids.real != gids.effective {
            " while running setgid"
        } else if self.tainting < 0 {
            " while running with -t switch"
        } else {
            " while running with -T switch"
        };
        let text = format!("{text}{why}");
        if self.tainting > 0 {
            return Err(self.die(text));
        }
        if self.default_warns(Category::Taint) {
            self.warn_always(text)?;
        }
        Ok(())
    }

    /// On unless switched off.
    fn default_warns(&self, category: Category) -> bool {
        let unspoken = self.hints().is_none_or(|hints| hints.warnings.is_none());
        match self.warn_force {
            Some(on) => on,
            None => unspoken || self.warns(category),
        }
    }

    /// Looks at `%ENV` before another program is run (perlsec "Cleaning Up Your Path").
    pub fn taint_env(&mut self) -> Exec {
        if self.tainting == 0 {
            return Ok(());
        }
        let env = self.names.env.hash_mut();
        if !env.header().has(flag::HOOKED) {
            let name = self.env_alias();
            self.insecure(&format!("%ENV is aliased to {name}"))?;
        }
        if let Some(path) = env.get_str("PATH") {
            let path = path.loaded();
            if path.taint() {
                self.tainted = true;
                self.insecure("Insecure $ENV{PATH}")?;
            }
            if is_open_to_others(&path.to_str()) {
                self.tainted = true;
                self.insecure("Insecure directory in $ENV{PATH}")?;
            }
        }
        if let Some(term) = env.get_str("TERM").map(|v| v.loaded())
            && term.taint()
            && !is_plain_name(&term.to_str())
        {
            self.tainted = true;
            self.insecure("Insecure $ENV{TERM}")?;
        }
        for name in SHELLS {
            if env.get_str(name).is_some_and(|v| v.loaded().taint()) {
                self.tainted = true;
                self.insecure(&format!("Insecure $ENV{{{name}}}"))?;
            }
        }
        Ok(())
    }

    /// What `*ENV` has been made to stand for.
    fn env_alias(&self) -> String {
        "another variable".into()
    }
}

/// Has a search path a directory that is relative, or that everybody may write to?
fn is_open_to_others(path: &PerlStr) -> bool {
    const TOO_LONG: usize = 256;
    let mut parts: Vec<&[u8]> = path.as_bytes().split(|&b| b == b':').collect();
    // nothing behind the last colon is no directory
    if parts.last().is_some_and(|p| p.is_empty()) {
        parts.pop();
    }
    parts.iter().any(|dir| {
        dir.len() >= TOO_LONG
            || !dir.starts_with(b"/")
            || file::stat(dir).is_ok_and(|stat| stat.mode & 0o002 != 0)
    })
}

/// A terminal's name a shell cannot take for anything else.
fn is_plain_name(name: &PerlStr) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    match name.as_bytes() {
        [] => true,
        [first, rest @ ..] => {
            (word(*first) || b"-_.+".contains(first))
                && rest.iter().all(|&b| word(b) || b"-_.+".contains(&b))
        }
    }
}
