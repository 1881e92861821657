//! REUSE: a `.license` file beside a work, with the tags of SPDX (REUSE 3.3;
//! SPDX 2.3, annex E).

use encoding_rs::WINDOWS_1252;

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::{Cap, Pair};

pub(super) static FORMAT: Format = Format {
    id: "reuse",
    media_type: "text/plain",
    extensions: &[],
    pronom: &[],
    // Sources begin with such tags as well, in a comment.
    sniff: |input| input.head().trim_ascii_start().starts_with(b"SPDX-"),
    walk,
};

/// The tags that are read.
const TAGS: [&str; 3] =
    ["SPDX-FileCopyrightText", "SPDX-License-Identifier", "SPDX-FileContributor"];

/// What begins and ends a part about something else: a snippet, and lines that
/// only speak of tags.
const APART: [(&str, &str); 2] =
    [("SPDX-SnippetBegin", "SPDX-SnippetEnd"), ("REUSE-IgnoreStart", "REUSE-IgnoreEnd")];

/// Whether a text has such tags somewhere in its beginning.
pub(super) fn has_tags(input: &Input<'_>) -> bool {
    let has = |tag: &str| memchr::memmem::find(input.head(), tag.as_bytes()).is_some();
    TAGS.into_iter().any(has)
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let len = input.len().min(input.limits().license_file);
    let bytes = input.bytes(0, len)?;
    found.seen(BlockKind::Reuse);
    let (mut at, mut tags) = (0, 0);
    let mut apart: Option<&str> = None;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let start = at;
        at += line.len() as u64;
        let (text, in_utf8) = match std::str::from_utf8(line) {
            Ok(text) => (text.into(), true),
            Err(_) => (WINDOWS_1252.decode_without_bom_handling(line).0, false),
        };
        if let Some(end) = apart {
            apart = apart.filter(|_| !text.contains(end));
            continue;
        }
        apart = APART.iter().find(|(begin, _)| text.contains(begin)).map(|a| a.1);
        let Some((key, value)) = tag(&text).filter(|_| apart.is_none()) else { continue };
        tags += 1;
        if tags > input.limits().parts {
            return Err(input.limits().over(Cap::Parts));
        }
        // The value is a part of the text.
        let before = value.as_ptr() as usize - text.as_ptr() as usize;
        let before = match in_utf8 {
            true => before,
            false => text.get(..before).map_or(0, |before| before.chars().count()),
        };
        let offset = start + before as u64;
        let (key, value) = (key.to_owned(), value.to_owned());
        found.pair(BlockKind::Reuse, Pair { key, value, lang: None, offset });
    }
    if len < input.len() {
        return Err(input.limits().over(Cap::LicenseFile));
    }
    if tags == 0 {
        return Err(Stop::Malformed("no SPDX tag has a value"));
    }
    Ok(())
}

/// The tag in a line, and its value. A line may be the copyright notice itself
/// (REUSE 3.3, copyright notice).
fn tag(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim();
    let tagged = TAGS.into_iter().find_map(|tag| {
        let (_, value) = line.split_once(tag)?;
        Some((tag, value.strip_prefix(':')?))
    });
    let is_notice = || {
        let word = line.get(..9).is_some_and(|w| w.eq_ignore_ascii_case("copyright"));
        line.starts_with('©') || word
    };
    let (tag, value) = tagged.or_else(|| is_notice().then_some(("Copyright", line)))?;
    // What closes a comment is no part of the value.
    let value = value.trim();
    let value =
        ["*/", "-->"].iter().find_map(|end| value.strip_suffix(end)).unwrap_or(value);
    let value = value.trim_end();
    (!value.is_empty()).then_some((tag, value))
}

#[cfg(test)]
mod tests {
    use crate::model::{Evidence, FileRef};
    use crate::read::testing::{damage, evidence, said};
    use crate::read::{Input, Limits, read_input};

    #[test]
    fn tags_are_read_line_by_line() {
        let owner = "SPDX-FileCopyrightText: 2019 Ada <ada@museum.example>";
        for (lines, expected) in [
            (
                format!("{owner}\n\nSPDX-License-Identifier: CC-BY-4.0"),
                &[
                    "reuse SPDX-FileCopyrightText 2019 Ada <ada@museum.example>",
                    "reuse SPDX-License-Identifier CC-BY-4.0",
                ][..],
            ),
            (
                format!("SPDX-SnippetBegin\n{owner}\nSPDX-SnippetEnd\r\n© 2020 Ada\r\n"),
                &["reuse Copyright © 2020 Ada"],
            ),
            (
                format!("SPDX-FileContributor: Bela -->\nREUSE-IgnoreStart\n{owner}"),
                &["reuse SPDX-FileContributor Bela"],
            ),
        ] {
            assert_eq!(said(lines.as_bytes()), expected, "{lines}");
            assert_eq!(damage(lines.as_bytes()), [""; 0]);
        }
        assert_eq!(damage(b"SPDX-License-Identifier:\n"), ["no SPDX tag has a value"]);
    }

    #[test]
    fn a_value_has_its_place_in_whatever_charset() {
        for file in [
            &b"SPDX-FileCopyrightText: Zo\xC3\xAB\nCopyright \xC3\xAB Zo\xC3\xAB"[..],
            b"SPDX-FileCopyrightText: Zo\xEB\nCopyright \xEB Zo\xEB",
        ] {
            let found = evidence(file);
            let at: Vec<u64> =
                found.statements.iter().map(|s| s.location.offset).collect();
            let second = file.iter().position(|b| *b == b'\n').unwrap() as u64 + 1;
            assert_eq!(at, [24, second]);
            assert_eq!(found.statements[0].value, "Zoë");
        }
    }

    #[test]
    fn a_sidecar_may_have_its_tags_in_a_comment() {
        let read = |text: &str| {
            let limits = Limits::default();
            let mut evidence = Evidence::default();
            let mut input = Input::from_bytes(text.as_bytes(), &limits);
            read_input(&mut input, FileRef::Sidecar(0), &mut evidence);
            let wrong: Vec<_> = evidence.damage.into_iter().map(|d| d.what).collect();
            (evidence.statements.len(), wrong.concat())
        };
        assert_eq!(
            read("<!--\nSPDX-License-Identifier: CC0-1.0 -->\n"),
            (1, String::new())
        );
        let neither = "the sidecar is neither an XMP packet nor SPDX tags";
        assert_eq!(read("all rights reserved"), (0, neither.to_owned()));
    }
}
