//! The evidence notation: what a file says, as lines of text.
//!
//! ```text
//! @         format      jpeg
//! xmp       cc:license  https://creativecommons.org/licenses/by/4.0/
//! xmp       dc:title[de]  Hafen am Abend
//! exif      Copyright   "   "
//! sidecar/xmp  dc:creator  Jane Doe
//! !         malformed   segment runs past the end of the file
//! ```
//!
//! A line has three words: the block, the key as the block's own standard
//! spells it, with the language in brackets, and the value. A value that is
//! empty, begins with a quote, or has white space at an end or a control
//! character is written as a JSON string. `sidecar/` before the block means the
//! first sidecar, `sidecar1/` the second.
//!
//! A line that begins with `!` is damage: its kind, and what was wrong. One
//! that begins with `@` tells about the file:
//!
//! | key | value |
//! |---|---|
//! | `format` | the id of a format, `unsupported`, `not-media` or `unknown` |
//! | `extension` | the extension of the name |
//! | `promised` | the media type of the extension, where it does not fit |
//! | `subject` | `file`, `orphan-sidecar`, `symlink`, `unlistable` … |
//! | `block` | a kind of block that is there and says nothing |
//! | `first-page` | the marks of the first page, in hexadecimal digits, a solidus and that of what follows |
//!
//! A block with a number, `xmp#2`, says that the key stands in a second list: in
//! another block of that kind, or in another property of that name.
//!
//! Without a `format` line the format is `jpeg`.
//!
//! The examples of rules have more lines that begin with `@`, which are no part
//! of the evidence about one file: `policy` and a line of `tasl.toml`, `record`
//! with a field (`license`, `creator`, `title`, `key`) of the record beside the
//! file, `file` with a path before what that file says, and `files` with a
//! number and a path before what so many files say, `*` being their number.
//!
//! `tasl show` prints it, the documentation of each rule gives its examples
//! in it, and tests write their evidence in it.

use std::fmt::Write as _;

use super::{
    BlockKind, Content, Damage, DamageKind, Evidence, FileRef, FirstPage, Location,
    Property, Statement, Subject,
};

/// A line of the notation that could not be understood.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct NotationError {
    /// Counted from 1.
    pub line: usize,
    /// What was wrong with it.
    pub what: &'static str,
}

impl Evidence {
    /// Reads evidence in the notation. `property` names the property of a
    /// block's key.
    ///
    /// # Errors
    ///
    /// [`NotationError`] for a line with too few words, or an unknown one.
    pub fn from_notation(
        text: &str,
        property: impl Fn(BlockKind, &str) -> Option<Property>,
    ) -> Result<Self, NotationError> {
        let mut evidence = Self {
            content: Content::Format { id: "jpeg", media_type: "image/jpeg" },
            ..Self::default()
        };
        for (number, line) in text.lines().enumerate() {
            let error = |what| NotationError { line: number + 1, what };
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let (first, rest) =
                word(line).ok_or_else(|| error("expected three words"))?;
            let (key, value) = word(rest).ok_or_else(|| error("expected three words"))?;
            let (file, block) = file_and_block(first);
            match block {
                "!" => {
                    let kind = DamageKind::ALL.into_iter().find(|k| k.as_str() == key);
                    evidence.damage.push(Damage {
                        file,
                        kind: kind.ok_or_else(|| error("unknown kind of damage"))?,
                        offset: None,
                        what: unquoted(value).ok_or_else(|| error("not a string"))?,
                    });
                }
                "@" => evidence.tell(file, key, value).map_err(error)?,
                _ => {
                    let (block, nth) = match block.split_once('#') {
                        Some((block, nth)) => {
                            let nth: u32 =
                                nth.parse().map_err(|_| error("not a number"))?;
                            (block, nth.saturating_sub(1))
                        }
                        None => (block, 0),
                    };
                    let block =
                        block_kind(block).ok_or_else(|| error("unknown block"))?;
                    let (key, lang) = match key.strip_suffix(']') {
                        Some(inner) => inner.rsplit_once('[').unwrap_or((key, "")),
                        None => (key, ""),
                    };
                    evidence.note_block(file, block);
                    evidence.statements.push(Statement {
                        property: property(block, key)
                            .ok_or_else(|| error("unknown key"))?,
                        value: unquoted(value).ok_or_else(|| error("not a string"))?,
                        lang: (!lang.is_empty()).then(|| lang.to_owned()),
                        location: Location {
                            file,
                            block,
                            key: key.to_owned(),
                            offset: 0,
                            nth,
                        },
                    });
                }
            }
        }
        Ok(evidence)
    }

    /// Notes that there is such a block.
    pub fn note_block(&mut self, file: FileRef, block: BlockKind) {
        if !self.blocks.contains(&(file, block)) {
            self.blocks.push((file, block));
        }
    }

