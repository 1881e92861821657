//! The part of the field map for XMP packets.

use super::{Property, Term};
use crate::model::BlockKind;

pub(super) static TERMS: &[Term] = terms! {
    Xmp: "ISO 16684-1, 8.3 (Dublin Core)" {
        "dc:title" => Title,
        "dc:creator" => Creator,
        "dc:rights" => Rights,
        "dc:source" => Source,
        "dc:identifier" => Identifier,
        "dc:description" => Description,
        "dc:publisher" => Publisher,
        "dc:contributor" => Contributor,
        "dc:date" => Date,
    }
    // Not of the schema, and met: dc:license in packets written by hand.
    Xmp: "no standard; written in place of dcterms:license" {
        "dc:license" => License,
    }
    Xmp: "ISO 16684-1, 8.4 (XMP basic)" {
        "xmp:Identifier" => Identifier,
        "xmp:CreateDate" => Date,
    }
    Xmp: "ISO 16684-1, 8.5 (XMP rights management)" {
        "xmpRights:Marked" => Marked,
        "xmpRights:WebStatement" => WebStatement,
        "xmpRights:UsageTerms" => UsageTerms,
        "xmpRights:Owner" => Owner,
        "xmpRights:Certificate" => Certificate,
    }
    // Not of the schema, and met in real files.
    Xmp: "no standard; written in place of dc:rights and xmpRights:Marked" {
        "xmpRights:Copyright" => Rights,
        "xmpRights:RightsUsageTerms" => UsageTerms,
        "pdf:Copyright" => Rights,
        "pdf:Marked" => Marked,
    }
    Xmp: "ccREL 1.0, section 2; Creative Commons wiki, XMP" {
        "cc:license" => License,
        "cc:attributionName" => AttributionName,
        "cc:attributionURL" => AttributionUrl,
        "cc:morePermissions" => MorePermissions,
        "cc:useGuidelines" => UseGuidelines,
    }
    Xmp: "DCMI Metadata Terms, section 2" {
        "dcterms:license" => License,
        "dcterms:available" => Available,
        "dcterms:rights" => Rights,
        "dcterms:accessRights" => Rights,
        "dcterms:rightsHolder" => Owner,
        "dcterms:creator" => Creator,
        "dcterms:title" => Title,
        "dcterms:source" => Source,
        "dcterms:identifier" => Identifier,
        "dcterms:publisher" => Publisher,
        "dcterms:contributor" => Contributor,
        "dcterms:description" => Description,
    }
    Xmp: "XHTML vocabulary, license" {
        "xhv:license" => License,
    }
    Xmp: "TDM Reservation Protocol (W3C community group report), PDF" {
        "tdm:reservation" => DataMining,
    }
    Xmp: "IPTC Photo Metadata Standard, extension" {
        "Iptc4xmpExt:DigitalSourceType" => DigitalSourceType,
    }
    Xmp: "XMP Specification Part 2, 1.2 (media management)" {
        "xmpMM:DerivedFrom/stRef:documentID" => DerivedFrom,
        "xmpMM:DerivedFrom/stRef:instanceID" => DerivedFrom,
    }
    // The license itself is what cc:license points at; a node cc:Work is the
    // work, and its properties are those above.
    Xmp: "Creative Commons metadata, 2002: cc:Work, whose people are cc:Agent" {
        "dc:creator/dc:title" => Creator,
        "dc:rights/dc:title" => Owner,
        "dc:publisher/dc:title" => Publisher,
        "dc:contributor/dc:title" => Contributor,
        "dcterms:creator/dc:title" => Creator,
    }
    Xmp: "FOAF 0.1, name" {
        "dc:creator/foaf:name" => Creator,
        "dcterms:creator/foaf:name" => Creator,
        "dcterms:rightsHolder/foaf:name" => Owner,
    }
    Xmp: "Europeana Data Model, edm:rights" {
        "edm:rights" => License,
    }
    Xmp: "XMP Specification Part 2, 3.2 (Photoshop); IPTC Photo Metadata Standard, core" {
        "photoshop:Credit" => Credit,
        "photoshop:Source" => Source,
        "photoshop:Headline" => Headline,
        "photoshop:AuthorsPosition" => CreatorTitle,
        "photoshop:Instructions" => Instructions,
        "photoshop:DateCreated" => Date,
    }
    // What the XMP toolkit treats as other names of dc: properties.
    Xmp: "XMP Toolkit SDK, aliases of Dublin Core" {
        "photoshop:Author" => Creator,
        "photoshop:Title" => Title,
        "photoshop:Copyright" => Rights,
        "pdf:Author" => Creator,
        "pdf:Title" => Title,
        "xmp:Author" => Creator,
        "xmp:Authors" => Creator,
        "xmp:Title" => Title,
        "xmp:Description" => Description,
        "tiff:Artist" => Creator,
        "tiff:Copyright" => Rights,
        "tiff:ImageDescription" => Description,
        "exif:Artist" => Creator,
        "exif:Copyright" => Rights,
        "exif:ImageDescription" => Description,
        "exif:UserComment" => Comment,
    }
    Xmp: "Exif 2.31 metadata for XMP (CIPA DC-010)" {
        "aux:OwnerName" => CameraOwner,
        "exifEX:CameraOwnerName" => CameraOwner,
    }
    Xmp: "IPTC Photo Metadata Standard, core: creator's contact info" {
        "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiEmailWork" => CreatorContact,
        "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiUrlWork" => CreatorContact,
        "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiTelWork" => CreatorContact,
        "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiAdrExtadr" => CreatorContact,
        "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiAdrCity" => CreatorContact,
        "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiAdrRegion" => CreatorContact,
        "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiAdrPcode" => CreatorContact,
        "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiAdrCtry" => CreatorContact,
    }
    // Iptc4xmpExt:ArtworkOrObject describes what is depicted, and says nothing
    // about the picture itself: it has no rows.
    Xmp: "PLUS License Data Format 2.0" {
        "plus:CopyrightOwner/plus:CopyrightOwnerName" => Owner,
        "plus:ImageCreator/plus:ImageCreatorName" => Creator,
        "plus:Licensor/plus:LicensorName" => Licensor,
        "plus:Licensor/plus:LicensorURL" => Licensor,
        "plus:Licensor/plus:LicensorEmail" => Licensor,
        "plus:LicenseDocumentURL" => License,
        "plus:DataMining" => DataMining,
        "plus:TermsAndConditionsText" => UsageTerms,
        "plus:TermsAndConditionsURL" => WebStatement,
        "plus:OtherLicenseInfo" => UsageTerms,
    }
    Xmp: "PRISM 3.0, basic and rights" {
        "prism:copyright" => Rights,
        "prism:doi" => Identifier,
        "prism:url" => Identifier,
        "prism:identifier" => Identifier,
        "prism:license" => License,
        "prl:copyright" => Rights,
        "prism:embargoDate" => Available,
        "pur:embargoDate" => Available,
        "pur:license" => License,
        "pur:copyright" => Rights,
        "pur:rightsAgent" => Rights,
        "pur:rightsOwner" => Owner,
        "pur:creditLine" => Credit,
        "prism:rightsAgent" => Rights,
    }
    Xmp: "Adobe Acrobat: information dictionary mirrored to XMP" {
        "pdfx:Copyright" => Rights,
        "pdfx:Rights" => Rights,
        "pdfx:License" => License,
        "pdfx:LicenseURL" => License,
        "pdfx:Marked" => Marked,
        "pdfx:WebStatement" => WebStatement,
        "pdfx:doi" => Identifier,
    }
    Xmp: "XMP Specification Part 2, 2.2 (dynamic media)" {
        "xmpDM:artist" => Creator,
        "xmpDM:copyright" => Rights,
    }
};
