//! Properties: what a statement can be about.

use std::fmt;

macro_rules! properties {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// What a statement is about, whichever block it stands in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Property { $($(#[doc = $doc])+ $name,)+ }

        impl Property {
            /// Every property.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in reports.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

properties! {
    /// The title of the work.
    Title = "title",
    /// A publishable entry about the work, often used for a title.
    Headline = "headline",
    /// Who made the work.
    Creator = "creator",
    /// The job of the creator: "staff photographer".
    CreatorTitle = "creator_title",
    /// How to reach the creator.
    CreatorContact = "creator_contact",
    /// The credit line that is asked for.
    Credit = "credit",
    /// The name that the license asks to attribute.
    AttributionName = "attribution_name",
    /// The address that the license asks to link to.
    AttributionUrl = "attribution_url",
    /// Where the work is from.
    Source = "source",
    /// What names the work unambiguously: a DOI, an inventory number.
    Identifier = "identifier",
    /// The legal tool, in a property made for it.
    License = "license",
    /// Rights in prose: a copyright notice, or a license in a sentence.
    Rights = "rights",
    /// How the work may be used, in prose.
    UsageTerms = "usage_terms",
    /// A page about the rights in the work; sometimes the license itself.
    WebStatement = "web_statement",
    /// Whether the work is rights-managed: `True` or `False`.
    Marked = "marked",
    /// Who owns the rights.
    Owner = "owner",
    /// The certificate of the rights.
    Certificate = "certificate",
    /// Whom to ask for a license.
    Licensor = "licensor",
    /// Where more than the license permits can be had.
    MorePermissions = "more_permissions",
    /// What is asked, and not demanded, of users.
    UseGuidelines = "use_guidelines",
    /// The address that Photoshop keeps beside the copyright flag.
    PhotoshopUrl = "photoshop_url",
    /// What the work shows or is about.
    Description = "description",
    /// A remark.
    Comment = "comment",
    /// Instructions for use from the creator.
    Instructions = "instructions",
    /// Who published the work.
    Publisher = "publisher",
    /// Who helped.
    Contributor = "contributor",
    /// Whose camera it was.
    CameraOwner = "camera_owner",
    /// When the work was made or published.
    Date = "date",
    /// From when on the work may be used.
    Available = "available",
    /// Whether the work may be mined for text and data.
    DataMining = "data_mining",
    /// How the picture came to be: by camera, by scanner, by a trained model.
    DigitalSourceType = "digital_source_type",
    /// What the work was made from.
    DerivedFrom = "derived_from",
    /// A passage of the text that the work shows.
    PageText = "page_text",
    /// Where the work links to.
    Link = "link",
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
