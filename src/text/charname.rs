//! Names of characters, both ways: Unicode's, and the aliases of characters that have no name
//! (charnames, NameAliases of the Unicode database).

use std::cell::OnceCell;
use std::collections::HashMap;

/// The character of a name, exactly as the database writes it, or of an alias.
pub fn character(name: &str) -> Option<char> {
    alias(name)
        .or_else(|| unicode_names2::character(name))
        .or_else(|| numbered(name, |prefix| prefix.to_string()))
}

/// Ranges whose names are a text and the number of the character.
const NUMBERED: &[(&str, u32, u32)] = &[
    ("CJK UNIFIED IDEOGRAPH-", 0x3400, 0x4DBF),
    ("CJK UNIFIED IDEOGRAPH-", 0x4E00, 0x9FFF),
    ("CJK UNIFIED IDEOGRAPH-", 0x20000, 0x2A6DF),
    ("CJK UNIFIED IDEOGRAPH-", 0x2A700, 0x2B738),
    ("CJK UNIFIED IDEOGRAPH-", 0x2B740, 0x2B81D),
    ("CJK UNIFIED IDEOGRAPH-", 0x2B820, 0x2CEA1),
    ("CJK UNIFIED IDEOGRAPH-", 0x2CEB0, 0x2EBE0),
    ("CJK UNIFIED IDEOGRAPH-", 0x30000, 0x3134A),
    ("CJK COMPATIBILITY IDEOGRAPH-", 0xF900, 0xFA6D),
    ("CJK COMPATIBILITY IDEOGRAPH-", 0xFA70, 0xFAD9),
    ("CJK COMPATIBILITY IDEOGRAPH-", 0x2F800, 0x2FA1D),
    ("TANGUT IDEOGRAPH-", 0x17000, 0x187F7),
    ("TANGUT IDEOGRAPH-", 0x18D00, 0x18D08),
    ("KHITAN SMALL SCRIPT CHARACTER-", 0x18B00, 0x18CD5),
    ("NUSHU CHARACTER-", 0x1B170, 0x1B2FB),
];

/// The character of a name that ends in its number; `form` makes of a prefix what the name has.
fn numbered(name: &str, form: impl Fn(&str) -> String) -> Option<char> {
    NUMBERED.iter().find_map(|(prefix, from, to)| {
        let digits = name.strip_prefix(&*form(prefix))?;
        let digits = digits.trim_start_matches('-');
        let code = u32::from_str_radix(digits, 16).ok()?;
        let fits = (*from..=*to).contains(&code) && (4..=5).contains(&digits.len());
        char::from_u32(code).filter(|_| fits)
    })
}

/// The character of a name written loosely: case, blanks, underscores and hyphens within words do not count (Unicode's
/// rule LM2, perlunicode "The `\p{name}` property").
pub fn loosely(name: &str) -> Option<char> {
    if let Some(c) = character(&name.to_uppercase()) {
        return Some(c);
    }
    let key = squeezed(name);
    if let Some(c) = numbered(&key, |prefix| prefix.replace([' ', '-'], "")) {
        return Some(c);
    }
    LOOSE.with(|table| {
        let table = table.get_or_init(squeezed_names);
        let found = table.get(&key).or_else(|| table.get(&key.replace('-', "")));
        found.copied()
    })
}

thread_local! {
    /// All names but those of ideographs, squeezed; made when first asked for.
    static LOOSE: OnceCell<HashMap<String, char>> = const { OnceCell::new() };
}

thread_local! {
    /// Every name, one after the other, with where each ends.
    static NAMES: OnceCell<(String, Vec<(char, u32)>)> = const { OnceCell::new() };
}

/// Every character that has a name, with it.
pub fn each_name(mut see: impl FnMut(char, &str)) {
    NAMES.with(|names| {
        let (all, ends) = names.get_or_init(|| {
            let (mut all, mut ends) = (String::new(), Vec::new());
            for c in '\u{0}'..=char::MAX {
                let aliases = ALIASES.iter().filter(|row| row.0 == c);
                let aliases = aliases.flat_map(|row| row.1.split(','));
                let own = full(c);
                for name in own.into_iter().chain(aliases.map(str::to_owned)) {
                    all.push_str(&name);
                    ends.push((c, all.len() as u32));
                }
            }
            (all, ends)
        });
        let mut from = 0;
        for (c, end) in ends {
            see(*c, &all[from..*end as usize]);
            from = *end as usize;
        }
    });
}

