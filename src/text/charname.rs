//! Names of characters, both ways: Unicode's, and the aliases of characters that have no name
//! (charnames, NameAliases of the Unicode database).

/// The character of a name, exactly as the database writes it, or of an alias.
pub fn character(name: &str) -> Option<char> {
    alias(name).or_else(|| unicode_names2::character(name))
}

/// The name of a character: for controls their first alias.
pub fn name(c: char) -> Option<String> {
    let row = ALIASES.iter().find(|row| row.0 == c);
    match row {
        Some((_, names)) if c.is_control() => names.split(',').next().map(str::to_owned),
        _ => unicode_names2::name(c).map(|name| name.to_string()),
    }
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
    ('\u{a}', "LINE FEED,NEW LINE,END OF LINE,LF,NL,EOL"),
    ('\u{b}', "LINE TABULATION,VERTICAL TABULATION,VT"),
    ('\u{c}', "FORM FEED,FF"),
    ('\u{d}', "CARRIAGE RETURN,CR"),
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
    ('\u{85}', "NEXT LINE,NEL"),
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
];
