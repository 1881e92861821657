//! Which license stands: the references in the statements, and what those that
//! grant come to.
//!
//! One is never picked out of several. A false grant is worse than a miss, so
//! whatever cannot be told leaves the license unsettled.

use super::against::contradicts;
use super::pages;
use super::places::{COMPARED, ranked, same_list, sort};
use super::text::{has_whole, is_cut_in, tidy};
use crate::license::{
    self, Context, Form, HouseTexts, Meaning, Reference, Role, Unit, notice,
};
use crate::model::{
    BlockKind, Candidate, Evidence, License, Licensing, Location, Property, Statement,
    StatementId, Value,
};

/// Properties, frames and fields that are made for the address of a license, by
/// kind of block. A page about the rights (`xmpRights:WebStatement`) may be the
/// license and need not, so that programs cannot rely on it.
const MADE_FOR_IT: [(BlockKind, &str); 19] = [
    (BlockKind::Xmp, "cc:license"),
    (BlockKind::Xmp, "dcterms:license"),
    (BlockKind::Xmp, "xhv:license"),
    (BlockKind::Xmp, "edm:rights"),
    (BlockKind::Xmp, "plus:LicenseDocumentURL"),
    (BlockKind::Id3, "WCOP"),
    (BlockKind::Id3, "WCP"),
    (BlockKind::Vorbis, "LICENSE"),
    (BlockKind::EpubOpf, "cc:license"),
    (BlockKind::EpubOpf, "dcterms:license"),
    (BlockKind::EpubOpf, "xhv:license"),
    (BlockKind::EpubOpf, "license"),
    (BlockKind::Html, "rel=license"),
    (BlockKind::Html, "cc:license"),
    (BlockKind::Html, "dcterms:license"),
    (BlockKind::Html, "xhv:license"),
    (BlockKind::Html, "dcterms.license"),
    (BlockKind::Html, "schema:license"),
    (BlockKind::Reuse, "SPDX-License-Identifier"),
];

/// How many references of one asset are looked at. A file with more is a list
/// of licenses, and its license is never settled.
const REFERENCES: usize = 10_000;

/// How many different licenses of one asset are kept apart.
const LICENSES: usize = 100;

/// Every reference to a license in the statements, in their order.
pub(super) fn candidates(evidence: &Evidence, texts: &HouseTexts) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for (id, statement) in evidence.iter() {
        if candidates.len() >= REFERENCES {
            break;
        }
        let Some(bearing) = bearing(statement.property) else { continue };
        let references = match texts.get(&statement.value) {
            Some(_) if bearing != Bearing::About => {
                texts.reference(&statement.value).into_iter().collect()
            }
            _ => license::read_in(&statement.value, bearing.context()),
        };
        // "Text: CC BY-SA 3.0. Photographs: CC BY 4.0" gives each part a license of
        // its own, and the whole none.
        let mut of_a_part: Option<Meaning> = None;
        for mut reference in references.into_iter().take(REFERENCES) {
            if reference.role == Role::Exception && reference.meaning.is_settled() {
                of_a_part = Some(reference.meaning.clone());
            } else if reference.role == Role::Grant
                && of_a_part.as_ref().is_some_and(|m| *m != reference.meaning)
            {
                reference.role = Role::Unclear;
            }
            if bearing == Bearing::Page && !is_all(&reference, &statement.value) {
                continue;
            }
            let is_cut = is_cut_in(statement, &reference.span);
            if is_cut && has_whole(evidence, statement) {
                continue;
            }
            if reference.role == Role::Grant {
                if bearing == Bearing::About {
                    reference.role = Role::Mention;
                } else if bearing == Bearing::Link
                    || statement.location.is_aside()
                    || statement.location.is_of_cover()
                    || is_cut
                {
                    reference.role = Role::Unclear;
                }
            }
            let at = &statement.location;
            // REUSE names licenses by their SPDX ids and not by addresses.
            let form = if at.block == BlockKind::Reuse { Form::Spdx } else { Form::Url };
            let machine_readable = reference.form == form
                && reference.meaning.is_settled()
                && is_made_for_it(&statement.location);
            candidates.push(Candidate {
                statement: id,
                reference,
                machine_readable,
                against: false,
            });
        }
    }
    pages::settle(evidence, &mut candidates);
    candidates
}

