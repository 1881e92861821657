//! One file as JSON: the wire format `tasl.file/1`, laid down in
//! `docs/schema/file-1.json` and explained in `docs/reports.md`.
//!
//! Keys are never renamed, removed or moved within a version; new ones come at
//! the end of their object.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::license::{LegalTool, Meaning, Reference, RightsStatement};
use crate::model::{
    Asset, Catalogued, FileRef, Finding, Fix, License, Record, Statement, Waiver,
};

/// The name and version of the format.
pub(super) const SCHEMA: &str = "tasl.file/1";

#[derive(Serialize)]
pub(super) struct File<'a> {
    schema: &'static str,
    path: &'a str,
    /// The bytes of a path that is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    path_b64: Option<String>,
    media_type: Option<&'static str>,
    status: &'static str,
    license: Option<LicenseOut<'a>>,
    licenses: Vec<CandidateOut<'a>>,
    title: Option<&'a str>,
    creators: &'a [String],
    source: Option<&'a str>,
    statements: Vec<StatementOut<'a>>,
    findings: Vec<FindingOut<'a>>,
    /// Only where the files are held against records.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<RecordOut<'a>>,
    /// Only where there is something.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unexamined: Vec<UnexaminedOut<'a>>,
}

#[derive(Serialize)]
struct UnexaminedOut<'a> {
    what: &'a str,
    file: &'a str,
    offset: Option<u64>,
}

#[derive(Serialize)]
struct RecordOut<'a> {
    #[serde(rename = "match")]
    found: &'static str,
    lines: Vec<u64>,
    key: Option<&'a str>,
    license: Option<&'a str>,
    license_url: Option<&'a str>,
    creators: &'a [String],
    title: Option<&'a str>,
    source: Option<&'a str>,
    license_verdict: Option<&'static str>,
    creator_verdict: Option<&'static str>,
}

impl<'a> RecordOut<'a> {
    fn new(catalogued: &'a Catalogued) -> Self {
        let one = catalogued.one();
        Self {
            found: catalogued.as_str(),
            lines: match catalogued {
                Catalogued::Missing => Vec::new(),
                Catalogued::One(comparison) => vec![comparison.entry.line],
                Catalogued::Several(lines) => lines.clone(),
            },
            key: one.map(|c| &*c.entry.key),
            license: one.map(|c| &*c.entry.license),
            license_url: one.and_then(|c| c.record_license.as_deref()),
            creators: one.map_or(&[], |c| &c.entry.creators),
            title: one.map(|c| &*c.entry.title),
            source: one.map(|c| &*c.entry.source),
            license_verdict: one.map(|c| c.license.as_str()),
            creator_verdict: one.map(|c| c.creators.as_str()),
        }
    }
}

#[derive(Serialize)]
struct LicenseOut<'a> {
    url: Option<&'a str>,
    id: Option<&'a str>,
    label: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct CandidateOut<'a> {
    role: &'static str,
    meaning: &'static str,
    url: Option<&'static str>,
    id: Option<&'static str>,
    label: Option<Cow<'static, str>>,
    why: Option<&'a str>,
    nearest: Option<&'static str>,
    form: &'static str,
    machine_readable: bool,
    statement: u32,
    evidence: Option<EvidenceOut<'a>>,
}

#[derive(Serialize)]
struct EvidenceOut<'a> {
    file: &'a str,
    block: &'static str,
    key: &'a str,
    offset: u64,
    text: &'a str,
}

#[derive(Serialize)]
struct StatementOut<'a> {
    property: &'static str,
    value: &'a str,
    lang: Option<&'a str>,
    file: &'a str,
    block: &'static str,
    key: &'a str,
    offset: u64,
}

#[derive(Serialize)]
struct FindingOut<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    at: Vec<PlaceOut<'a>>,
    confidence: &'static str,
    fix: Option<FixOut<'a>>,
    waived: Option<WaiverOut<'a>>,
}

#[derive(Serialize)]
pub(super) struct WaiverOut<'a> {
    reason: &'a str,
    owner: &'a str,
    expires: &'a str,
}

