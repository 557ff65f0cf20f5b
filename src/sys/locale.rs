//! The C library's locale: what POSIX::setlocale and `use locale` reach.

use super::path;
use crate::sys::grant;

/// setlocale(3): chooses a locale, or asks with `None`; `None` where there is no such locale.
pub(crate) fn setlocale(category: i32, name: Option<&[u8]>) -> Option<Vec<u8>> {
    if name.is_some() && !grant::has(grant::PROCESS_ITSELF) {
        // The locale is the whole process's.
        return None;
    }
    // SAFETY: a C string or null; the result is copied before any other call.
    let ask = |name| unsafe {
        let found = libc::setlocale(category, name);
        (!found.is_null()).then(|| path::bytes(found))
    };
    match name {
        None => ask(std::ptr::null()),
        Some(name) => path::with(name, ask).ok()?,
    }
}

/// Names with strings, names with numbers.
type Conventions = (Vec<(&'static str, Vec<u8>)>, Vec<(&'static str, i8)>);

/// localeconv(3): the strings that are not empty and the numbers that are set, by name.
pub(crate) fn localeconv() -> Conventions {
    let (mut strings, mut numbers) = (Vec::new(), Vec::new());
    // SAFETY: libc gives a structure of C strings that lives until the next call.
    unsafe {
        let conv = &*libc::localeconv();
        macro_rules! string { ($($f:ident)*) => { [$((stringify!($f), conv.$f)),*] } }
        macro_rules! number { ($($f:ident)*) => { [$((stringify!($f), conv.$f)),*] } }
        let texts = string! { decimal_point thousands_sep grouping int_curr_symbol
        currency_symbol mon_decimal_point mon_thousands_sep mon_grouping positive_sign
        negative_sign };
        for (name, text) in texts {
            let text = path::bytes(text);
            if !text.is_empty() {
                strings.push((name, text));
            }
        }
        let values = number! { int_frac_digits frac_digits p_cs_precedes p_sep_by_space
        n_cs_precedes n_sep_by_space p_sign_posn n_sign_posn };
        for (name, value) in values {
            if value as i8 != i8::MAX && value as i8 != -1 {
                numbers.push((name, value as i8));
            }
        }
    }
    (strings, numbers)
}

/// nl_langinfo(3)
pub(crate) fn langinfo(item: i32) -> Vec<u8> {
    // SAFETY: a C string that lives until the next call.
    unsafe { path::bytes(libc::nl_langinfo(item)) }
}
