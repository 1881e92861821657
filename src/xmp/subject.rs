//! Which nodes of a packet are about the file.
//!
//! All top-level nodes of a packet are about one resource, the file, and have
//! the same `rdf:about` (ISO 16684-1, 7.4). RDF allows more, and so do packets
//! that were put together from several. What is said of another resource is
//! not said of the file, however much it would like a license:
//!
//! - An `rdf:about` that is empty or not there is the file.
//! - The first one that is not is the file too, where it is the only kind there
//!   is (a UUID, or the address of the work, as in the metadata of Creative
//!   Commons from 2002), or where it is the id of an instance (`uuid:`): writers
//!   mix that with the empty one, and the XMP toolkit reads both as one.
//! - All others are other resources, and so is an address beside nodes that are
//!   about the file itself.

use super::attributes::Attributes;
use super::names::{Name, Opened};
use super::tree::Element;

/// How the path of a property begins that is about another resource. The class
/// is the one of everything (RDF Schema 1.1, 2.1).
pub(super) const OTHER: &str = "rdfs:Resource/";

/// Schemes of ids that XMP gives to an instance of a file.
const IDS: [&str; 5] = ["uuid:", "urn:uuid:", "xmp.did:", "xmp.iid:", "adobe:docid:"];

/// What the nodes are about that stand side by side.
#[derive(Default)]
pub(super) struct Works<'a> {
    /// Whether one is about the file, in so many words.
    has_file: bool,
    /// The first that names anything.
    first: Option<&'a str>,
}

impl<'a> Works<'a> {
    pub(super) fn note(&mut self, opened: &Opened<'a>) {
        match about(opened) {
            "" => self.has_file = true,
            about => self.first = self.first.or(Some(about)),
        }
    }

    /// Whether a node is about something else than the file.
    pub(super) fn is_other(&self, opened: &Opened<'a>) -> bool {
        let about = about(opened);
        let is_id = || {
            IDS.iter().any(|id| {
                about.get(..id.len()).is_some_and(|a| a.eq_ignore_ascii_case(id))
            })
        };
        let is_first = self.first.is_none_or(|first| first == about);
        !about.is_empty() && !(is_first && (!self.has_file || is_id()))
    }
}

/// What a node is about: empty for the file.
fn about<'a>(opened: &Opened<'a>) -> &'a str {
    // Without a prefix in drafts of RDF, and by an id in RDF/XML 2.14 and 2.10.
    [("rdf", "about"), ("", "about"), ("rdf", "ID"), ("rdf", "nodeID")]
        .iter()
        .find_map(|(prefix, local)| opened.get(prefix, local))
        .map_or("", |a| a.value.trim())
}

/// Whether nodes of this name may be about the work.
pub(super) fn is_work(name: Name<'_>) -> bool {
    name.is("rdf", "Description") || name.is("cc", "Work")
}

/// Whether a node describes a legal tool and not the work.
pub(super) fn is_license(element: &Element<'_>, opened: &Opened<'_>) -> bool {
    let tool = |uri: &str| {
        let uri = uri.trim_start_matches("http").trim_start_matches(['s', ':', '/']);
        let path = uri.trim_start_matches("www.").strip_prefix("creativecommons.org/");
        path.is_some_and(|p| p.starts_with("licenses/") || p.starts_with("publicdomain/"))
    };
    let old_tool = |uri: &str| uri.starts_with("http://web.resource.org/cc/PublicDomain");
    let about = opened.get("rdf", "about");
    about.is_some_and(|a| tool(a.value) || old_tool(a.value))
        || element.children.iter().any(|child| {
            child.name.ends_with(":type")
                && Attributes::new(child.attributes).any(|a| {
                    a.name.ends_with(":resource")
                        && (a.value.ends_with("creativecommons.org/ns#License")
                            || a.value.ends_with("web.resource.org/cc/License"))
                })
        })
}