fn squeezed_names() -> HashMap<String, char> {
    let mut table = HashMap::new();
    for c in '\u{0}'..=char::MAX {
        let ideograph = matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
        if ideograph {
            continue;
        }
        if let Some(name) = unicode_names2::name(c) {
            let key = squeezed(&name.to_string());
            if key.contains('-') {
                table.entry(key.replace('-', "")).or_insert(c);
            }
            table.insert(key, c);
        }
    }
    for (c, names) in ALIASES {
        for name in names.split(',') {
            table.insert(squeezed(name), *c);
        }
    }
    table
}

/// A name as loose matching compares it.
fn squeezed(name: &str) -> String {
    let name = name.to_uppercase();
    let bytes = name.as_bytes();
    let mut out = String::with_capacity(name.len());
    for (i, c) in name.char_indices() {
        let word = |b: &u8| !b.is_ascii_whitespace();
        let within = i > 0 && word(&bytes[i - 1]) && bytes.get(i + 1).is_some_and(word);
        match c {
            ' ' | '_' | '\t' => {}
            '-' if within => {}
            _ => out.push(c),
        }
    }
    // The one name in which the hyphen tells two characters apart.
    if out == "HANGULJUNGSEONGOE" && name.trim_end().ends_with("-E") {
        out.insert(16, '-');
    }
    out
}

/// The name of a character: for controls their first alias.
pub fn name(c: char) -> Option<String> {
    let row = ALIASES.iter().find(|row| row.0 == c);
    match row {
        Some((_, names)) if c.is_control() => names.split(',').next().map(str::to_owned),
        _ => full(c),
    }
}

/// The name the database has.
fn full(c: char) -> Option<String> {
    if let Some(name) = unicode_names2::name(c) {
        return Some(name.to_string());
    }
    let code = c as u32;
    let row = NUMBERED
        .iter()
        .find(|(_, from, to)| (*from..=*to).contains(&code));
    row.map(|(prefix, ..)| format!("{prefix}{code:X}"))
}

fn alias(name: &str) -> Option<char> {
    let named = |row: &&(char, &str)| row.1.split(',').any(|alias| alias == name);
    ALIASES.iter().find(named).map(|row| row.0)
}

