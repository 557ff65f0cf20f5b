//! The manual page, made from the table of flags.
use crate::flags::FLAGS;
use crate::repl::COMMANDS;
use std::fmt::Write;

/// Prints the page in roff; the exit code.
pub fn page() -> i32 {
    let mut out = format!(
        ".TH KESHI 1 \"\" \"keshi {}\" \"User Commands\"\n",
        env!("CARGO_PKG_VERSION")
    );
    out.push_str(
        ".SH NAME\nkeshi \\- run Perl 5 programs\n\
         .SH SYNOPSIS\n.B keshi\n[\\fIswitches\\fR] [\\fB\\-\\-\\fR] [\\fIprogramfile\\fR] [\\fIarguments\\fR]\n\
         .SH DESCRIPTION\n\
         Keshi runs Perl 5.36 programs: the file named, the text of \\fB\\-e\\fR, or standard input.\n\
         On a terminal, with nothing to run, it is an interactive session.\n\
         Called by a name that begins with \\fBperl\\fR it reads a program there instead, as perl does.\n\
         .PP\n\
         Switches that take nothing may stand together (\\fB\\-lane\\fR).\n\
         Those of a script's #! line count too, and those in PERL5OPT.\n\
         .SH SWITCHES\n",
    );
    for flag in FLAGS {
        let _ = writeln!(out, ".TP\n\\fB{}\\fR", escaped(&flag.form()));
        let _ = writeln!(out, "{}.", escaped(flag.does));
    }
    out.push_str(
        ".PP\n\\fB\\-d\\fR and \\fB\\-u\\fR are refused.\n\
         .SH INTERACTIVE SESSION\n\
         Perl is read and run input by input, and the values are shown.\n\
         An input ends where the syntax lets it. Lines that begin with a colon are commands:\n",
    );
    for (name, takes, does) in COMMANDS {
        let form = format!(":{name} {takes}");
        let _ = writeln!(
            out,
            ".TP\n\\fB{}\\fR\n{}.",
            escaped(form.trim_end()),
            escaped(does)
        );
    }
    out.push_str(".SH ENVIRONMENT\n");
    for (name, does) in ENVIRONMENT {
        let _ = writeln!(out, ".TP\n.B {name}\n{}.", escaped(does));
    }
    out.push_str(
        ".SH EXIT STATUS\n\
         What the program gives to exit; 255, or the last error number, where it dies.\n\
         .SH SEE ALSO\n.BR perlrun (1),\n.BR perlipc (1)\n",
    );
    keshi::say_last(&out)
}

const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "PERL5LIB",
        "directories to look for modules in first, with colons between them; PERLLIB where it is not set",
    ),
    (
        "PERL5OPT",
        "switches that are always on: those of -CDIMUWdmtw, or -T alone",
    ),
    ("PERL_UNICODE", "what -C is where it is not given"),
    ("PERLIO", "layers every handle starts with"),
    (
        "PERL_SIGNALS",
        "safe or unsafe; signals are always delivered between operations",
    ),
    (
        "PERL_HASH_SEED",
        "accepted; the order of hashes is not random",
    ),
    (
        "KESHI_SYSTEM_INC",
        "0 leaves the Perl directories of the system out of @INC",
    ),
    (
        "KESHI_HISTORY",
        "the file the session's history is kept in; empty for none",
    ),
    (
        "NO_COLOR",
        "no colours in the session and in explained messages",
    ),
];

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    match text.starts_with(['.', '\'']) {
        true => format!("\\&{text}"),
        false => text,
    }
}
