//! What `-h`, `-v` and `-V` print.

/// One row of `-h`.
const FLAGS: &[(&str, &str)] = &[
    (
        "-0[octal|xhex]",
        "input record separator (none given: NUL; 00: paragraphs; 0777: whole files)",
    ),
    ("-a", "split each line into @F (implies -n)"),
    ("-C[number|list]", "which handles and arguments are UTF-8"),
    ("-c", "check the syntax, run BEGIN and CHECK blocks only"),
    (
        "-e code",
        "a line of program (may be repeated; no script file then)",
    ),
    ("-E code", "like -e, with all features of 5.36 on"),
    ("-F pattern", "pattern for -a (implies -a and -n)"),
    ("-h", "this list"),
    (
        "-i[extension]",
        "edit the files of <> in place, keeping a copy where an extension is given",
    ),
    ("-I directory", "search modules there first"),
    ("-l[octal]", "chomp each line read, end each line printed"),
    (
        "-M[-]module[=list]",
        "use (no) the module first; -m: without importing",
    ),
    ("-n", "loop over the lines of <>"),
    ("-p", "the same, printing $_ after each"),
    ("-s", "take switches behind the script's name as variables"),
    ("-S", "look the script up in PATH"),
    ("-t", "taint checks as warnings"),
    ("-T", "taint checks"),
    ("-v", "version"),
    ("-V[:name]", "configuration"),
    (
        "-w",
        "warnings on; -W: all, whatever the program says; -X: none",
    ),
    (
        "-x[directory]",
        "skip everything before the first #! line that names perl",
    ),
    (
        "--dump=ast|bytecode",
        "show what the program is compiled to, do not run it",
    ),
];

/// Print the switches.
pub fn help() -> i32 {
    let mut text = String::from("\nUsage: keshi [switches] [--] [programfile] [arguments]\n");
    for (flag, what) in FLAGS {
        text.push_str(&format!("  {flag:<22}{what}\n"));
    }
    keshi::say(&text);
    0
}

/// Print the version, in the shape scripts look for.
pub fn version() -> i32 {
    keshi::say(&format!(
        "\nThis is perl 5, version 36, subversion 0 (v5.36.0) as keshi {} runs it\n\n\
         The language was made by Larry Wall; this implementation of it is free software\n\
         under the MIT or the Apache 2.0 licence.\n",
        env!("CARGO_PKG_VERSION")
    ));
    0
}

/// The program that `-V` or `-V:name` stands for.
pub fn config_program(names: &[u8]) -> Vec<u8> {
    let names = names.strip_prefix(b":").unwrap_or(names);
    if names.is_empty() {
        return b"use Config; print Config::myconfig(); print \"  \\@INC:\\n\", map \"    $_\\n\", @INC;\n"
            .to_vec();
    }
    [
        b"use Config; Config::config_vars(q\0".as_slice(),
        names,
        b"\0);\n",
    ]
    .concat()
}
