//! What a text says about rights besides naming licenses, all of it at once.

use super::{
    extra_terms, has_lost_characters, is_blank, is_device_default, is_empty_notice,
    is_placeholder_creator, notice, reserves_all_rights, says_public_domain,
};

/// One thing that a text says about rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says<'t> {
    /// A copyright notice, with its owner where it names one.
    Notice(Option<&'t str>),
    /// That all rights are reserved.
    Reserved,
    /// That the work is in the public domain, without a tool that says so.
    PublicDomain,
    /// Terms of its own, in these words.
    Terms(&'t str),
    /// Nothing: it is blank, or stands in the place of a text.
    Placeholder,
    /// Nothing that is known here.
    Unknown,
}

impl Says<'_> {
    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice(_) => "copyright-notice",
            Self::Reserved => "all-rights-reserved",
            Self::PublicDomain => "public-domain",
            Self::Terms(_) => "extra-terms",
            Self::Placeholder => "placeholder",
            Self::Unknown => "unknown-text",
        }
    }
}

/// What `text` says. `licensed` is whether it names a license: then, that it says
/// nothing else is not told, nor that it is in the public domain, which the license
/// says better.
pub fn says(text: &str, licensed: bool) -> Vec<Says<'_>> {
    if !licensed
        && (is_blank(text)
            || is_device_default(text)
            || is_empty_notice(text)
            || is_placeholder_creator(text)
            || has_lost_characters(text) && !text.contains(char::is_alphanumeric))
    {
        return vec![Says::Placeholder];
    }
    let mut said = Vec::new();
    if let Some(notice) = notice(text) {
        said.push(Says::Notice(notice.owner.or(notice.editor)));
    } else if super::claims_copyright(text) {
        said.push(Says::Notice(None));
    }
    if reserves_all_rights(text) {
        said.push(Says::Reserved);
    }
    if !licensed && says_public_domain(text) {
        said.push(Says::PublicDomain);
    }
    said.extend(extra_terms(text).and_then(|span| text.get(span)).map(Says::Terms));
    if said.is_empty() && !licensed {
        said.push(Says::Unknown);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_says_what_it_says() {
        let terms = "no commercial use without permission";
        for (text, licensed, expected) in [
            ("All rights reserved", false, &[Says::Reserved][..]),
            ("public domain", false, &[Says::PublicDomain]),
            ("© 2019 Anna Berg", false, &[Says::Notice(Some("Anna Berg"))]),
            (
                "© 2019 Anna Berg. All rights reserved.",
                false,
                &[Says::Notice(Some("Anna Berg")), Says::Reserved],
            ),
            ("  ", false, &[Says::Placeholder]),
            ("OLYMPUS DIGITAL CAMERA", false, &[Says::Placeholder]),
            ("the harbour at dawn", false, &[Says::Unknown]),
            ("CC BY 4.0", true, &[]),
        ] {
            assert_eq!(says(text, licensed), expected, "{text}");
        }
        let said = says("CC BY 4.0, no commercial use without permission", true);
        let [Says::Terms(found)] = said[..] else { panic!("{said:?}") };
        assert!(terms.contains(found), "{found}");
    }
}
