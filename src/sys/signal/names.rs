//! table: perl's names of signals (Config's sig_name and sig_num), aliases last.

/// Names without 'SIG' and their numbers, in perl's order.
pub(crate) const NAMES: &[(&str, i32)] = &[
    ("ZERO", 0),
    ("HUP", 1),
    ("INT", 2),
    ("QUIT", 3),
    ("ILL", 4),
    ("TRAP", 5),
    ("ABRT", 6),
    ("BUS", 7),
    ("FPE", 8),
    ("KILL", 9),
    ("USR1", 10),
    ("SEGV", 11),
    ("USR2", 12),
    ("PIPE", 13),
    ("ALRM", 14),
    ("TERM", 15),
    ("STKFLT", 16),
    ("CHLD", 17),
    ("CONT", 18),
    ("STOP", 19),
    ("TSTP", 20),
    ("TTIN", 21),
    ("TTOU", 22),
    ("URG", 23),
    ("XCPU", 24),
    ("XFSZ", 25),
    ("VTALRM", 26),
    ("PROF", 27),
    ("WINCH", 28),
    ("IO", 29),
    ("PWR", 30),
    ("SYS", 31),
    ("NUM32", 32),
    ("NUM33", 33),
    ("RTMIN", 34),
    ("NUM35", 35),
    ("NUM36", 36),
    ("NUM37", 37),
    ("NUM38", 38),
    ("NUM39", 39),
    ("NUM40", 40),
    ("NUM41", 41),
    ("NUM42", 42),
    ("NUM43", 43),
    ("NUM44", 44),
    ("NUM45", 45),
    ("NUM46", 46),
    ("NUM47", 47),
    ("NUM48", 48),
    ("NUM49", 49),
    ("NUM50", 50),
    ("NUM51", 51),
    ("NUM52", 52),
    ("NUM53", 53),
    ("NUM54", 54),
    ("NUM55", 55),
    ("NUM56", 56),
    ("NUM57", 57),
    ("NUM58", 58),
    ("NUM59", 59),
    ("NUM60", 60),
    ("NUM61", 61),
    ("NUM62", 62),
    ("NUM63", 63),
    ("RTMAX", 64),
    ("IOT", 6),
    ("CLD", 17),
    ("POLL", 29),
];

/// The name of a number, never an alias.
pub(crate) fn name_of(signo: i32) -> Option<&'static str> {
    NAMES.iter().find(|row| row.1 == signo).map(|row| row.0)
}

/// The number of a name, with or without `SIG`.
pub(crate) fn number_of(name: &[u8]) -> Option<i32> {
    let name = name.strip_prefix(b"SIG").unwrap_or(name);
    NAMES
        .iter()
        .find(|row| row.0.as_bytes() == name)
        .map(|row| row.1)
}
