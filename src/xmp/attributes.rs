//! The attributes of a tag, as XML 1.0, 3.1 has them and as generators have
//! written them: without the space between two of them, say.

use std::borrow::Cow;

/// The attributes in what follows the name of an element in its tag.
pub(super) struct Attributes<'a> {
    all: &'a str,
    at: usize,
    /// Two attributes stood without a space between them.
    pub(super) crowded: bool,
    /// Something was not an attribute, and left out.
    pub(super) broken: bool,
}

/// An attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    /// As written between its quotes.
    pub(super) value: &'a str,
    /// Where the value begins, counted in the text given to [`Attributes`].
    pub(super) at: usize,
}

impl<'a> Attributes<'a> {
    pub(super) fn new(all: &'a str) -> Self {
        Self { all, at: 0, crowded: false, broken: false }
    }

    /// Whether all of it are attributes.
    pub(super) fn are_whole(all: &str) -> bool {
        let mut attributes = Attributes::new(all);
        while let Some(step) = attributes.step() {
            if step.is_none() {
                return false;
            }
        }
        true
    }

    /// Goes on to the next attribute, or past something that is none.
    fn step(&mut self) -> Option<Option<Attribute<'a>>> {
        self.space();
        if self.rest().is_empty() {
            return None;
        }
        let start = self.at;
        let attribute = self.attribute();
        if attribute.is_none() {
            self.at = start;
            self.skip_broken();
        }
        Some(attribute)
    }

    fn rest(&self) -> &'a str {
        self.all.get(self.at..).unwrap_or_default()
    }

    /// Passes over white space, and says whether there was any.
    fn space(&mut self) -> bool {
        let rest = self.rest().bytes();
        let len = rest.take_while(|b| is_space(char::from(*b))).count();
        self.at += len;
        len > 0
    }

    /// Goes on behind the next white space.
    fn skip_broken(&mut self) {
        self.broken = true;
        let rest = self.rest();
        let len = rest.find(is_space).unwrap_or(rest.len());
        // What follows unreadable bytes may be of another tag.
        let is_readable = !rest.get(..len).unwrap_or_default().contains(is_strange);
        self.at += if is_readable { len } else { rest.len() };
    }

    /// The attribute that begins here. `None` where none does.
    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let name = name_at(self.rest())?;
        self.at += name.len();
        self.space();
        self.at += self.rest().strip_prefix('=').map(|_| 1)?;
        self.space();
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''))?;
        self.at += 1;
        let at = self.at;
        let (value, _) = self.rest().split_once(quote)?;
        self.at += value.len() + 1;
        // What follows tells whether it was the right quote that ended it. A
        // lost one would make a value of all up to the next attribute.
        let rest = self.rest();
        let follows = rest.trim_start_matches(is_space);
        let crowded = follows.len() == rest.len() && !follows.is_empty();
        if crowded {
            let name = name_at(follows)?;
            follows.get(name.len()..)?.trim_start_matches(is_space).strip_prefix('=')?;
            self.crowded = true;
        }
        Some(Attribute { name, value, at })
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(attribute) = self.step()? {
                return Some(attribute);
            }
        }
    }
}

/// The name at the start of `text`: XML 1.0, 2.3, in short.
pub(super) fn name_at(text: &str) -> Option<&str> {
    // What is not ASCII belongs to it, but for the controls behind ASCII.
    let goes_on = |b: &u8| {
        b.is_ascii_alphanumeric() || matches!(b, b'_' | b':' | b'-' | b'.') || *b >= 0x80
    };
    let len = text.bytes().take_while(goes_on).count();
    let name = text.get(..len)?;
    let name = match name.is_ascii() {
        true => name,
        false => name.split(char::is_control).next()?,
    };
    let first = name.chars().next()?;
    (first == '_' || first == ':' || !first.is_ascii() || first.is_ascii_alphabetic())
        .then_some(name)
}

/// A character that XML 1.0, 2.2 does not allow.
pub(super) fn is_strange(c: char) -> bool {
    c.is_ascii_control() && !is_space(c)
}

