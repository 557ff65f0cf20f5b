//! A line of a program as a terminal shows it, with a mark under a part: tabs, wide characters, lines that are too long.

/// Columns of a line that are shown.
const WIDTH: usize = 100;
/// Columns shown before the mark where a line is cut.
const BEFORE: usize = 30;

/// The line as it is shown, the columns before the mark, and those of the mark. The part is a range of the line's bytes.
pub fn laid_out(line: &str, start: usize, end: usize) -> (String, usize, usize) {
    // a tab would set the mark off
    let shown = |text: &str| text.replace('\t', "    ").replace(char::is_control, "?");
    let start = floor(line, start);
    let end = floor(line, end.min(line.len())).max(start);
    let (head, part, tail) = (
        shown(&line[..start]),
        shown(&line[start..end]),
        shown(&line[end..]),
    );
    if columns(&head) + columns(&part) + columns(&tail) <= WIDTH {
        let whole = format!("{head}{part}{tail}");
        return (whole, columns(&head), columns(&part).max(1));
    }
    let head = match columns(&head) > BEFORE + 3 {
        true => format!("...{}", last(&head, BEFORE)),
        false => head,
    };
    let behind = format!("{part}{tail}");
    let room = WIDTH - columns(&head) - 3;
    let cut = first(&behind, room);
    let dots = if cut.len() < behind.len() { "..." } else { "" };
    let mark = columns(&part).min(columns(cut)).max(1);
    (format!("{head}{cut}{dots}"), columns(&head), mark)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// As much of a text's beginning as fits.
fn first(text: &str, room: usize) -> &str {
    let mut used = 0;
    let over = text.char_indices().find(|(_, c)| {
        used += width(*c);
        used > room
    });
    over.map_or(text, |(at, _)| &text[..at])
}

/// As much of its end.
fn last(text: &str, room: usize) -> &str {
    let mut used = 0;
    let over = text.char_indices().rev().find(|(_, c)| {
        used += width(*c);
        used > room
    });
    over.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// The columns a character takes: none where it joins the one before, two in the scripts of East Asia and for pictures.
fn width(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36f | 0x200b..=0x200f | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}
