//! What `-h`, `-v` and `-V` print.
use crate::flags::FLAGS;

/// Print the switches.
pub fn help(name: &[u8]) -> i32 {
    let name = String::from_utf8_lossy(name);
    let mut text = format!("\nUsage: {name} [switches] [--] [programfile] [arguments]\n");
    for flag in FLAGS {
        text.push_str(&format!("  {:<21} {}\n", flag.form(), flag.does));
    }
    keshi::say_last(&text)
}

/// Print the version, in the shape scripts look for.
pub fn version() -> i32 {
    keshi::say_last(&format!(
        "\nThis is perl 5, version 36, subversion 0 (v5.36.0) built for {}-linux\n\n\
         It is Keshi {}, an implementation of the language made by Larry Wall.\n\
         Keshi is free software under the MIT or the Apache 2.0 licence.\n",
        if cfg!(target_arch = "aarch64") {
            "aarch64"
        } else {
            "x86_64"
        },
        env!("CARGO_PKG_VERSION")
    ))
}

/// The program that `-V` or `-V:name`, each of them, stands for.
pub fn config_program(asked: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"use Config;".to_vec();
    for names in asked {
        match names.strip_prefix(b":") {
            Some(names) => {
                out.extend_from_slice(b" Config::config_vars(qw\0");
                out.extend_from_slice(names);
                out.extend_from_slice(b"\0);");
            }
            None => out.extend_from_slice(
                b" print Config::myconfig(); print \"  \\@INC:\\n\", map \"    $_\\n\", @INC;",
            ),
        }
    }
    out
}
