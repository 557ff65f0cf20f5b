//! Completion of the command's switches for bash, zsh and fish, made from the table of flags.
use crate::flags::{FLAGS, Flag, Takes};
use std::fmt::Write;

/// Prints the script for a shell; the exit code.
pub fn script(shell: &str) -> Result<i32, String> {
    keshi::say(&match shell {
        "bash" => bash(),
        "zsh" => zsh(),
        "fish" => fish(),
        other => {
            return Err(format!(
                "--completion={other}: the shells are bash, zsh and fish"
            ));
        }
    });
    Ok(0)
}

/// The flag, or each form of it that can be completed as a whole.
fn words(flag: &Flag) -> Vec<String> {
    match flag.takes {
        Takes::OneOf(_, values) if flag.name.starts_with("--") => values
            .iter()
            .map(|value| format!("{}={value}", flag.name))
            .collect(),
        Takes::OneOf(_, values) => values
            .iter()
            .map(|value| format!("{}{value}", flag.name))
            .collect(),
        _ => vec![flag.name.to_owned()],
    }
}

fn bash() -> String {
    let words: Vec<String> = FLAGS.iter().flat_map(words).collect();
    format!(
        "# keshi --completion=bash > /etc/bash_completion.d/keshi\n\
         _keshi() {{\n\
         \x20   local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}\n\
         \x20   COMPREPLY=()\n\
         \x20   case $before in\n\
         \x20       -e|-E|-F|-M|-m) return ;;\n\
         \x20       -I|-x) COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n\
         \x20   esac\n\
         \x20   case $word in\n\
         \x20       -*) COMPREPLY=($(compgen -W '{}' -- \"$word\")) ;;\n\
         \x20       *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n\
         \x20   esac\n\
         }}\n\
         COMP_WORDBREAKS=${{COMP_WORDBREAKS//=}}\n\
         complete -o filenames -F _keshi keshi\n",
        words.join(" ")
    )
}

fn zsh() -> String {
    let mut out = String::from(
        "#compdef keshi\n# keshi --completion=zsh > a folder of $fpath, as _keshi\n_arguments -S \\\n",
    );
    for flag in FLAGS {
        let does = flag
            .does
            .replace('[', "\\[")
            .replace(']', "\\]")
            .replace('\'', "'\\''");
        let does = does.replace(':', "\\:");
        let name = flag.name;
        let _ = match flag.takes {
            Takes::Nothing => writeln!(out, "  '{name}[{does}]' \\"),
            Takes::Word(text) if text.starts_with('[') => {
                writeln!(out, "  '{name}-[{does}]::text:' \\")
            }
            Takes::Word(_) => writeln!(out, "  '*{name}+[{does}]:text:' \\"),
            Takes::Directory(_) => writeln!(out, "  '*{name}+[{does}]:directory:_files -/' \\"),
            Takes::OneOf(_, values) => {
                let sign = if name.starts_with("--") { "=-" } else { "-" };
                writeln!(
                    out,
                    "  '{name}{sign}[{does}]:kind:({})' \\",
                    values.join(" ")
                )
            }
        };
    }
    out.push_str("  '1:script:_files' \\\n  '*:argument:_files'\n");
    out
}

fn fish() -> String {
    let mut out =
        String::from("# keshi --completion=fish > ~/.config/fish/completions/keshi.fish\n");
    for flag in FLAGS {
        let does = flag.does.replace('\\', "\\\\").replace('\'', "\\'");
        let name = match flag.name.strip_prefix("--") {
            Some(long) => format!("-l {long}"),
            None => format!("-s {}", flag.name.trim_start_matches('-')),
        };
        let argument = match flag.takes {
            Takes::Nothing => String::new(),
            Takes::Word(text) if text.starts_with('[') => String::new(),
            Takes::Word(_) => " -x".into(),
            Takes::Directory(_) => " -x -a '(__fish_complete_directories)'".into(),
            Takes::OneOf(_, values) => format!(" -x -a '{}'", values.join(" ")),
        };
        let _ = writeln!(out, "complete -c keshi {name}{argument} -d '{does}'");
    }
    out
}
