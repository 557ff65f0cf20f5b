//! The interplay of buffers, layers and positions, over memory and temporary files.

use super::handle::{Access, Handle, Kind};
use super::layers;
use super::line::Separator;
use super::memory::SharedBytes;
use super::mode::{Target, parse_three, parse_two};
use super::position::Whence;
use crate::sys::{blocking, fd, file};
use crate::text::PerlStr;

fn memory(bytes: &[u8], access: Access) -> (Handle, SharedBytes) {
    let shared = SharedBytes::default();
    shared.0.borrow_mut().extend_from_slice(bytes);
    let mut handle = Handle::new();
    handle.attach_memory(Box::new(shared.clone()), access);
    (handle, shared)
}

fn temporary(bytes: &[u8]) -> Handle {
    let (fd, name) = file::mkstemp(b"/tmp/keshi-io-XXXXXX").unwrap();
    file::unlink(&name).unwrap();
    blocking::write(fd, bytes).unwrap();
    file::lseek(fd, 0, 0).unwrap();
    let mut handle = Handle::new();
    handle.attach(fd, Access::BOTH, Kind::File);
    handle
}

fn lines(handle: &mut Handle, separator: &Separator) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        let mut line = PerlStr::new();
        if !handle.read_line(separator, &mut line, 0).unwrap() {
            return all;
        }
        all.push(String::from_utf8_lossy(line.as_bytes()).into_owned());
    }
}

fn push(handle: &mut Handle, notation: &str) {
    handle
        .push_layers(&layers::parse(notation.as_bytes()).unwrap())
        .unwrap();
}

#[test]
fn every_separator_over_file_and_memory() {
    let text = b"one\ntwo\n\n\n\nthree\nfour--\nfive--six";
    let cases: [(Separator, &[&str]); 5] = [
        (
            Separator::Byte(b'\n'),
            &[
                "one\n",
                "two\n",
                "\n",
                "\n",
                "\n",
                "three\n",
                "four--\n",
                "five--six",
            ],
        ),
        (
            Separator::of_bytes(b"--"),
            &["one\ntwo\n\n\n\nthree\nfour--", "\nfive--", "six"],
        ),
        (
            Separator::Paragraph,
            &["one\ntwo\n\n", "three\nfour--\nfive--six"],
        ),
        (
            Separator::Slurp,
            &["one\ntwo\n\n\n\nthree\nfour--\nfive--six"],
        ),
        (
            Separator::Record(16),
            &["one\ntwo\n\n\n\nthree", "\nfour--\nfive--si", "x"],
        ),
    ];
    for (separator, expected) in cases {
        assert_eq!(lines(&mut temporary(text), &separator), expected);
        assert_eq!(
            lines(&mut memory(text, Access::READ).0, &separator),
            expected
        );
        let mut layered = temporary(text);
        push(&mut layered, ":crlf");
        assert_eq!(lines(&mut layered, &separator), expected);
    }
}

#[test]
fn long_lines_cross_buffers() {
    let long = "x".repeat(30_000) + "\n" + &"y".repeat(20_000) + "\nz";
    let found = lines(&mut temporary(long.as_bytes()), &Separator::Byte(b'\n'));
    assert_eq!(
        found.iter().map(String::len).collect::<Vec<_>>(),
        [30_001, 20_001, 1]
    );
}

#[test]
fn reading_and_writing_share_a_position() {
    let mut handle = temporary(b"line one\nline two\nline three\n");
    let mut line = PerlStr::new();
    handle
        .read_line(&Separator::Byte(b'\n'), &mut line, 0)
        .unwrap();
    assert_eq!(handle.tell().unwrap(), 9);
    handle.write(b"LINE", &mut 0).unwrap();
    assert_eq!(handle.tell().unwrap(), 13);
    assert_eq!(
        lines(&mut handle, &Separator::Byte(b'\n')),
        [" two\n", "line three\n"]
    );
    handle.seek(0, Whence::Start).unwrap();
    assert_eq!(
        lines(&mut handle, &Separator::Slurp),
        ["line one\nLINE two\nline three\n"]
    );
}

#[test]
fn unread_input_is_given_back() {
    let mut handle = temporary(b"a\nb\nc\n");
    let mut line = PerlStr::new();
    handle
        .read_line(&Separator::Byte(b'\n'), &mut line, 0)
        .unwrap();
    let number = handle.fd().unwrap();
    assert_eq!(file::lseek(number, 0, 1).unwrap(), 6);
    handle.give_back().unwrap();
    assert_eq!(file::lseek(number, 0, 1).unwrap(), 2);
}

#[test]
fn crlf_positions_and_output() {
    let mut handle = temporary(b"ab\r\ncd\r\n");
    push(&mut handle, ":crlf");
    let mut line = PerlStr::new();
    handle
        .read_line(&Separator::Byte(b'\n'), &mut line, 0)
        .unwrap();
    assert_eq!(line.as_bytes(), b"ab\n");
    assert_eq!(handle.tell().unwrap(), 4);
    handle.seek(0, Whence::End).unwrap();
    handle.write(b"ef\n", &mut 0).unwrap();
    handle.seek(0, Whence::Start).unwrap();
    push(&mut handle, ":raw");
    assert_eq!(
        lines(&mut handle, &Separator::Slurp),
        ["ab\r\ncd\r\nef\r\n"]
    );
}

