//! table: every switch of the command, once: `-h`, the manual page and the shells' completions are made of it.

/// What may stand behind a switch.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// Something, as the word says.
    Word(&'static str),
    /// A directory.
    Directory(&'static str),
    /// One of these.
    OneOf(&'static str, &'static [&'static str]),
}

/// A switch.
pub struct Flag {
    /// As it is typed.
    pub name: &'static str,
    /// What may stand behind it, glued on where it begins with a bracket or `=`.
    pub takes: Takes,
    /// What it does.
    pub does: &'static str,
}

impl Flag {
    /// Name and argument.
    pub fn form(&self) -> String {
        let argument = match self.takes {
            Takes::Nothing => return self.name.to_owned(),
            Takes::Word(text) | Takes::Directory(text) | Takes::OneOf(text, _) => text,
        };
        match argument.starts_with(['[', '=']) {
            true => format!("{}{argument}", self.name),
            false => format!("{} {argument}", self.name),
        }
    }
}

const fn flag(name: &'static str, takes: Takes, does: &'static str) -> Flag {
    Flag { name, takes, does }
}

/// All of them, in the order of the alphabet, long ones last.
pub const FLAGS: &[Flag] = &[
    flag(
        "-0",
        Takes::Word("[octal|xhex]"),
        "what ends a line of input ($/): none given NUL, 00 paragraphs, 0777 whole files",
    ),
    flag("-a", Takes::Nothing, "split each line into @F (implies -n)"),
    flag(
        "-C",
        Takes::Word("[number|list]"),
        "which handles and arguments are UTF-8",
    ),
    flag(
        "-c",
        Takes::Nothing,
        "check the syntax; only BEGIN, UNITCHECK and CHECK blocks run",
    ),
    flag(
        "-D",
        Takes::OneOf("[ast|bytecode]", &["ast", "bytecode"]),
        "the same as --dump",
    ),
    flag(
        "-e",
        Takes::Word("code"),
        "a line of program (may be repeated; there is no script file then)",
    ),
    flag(
        "-E",
        Takes::Word("code"),
        "like -e, with the features of 5.36 on",
    ),
    flag(
        "-f",
        Takes::Nothing,
        "accepted; there is no sitecustomize.pl to leave out",
    ),
    flag(
        "-F",
        Takes::Word("pattern"),
        "what -a splits on (implies -a and -n)",
    ),
    flag("-g", Takes::Nothing, "read whole files, as -0777 does"),
    flag("-h", Takes::Nothing, "this list"),
    flag(
        "-i",
        Takes::Word("[extension]"),
        "edit the files of <> in place, keeping a copy where an extension is given",
    ),
    flag(
        "-I",
        Takes::Directory("directory"),
        "look for modules there first (may be repeated)",
    ),
    flag(
        "-l",
        Takes::Word("[octal]"),
        "take the end off each line read, add one to each line printed",
    ),
    flag(
        "-m",
        Takes::Word("[-]module"),
        "use (or no) the module first, importing nothing",
    ),
    flag(
        "-M",
        Takes::Word("[-]module[=list]"),
        "use (or no) the module first",
    ),
    flag("-n", Takes::Nothing, "run the program for each line of <>"),
    flag("-p", Takes::Nothing, "the same, and print $_ after each"),
    flag(
        "-s",
        Takes::Nothing,
        "switches behind the script's name become variables",
    ),
    flag("-S", Takes::Nothing, "look the script up in PATH"),
    flag("-t", Takes::Nothing, "taint checks, as warnings"),
    flag("-T", Takes::Nothing, "taint checks"),
    flag(
        "-U",
        Takes::Nothing,
        "accepted; there is nothing unsafe to allow",
    ),
    flag("-v", Takes::Nothing, "the version"),
    flag(
        "-V",
        Takes::Word("[:name]"),
        "the configuration, or a value of it",
    ),
    flag(
        "-w",
        Takes::Nothing,
        "warnings where the program does not say",
    ),
    flag(
        "-W",
        Takes::Nothing,
        "all warnings, whatever the program says",
    ),
    flag(
        "-X",
        Takes::Nothing,
        "no warnings, whatever the program says",
    ),
    flag(
        "-x",
        Takes::Directory("[directory]"),
        "skip everything before the first #! line that names perl",
    ),
    flag(
        "--dump",
        Takes::OneOf("=ast|bytecode", &["ast", "bytecode"]),
        "show what the program is compiled to, do not run it",
    ),
    flag(
        "--explain",
        Takes::Nothing,
        "messages show the line they speak of, a mark under the place, and a hint",
    ),
    flag(
        "--repl",
        Takes::Nothing,
        "an interactive session, wherever standard input comes from",
    ),
    flag(
        "--completion",
        Takes::OneOf("=bash|zsh|fish", &["bash", "zsh", "fish"]),
        "print what makes a shell complete these switches",
    ),
    flag("--man", Takes::Nothing, "print the manual page (roff)"),
    flag("--help", Takes::Nothing, "this list"),
    flag("--version", Takes::Nothing, "the version"),
];
