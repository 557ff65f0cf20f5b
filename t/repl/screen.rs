//! As much of a terminal's screen as a line editor uses: text, cursor movements, clearing.

const COLUMNS: usize = 200;

/// Lines of characters and a cursor; lines never scroll away.
#[derive(Default)]
pub struct Screen {
    lines: Vec<Vec<char>>,
    row: usize,
    column: usize,
    /// An escape sequence that has begun.
    escape: Option<String>,
}

impl Screen {
    /// Output of the program.
    pub fn feed(&mut self, text: &str) {
        for c in text.chars() {
            self.put(c);
        }
    }

    fn put(&mut self, c: char) {
        if let Some(mut sequence) = self.escape.take() {
            sequence.push(c);
            let open = sequence == "["
                || sequence.starts_with('[') && !c.is_ascii_alphabetic() && c != '~';
            if open {
                self.escape = Some(sequence);
            } else {
                self.control(&sequence);
            }
            return;
        }
        match c {
            '\x1b' => self.escape = Some(String::new()),
            '\r' => self.column = 0,
            '\n' => self.row += 1,
            '\x08' => self.column = self.column.saturating_sub(1),
            '\x07' => {}
            c => {
                if self.column >= COLUMNS {
                    (self.row, self.column) = (self.row + 1, 0);
                }
                let (row, column) = (self.row, self.column);
                while self.lines.len() <= row {
                    self.lines.push(Vec::new());
                }
                let line = &mut self.lines[row];
                while line.len() <= column {
                    line.push(' ');
                }
                line[column] = c;
                self.column += 1;
            }
        }
    }

    fn control(&mut self, sequence: &str) {
        let Some(body) = sequence.strip_prefix('[') else {
            return;
        };
        let Some(last) = body.chars().next_back() else {
            return;
        };
        let number = body[..body.len() - 1]
            .split(';')
            .next()
            .and_then(|n| n.parse::<usize>().ok());
        let count = number.unwrap_or(1).max(1);
        match last {
            'A' => self.row = self.row.saturating_sub(count),
            'B' => self.row += count,
            'C' => self.column += count,
            'D' => self.column = self.column.saturating_sub(count),
            'G' => self.column = count - 1,
            'K' | 'J' => {
                if number == Some(2) {
                    (self.row, self.column) = (0, 0);
                    self.lines.clear();
                }
                if let Some(line) = self.lines.get_mut(self.row) {
                    line.truncate(self.column);
                }
                if last == 'J' {
                    self.lines.truncate(self.row + 1);
                }
            }
            _ => {}
        }
    }

    /// The line with the cursor.
    pub fn row(&self) -> usize {
        self.row
    }

    /// Where the cursor stands in its line.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The lines from a row on.
    pub fn text_from(&self, row: usize) -> String {
        let mut out = String::new();
        for line in self.lines.iter().skip(row) {
            let line: String = line.iter().collect();
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}