#[test]
fn encodings_both_ways() {
    for (name, bytes) in [
        ("UTF-16LE", &b"a\0\xe9\0\x3a\x26\n\0"[..]),
        ("UTF-16", b"\xfe\xff\0a\0\xe9\x26\x3a\0\n"),
        ("UTF-8", b"a\xc3\xa9\xe2\x98\xba\n"),
    ] {
        let mut handle = temporary(bytes);
        push(&mut handle, &format!(":encoding({name})"));
        assert_eq!(
            lines(&mut handle, &Separator::Byte(b'\n')),
            ["a\u{e9}\u{263a}\n"],
            "{name}"
        );
        let (mut out, shared) = memory(b"", Access::WRITE);
        push(&mut out, &format!(":encoding({name})"));
        out.write("a\u{e9}\u{263a}\n".as_bytes(), &mut 0).unwrap();
        out.close().unwrap();
        assert_eq!(*shared.0.borrow(), bytes, "{name}");
    }
    let mut bad = temporary(b"a\xe9b\n");
    push(&mut bad, ":encoding(UTF-8)");
    assert_eq!(lines(&mut bad, &Separator::Byte(b'\n')), ["a\\xE9b\n"]);
    assert_eq!(bad.take_notices().len(), 1);
    let (mut out, shared) = memory(b"", Access::WRITE);
    push(&mut out, ":encoding(latin1)");
    out.write("\u{e9}\u{263a}".as_bytes(), &mut 0).unwrap();
    out.flush().unwrap();
    assert_eq!(*shared.0.borrow(), b"\xe9\\x{263a}");
}

#[test]
fn characters_across_a_buffer_end() {
    let text = "x".repeat(8191) + "\u{263a}\u{e9}z";
    let mut handle = temporary(text.as_bytes());
    push(&mut handle, ":utf8");
    let (mut out, mut left) = (PerlStr::new(), 8193);
    handle.read(&mut out, &mut left).unwrap();
    assert_eq!((left, out.as_bytes().len()), (0, 8191 + 3 + 2));
    handle.unread("\u{e9}".as_bytes()).unwrap();
    let (mut rest, mut left) = (PerlStr::new(), 10);
    handle.read(&mut rest, &mut left).unwrap();
    assert_eq!((rest.as_bytes(), left), ("\u{e9}z".as_bytes(), 8));
    assert!(handle.eof().unwrap());
}

#[test]
fn output_arrives_in_order() {
    let (reader, writer) = fd::pipe().unwrap();
    let mut handle = Handle::new();
    handle.attach(writer, Access::WRITE, Kind::Pipe);
    let mut expected = Vec::new();
    for size in [3, 5000, 4000, 20_000, 1, 8192, 0, 8191] {
        let piece = vec![b'a' + (size % 26) as u8; size];
        let mut done = 0;
        handle.write(&piece, &mut done).unwrap();
        assert_eq!(done, size);
        expected.extend(piece);
    }
    handle.close().unwrap();
    let mut from = Handle::new();
    from.attach(reader, Access::READ, Kind::Pipe);
    let mut all = PerlStr::new();
    from.read_line(&Separator::Slurp, &mut all, 0).unwrap();
    assert!(all.as_bytes() == expected);
}

#[test]
fn layers_are_listed_as_perl_lists_them() {
    for (notation, names) in [
        ("", "unix,perlio"),
        (":raw:utf8", "unix,perlio,utf8"),
        (
            ":encoding(UTF-8)",
            "unix,perlio,encoding(utf-8-strict),utf8",
        ),
        (":utf8 :crlf", "unix,perlio,utf8,crlf,utf8"),
        (":crlf:utf8", "unix,perlio,crlf,utf8"),
        (
            ":encoding(latin1):bytes",
            "unix,perlio,encoding(iso-8859-1)",
        ),
        (":encoding(UTF-8):raw", "unix,perlio"),
        (":utf8:pop", "unix"),
        (":crlf:crlf", "unix,perlio,crlf"),
        (":utf8:perlio", "unix,perlio,utf8,perlio"),
    ] {
        let mut handle = temporary(b"");
        push(&mut handle, notation);
        assert_eq!(handle.layer_names().join(","), names, "{notation}");
    }
}

#[test]
fn modes_are_read_as_perl_reads_them() {
    let two = |text: &str| parse_two(text.as_bytes()).unwrap().mode;
    assert_eq!(two("  name \n").target, Target::File(b"name".to_vec()));
    assert_eq!(two(">> log").access, Access::APPEND);
    assert_eq!(two("+<x").access, Access::BOTH);
    assert!(two("+>x").truncate);
    assert_eq!(two("ls -l |").target, Target::PipeFrom(b"ls -l".to_vec()));
    assert_eq!(two("|cat").target, Target::PipeTo(b"cat".to_vec()));
    assert_eq!(two("-").target, Target::Standard);
    assert_eq!(two(">-").target, Target::Standard);
    assert_eq!(
        two(">&STDERR").target,
        Target::Dup {
            same: false,
            name: b"STDERR".to_vec()
        }
    );
    assert_eq!(
        two("<&=3").target,
        Target::Dup {
            same: true,
            name: b"3".to_vec()
        }
    );
    assert!(parse_two(b"|a|").unwrap().bidirectional);
    assert!(parse_two(b" | ").is_err());
    assert_eq!(parse_three(b"< :utf8").unwrap().layers, b":utf8");
    assert_eq!(
        parse_three(b"-|").unwrap().target,
        Target::PipeFrom(Vec::new())
    );
    assert!(parse_three(b"name").is_err());
}
