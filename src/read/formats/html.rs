//! HTML (WHATWG HTML Living Standard), also in the syntax of XML.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::Cap;

pub(super) static FORMAT: Format = Format {
    id: "html",
    media_type: "text/html",
    extensions: &["html", "htm", "xhtml", "xht"],
    pronom: &["fmt/96", "fmt/99", "fmt/100", "fmt/102", "fmt/103", "fmt/471"],
    sniff: |input| is_html(input.head()),
    walk,
};

/// With what the markup of a page begins, in lower case.
const STARTS: [&str; 5] = ["<!doctype html", "<html", "<head", "<title", "<body"];

/// Whether the first tag is one of a page.
fn is_html(head: &[u8]) -> bool {
    // Far fewer characters than this come before the first tag.
    let start = head.get(..2048).unwrap_or(head);
    // Every file is asked, and nearly all are known by the first byte that is
    // neither space nor of a byte order mark.
    let is_before = |b: &&u8| {
        b.is_ascii_whitespace() || matches!(b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)
    };
    if start.iter().find(|b| !is_before(b)) != Some(&b'<') {
        return false;
    }
    let utf16 = match start {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    let text = match utf16 {
        Some(encoding) => encoding.decode(start).0,
        None => String::from_utf8_lossy(start),
    };
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    // Comments and processing instructions, of which there are few.
    for _ in 0..20 {
        let behind = if rest.starts_with("<!--") {
            rest.split_once("-->")
        } else if rest.starts_with("<?") {
            rest.split_once('>')
        } else {
            break;
        };
        let Some((_, behind)) = behind else { return false };
        rest = behind.trim_start();
    }
    STARTS.into_iter().any(|tag| {
        let is = rest.get(..tag.len()).is_some_and(|t| t.eq_ignore_ascii_case(tag));
        let next = rest.get(tag.len()..).and_then(|rest| rest.chars().next());
        is && next.is_none_or(|c| c.is_whitespace() || c == '>' || c == '/')
    })
}

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let len = input.len().min(input.limits().page);
    found.block(BlockKind::Html, 0, input.bytes(0, len)?);
    if len < input.len() {
        return Err(input.limits().over(Cap::Page));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_tag_tells_a_page() {
        for (file, is) in [
            (&b"<!DOCTYPE html><p>"[..], true),
            (b"\xEF\xBB\xBF\n<html lang=en>", true),
            (b"<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE html PUBLIC 'x'>", true),
            (b"\xFF\xFE<\0h\0t\0m\0l\0>\0", true),
            (b"<TITLE>", true),
            (b"<htmlx>", false),
            (b"<?xml version='1.0'?><svg><html/></svg>", false),
            (b"<!-- <html> ", false),
            (b"# Notes\n<html>", false),
            (b"<!DOCTYPE svg>", false),
        ] {
            assert_eq!(is_html(file), is, "{}", String::from_utf8_lossy(file));
        }
    }
}
