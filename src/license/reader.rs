//! Finds the references to licenses in a text.

use std::ops::Range;

use super::fold::{Squashed, floor, fold};
use super::memo::{Memo, remembered};
use super::role::{self, Found};
use super::{Context, Form, Meaning, Reference, RightsStatement, Role};
use super::{anchors, cues, grammar, sentence, spdx, tokens, url};

/// Every reference to a license in `text`, in order, read as a text about
/// rights.
pub fn read(text: &str) -> Vec<Reference> {
    read_in(text, Context::RightsText)
}

/// Every reference to a license in `text`, in order, read as what stands in
/// such a place.
pub fn read_in(text: &str, context: Context) -> Vec<Reference> {
    thread_local! {
        static FIELD: Memo<Vec<Reference>> = Memo::default();
        static RIGHTS: Memo<Vec<Reference>> = Memo::default();
        static PROSE: Memo<Vec<Reference>> = Memo::default();
    }
    let memo = match context {
        Context::LicenseField => &FIELD,
        Context::RightsText => &RIGHTS,
        Context::Prose => &PROSE,
    };
    remembered(memo, text, |text| read_anew(text, context))
}

fn read_anew(text: &str, context: Context) -> Vec<Reference> {
    if let Some(operands) = spdx::expression(text) {
        let everyday = operands.iter().all(|o| match o.meaning {
            Meaning::Spdx(id) => spdx::is_everyday(id),
            _ => false,
        });
        let grants = match context {
            Context::LicenseField => true,
            Context::RightsText => !everyday,
            Context::Prose => false,
        };
        let references = operands.into_iter().map(|o| Reference {
            span: o.span,
            meaning: o.meaning,
            form: Form::Spdx,
            role: if grants { Role::Grant } else { Role::Unclear },
            choice: o.choice,
            with_exception: false,
        });
        return references.collect();
    }
    if context != Context::Prose
        && let Some(statement) = RightsStatement::from_value(text)
    {
        let start = text.len() - text.trim_start().len();
        let is_label = text.to_ascii_lowercase().contains("copyright");
        return vec![Reference {
            span: start..text.trim_end().len(),
            meaning: Meaning::RightsStatement(statement),
            form: if is_label { Form::Name } else { Form::Short },
            role: Role::Grant,
            choice: false,
            with_exception: false,
        }];
    }
    if text.len() <= SHORT {
        return stretch(text, 0..text.len(), context);
    }
    let stretches = anchors::stretches(text).into_iter();
    stretches.flat_map(|range| stretch(text, range, context)).collect()
}

/// Up to this length, in bytes, a text is read as a whole.
const SHORT: usize = 1000;

/// The references in a stretch of the text.
fn stretch(text: &str, range: Range<usize>, context: Context) -> Vec<Reference> {
    let addresses = url::addresses(text, range.clone());
    if let [(span, None)] = &*addresses
        && text[range.clone()].trim().len() <= span.len()
    {
        // The address of something else, and nothing beside it.
        return Vec::new();
    }
    let spans: Vec<_> = addresses.iter().map(|a| a.0.clone()).collect();
    let folded = fold(text, range, &spans);
    let squashed = Squashed::new(&folded.text);
    let tokens = tokens::find(text, &folded, &squashed);
    let found = |range, meaning, form| Found {
        range,
        meaning,
        form,
        continues: false,
        rel_license: false,
        role: Role::Unclear,
        choice: false,
        with_exception: false,
    };
    let named = grammar::read(text, &folded, &tokens).into_iter();
    let named = named
        .map(|n| Found { continues: n.continues, ..found(n.range, n.meaning, n.form) });
    let mut all: Vec<Found> = named.collect();
    let mut names = all.iter().map(|f| f.range.clone()).peekable();
    let by_address =
        addresses.iter().zip(&folded.addresses).filter_map(|((_, url), place)| {
            let url = url.as_ref()?;
            let mut range = place.0..place.0 + 1;
            let mut meaning = url.meaning.clone();
            while names.next_if(|n| n.start <= place.0).is_some() {}
            let limit = names.peek().map_or(usize::MAX, |n| n.start);
            let added = grammar::addition(text, &folded, &tokens, place.0 + 1, &meaning);
            if let Some(end) = added.filter(|end| *end <= limit) {
                let why = "an element follows the address";
                meaning = Meaning::Malformed { why };
                range.end = end;
            }
            Some(Found { rel_license: place.1, ..found(range, meaning, url.form) })
        });
    let by_address: Vec<Found> = by_address.collect();
    all.extend(by_address);
    if all.is_empty() {
        return Vec::new();
    }
    all.sort_by_key(|f| f.range.start);
    let places: Vec<_> = all.iter().map(|f| f.range.clone()).collect();
    let sentences = sentence::split(text, &folded, &places);
    let cues = |sentence: Range<usize>| cues::find(text, &folded, &squashed, sentence);
    role::assign(text, &folded, &sentences, cues, context, &mut all);
    let references = all.into_iter().map(|f| Reference {
        span: folded.source(f.range),
        meaning: f.meaning,
        form: f.form,
        role: f.role,
        choice: f.choice,
        with_exception: f.with_exception,
    });
    references.flat_map(|r| with_alternative(text, r)).collect()
}

/// A reference, and the license of others that is offered beside it: "CC BY 4.0
/// or MIT".
fn with_alternative(text: &str, reference: Reference) -> Vec<Reference> {
    // What follows is cut: in a text without spaces it would be one word.
    const NEAR: usize = 120;
    let start = reference.span.end;
    let after = text.get(start..floor(text, start + NEAR)).filter(|_| reference.choice);
    let other = after.and_then(spdx::alternative);
    let other = other.map(|(span, id)| Reference {
        span: span.start + reference.span.end..span.end + reference.span.end,
        meaning: Meaning::Spdx(id),
        form: Form::Spdx,
        ..reference.clone()
    });
    std::iter::once(reference).chain(other).collect()
}

#[cfg(test)]
mod tests;
