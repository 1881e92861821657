//! The part of the field map for documents and pages.

use super::{Property, Term};
use crate::model::BlockKind;

pub(super) static TERMS: &[Term] = terms! {
    EpubOpf: "EPUB 3.3, 5.5.3 (Dublin Core)" {
        "dc:title" => Title,
        "dc:creator" => Creator,
        "dc:contributor" => Contributor,
        "dc:rights" => Rights,
        "dc:source" => Source,
        "dc:identifier" => Identifier,
        "dc:publisher" => Publisher,
        "dc:description" => Description,
        "dc:date" => Date,
    }
    EpubOpf: "DCMI Metadata Terms, section 2, reserved by EPUB 3.3, D.1.2" {
        "dcterms:license" => License,
        "dcterms:rights" => Rights,
        "dcterms:accessRights" => Rights,
        "dcterms:rightsHolder" => Owner,
        "dcterms:title" => Title,
        "dcterms:creator" => Creator,
        "dcterms:contributor" => Contributor,
        "dcterms:source" => Source,
        "dcterms:identifier" => Identifier,
        "dcterms:publisher" => Publisher,
        "dcterms:description" => Description,
        "dcterms:available" => Available,
    }
    EpubOpf: "ccREL 1.0, section 2" {
        "cc:license" => License,
        "cc:attributionName" => AttributionName,
        "cc:attributionURL" => AttributionUrl,
        "cc:morePermissions" => MorePermissions,
        "cc:useGuidelines" => UseGuidelines,
    }
    EpubOpf: "XHTML vocabulary, license; HTML, 4.6.7.7 (link type license)" {
        "xhv:license" => License,
        "license" => License,
    }
    EpubOpf: "no standard; names of OPF 2 meta elements in use" {
        "copyright" => Rights,
        "rights" => Rights,
    }
    OoxmlCore: "ISO/IEC 29500-2, 11.2 (core properties)" {
        "dc:title" => Title,
        "dc:creator" => Creator,
        "dc:description" => Description,
        "dc:identifier" => Identifier,
    }
    // Not of the core set, and written where other sets have them.
    OoxmlCore: "Dublin Core, 1.1" {
        "dc:rights" => Rights,
        "dc:source" => Source,
        "dc:publisher" => Publisher,
        "dc:contributor" => Contributor,
        "dcterms:license" => License,
        "cc:license" => License,
    }
    // ISO/IEC 29500-1, 15.2.12.2 allows any name.
    OoxmlCustom: "no standard; names in use" {
        "License" => License,
        "Licence" => License,
        "LicenseURL" => License,
        "LicenceURL" => License,
        "Copyright" => Rights,
        "CopyrightNotice" => Rights,
        "Rights" => Rights,
        "UsageTerms" => UsageTerms,
        "AttributionName" => AttributionName,
        "AttributionURL" => AttributionUrl,
        "Source" => Source,
        "SourceURL" => Source,
        "Owner" => Owner,
        "CopyrightOwner" => Owner,
        "RightsHolder" => Owner,
        "Publisher" => Publisher,
        "Identifier" => Identifier,
        "DOI" => Identifier,
    }
    OdfMeta: "OpenDocument 1.3, part 3, 4.3.2 (meta.xml)" {
        "dc:title" => Title,
        "meta:initial-creator" => Creator,
        "dc:creator" => Creator,
        "dc:description" => Description,
    }
    OdfMeta: "Dublin Core, 1.1; written by LibreOffice from version 7.6 on" {
        "dc:rights" => Rights,
        "dc:source" => Source,
        "dc:publisher" => Publisher,
        "dc:contributor" => Contributor,
        "dc:identifier" => Identifier,
        "dcterms:license" => License,
        "cc:license" => License,
    }
    OdfMeta: "OpenDocument 1.3, part 3, 4.3.3 (user-defined); names in use" {
        "License" => License,
        "Licence" => License,
        "LicenseURL" => License,
        "LicenceURL" => License,
        "Copyright" => Rights,
        "CopyrightNotice" => Rights,
        "Rights" => Rights,
        "UsageTerms" => UsageTerms,
        "AttributionName" => AttributionName,
        "AttributionURL" => AttributionUrl,
        "Source" => Source,
        "SourceURL" => Source,
        "Owner" => Owner,
        "CopyrightOwner" => Owner,
        "RightsHolder" => Owner,
        "Publisher" => Publisher,
        "Identifier" => Identifier,
        "DOI" => Identifier,
    }
    Html: "HTML, 4.2.2 (title), 4.2.5.1 (standard metadata names)" {
        "title" => Title,
        "author" => Creator,
        "description" => Description,
    }
    Html: "no standard; names of meta elements in use" {
        "meta.title" => Title,
        "creator" => Creator,
        "copyright" => Rights,
        "rights" => Rights,
        "license" => License,
        "owner" => Owner,
        "publisher" => Publisher,
    }
    Html: "DCMI, Expressing Dublin Core in HTML/XHTML meta and link elements" {
        "dc.title" => Title,
        "dc.creator" => Creator,
        "dc.contributor" => Contributor,
        "dc.rights" => Rights,
        "dc.rights.license" => License,
        "dc.license" => License,
        "dc.source" => Source,
        "dc.identifier" => Identifier,
        "dc.publisher" => Publisher,
        "dc.description" => Description,
        "dcterms.title" => Title,
        "dcterms.creator" => Creator,
        "dcterms.contributor" => Contributor,
        "dcterms.license" => License,
        "dcterms.rights" => Rights,
        "dcterms.accessRights" => Rights,
        "dcterms.rightsHolder" => Owner,
        "dcterms.source" => Source,
        "dcterms.identifier" => Identifier,
        "dcterms.publisher" => Publisher,
        "dcterms.description" => Description,
    }
    Html: "HTML, 4.6.7.7 (link type license); HTML 4.01, 6.12 (copyright)" {
        "rel=license" => License,
        "rel=copyright" => WebStatement,
    }
    Html: "ccREL 1.0, sections 2 and 3 (RDFa)" {
        "cc:license" => License,
        "xhv:license" => License,
        "cc:attributionName" => AttributionName,
        "cc:attributionURL" => AttributionUrl,
        "cc:morePermissions" => MorePermissions,
        "cc:useGuidelines" => UseGuidelines,
        "dcterms:license" => License,
        "dcterms:rights" => Rights,
        "dcterms:rightsHolder" => Owner,
        "dcterms:title" => Title,
        "dcterms:creator" => Creator,
        "dcterms:source" => Source,
        "dc:title" => Title,
        "dc:creator" => Creator,
        "dc:rights" => Rights,
        "dc:source" => Source,
    }
    Html: "schema.org, CreativeWork (JSON-LD)" {
        "schema:license" => License,
        "schema:name" => Title,
        "schema:headline" => Headline,
        "schema:usageInfo" => WebStatement,
        "schema:acquireLicensePage" => Licensor,
        "schema:creditText" => Credit,
        "schema:copyrightNotice" => Rights,
        "schema:copyrightHolder" => Owner,
        "schema:author" => Creator,
        "schema:creator" => Creator,
        "schema:publisher" => Publisher,
    }
    Reuse: "REUSE 3.3; SPDX 2.3, annex E (tags)" {
        "SPDX-FileCopyrightText" => Rights,
        "SPDX-License-Identifier" => License,
        "SPDX-FileContributor" => Contributor,
        "Copyright" => Rights,
    }
};

/// Whether the rows of this kind of block stand here.
pub(super) fn has(block: BlockKind) -> bool {
    use BlockKind::{EpubOpf, Html, OdfMeta, OoxmlCore, OoxmlCustom, Reuse};
    matches!(block, EpubOpf | OoxmlCore | OoxmlCustom | OdfMeta | Html | Reuse)
}
