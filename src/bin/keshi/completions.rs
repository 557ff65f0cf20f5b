//! Completion of the command's switches for bash, zsh and fish, made from the table of flags.
use crate::flags::{FLAGS, Flag, Takes};
use std::fmt::Write;

/// Prints the script for a shell; the exit code.
pub fn script(shell: &str) -> Result<i32, String> {
    Ok(keshi::say_last(&match shell {
        "bash" => bash(),
        "zsh" => zsh(),
        "fish" => fish(),
        other => {
            return Err(format!(
                "--completion={other}: the shells are bash, zsh and fish"
            ));
        }
    }))
}

/// What bash may complete: a flag, or each form of it; a long one up to its `=`.
fn words(flag: &Flag) -> Vec<String> {
    match flag.takes {
        Takes::OneOf(_, values) => match flag.name.starts_with("--") {
            true => vec![format!("{}=", flag.name)],
            false => each(flag.name, values),
        },
        _ => vec![flag.name.to_owned()],
    }
}

fn each(name: &str, values: &[&str]) -> Vec<String> {
    values
        .iter()
        .map(|value| format!("{name}{value}"))
        .collect()
}

/// Must what it takes be glued on?
fn is_glued(text: &str) -> bool {
    text.starts_with('[')
}

fn bash() -> String {
    let words: Vec<String> = FLAGS.iter().flat_map(words).collect();
    let mut values = String::new();
    let mut directories = Vec::new();
    for flag in FLAGS {
        match flag.takes {
            Takes::OneOf(_, list) if flag.name.starts_with("--") => {
                let _ = writeln!(
                    values,
                    "        {}) COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;",
                    flag.name,
                    list.join(" ")
                );
            }
            Takes::Directory(_) => directories.push(format!("{}?*", flag.name)),
            _ => {}
        }
    }
    format!(
        r#"# keshi --completion=bash > /etc/bash_completion.d/keshi
_keshi() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
    local at dashes=yes
    COMPREPLY=()
    # behind the script, or --, there are no switches of ours
    for ((at = 1; at < COMP_CWORD; at++)); do
        case ${{COMP_WORDS[at]}} in
            -e|-E|-I|=) at=$((at + 1)) ;;
            --) dashes= ; break ;;
            -*) ;;
            *) [[ ${{COMP_WORDS[at-1]}} == --* ]] || {{ dashes=; break; }} ;;
        esac
    done
    if [[ ! $dashes ]]; then
        compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word"); return
    fi
    # where = ends a word, it is one itself
    if [[ $word == = ]]; then word=
    elif [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD-2]}}
    fi
    case $before in
        -e|-E) return ;;
        -I) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
{values}    esac
    case $word in
        {}) compopt -o nospace
            mapfile -t COMPREPLY < <(compgen -d -P "${{word:0:2}}" -S / -- "${{word:2}}") ;;
        -*) COMPREPLY=($(compgen -W '{}' -- "$word"))
            [[ ${{#COMPREPLY[@]}} == 1 && $COMPREPLY == *= ]] && compopt -o nospace ;;
        *) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
}}
complete -F _keshi keshi
"#,
        directories.join("|"),
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
            Takes::Word(text) if is_glued(text) => {
                writeln!(out, "  '{name}-[{does}]::text:' \\")
            }
            Takes::Directory(text) if is_glued(text) => {
                writeln!(out, "  '{name}-[{does}]::directory:_files -/' \\")
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
            Takes::Word(text) | Takes::Directory(text) if is_glued(text) => String::new(),
            Takes::Word(_) => " -x".into(),
            Takes::Directory(_) => format!(
                " -x -a '(__fish_complete_directories (commandline -ct | string replace -r -- \"^{}\" \"\"))'",
                flag.name
            ),
            Takes::OneOf(_, values) => format!(" -x -a '{}'", values.join(" ")),
        };
        let _ = writeln!(out, "complete -c keshi {name}{argument} -d '{does}'");
    }
    out
}