fn is_made_for_it(at: &Location) -> bool {
    // Field names of Vorbis comments are in any case.
    MADE_FOR_IT.iter().any(|(b, key)| *b == at.block && key.eq_ignore_ascii_case(&at.key))
}

/// What a property can say about the license.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearing {
    /// It is made for a license.
    License,
    /// It is made for rights in words.
    Rights,
    /// It holds remarks of any kind; a sentence in it may grant.
    Remark,
    /// It holds the address of a page, which is a license or it is not.
    Page,
    /// It tells about the work, and grants nothing.
    About,
    /// It is an address that the work links to; the words beside it tell why.
    Link,
}

impl Bearing {
    fn context(self) -> Context {
        match self {
            Self::License | Self::Page | Self::Link => Context::LicenseField,
            Self::Rights => Context::RightsText,
            Self::Remark | Self::About => Context::Prose,
        }
    }
}

pub(super) fn bearing(property: Property) -> Option<Bearing> {
    Some(match property {
        Property::License => Bearing::License,
        Property::Rights | Property::UsageTerms | Property::Instructions => {
            Bearing::Rights
        }
        Property::Comment | Property::PageText => Bearing::Remark,
        Property::Link => Bearing::Link,
        Property::WebStatement | Property::PhotoshopUrl => Bearing::Page,
        Property::Title
        | Property::Headline
        | Property::Description
        | Property::Credit => Bearing::About,
        _ => return None,
    })
}

/// Whether `reference` is all that `value` says: an address that contains a
/// short form somewhere is not a license.
fn is_all(reference: &Reference, value: &str) -> bool {
    matches!(reference.form, Form::Url | Form::Button)
        || value.get(reference.span.clone()).is_some_and(|part| tidy(part) == tidy(value))
}

/// What one grant names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Named {
    License(License),
    Unversioned(Unit, Option<String>),
}

/// What the statements of one property of one block name.
struct Place<'a> {
    first: &'a Statement,
    named: Vec<(Named, StatementId)>,
    /// A name stands beside an address that contradicts it.
    contradiction: bool,
}

/// The licenses that the grants among `candidates` name, and what they come to.
pub(super) fn settle(
    evidence: &Evidence,
    candidates: &mut [Candidate],
    texts: &HouseTexts,
) -> (Vec<Value<License>>, Licensing) {
    let places = places(evidence, candidates, texts);
    let all: Vec<&(Named, StatementId)> = places.iter().flat_map(|p| &p.named).collect();

    let mut grants: Vec<Value<License>> = Vec::new();
    for (named, id) in &all {
        let Named::License(license) = named else { continue };
        let known = grants.len();
        match grants.iter_mut().find(|g| g.value == *license) {
            Some(grant) if grant.from.last() == Some(id) => {}
            Some(grant) => grant.from.push(*id),
            None if known >= LICENSES => {}
            None => grants.push(Value { value: license.clone(), from: vec![*id] }),
        }
    }
    let mut open: Vec<(Unit, &Option<String>)> = Vec::new();
    for (named, id) in &all {
        let Named::Unversioned(unit, port) = named else { continue };
        let mut witnesses =
            grants.iter_mut().filter(|g| completes(&g.value, *unit, port));
        match (witnesses.next(), witnesses.next()) {
            (Some(grant), None) => grant.from.push(*id),
            // Several versions contradict each other without it.
            (Some(_), Some(_)) => {}
            (None, _) if open.contains(&(*unit, port)) || open.len() >= LICENSES => {}
            (None, _) => open.push((*unit, port)),
        }
    }
    for grant in &mut grants {
        sort(evidence, &mut grant.from);
    }
    let licenses: Vec<&License> = grants.iter().map(|g| &g.value).collect();
    for candidate in candidates.iter_mut() {
        candidate.against = contradicts(evidence, candidate, &licenses);
    }
    let unclear = grants.is_empty() && is_unclear(evidence, candidates, texts);
    let licensing = licensing(candidates, &places, &grants, &open, unclear);
    (grants, licensing)
}