impl<'a> WaiverOut<'a> {
    pub(super) fn new(waiver: &'a Waiver) -> Self {
        let Waiver { reason, owner, expires } = waiver;
        Self { reason, owner, expires }
    }
}

#[derive(Serialize)]
struct FixOut<'a> {
    action: &'static str,
    key: Option<&'a str>,
    statement: Option<u32>,
    value: Option<&'a str>,
}

#[derive(Serialize)]
struct PlaceOut<'a> {
    /// Which of `statements`, counted from 0.
    statement: Option<u32>,
    file: &'a str,
    block: Option<&'static str>,
    key: Option<&'a str>,
    offset: Option<u64>,
}

impl<'a> File<'a> {
    pub(super) fn new(record: &'a Record) -> Self {
        let Record { asset, evidence, tasl, findings, catalogued } = record;
        Self {
            schema: SCHEMA,
            path: asset.path.as_str(),
            path_b64: asset.path.raw().map(|raw| BASE64_STANDARD.encode(raw)),
            media_type: evidence.content.media_type(),
            status: record.status().as_str(),
            license: tasl.license.settled().map(license),
            licenses: tasl
                .candidates
                .iter()
                .map(|c| {
                    let index = c.statement.0;
                    let statement = evidence.statements.get(index as usize);
                    let said = describe(&c.reference);
                    CandidateOut {
                        role: c.reference.role.as_str(),
                        meaning: said.meaning,
                        url: said.url,
                        id: said.id,
                        label: said.label,
                        why: said.why,
                        nearest: said.nearest,
                        form: c.reference.form.as_str(),
                        machine_readable: c.machine_readable,
                        statement: index,
                        evidence: statement.map(|s| quote(asset, s, &c.reference)),
                    }
                })
                .collect(),
            title: tasl.title.first().map(String::as_str),
            creators: tasl.creators.first().map_or(&[], Vec::as_slice),
            source: tasl.source.first().map(String::as_str),
            statements: evidence.statements.iter().map(|s| statement(asset, s)).collect(),
            findings: findings.iter().map(|f| finding(record, f)).collect(),
            record: catalogued.as_ref().map(RecordOut::new),
            unexamined: evidence
                .unexamined()
                .map(|damage| UnexaminedOut {
                    what: &damage.what,
                    file: name(asset, damage.file),
                    offset: damage.offset,
                })
                .collect(),
        }
    }
}

/// The name in reports of one of the files of an asset.
pub(super) fn name(asset: &Asset, file: FileRef) -> &str {
    let sidecar = match file {
        FileRef::Primary => None,
        FileRef::Sidecar(n) => asset.sidecars.get(usize::from(n)),
    };
    sidecar.map_or(&asset.path, |s| &s.path).as_str()
}

/// The words of a reference, with the place of the statement they stand in.
fn quote<'a>(
    asset: &'a Asset,
    s: &'a Statement,
    reference: &Reference,
) -> EvidenceOut<'a> {
    EvidenceOut {
        file: name(asset, s.location.file),
        block: s.location.block.as_str(),
        key: &s.location.key,
        offset: s.location.offset,
        text: s.value.get(reference.span.clone()).unwrap_or(&s.value),
    }
}

fn statement<'a>(asset: &'a Asset, s: &'a Statement) -> StatementOut<'a> {
    StatementOut {
        property: s.property.as_str(),
        value: &s.value,
        lang: s.lang.as_deref(),
        file: name(asset, s.location.file),
        block: s.location.block.as_str(),
        key: &s.location.key,
        offset: s.location.offset,
    }
}

fn finding<'a>(record: &'a Record, finding: &'a Finding) -> FindingOut<'a> {
    let Record { asset, evidence, .. } = record;
    let stated = finding.at.iter().filter_map(|id| {
        let s = evidence.statements.get(id.0 as usize)?;
        Some(PlaceOut {
            statement: Some(id.0),
            file: name(asset, s.location.file),
            block: Some(s.location.block.as_str()),
            key: Some(&s.location.key),
            offset: Some(s.location.offset),
        })
    });
    let place = finding.place.map(|(file, offset)| PlaceOut {
        statement: None,
        file: name(asset, file),
        block: None,
        key: None,
        offset,
    });
    FindingOut {
        rule: finding.rule,
        severity: finding.severity.as_str(),
        message: &finding.message,
        at: stated.chain(place).collect(),
        confidence: finding.confidence.as_str(),
        fix: finding.fix.as_ref().map(fix),
        waived: finding.waived.as_ref().map(WaiverOut::new),
    }
}