/// Characters and their aliases, that for `viacode` first.
#[rustfmt::skip]
const ALIASES: &[(char, &str)] = &[
    ('\u{0}', "NULL,NUL"),
    ('\u{1}', "START OF HEADING,SOH"),
    ('\u{2}', "START OF TEXT,STX"),
    ('\u{3}', "END OF TEXT,ETX"),
    ('\u{4}', "END OF TRANSMISSION,EOT"),
    ('\u{5}', "ENQUIRY,ENQ"),
    ('\u{6}', "ACKNOWLEDGE,ACK"),
    ('\u{7}', "ALERT,BEL"),
    ('\u{8}', "BACKSPACE,BS"),
    ('\u{9}', "CHARACTER TABULATION,HORIZONTAL TABULATION,HT,TAB"),
    ('\u{a}', "LINE FEED,NEW LINE,END OF LINE,LF,NL,EOL,LINE FEED (LF)"),
    ('\u{b}', "LINE TABULATION,VERTICAL TABULATION,VT"),
    ('\u{c}', "FORM FEED,FF,FORM FEED (FF)"),
    ('\u{d}', "CARRIAGE RETURN,CR,CARRIAGE RETURN (CR)"),
    ('\u{e}', "SHIFT OUT,LOCKING-SHIFT ONE,SO"),
    ('\u{f}', "SHIFT IN,LOCKING-SHIFT ZERO,SI"),
    ('\u{10}', "DATA LINK ESCAPE,DLE"),
    ('\u{11}', "DEVICE CONTROL ONE,DC1"),
    ('\u{12}', "DEVICE CONTROL TWO,DC2"),
    ('\u{13}', "DEVICE CONTROL THREE,DC3"),
    ('\u{14}', "DEVICE CONTROL FOUR,DC4"),
    ('\u{15}', "NEGATIVE ACKNOWLEDGE,NAK"),
    ('\u{16}', "SYNCHRONOUS IDLE,SYN"),
    ('\u{17}', "END OF TRANSMISSION BLOCK,ETB"),
    ('\u{18}', "CANCEL,CAN"),
    ('\u{19}', "END OF MEDIUM,EOM,EM"),
    ('\u{1a}', "SUBSTITUTE,SUB"),
    ('\u{1b}', "ESCAPE,ESC"),
    ('\u{1c}', "INFORMATION SEPARATOR FOUR,FILE SEPARATOR,FS"),
    ('\u{1d}', "INFORMATION SEPARATOR THREE,GROUP SEPARATOR,GS"),
    ('\u{1e}', "INFORMATION SEPARATOR TWO,RECORD SEPARATOR,RS"),
    ('\u{1f}', "INFORMATION SEPARATOR ONE,UNIT SEPARATOR,US"),
    ('\u{20}', "SP"),
    ('\u{7f}', "DELETE,DEL"),
    ('\u{80}', "PADDING CHARACTER,PAD"),
    ('\u{81}', "HIGH OCTET PRESET,HOP"),
    ('\u{82}', "BREAK PERMITTED HERE,BPH"),
    ('\u{83}', "NO BREAK HERE,NBH"),
    ('\u{84}', "INDEX,IND"),
    ('\u{85}', "NEXT LINE,NEL,NEXT LINE (NEL)"),
    ('\u{86}', "START OF SELECTED AREA,SSA"),
    ('\u{87}', "END OF SELECTED AREA,ESA"),
    ('\u{88}', "CHARACTER TABULATION SET,HORIZONTAL TABULATION SET,HTS"),
    ('\u{89}', "CHARACTER TABULATION WITH JUSTIFICATION,HORIZONTAL TABULATION WITH JUSTIFICATION,HTJ"),
    ('\u{8a}', "LINE TABULATION SET,VERTICAL TABULATION SET,VTS"),
    ('\u{8b}', "PARTIAL LINE FORWARD,PARTIAL LINE DOWN,PLD"),
    ('\u{8c}', "PARTIAL LINE BACKWARD,PARTIAL LINE UP,PLU"),
    ('\u{8d}', "REVERSE LINE FEED,REVERSE INDEX,RI"),
    ('\u{8e}', "SINGLE SHIFT TWO,SINGLE-SHIFT-2,SS2"),
    ('\u{8f}', "SINGLE SHIFT THREE,SINGLE-SHIFT-3,SS3"),
    ('\u{90}', "DEVICE CONTROL STRING,DCS"),
    ('\u{91}', "PRIVATE USE ONE,PRIVATE USE-1,PU1"),
    ('\u{92}', "PRIVATE USE TWO,PRIVATE USE-2,PU2"),
    ('\u{93}', "SET TRANSMIT STATE,STS"),
    ('\u{94}', "CANCEL CHARACTER,CCH"),
    ('\u{95}', "MESSAGE WAITING,MW"),
    ('\u{96}', "START OF GUARDED AREA,START OF PROTECTED AREA,SPA"),
    ('\u{97}', "END OF GUARDED AREA,END OF PROTECTED AREA,EPA"),
    ('\u{98}', "START OF STRING,SOS"),
    ('\u{99}', "SINGLE GRAPHIC CHARACTER INTRODUCER,SGC"),
    ('\u{9a}', "SINGLE CHARACTER INTRODUCER,SCI"),
    ('\u{9b}', "CONTROL SEQUENCE INTRODUCER,CSI"),
    ('\u{9c}', "STRING TERMINATOR,ST"),
    ('\u{9d}', "OPERATING SYSTEM COMMAND,OSC"),
    ('\u{9e}', "PRIVACY MESSAGE,PM"),
    ('\u{9f}', "APPLICATION PROGRAM COMMAND,APC"),
    ('\u{a0}', "NBSP"),
    ('\u{ad}', "SHY"),
    ('\u{1a2}', "LATIN CAPITAL LETTER GHA"),
    ('\u{1a3}', "LATIN SMALL LETTER GHA"),
    ('\u{34f}', "CGJ"),
    ('\u{61c}', "ALM"),
    ('\u{180b}', "FVS1"),
    ('\u{180c}', "FVS2"),
    ('\u{180d}', "FVS3"),
    ('\u{180e}', "MVS"),
    ('\u{200b}', "ZWSP"),
    ('\u{200c}', "ZWNJ"),
    ('\u{200d}', "ZWJ"),
    ('\u{200e}', "LRM"),
    ('\u{200f}', "RLM"),
    ('\u{202a}', "LRE"),
    ('\u{202b}', "RLE"),
    ('\u{202c}', "PDF"),
    ('\u{202d}', "LRO"),
    ('\u{202e}', "RLO"),
    ('\u{202f}', "NNBSP"),
    ('\u{205f}', "MMSP"),
    ('\u{2060}', "WJ"),
    ('\u{2066}', "LRI"),
    ('\u{2067}', "RLI"),
    ('\u{2068}', "FSI"),
    ('\u{2069}', "PDI"),
    ('\u{2118}', "WEIERSTRASS ELLIPTIC FUNCTION"),
    ('\u{feff}', "BYTE ORDER MARK,BOM,ZWNBSP"),
    ('\u{709}', "SYRIAC SUBLINEAR COLON SKEWED LEFT"),
    ('\u{cde}', "KANNADA LETTER LLLA"),
    ('\u{e9d}', "LAO LETTER FO FON"),
    ('\u{e9f}', "LAO LETTER FO FAY"),
    ('\u{ea3}', "LAO LETTER RO"),
    ('\u{ea5}', "LAO LETTER LO"),
    ('\u{fd0}', "TIBETAN MARK BKA- SHOG GI MGO RGYAN"),
    ('\u{11ec}', "HANGUL JONGSEONG YESIEUNG-KIYEOK"),
    ('\u{11ed}', "HANGUL JONGSEONG YESIEUNG-SSANGKIYEOK"),
    ('\u{11ee}', "HANGUL JONGSEONG SSANGYESIEUNG"),
    ('\u{11ef}', "HANGUL JONGSEONG YESIEUNG-KHIEUKH"),
    ('\u{1bbd}', "SUNDANESE LETTER ARCHAIC I"),
    ('\u{2448}', "MICR ON US SYMBOL"),
    ('\u{2449}', "MICR DASH SYMBOL"),
    ('\u{2b7a}', "LEFTWARDS TRIANGLE-HEADED ARROW WITH DOUBLE VERTICAL STROKE"),
    ('\u{2b7c}', "RIGHTWARDS TRIANGLE-HEADED ARROW WITH DOUBLE VERTICAL STROKE"),
    ('\u{a015}', "YI SYLLABLE ITERATION MARK"),
    ('\u{aa6e}', "MYANMAR LETTER KHAMTI LLA"),
    ('\u{fe18}', "PRESENTATION FORM FOR VERTICAL RIGHT WHITE LENTICULAR BRACKET"),
    ('\u{122d4}', "CUNEIFORM SIGN NU11 TENU"),
    ('\u{122d5}', "CUNEIFORM SIGN NU11 OVER NU11 BUR OVER BUR"),
    ('\u{16e56}', "MEDEFAIDRIN CAPITAL LETTER H"),
    ('\u{16e57}', "MEDEFAIDRIN CAPITAL LETTER NG"),
    ('\u{16e76}', "MEDEFAIDRIN SMALL LETTER H"),
    ('\u{16e77}', "MEDEFAIDRIN SMALL LETTER NG"),
    ('\u{1b001}', "HENTAIGANA LETTER E-1"),
    ('\u{1d0c5}', "BYZANTINE MUSICAL SYMBOL FTHORA SKLIRON CHROMA VASIS"),
];
