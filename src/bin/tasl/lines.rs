//! The lines of standard input, whatever Unicode encoding they are in.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

/// The longest line that is read, in bytes of UTF-8.
pub(crate) const LONGEST: usize = 1 << 20;

/// How much is read at once.
const CHUNK: usize = 1 << 16;

/// One line.
pub(crate) enum Line {
    /// Without its end.
    Whole(String),
    /// Longer than [`LONGEST`]: how it begins.
    TooLong(String),
}

/// Reads lines. A byte order mark tells UTF-16 from UTF-8; what is in neither is
/// replaced by U+FFFD.
pub(crate) struct Lines<R> {
    input: R,
    decoder: Option<Decoder>,
    /// Decoded, and not yet given out.
    text: String,
    /// How the line begins, where the most of it was dropped already.
    too_long: Option<String>,
    ended: bool,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        let text = String::new();
        Self { input, decoder: None, text, too_long: None, ended: false }
    }

    /// The next line, `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut seen = 0;
        loop {
            let end = self.text.get(seen..).and_then(|rest| rest.find('\n'));
            if let Some(end) = end.map(|end| end + seen) {
                let rest = self.text.split_off(end + 1);
                let line = std::mem::replace(&mut self.text, rest);
                return Ok(Some(self.line(&line)));
            }
            if self.text.len() > LONGEST {
                // The rest of it need not be kept.
                let start = self.text.chars().take(60).collect();
                self.too_long.get_or_insert(start);
                self.text.clear();
            }
            seen = self.text.len();
            if self.ended {
                if self.text.is_empty() && self.too_long.is_none() {
                    return Ok(None);
                }
                let line = std::mem::take(&mut self.text);
                return Ok(Some(self.line(&line)));
            }
            self.fill()?;
        }
    }

    fn line(&mut self, line: &str) -> Line {
        let line = line.trim_end_matches(['\n', '\r']);
        match self.too_long.take() {
            Some(start) => Line::TooLong(start),
            None if line.len() > LONGEST => {
                Line::TooLong(line.chars().take(60).collect())
            }
            None => Line::Whole(line.to_owned()),
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut chunk = Vec::with_capacity(CHUNK);
        (&mut self.input).take(CHUNK as u64).read_to_end(&mut chunk)?;
        // A terminal may go on behind its end, and is not asked again.
        self.ended = chunk.len() < CHUNK;
        let decoder = self.decoder.get_or_insert_with(|| {
            let encoding = Encoding::for_bom(&chunk).map_or(UTF_8, |(found, _)| found);
            encoding.new_decoder_with_bom_removal()
        });
        let mut rest = &chunk[..];
        loop {
            self.text
                .reserve(decoder.max_utf8_buffer_length(rest.len()).unwrap_or(CHUNK));
            let (result, read, _) =
                decoder.decode_to_string(rest, &mut self.text, self.ended);
            rest = rest.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(input);
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push(match line {
                Line::Whole(text) => text,
                Line::TooLong(start) => format!("too long: {start}"),
            });
        }
        all
    }

    #[test]
    fn a_line_that_is_too_long_costs_no_other() {
        for length in [LONGEST + 1, LONGEST + CHUNK, 3 * LONGEST] {
            let long = "x".repeat(length);
            let start = format!("too long: {}", "x".repeat(60));
            assert_eq!(lines(format!("a\n{long}\nb").as_bytes()), ["a", &start, "b"]);
            assert_eq!(lines(long.as_bytes()), [start]);
        }
        let fits = "x".repeat(LONGEST);
        assert_eq!(lines(format!("{fits}\r\nb\n").as_bytes()), [&fits, "b"]);
    }

    /// Ends after each part, as a terminal does where `^D` is pressed.
    struct Terminal(std::vec::IntoIter<&'static [u8]>);

    impl Read for Terminal {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            let part = self.0.next().unwrap_or_default();
            room[..part.len()].copy_from_slice(part);
            Ok(part.len())
        }
    }

    #[test]
    fn a_terminal_ends_once() {
        let parts: Vec<&[u8]> = vec![b"CC0\n", b"CC", b" BY", b"", b"more\n"];
        let mut lines = Lines::new(Terminal(parts.into_iter()));
        for expected in ["CC0", "CC BY"] {
            let line = lines.next().unwrap();
            assert!(matches!(line, Some(Line::Whole(text)) if text == expected));
        }
        assert!(lines.next().unwrap().is_none());
    }

    #[test]
    fn a_byte_order_mark_tells_the_encoding() {
        let utf16: Vec<u8> =
            "\u{FEFF}ä\r\nCC0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> =
            "\u{FEFF}ä\n\nCC0\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(lines(&utf16), ["ä", "CC0"]);
        assert_eq!(lines(&big), ["ä", "", "CC0"]);
        assert_eq!(lines("\u{FEFF}ä\n".as_bytes()), ["ä"]);
        assert_eq!(lines(b"\xE4\nb"), ["\u{FFFD}", "b"]);
        assert!(lines(b"").is_empty());
    }
}