/// `unclear` is whether something refers to a license where none is named.
fn licensing(
    candidates: &[Candidate],
    places: &[Place<'_>],
    grants: &[Value<License>],
    open: &[(Unit, &Option<String>)],
    unclear: bool,
) -> Licensing {
    let licenses: Vec<License> = grants.iter().map(|g| g.value.clone()).collect();
    let [first, rest @ ..] = &*licenses else {
        return if open.is_empty() && !unclear {
            Licensing::None
        } else {
            Licensing::Unclear
        };
    };
    let contradicted =
        candidates.len() >= REFERENCES || candidates.iter().any(|c| c.against);
    if rest.is_empty() && open.is_empty() && !contradicted {
        return Licensing::Settled(first.clone());
    }
    let one_unit = first.unit().is_some_and(|one| {
        rest.iter().all(|l| l.unit() == Some(one)) && open.iter().all(|(u, _)| *u == one)
    });
    if is_choice(places, &licenses, open) && !contradicted {
        Licensing::Choice(licenses)
    } else if one_unit && !contradicted {
        Licensing::VersionConflict(licenses)
    } else {
        Licensing::Conflict(licenses)
    }
}

/// What each place names, in order of rank.
fn places<'a>(
    evidence: &'a Evidence,
    candidates: &[Candidate],
    texts: &HouseTexts,
) -> Vec<Place<'a>> {
    let mut places: Vec<Place<'_>> = Vec::new();
    for (id, statement) in ranked(evidence, |s| bearing(s.property).is_some()) {
        let start = candidates.partition_point(|c| c.statement < id);
        let end = candidates.partition_point(|c| c.statement <= id);
        let references = candidates.get(start..end).unwrap_or_default();
        let grants: Vec<&Reference> = references
            .iter()
            .map(|c| &c.reference)
            .filter(|r| r.role == Role::Grant && name(&r.meaning).is_some())
            .collect();
        let mut named: Vec<(Named, StatementId)> =
            grants.iter().filter_map(|r| Some((name(&r.meaning)?, id))).collect();
        if references.is_empty()
            && texts.get(&statement.value).is_none()
            && let Some(other) = other_license(statement)
        {
            named.push((Named::License(License::Other(other)), id));
        }
        if named.is_empty() {
            continue;
        }
        let contradiction = contradicts_itself(&grants, statement);
        let place =
            places.iter_mut().take(COMPARED).find(|p| same_list(p.first, statement));
        match place {
            Some(place) => {
                place.named.extend(named);
                place.contradiction |= contradiction;
            }
            None => places.push(Place { first: statement, named, contradiction }),
        }
    }
    places
}

/// Whether the grants of one text contradict each other. Where it offers a
/// choice or lists them one after the other, only a name and the address beside
/// it can.
fn contradicts_itself(grants: &[&Reference], statement: &Statement) -> bool {
    let text = &statement.value;
    // Of a name and the address that repeats it, one is enough.
    let mut told: Vec<&Reference> = Vec::new();
    let mut pairs = grants.iter().copied().peekable();
    while let Some(reference) = pairs.next() {
        if let Some(next) = pairs.peek()
            && is_pair(reference, next, text)
        {
            if !same(&reference.meaning, &next.meaning) {
                return true;
            }
            told.push(next);
            pairs.next();
        } else {
            told.push(reference);
        }
    }
    if told.iter().any(|r| r.choice) {
        return false;
    }
    let [first, rest @ ..] = &*told else { return false };
    let differ = rest.iter().any(|r| !same(&first.meaning, &r.meaning));
    differ && !is_list(grants, statement)
}

/// Whether nothing but marks and words that join stands between `grants`.
fn is_list(grants: &[&Reference], statement: &Statement) -> bool {
    const JOINTS: [&str; 14] = [
        "and", "or", "und", "oder", "et", "ou", "y", "e", "o", "en", "of", "license",
        "licence", "lizenz",
    ];
    let is_joint = |word: &str| JOINTS.iter().any(|j| word.eq_ignore_ascii_case(j));
    let of_rights =
        matches!(bearing(statement.property), Some(Bearing::License | Bearing::Rights));
    of_rights
        && grants.windows(2).all(|pair| {
            let [a, b] = pair else { return false };
            statement.value.get(a.span.end..b.span.start).is_some_and(|between| {
                between
                    .split(|c: char| !c.is_alphanumeric())
                    .all(|word| word.is_empty() || is_joint(word))
            })
        })
}

