//! The bits of `$^H` and the features, by perl's numbers.

/// `use integer`
pub const INTEGER: u32 = 0x1;
/// `use strict 'refs'`
pub const STRICT_REFS: u32 = 0x2;
/// `use locale`
pub const LOCALE: u32 = 0x4;
/// `use bytes`
pub const BYTES: u32 = 0x8;
/// `strict refs` was set or cleared explicitly.
pub const EXPLICIT_STRICT_REFS: u32 = 0x20;
/// `strict subs` was set or cleared explicitly.
pub const EXPLICIT_STRICT_SUBS: u32 = 0x40;
/// `strict vars` was set or cleared explicitly.
pub const EXPLICIT_STRICT_VARS: u32 = 0x80;
/// perl sets it inside blocks.
pub const BLOCK_SCOPE: u32 = 0x100;
/// `use strict 'subs'`
pub const STRICT_SUBS: u32 = 0x200;
/// `use strict 'vars'`
pub const STRICT_VARS: u32 = 0x400;
/// feature `unicode_strings`
pub const UNI_8_BITS: u32 = 0x800;
/// `overload::constant(integer => ..)`
pub const NEW_INTEGER: u32 = 0x1000;
/// `overload::constant(float => ..)`
pub const NEW_FLOAT: u32 = 0x2000;
/// `overload::constant(binary => ..)`
pub const NEW_BINARY: u32 = 0x4000;
/// `overload::constant(q => ..)`
pub const NEW_STRING: u32 = 0x8000;
/// `overload::constant(qr => ..)`
pub const NEW_PATTERN: u32 = 0x1_0000;
/// Any kind of number.
pub const NEW_NUMBERS: u32 = NEW_INTEGER | NEW_FLOAT | NEW_BINARY;
/// `use re 'eval'`
pub const RE_EVAL: u32 = 0x200000;
/// `use utf8`
pub const UTF8: u32 = 0x800000;
/// `no overloading`
pub const NO_AMAGIC: u32 = 0x0100_0000;
/// Where `$^H` holds the feature bundle.
pub const FEATURE_MASK: u32 = 0x3c00_0000;
/// All three of strict.
pub const STRICT_ALL: u32 = STRICT_REFS | STRICT_SUBS | STRICT_VARS;

/// Features (our own numbering).
pub mod feature {
    /// `bareword_filehandles`
    pub const BAREWORD_FILEHANDLES: u32 = 1;
    /// `bitwise`
    pub const BITWISE: u32 = 1 << 1;
    /// `current_sub` (`__SUB__`)
    pub const CURRENT_SUB: u32 = 1 << 2;
    /// `declared_refs`
    pub const DECLARED_REFS: u32 = 1 << 3;
    /// `defer`
    pub const DEFER: u32 = 1 << 4;
    /// `evalbytes`
    pub const EVALBYTES: u32 = 1 << 5;
    /// `extra_paired_delimiters`
    pub const EXTRA_PAIRED_DELIMITERS: u32 = 1 << 6;
    /// `fc`
    pub const FC: u32 = 1 << 7;
    /// `indirect`
    pub const INDIRECT: u32 = 1 << 8;
    /// `isa`
    pub const ISA: u32 = 1 << 9;
    /// `multidimensional`
    pub const MULTIDIMENSIONAL: u32 = 1 << 10;
    /// `postderef_qq`
    pub const POSTDEREF_QQ: u32 = 1 << 11;
    /// `refaliasing`
    pub const REFALIASING: u32 = 1 << 12;
    /// `say`
    pub const SAY: u32 = 1 << 13;
    /// `signatures`
    pub const SIGNATURES: u32 = 1 << 14;
    /// `state`
    pub const STATE: u32 = 1 << 15;
    /// `switch`
    pub const SWITCH: u32 = 1 << 16;
    /// `try`
    pub const TRY: u32 = 1 << 17;
    /// `unicode_eval`
    pub const UNICODE_EVAL: u32 = 1 << 18;
    /// `unicode_strings`
    pub const UNICODE_STRINGS: u32 = 1 << 19;
    /// `module_true` (perl 5.38)
    pub const MODULE_TRUE: u32 = 1 << 20;
    /// `apostrophe_as_package_separator`, `smartmatch` (perl 5.42): on by default
    pub const SMARTMATCH: u32 = 1 << 21;

    /// Names, for `use feature`.
    pub const NAMES: &[(&str, u32)] = &[
        ("bareword_filehandles", BAREWORD_FILEHANDLES),
        ("bitwise", BITWISE),
        ("current_sub", CURRENT_SUB),
        ("declared_refs", DECLARED_REFS),
        ("defer", DEFER),
        ("evalbytes", EVALBYTES),
        ("extra_paired_delimiters", EXTRA_PAIRED_DELIMITERS),
        ("fc", FC),
        ("indirect", INDIRECT),
        ("isa", ISA),
        ("multidimensional", MULTIDIMENSIONAL),
        ("postderef_qq", POSTDEREF_QQ),
        ("refaliasing", REFALIASING),
        ("say", SAY),
        ("signatures", SIGNATURES),
        ("state", STATE),
        ("switch", SWITCH),
        ("try", TRY),
        ("unicode_eval", UNICODE_EVAL),
        ("unicode_strings", UNICODE_STRINGS),
        ("module_true", MODULE_TRUE),
        ("smartmatch", SMARTMATCH),
    ];

    /// In force without any `use feature` (`:default`).
    pub const DEFAULT: u32 = INDIRECT | MULTIDIMENSIONAL | BAREWORD_FILEHANDLES | SMARTMATCH;
    /// `:5.10`
    pub const V5_10: u32 = DEFAULT | SAY | STATE | SWITCH;
    /// `:5.12`, `:5.14`
    pub const V5_12: u32 = V5_10 | UNICODE_STRINGS;
    /// `:5.16` .. `:5.22`
    pub const V5_16: u32 = V5_12 | CURRENT_SUB | EVALBYTES | FC | UNICODE_EVAL;
    /// `:5.24`, `:5.26`
    pub const V5_24: u32 = V5_16 | POSTDEREF_QQ;
    /// `:5.28` .. `:5.34`
    pub const V5_28: u32 = V5_24 | BITWISE;
    /// `:5.36`
    pub const V5_36: u32 = (V5_28 | ISA | SIGNATURES) & !(INDIRECT | MULTIDIMENSIONAL | SWITCH);
    /// `:5.38`
    pub const V5_38: u32 = (V5_36 | MODULE_TRUE) & !BAREWORD_FILEHANDLES;
    /// `:5.40`
    pub const V5_40: u32 = V5_38 | TRY;

    /// The bundle that `use v5.MINOR` switches on.
    pub fn bundle(minor: u32) -> u32 {
        match minor {
            0..=8 => DEFAULT,
            9..=10 => V5_10,
            11..=14 => V5_12,
            15..=22 => V5_16,
            23..=26 => V5_24,
            27..=34 => V5_28,
            35..=36 => V5_36,
            37..=38 => V5_38,
            _ => V5_40,
        }
    }
}
