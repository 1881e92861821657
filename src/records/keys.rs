//! Keys: paths and identifiers, made comparable.

use unicode_normalization::UnicodeNormalization as _;

/// The ways to write a DOI (ISO 26324) in front of its prefix, folded.
const DOI: [&str; 6] = [
    "doi:",
    "info:doi/",
    "https://doi.org/",
    "http://doi.org/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
];

/// A key as it is compared: a path with `/`, without `./` and `file://`; a DOI as
/// `doi:10.5555/abc`.
pub(super) fn folded(key: &str) -> String {
    let key = key.trim().nfc().flat_map(char::to_lowercase);
    let key: String = key.map(|c| if c == '\\' { '/' } else { c }).collect();
    let doi = DOI.iter().find_map(|front| key.strip_prefix(front)).map(str::trim);
    if let Some(doi) = doi.filter(|doi| doi.starts_with("10.")) {
        return format!("doi:{doi}");
    }
    if let Some(rest) = key.strip_prefix("file:") {
        let path = rest.strip_prefix("//").unwrap_or(rest);
        // A host may stand there (RFC 8089, 2), and a drive after the slash.
        let path = path.strip_prefix("localhost").unwrap_or(path);
        return decoded(path).nfc().flat_map(char::to_lowercase).collect();
    }
    let mut path = key.as_str();
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path.to_owned()
}

/// `path` with its percent-encoded bytes as they are; what is no UTF-8 then stays
/// encoded.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let digits = after.get(..2);
        // A sign would be read as part of the number.
        let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        rest = match digits.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                after.get(2..).unwrap_or_default()
            }
            None => {
                bytes.push(b'%');
                after
            }
        };
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// The keys by which an identifier may stand in an export: as it is, and a DOI
/// without `doi:`, or with it.
pub(super) fn identified(identifier: &str) -> Vec<String> {
    let key = folded(identifier);
    let other = match key.strip_prefix("doi:") {
        Some(bare) => Some(bare.to_owned()),
        None => key.starts_with("10.").then(|| format!("doi:{key}")),
    };
    [Some(key), other].into_iter().flatten().collect()
}

/// What follows the last folder.
pub(super) fn name(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// The folders in front of the name, with the slash after them.
pub(super) fn folders(key: &str) -> &str {
    key.strip_suffix(name(key)).unwrap_or_default()
}

/// The folders that `front` and `key` both begin with.
pub(super) fn shared<'a>(front: &'a str, key: &str) -> &'a str {
    let mut shared = 0;
    for part in front.split_inclusive('/') {
        if !key.get(shared..).is_some_and(|rest| rest.starts_with(part)) {
            break;
        }
        shared += part.len();
    }
    front.get(..shared).unwrap_or_default()
}

/// Whether `key` is `path` with folders in front.
pub(super) fn is_below(key: &str, path: &str) -> bool {
    key == path || key.strip_suffix(path).is_some_and(|front| front.ends_with('/'))
}

/// How many bytes of whole names `key` and `file` have in common at their ends.
pub(super) fn common(key: &str, file: &str) -> usize {
    let pairs = key.rsplit('/').zip(file.rsplit('/'));
    let same = pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len() + 1);
    same.sum::<usize>().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_code_in_an_address_stays() {
        for (key, expected) in [
            ("file:///a%20b.jpg", "/a b.jpg"),
            ("file:///a%C3%84.jpg", "/aä.jpg"),
            ("file:///a%+f.jpg", "/a%+f.jpg"),
            ("file:///100%", "/100%"),
            ("file:///a%FF.jpg", "/a%ff.jpg"),
            ("a%20b.jpg", "a%20b.jpg"),
        ] {
            assert_eq!(folded(key), expected);
        }
    }
}