    /// Understands a line that begins with `@`.
    fn tell(
        &mut self,
        file: FileRef,
        key: &str,
        value: &str,
    ) -> Result<(), &'static str> {
        match key {
            "format" => {
                self.content = match value {
                    "unknown" => Content::Unknown,
                    "unsupported" => {
                        Content::Unsupported { name: "WebP", media_type: "image/webp" }
                    }
                    "not-media" => Content::NotMedia { name: "plain text" },
                    "jpeg" => Content::Format { id: "jpeg", media_type: "image/jpeg" },
                    "tiff" => Content::Format { id: "tiff", media_type: "image/tiff" },
                    "png" => Content::Format { id: "png", media_type: "image/png" },
                    "pdf" => Content::Format { id: "pdf", media_type: "application/pdf" },
                    "xmp" => {
                        Content::Format { id: "xmp", media_type: "application/rdf+xml" }
                    }
                    _ => return Err("unknown format"),
                }
            }
            "extension" => self.extension = Some(value.to_owned()),
            "promised" => {
                self.promised =
                    ["image/jpeg", "image/tiff", "image/png", "application/pdf"]
                        .into_iter()
                        .find(|m| *m == value);
            }
            "subject" => {
                self.subject = match value {
                    "file" => Subject::File,
                    "orphan-sidecar" => Subject::OrphanSidecar,
                    "ambiguous-sidecar" => Subject::AmbiguousSidecar(vec![
                        "a.jpg".to_owned(),
                        "a.tif".to_owned(),
                    ]),
                    "symlink" => Subject::Symlink,
                    "loop" => Subject::Loop,
                    "special" => Subject::Special("FIFO"),
                    "unlistable" => Subject::Unlistable("permission denied".to_owned()),
                    _ => return Err("unknown subject"),
                }
            }
            "block" => {
                self.note_block(file, block_kind(value).ok_or("unknown block")?);
            }
            "first-page" => self.first_page = Some(first_page(value).ok_or("no marks")?),
            _ => return Err("unknown key"),
        }
        Ok(())
    }

    /// Writes the evidence in the notation.
    pub fn to_notation(&self) -> String {
        let mut text = String::new();
        let mut line = |first: &str, key: &str, value: &str| {
            let _ = writeln!(text, "{first:<13} {key:<26} {value}");
        };
        let format = match self.content {
            Content::Unknown => "unknown",
            Content::Format { id, .. } => id,
            Content::Unsupported { .. } => "unsupported",
            Content::NotMedia { .. } => "not-media",
        };
        line("@", "format", format);
        if self.subject != Subject::File {
            line("@", "subject", self.subject.as_str());
        }
        if let Some(promised) = self.promised {
            line("@", "promised", promised);
        }
        if let Some(FirstPage { marks, rest }) = &self.first_page {
            let marks: String = marks.iter().map(|mark| format!("{mark:x} ")).collect();
            line("@", "first-page", &format!("{marks}/ {rest:x}"));
        }
        for (file, block) in &self.blocks {
            let speaks =
                |s: &Statement| s.location.file == *file && s.location.block == *block;
            if !self.statements.iter().any(speaks) {
                line(&format!("{}@", prefix(*file)), "block", block.as_str());
            }
        }
        for s in &self.statements {
            let key = match &s.lang {
                Some(lang) => format!("{}[{lang}]", s.location.key),
                None => s.location.key.clone(),
            };
            let nth = match s.location.nth {
                0 => String::new(),
                nth => format!("#{}", nth.saturating_add(1)),
            };
            let first = format!("{}{}{nth}", prefix(s.location.file), s.location.block);
            line(&first, &key, &quoted(&s.value));
        }
        for d in &self.damage {
            line(&format!("{}!", prefix(d.file)), d.kind.as_str(), &quoted(&d.what));
        }
        text
    }
}

fn prefix(file: FileRef) -> String {
    match file {
        FileRef::Primary => String::new(),
        FileRef::Sidecar(0) => "sidecar/".to_owned(),
        FileRef::Sidecar(n) => format!("sidecar{n}/"),
    }
}

fn file_and_block(first: &str) -> (FileRef, &str) {
    let sidecar = first.strip_prefix("sidecar").and_then(|rest| rest.split_once('/'));
    match sidecar {
        Some(("", block)) => (FileRef::Sidecar(0), block),
        Some((n, block)) => (FileRef::Sidecar(n.parse().unwrap_or(0)), block),
        None => (FileRef::Primary, first),
    }
}

fn first_page(text: &str) -> Option<FirstPage> {
    let number = |text: &str| u32::from_str_radix(text, 16).ok();
    let (marks, rest) = text.split_once('/')?;
    let mut marks: Vec<u32> =
        marks.split_whitespace().map(number).collect::<Option<_>>()?;
    marks.sort_unstable();
    Some(FirstPage { marks, rest: number(rest.trim())? })
}

fn block_kind(name: &str) -> Option<BlockKind> {
    BlockKind::ALL.iter().copied().find(|b| b.as_str() == name)
}

/// The first word of `line`, and the rest.
fn word(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = line.split_once(char::is_whitespace)?;
    Some((word, rest.trim_start()))
}

fn quoted(value: &str) -> String {
    let plain = !value.is_empty()
        && value.trim() == value
        && !value.starts_with('"')
        && !value.contains(char::is_control);
    if plain { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}

fn unquoted(value: &str) -> Option<String> {
    if value.starts_with('"') {
        serde_json::from_str(value).ok()
    } else {
        Some(value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read_again() {
        let text = "@ format png\n\
                    @ first-page 1a 2b / ff\n\
                    @ block exif\n\
                    xmp dc:title[de] Hafen\n\
                    sidecar/xmp dc:title \" a\\nb \"\n\
                    ! limit too much\n";
        let property = |_, _: &str| Some(Property::Title);
        let evidence = Evidence::from_notation(text, property).unwrap();
        let again = Evidence::from_notation(&evidence.to_notation(), property).unwrap();
        assert_eq!(evidence.statements, again.statements);
        assert_eq!(evidence.damage, again.damage);
        assert_eq!(evidence.content, again.content);
        let page = FirstPage { marks: vec![0x1A, 0x2B], rest: 0xFF };
        assert_eq!(evidence.first_page, Some(page));
        assert_eq!(evidence.first_page, again.first_page);
        assert_eq!(evidence.statements[1].value, " a\nb ");
    }
}