pub(super) fn name(meaning: &Meaning) -> Option<Named> {
    Some(match meaning {
        Meaning::Tool(tool) => Named::License(License::Tool(*tool)),
        Meaning::RightsStatement(s) => Named::License(License::RightsStatement(*s)),
        Meaning::Spdx(id) => Named::License(License::Other((*id).to_owned())),
        Meaning::Unversioned { unit, port } => Named::Unversioned(*unit, port.clone()),
        _ => return None,
    })
}

/// The address of a license that is none of Creative Commons, in a property
/// made for licenses.
fn other_license(statement: &Statement) -> Option<String> {
    let value = tidy(&statement.value);
    (statement.property == Property::License
        && is_plausible(value)
        && !value.contains(char::is_whitespace)
        && !notice::is_namespace_url(value)
        && !statement.location.is_aside())
    .then(|| value.to_owned())
}

/// Whether an address may be the one of a license: a page of a site on the web,
/// or a URN. One that looks like Creative Commons and was not understood as such
/// is a mistake or a trap.
fn is_plausible(address: &str) -> bool {
    let after = |scheme: &str| {
        let begin = address.get(..scheme.len())?;
        begin.eq_ignore_ascii_case(scheme).then(|| address.get(scheme.len()..))?
    };
    if let Some(name) = after("urn:") {
        return name.split_once(':').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    }
    let Some(rest) = after("http://").or_else(|| after("https://")) else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let is_name = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let top = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(is_name)
        && !matches!(top, "localhost" | "local" | "localdomain")
        && top.starts_with(char::is_alphabetic)
        && !host.contains("creativecommons")
        && !host.contains("creative-commons")
        && !host.contains("rightsstatements")
        && path.len() > 1
}

/// Whether `license` is of that unit, and of that port where one is named.
pub(super) fn completes(license: &License, unit: Unit, port: &Option<String>) -> bool {
    let License::Tool(tool) = license else { return false };
    tool.unit() == unit
        && port
            .as_deref()
            .is_none_or(|p| tool.port().is_some_and(|q| q.eq_ignore_ascii_case(p)))
}

/// Whether two references in one text are a name and its address: nothing but
/// marks, brackets and white space is between them.
fn is_pair(a: &Reference, b: &Reference, text: &str) -> bool {
    let is_address = |form| matches!(form, Form::Url | Form::Button);
    is_address(a.form) != is_address(b.form)
        && text.get(a.span.end..b.span.start).is_some_and(|between| {
            !between
                .contains(|c: char| c.is_alphanumeric() || matches!(c, ';' | '|' | '/'))
        })
}

/// Whether two references name the same, as far as each says.
pub(super) fn same(a: &Meaning, b: &Meaning) -> bool {
    match (name(a), name(b)) {
        (Some(Named::License(license)), Some(Named::Unversioned(unit, port)))
        | (Some(Named::Unversioned(unit, port)), Some(Named::License(license))) => {
            completes(&license, unit, &port)
        }
        (Some(Named::Unversioned(a, _)), Some(Named::Unversioned(b, _))) => a == b,
        (a, b) => a == b,
    }
}

/// Whether one property offers all that is named anywhere. What the rights are
/// is not a matter of choice.
fn is_choice(
    places: &[Place<'_>],
    licenses: &[License],
    open: &[(Unit, &Option<String>)],
) -> bool {
    licenses.iter().all(|l| !matches!(l, License::RightsStatement(_)))
        && places.iter().all(|p| !p.contradiction)
        && places.iter().any(|place| {
            // A page that links to several licenses shows several works.
            if place.first.location.block == BlockKind::Html && place.named.len() > 1 {
                return false;
            }
            let offers = |wanted: &Named| place.named.iter().any(|(n, _)| n == wanted);
            licenses.iter().all(|l| offers(&Named::License(l.clone())))
                && open
                    .iter()
                    .all(|(u, port)| offers(&Named::Unversioned(*u, (*port).clone())))
        })
}

/// Whether something refers to a license, and which cannot be told.
fn is_unclear(evidence: &Evidence, candidates: &[Candidate], texts: &HouseTexts) -> bool {
    let refers = |c: &Candidate| {
        matches!(c.reference.role, Role::Grant | Role::Exception | Role::Unclear)
    };
    candidates.iter().any(refers)
        || evidence.about(Property::License).any(|(_, s)| {
            !tidy(&s.value).is_empty()
                && texts.get(&s.value).is_none()
                && !notice::claims_copyright(&s.value)
                && !notice::reserves_all_rights(&s.value)
        })
}