fn fix(fix: &Fix) -> FixOut<'_> {
    let (action, key, statement, value) = match fix {
        Fix::Set { key, value } => ("set", Some(*key), None, Some(value.as_str())),
        Fix::Replace { statement, value } => {
            ("replace", None, Some(statement.0), Some(value.as_str()))
        }
        Fix::Remove { statement } => ("remove", None, Some(statement.0), None),
    };
    FixOut { action, key, statement, value }
}

fn license(license: &License) -> LicenseOut<'_> {
    match license {
        License::Tool(tool) => LicenseOut {
            url: Some(tool.url()),
            id: tool.spdx(),
            label: tool.identifier(),
            kind: if tool.is_public_domain() { "public-domain" } else { "license" },
        },
        License::RightsStatement(rights) => LicenseOut {
            url: Some(rights.uri()),
            id: Some(rights.code()),
            label: rights.label(),
            kind: "rights-statement",
        },
        License::Other(text) => {
            let is_url = text.contains("://");
            LicenseOut {
                url: is_url.then_some(text),
                id: (!is_url).then_some(text),
                label: text,
                kind: "other",
            }
        }
    }
}

/// What a reference names, in the words of the reports.
pub struct Described<'a> {
    /// What kind of thing: `legal-tool`, `rights-statement`, `spdx`; or why it
    /// is none: `unversioned`, `malformed`, `does-not-exist`, `impossible`,
    /// `not-a-tool`, `invalid-rights-statement`.
    pub meaning: &'static str,
    /// Its canonical address.
    pub url: Option<&'static str>,
    /// Its SPDX id, or the code of a rights statement.
    pub id: Option<&'static str>,
    /// Its name, as far as the text gives one.
    pub label: Option<Cow<'static, str>>,
    /// What is wrong with it.
    pub why: Option<&'a str>,
    /// The address of the nearest thing that exists.
    pub nearest: Option<&'static str>,
}

/// Describes what a reference names.
pub fn describe(reference: &Reference) -> Described<'_> {
    let wrong = |meaning, why| Described {
        meaning,
        url: None,
        id: None,
        label: None,
        why: Some(why),
        nearest: None,
    };
    let named = |meaning, url, id, label| Described {
        meaning,
        url,
        id,
        label: Some(label),
        why: None,
        nearest: None,
    };
    match &reference.meaning {
        Meaning::Tool(tool) => {
            let label = Cow::Borrowed(LegalTool::identifier(*tool));
            named("legal-tool", Some(tool.url()), tool.spdx(), label)
        }
        Meaning::RightsStatement(rights) => {
            let label = Cow::Borrowed(RightsStatement::label(*rights));
            named("rights-statement", Some(rights.uri()), Some(rights.code()), label)
        }
        Meaning::Spdx(id) => named("spdx", None, Some(id), Cow::Borrowed(*id)),
        Meaning::Unversioned { unit, port } => {
            let port = port.as_deref().map_or(String::new(), |p| format!(" {p}"));
            let label = format!("CC {}{port}", unit.as_str().to_uppercase());
            let said = named("unversioned", None, None, Cow::Owned(label));
            Described { why: Some("no version is stated"), ..said }
        }
        Meaning::Malformed { why } => wrong("malformed", why),
        Meaning::DoesNotExist { why, nearest } => {
            let nearest = nearest.map(LegalTool::url);
            Described { nearest, ..wrong("does-not-exist", why) }
        }
        Meaning::Impossible { why } => wrong("impossible", why),
        Meaning::NotATool { why } => wrong("not-a-tool", why),
        Meaning::InvalidRightsStatement { why } => wrong("invalid-rights-statement", why),
    }
}