/// Whether all of `text` is white space.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| is_space(char::from(b)))
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The character that `name` stands for in `&name;`: XML 1.0, 4.1 and 4.6.
pub(super) fn character(name: &str) -> Option<char> {
    let number = match name {
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "amp" => return Some('&'),
        "apos" => return Some('\''),
        "quot" => return Some('"'),
        name => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // XML 1.0, 2.2: no other controls.
    char::from_u32(code).filter(|c| matches!(c, '\t' | '\n' | '\r') || *c >= ' ')
}

/// `text` with its references replaced, and whether all of them could be.
/// Those that could not stay as they are written.
pub(super) fn unescape(text: &str) -> (Cow<'_, str>, bool) {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return (Cow::Borrowed(text), true);
    }
    let mut out = String::with_capacity(text.len());
    let mut whole = true;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // The longest is `&#x10FFFF;`.
        let name = after.split([';', '&', '<']).next().filter(|n| n.len() <= 12);
        let known = name.and_then(|n| {
            let tail = after.get(n.len()..)?.strip_prefix(';')?;
            Some((character(n)?, tail))
        });
        match known {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                whole = false;
                rest = after;
            }
        }
    }
    out.push_str(rest);
    (Cow::Owned(out), whole)
}

/// The value of an attribute: XML 1.0, 3.3.3, which makes a space of each
/// white space that is not written as a reference.
pub(super) fn normalized(value: &str) -> (Cow<'_, str>, bool) {
    if memchr::memchr3(b'\t', b'\n', b'\r', value.as_bytes()).is_none() {
        return unescape(value);
    }
    let spaced = value.replace("\r\n", " ").replace(['\t', '\n', '\r'], " ");
    let (text, whole) = unescape(&spaced);
    (Cow::Owned(text.into_owned()), whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The attributes as `name=value`, then `crowded` and `broken`.
    fn read(text: &str) -> (Vec<String>, bool, bool) {
        let mut attributes = Attributes::new(text);
        let found = attributes.by_ref().map(|a| format!("{}={}", a.name, a.value));
        let found = found.collect();
        (found, attributes.crowded, attributes.broken)
    }

    #[test]
    fn attributes_are_read_and_what_is_none_is_left_out() {
        let cases: &[(&str, &[&str], bool, bool)] = &[
            ("", &[], false, false),
            (" a='1' b:c = \"2>\"\n", &["a=1", "b:c=2>"], false, false),
            ("a='1'b='2'", &["a=1", "b=2"], true, false),
            ("a='' é='ü'", &["a=", "é=ü"], false, false),
            // A quote is lost: the value may have been anything.
            ("a=\"1 b=\"2\" c=\"3\"", &["b=2", "c=3"], false, true),
            ("a=\"1\" b=\"2", &["a=1"], false, true),
            ("a=1 b='2'", &["b=2"], false, true),
            ("a b='2'", &["b=2"], false, true),
            ("=''=' b='2'", &["b=2"], false, true),
            ("a='1' b\0\0 c='3'", &["a=1"], false, true),
            ("/ a='1'", &["a=1"], false, true),
        ];
        for (text, found, crowded, broken) in cases {
            let (f, c, b) = read(text);
            assert_eq!(f, *found, "{text}");
            assert_eq!((c, b), (*crowded, *broken), "{text}");
        }
    }

    #[test]
    fn references_are_replaced_where_they_mean_something() {
        for (text, value, whole) in [
            ("AT&amp;T &#169; &#xA9;", "AT&T © ©", true),
            ("&lt;&gt;&quot;&apos;", "<>\"'", true),
            ("&copy; 2019", "&copy; 2019", false),
            ("AT&T; &", "AT&T; &", false),
            ("&#0;&#xD800;&#x110000;", "&#0;&#xD800;&#x110000;", false),
            // Once, not twice.
            ("&amp;lt;", "&lt;", true),
        ] {
            assert_eq!(unescape(text), (value.into(), whole), "{text}");
        }
    }

    #[test]
    fn white_space_in_an_attribute_is_a_space_unless_it_is_a_reference() {
        assert_eq!(normalized("a\r\nb\tc&#10;d").0, "a b c\nd");
    }
}
