//! The titles of the work.

use super::places::{COMPARED, Found, merge, ranked, resolved, same_place};
use super::text::{Text, tidy};
use crate::license::notice;
use crate::model::{Evidence, Property, Resolved, Statement, StatementId};

/// The same title in several languages, as one place gives it; the one in the
/// default language first.
struct Title<'a> {
    first: &'a Statement,
    texts: Vec<(Option<&'a str>, Text)>,
}

/// The titles that `evidence` gives; a headline only where there is none.
pub(super) fn titles(evidence: &Evidence) -> Resolved<String> {
    let titles = of(evidence, Property::Title);
    if titles.is_empty() { of(evidence, Property::Headline) } else { titles }
}

fn of(evidence: &Evidence, property: Property) -> Resolved<String> {
    let wanted = |s: &Statement| s.property == property && says_something(&s.value);
    let mut places: Vec<Found<Title<'_>>> = Vec::new();
    for (id, statement) in ranked(evidence, wanted) {
        let lang = statement.lang.as_deref();
        let text = Text::new(statement, &statement.value);
        // A second value in the same language is not a translation.
        let place = places.iter_mut().take(COMPARED).find(|place| {
            same_place(place.value.first, statement)
                && place.value.texts.iter().all(|(l, _)| *l != lang)
        });
        match place {
            Some(place) => add(place, lang, text, id),
            None => places.push(Found {
                value: Title { first: statement, texts: vec![(lang, text)] },
                from: vec![id],
                aside: statement.location.is_aside(),
            }),
        }
    }
    let agree = |a: &Title<'_>, b: &Title<'_>| {
        a.texts.iter().any(|(_, x)| b.texts.iter().any(|(_, y)| x.agrees(y)))
    };
    let fuller = |new: &Title<'_>, old: &Title<'_>| {
        let (Some((_, new)), Some((_, old))) = (new.texts.first(), old.texts.first())
        else {
            return false;
        };
        old.cut_from(new)
    };
    resolved(merge(places, agree, fuller), |title| {
        title.texts.into_iter().next().map(|(_, text)| text.shown).unwrap_or_default()
    })
}

/// Adds a translation, in front if it is in the default language.
fn add<'a>(
    place: &mut Found<Title<'a>>,
    lang: Option<&'a str>,
    text: Text,
    id: StatementId,
) {
    if lang.is_none() {
        place.value.texts.insert(0, (lang, text));
        place.from.insert(0, id);
    } else {
        place.value.texts.push((lang, text));
        place.from.push(id);
    }
}

fn says_something(value: &str) -> bool {
    !tidy(value).is_empty() && !notice::is_placeholder_title(value)
}
