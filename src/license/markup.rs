//! Markup in values: tags and entities of HTML, as far as a reader sees
//! through them.

/// The length of the tag at the start of `bytes`; `None` where `<` is no tag.
pub(super) fn tag_len(bytes: &[u8]) -> Option<usize> {
    const LONGEST: usize = 4096;
    let named = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?');
    bytes.get(1).filter(|b| named(b))?;
    let rest = bytes.get(1..bytes.len().min(LONGEST))?;
    let end = memchr::memchr2(b'<', b'>', rest)?;
    (rest.get(end) == Some(&b'>')).then_some(end + 2)
}

/// Whether a tag sets something apart from the text around it.
pub(super) fn is_block(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name[..end].to_ascii_lowercase();
    matches!(
        name.as_str(),
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "td"
            | "th"
            | "tr"
            | "table"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "section"
            | "article"
            | "footer"
            | "header"
            | "blockquote"
            | "dd"
            | "dt"
    )
}

/// Whether a tag says that its address is the license: `rel="license"`.
pub(super) fn says_license(tag: &str) -> bool {
    const LONGEST: usize = 200;
    let tag = tag.to_ascii_lowercase();
    ["rel", "property", "itemprop"].iter().any(|name| {
        tag.match_indices(name).any(|(at, _)| {
            let value = tag[at + name.len()..].trim_start();
            let Some(value) = value.strip_prefix('=') else { return false };
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let value = value.get(..LONGEST).unwrap_or(value);
            let end = value.find(['"', '\'', '>']).unwrap_or(0).min(LONGEST);
            let is_license =
                |word: &str| word.rsplit(':').next().is_some_and(|w| w == "license");
            value[..end].split_whitespace().any(is_license)
        })
    })
}

/// The character that an entity at the start of `text` stands for, and its
/// length.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let c = match name {
        "amp" => {
            // Escaped twice: `&amp;nbsp;`.
            let inner = text.get(end + 1..).and_then(|rest| {
                let semicolon = rest.bytes().take(LONGEST).position(|b| b == b';')?;
                let c = named_entity(rest.get(..semicolon)?)?;
                Some((c, end + semicolon + 2))
            });
            return Some(inner.unwrap_or(('&', end + 1)));
        }
        name => named_entity(name)?,
    };
    Some((c, end + 1))
}

fn named_entity(name: &str) -> Option<char> {
    Some(match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "lt" => '<',
        "gt" => '>',
        "quot" | "ldquo" | "rdquo" | "laquo" | "raquo" | "bdquo" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "ndash" | "mdash" | "hyphen" | "minus" => '-',
        "shy" | "zwnj" | "zwj" => '\u{AD}',
        "copy" => '©',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "oacute" => 'ó',
        "atilde" => 'ã',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}
