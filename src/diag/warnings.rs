//! table: the categories of warnings (perllexwarn) with the positions perl gives them in `${^WARNING_BITS}`.

macro_rules! categories {
    ($($id:ident $name:literal [$($sub:literal)*],)*) => {
        /// A category; its number is the position in `${^WARNING_BITS}`, in units of two bits.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Category { $($id,)* }

        /// Every category, in the order of its number.
        pub const ALL: &[(Category, &str, &[u8])] = &[$((Category::$id, $name, &[$($sub,)*]),)*];
    };
}

categories! {
    All "all" [],
    Closure "closure" [1],
    Deprecated "deprecated" [2],
    Exiting "exiting" [3],
    Glob "glob" [4],
    Io "io" [5 6 7 8 9 10 11 57],
    Closed "closed" [6],
    Exec "exec" [7],
    Layer "layer" [8],
    Newline "newline" [9],
    Pipe "pipe" [10],
    Unopened "unopened" [11],
    Misc "misc" [12],
    Numeric "numeric" [13],
    Once "once" [14],
    Overflow "overflow" [15],
    Pack "pack" [16],
    Portable "portable" [17],
    Recursion "recursion" [18],
    Redefine "redefine" [19],
    Regexp "regexp" [20],
    Severe "severe" [21 22 23 24 25],
    Debugging "debugging" [22],
    Inplace "inplace" [23],
    Internal "internal" [24],
    Malloc "malloc" [25],
    Signal "signal" [26],
    Substr "substr" [27],
    Syntax "syntax" [28 29 30 31 32 33 34 35 36 37 38 47],
    Ambiguous "ambiguous" [29],
    Bareword "bareword" [30],
    Digit "digit" [31],
    Parenthesis "parenthesis" [32],
    Precedence "precedence" [33],
    Printf "printf" [34],
    Prototype "prototype" [35],
    Qw "qw" [36],
    Reserved "reserved" [37],
    Semicolon "semicolon" [38],
    Taint "taint" [39],
    Threads "threads" [40],
    Uninitialized "uninitialized" [41],
    Unpack "unpack" [42],
    Untie "untie" [43],
    Utf8 "utf8" [44 48 49 50],
    Void "void" [45],
    Imprecision "imprecision" [46],
    Illegalproto "illegalproto" [47],
    NonUnicode "non_unicode" [48],
    Nonchar "nonchar" [49],
    Surrogate "surrogate" [50],
    Experimental "experimental" [51 52 53 54 55 56 58 59 60 61 65 66 67 69 70 71 72 73 74 75 76 77 78],
    ExperimentalLexicalSubs "experimental::lexical_subs" [52],
    ExperimentalRegexSets "experimental::regex_sets" [53],
    ExperimentalSmartmatch "experimental::smartmatch" [54],
    ExperimentalPostderef "experimental::postderef" [55],
    ExperimentalSignatures "experimental::signatures" [56],
    Syscalls "syscalls" [57],
    ExperimentalBitwise "experimental::bitwise" [58],
    ExperimentalConstAttr "experimental::const_attr" [59],
    ExperimentalReStrict "experimental::re_strict" [60],
    ExperimentalRefaliasing "experimental::refaliasing" [61],
    Locale "locale" [62],
    Missing "missing" [63],
    Redundant "redundant" [64],
    ExperimentalDeclaredRefs "experimental::declared_refs" [65],
    ExperimentalAlphaAssertions "experimental::alpha_assertions" [66],
    ExperimentalScriptRun "experimental::script_run" [67],
    Shadow "shadow" [68],
    ExperimentalPrivateUse "experimental::private_use" [69],
    ExperimentalUnipropWildcards "experimental::uniprop_wildcards" [70],
    ExperimentalVlb "experimental::vlb" [71],
    ExperimentalIsa "experimental::isa" [72],
    ExperimentalTry "experimental::try" [73],
    ExperimentalArgsArrayWithSignatures "experimental::args_array_with_signatures" [74],
    ExperimentalBuiltin "experimental::builtin" [75],
    ExperimentalDefer "experimental::defer" [76],
    ExperimentalExtraPairedDelimiters "experimental::extra_paired_delimiters" [77],
    ExperimentalForList "experimental::for_list" [78],
    Scalar "scalar" [79],
}

/// Bytes of a set without registered categories.
pub const BYTES: usize = 20;

/// What is on without any `use warnings` (severe and experimental categories, `glob`, `locale`, ...).
pub const DEFAULT: [u8; BYTES] = [
    0x10, 0x01, 0, 0, 0, 0x50, 0x04, 0, 0, 0, 0, 0, 0, 0x51, 0x51, 0x15, 0x54, 0x54, 0x55, 0x15,
];

impl Category {
    /// The category of that name.
    pub fn named(name: &str) -> Option<Category> {
        ALL.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The categories it switches, itself included (`all`: every one).
    pub fn members(self) -> Vec<u8> {
        match self {
            Category::All => (0..ALL.len() as u8).collect(),
            _ => ALL
                .get(self as usize)
                .map_or(Vec::new(), |row| row.2.to_vec()),
        }
    }

    /// Whether it is on in a set.
    pub fn is_on(self, set: &[u8]) -> bool {
        bit(set, self as usize * 2)
    }

    /// Whether it is on and fatal in a set.
    pub fn is_fatal(self, set: &[u8]) -> bool {
        bit(set, self as usize * 2 + 1)
    }
}

fn bit(set: &[u8], n: usize) -> bool {
    set.get(n / 8).is_some_and(|byte| byte >> (n % 8) & 1 == 1)
}

/// Switch categories on (`fatal` too, where asked) or off.
pub fn switch(set: &mut Vec<u8>, category: Category, on: bool, fatal: Option<bool>) {
    if set.len() < BYTES {
        set.resize(BYTES, 0);
    }
    for n in category.members() {
        let (byte, shift) = (usize::from(n) / 4, u32::from(n) % 4 * 2);
        let Some(b) = set.get_mut(byte) else { continue };
        if on {
            *b |= 1 << shift;
        } else {
            *b &= !(3 << shift);
        }
        match fatal {
            Some(true) => *b |= 2 << shift,
            Some(false) => *b &= !(2 << shift),
            None => {}
        }
    }
}
