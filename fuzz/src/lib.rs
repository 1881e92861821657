//! What the fuzz targets do with their bytes, and what must hold afterwards.

use tasl::license::{Context, notice, read_in};
use tasl::model::{BlockKind, Evidence, FileRef};
use tasl::policy::{Date, Policies};
use tasl::read::blocks::{Decoded, decode};
use tasl::read::formats::FORMATS;
use tasl::read::{Found, Input, Limits, read_input, vocabulary};

/// Reads a file of any format, from its bytes to its statements.
///
/// # Panics
///
/// Where a statement stands behind the end of the file, or where a second
/// reading says something else.
pub fn file(bytes: &[u8]) {
    let evidence = evidence(bytes);
    for statement in &evidence.statements {
        assert!(statement.location.offset <= bytes.len() as u64, "{statement:?}");
    }
    assert_eq!(evidence.to_notation(), self::evidence(bytes).to_notation());
}

fn evidence(bytes: &[u8]) -> Evidence {
    let limits = Limits::default();
    let mut evidence = Evidence::default();
    read_input(&mut Input::from_bytes(bytes, &limits), FileRef::Primary, &mut evidence);
    evidence
}

/// Walks a file as the format of this id, whatever it begins with.
///
/// # Panics
///
/// Where there is no such format.
pub fn walk(id: &str, bytes: &[u8]) {
    let format = FORMATS.iter().find(|f| f.id == id).expect("a format of this id");
    let limits = Limits::default();
    let mut found = Found::default();
    // What stopped the walk does not matter: that it came back does.
    let _ = (format.walk)(&mut Input::from_bytes(bytes, &limits), &mut found);
}

/// Decodes a block.
///
/// # Panics
///
/// Where a value or a block inside stands behind the end of the block.
pub fn block(kind: BlockKind, bytes: &[u8]) {
    let mut decoded = Decoded::default();
    let _ = decode(kind, bytes, &Limits::default(), &mut decoded);
    let len = bytes.len() as u64;
    assert!(decoded.pairs.iter().all(|(_, pair)| pair.offset <= len));
    assert!(decoded.blocks.iter().all(|block| block.offset <= len));
}

/// Reads the licenses in a text.
///
/// # Panics
///
/// Where a reference is no part of the text.
pub fn statement(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for context in [Context::LicenseField, Context::RightsText, Context::Prose] {
        for reference in read_in(&text, context) {
            assert!(text.get(reference.span.clone()).is_some(), "{reference:?}");
        }
    }
}

/// Reads what a rights text says besides licenses.
///
/// # Panics
///
/// Where the terms found are no part of the text.
pub fn rights_text(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    if let Some(range) = notice::extra_terms(text) {
        assert!(text.get(range.clone()).is_some(), "{range:?}");
    }
    let _ = notice::notice(text);
    for judge in [
        notice::claims_copyright,
        notice::reserves_all_rights,
        notice::says_public_domain,
        notice::is_blank,
        notice::is_contact,
        notice::is_device_default,
        notice::is_empty_notice,
        notice::is_namespace_url,
        notice::is_placeholder_creator,
        notice::is_placeholder_title,
        notice::is_software_name,
        notice::has_lost_characters,
        notice::lacks_scheme,
    ] {
        judge(text);
    }
}

/// Reads a policy, and asks it about a path.
///
/// # Panics
///
/// Where a policy is refused without saying why.
pub fn policy(bytes: &[u8]) {
    let today = Date::parse("2026-01-31").expect("a date");
    let rules: Vec<_> = tasl::rules::CATALOGUE.iter().map(|rule| rule.id).collect();
    match Policies::parse(&String::from_utf8_lossy(bytes), &rules, today) {
        Ok(policies) => {
            policies.at("photographs/a.jpg");
            policies.exception("photographs/a.jpg", "license-missing");
        }
        Err(mistakes) => assert!(!mistakes.is_empty()),
    }
}

/// Reads evidence in the notation.
///
/// # Panics
///
/// Where evidence that was written cannot be read again as the same.
pub fn notation(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(evidence) = Evidence::from_notation(&text, vocabulary::property) else {
        return;
    };
    let written = evidence.to_notation();
    let again = Evidence::from_notation(&written, vocabulary::property);
    assert_eq!(again.expect(&written).to_notation(), written);
}
