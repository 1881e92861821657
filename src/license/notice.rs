//! What rights texts say besides licenses: copyright notices, "all rights
//! reserved", "public domain", placeholders.

/// Whether `text` claims copyright: "© 2019 Jane Doe", "Copyright City Museum".
///
/// "No copyright", "Copyright-free" and an empty notice ("Copyright") do not.
pub fn claims_copyright(_text: &str) -> bool {
    false
}

/// Whether `text` reserves all rights, in any of the languages known.
pub fn reserves_all_rights(_text: &str) -> bool {
    false
}

/// Whether `text` says that the work is in the public domain, in prose.
pub fn says_public_domain(_text: &str) -> bool {
    false
}

/// Whether `text` stands where a value was expected and says nothing: blank,
/// "unknown", "n/a". For a creator, also a program or a device default.
pub fn is_placeholder_creator(_text: &str) -> bool {
    false
}

/// The same for a title: "Untitled", "Microsoft Word - report.docx".
pub fn is_placeholder_title(_text: &str) -> bool {
    false
}
