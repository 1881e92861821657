//! XMP packets (ISO 16684-1): bytes in, properties out. No I/O, and nothing of
//! the crate outside this module.
//!
//! A packet is read in three steps: `encoding` makes text of its bytes,
//! `tree` makes elements of the text, whatever state it is in, and `rdf`
//! makes properties of the elements. Whatever is wrong is told as a
//! [`Problem`]; what stands before and after it is kept.

mod attributes;
mod encoding;
mod guid;
mod names;
mod namespaces;
mod rdf;
mod sniff;
mod subject;
mod tree;

pub use guid::extended_guid;
pub use namespaces::known_prefix;
pub use sniff::is_packet;

/// How much of a packet is read and held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the packet. What lies beyond is not read.
    pub bytes: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Elements of the packet.
    pub elements: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// Namespaces declared at one place.
    pub namespaces: usize,
    /// Properties that are wanted.
    pub properties: usize,
    /// Bytes of a path.
    pub path: usize,
    /// Entities that the document type declares: twice what Illustrator writes
    /// for its namespaces.
    pub entities: usize,
    /// Places where reading starts anew after broken markup.
    pub repairs: usize,
    /// Bytes that are read again after broken markup; in a large packet, eight
    /// times its length.
    pub reread: usize,
}

impl Limits {
    /// The usual limits.
    pub const USUAL: Self = Self {
        bytes: 16 << 20,
        depth: 64,
        elements: 150_000,
        attributes: 4_096,
        namespaces: 256,
        properties: 20_000,
        path: 1_024,
        entities: 64,
        repairs: 200,
        reread: 4 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::USUAL
    }
}

/// Which limit: the fields of [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cap {
    /// [`Limits::bytes`]
    Bytes,
    /// [`Limits::depth`]
    Depth,
    /// [`Limits::elements`]
    Elements,
    /// [`Limits::attributes`]
    Attributes,
    /// [`Limits::namespaces`]
    Namespaces,
    /// [`Limits::properties`]
    Properties,
    /// [`Limits::path`]
    Path,
    /// [`Limits::entities`]
    Entities,
    /// [`Limits::repairs`]
    Repairs,
    /// [`Limits::reread`]
    Reread,
}

/// What a packet says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packet {
    /// In the order of the packet. An item of an array is a property by itself,
    /// and so is a field of a structure.
    pub properties: Vec<Property>,
    /// What is wrong with the packet, in its order; each fault once, where it
    /// was first met.
    pub problems: Vec<Problem>,
}

/// A property and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The name, as in `dc:title`; a field of a structure follows its structure
    /// after a `/`.
    ///
    /// The prefix is the one that this module has for the namespace. A
    /// namespace that it does not know keeps the prefix of the packet, with a
    /// `?` in front where the prefix means another namespace here. The local
    /// name is as the packet has it, be it in the wrong case.
    pub path: String,
    /// Not trimmed. Where the value is markup, the markup.
    pub value: String,
    /// `xml:lang` of the value or of what it is in; `None` for `x-default`.
    pub lang: Option<String>,
    /// Where the value stands, in bytes from the start of the packet.
    pub offset: usize,
    /// Which top-level property it is of: the same number for all items of an
    /// array, and another one where a property is repeated.
    pub element: usize,
    /// How it is written.
    pub form: Form,
}

impl Property {
    /// Whether it is the name of the thing at `path`: a title of it, or a name.
    fn is_name_of(&self, path: &str) -> bool {
        let field = self.path.strip_prefix(path).and_then(|f| f.strip_prefix('/'));
        let local = field.and_then(|f| f.split_once(':')).map(|(_, local)| local);
        matches!(local, Some("title" | "name")) && !self.value.trim().is_empty()
    }
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the text of an element.
    Text,
    /// As an attribute.
    Attribute,
    /// As the URI of a resource: `rdf:resource` or `rdf:about`.
    Resource,
    /// As the URI of a resource that has a name beside it: a person, not a page.
    Named,
    /// As XML inside an element.
    Markup,
}

/// Something wrong with a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes from the start of the packet.
    pub offset: usize,
    /// What.
    pub fault: Fault,
}

/// What can be wrong with a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Bytes that are not text in the encoding of the packet.
    Charset,
    /// Declared to be in another charset, and UTF-8.
    OtherCharset,
    /// The packet ends inside an element, a tag or a comment.
    Truncated,
    /// A tag has no end, or `<` stands for itself.
    Tag,
    /// An element is not closed before the one around it.
    Unclosed,
    /// An end tag that closes nothing.
    StrayEnd,
    /// Two attributes without a space between them.
    Crowded,
    /// Something in a tag that is not an attribute.
    Attribute,
    /// `&` stands for itself, or for an entity that is not declared.
    Reference,
    /// XML inside a value that is text.
    Markup,
    /// A node stands where a property is expected; it is not read.
    Node,
    /// Something is said of another resource than the file; it is not taken for
    /// the file's.
    Subject,
    /// A prefix that no namespace declaration explains.
    Prefix,
    /// A character that XML does not allow.
    Control,
    /// A limit was reached.
    Limit(Cap),
}

impl Fault {
    /// Whether something may be lost by it: a value, or where it belongs.
    pub fn loses(self) -> bool {
        !matches!(
            self,
            Self::Charset
                | Self::OtherCharset
                | Self::Crowded
                | Self::Reference
                | Self::Markup
                | Self::Subject
                | Self::Prefix
                | Self::Control
        )
    }

    /// What is wrong, in terms of the standard.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Charset => "XMP packet has bytes that are not in its encoding",
            Self::OtherCharset => "XMP packet declares another charset and is UTF-8",
            Self::Truncated => "XMP packet ends inside an element",
            Self::Tag => "XMP packet has a tag without an end, or a bare <",
            Self::Unclosed => "XMP element is not closed",
            Self::StrayEnd => "XMP end tag has no start tag",
            Self::Crowded => "XMP attributes have no space between them",
            Self::Attribute => "XMP tag has an attribute that cannot be read",
            Self::Reference => {
                "XMP packet has a bare & or an entity that is not declared"
            }
            Self::Markup => "XMP value has markup inside",
            Self::Node => "XMP packet has rdf:Description where a property is expected",
            Self::Subject => "XMP packet describes another resource than the file",
            Self::Prefix => "XMP prefix is not declared",
            Self::Control => "XMP value has a character that XML does not allow",
            Self::Limit(_) => "XMP packet goes beyond a limit",
        }
    }
}

/// Reads a packet, or all packets in `bytes`.
///
/// `wanted` says by its path whether a property is of interest; others cost
/// little and count for no limit. Values are never made up: of an element that
/// the end of the packet cuts short, the text is left out; so is an attribute
/// without its closing quote.
///
/// ```
/// use tasl::xmp::{Limits, read};
///
/// let packet = br#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
///   <rdf:Description xmlns:a="http://creativecommons.org/ns#">
///     <a:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>
///   </rdf:Description></rdf:RDF>"#;
/// let packet = read(packet, &Limits::default(), &|_path| true);
/// assert_eq!(packet.properties[0].path, "cc:license");
/// ```
pub fn read(bytes: &[u8], limits: &Limits, wanted: &dyn Fn(&str) -> bool) -> Packet {
    let mut problems = Problems::default();
    let part = bytes.get(..limits.bytes).unwrap_or(bytes);
    let source = encoding::Source::new(part);
    if let Some(problem) = source.problem {
        problems.add(problem.offset, problem.fault);
    }
    if part.len() < bytes.len() {
        problems.add(source.text.len(), Fault::Limit(Cap::Bytes));
    }
    let tree = tree::Tree::new(&source.text, limits, &mut problems);
    // A packet may be empty, but then it has an end.
    let text = source.text.trim();
    if tree.roots.is_empty() && !text.is_empty() && !text.contains("<?xpacket end") {
        problems.add(source.text.len(), Fault::Truncated);
    }
    let mut properties = rdf::properties(&tree, limits, wanted, &mut problems);
    // Parts that were put back in their place may have come late.
    properties.sort_by_key(|p| p.offset);
    let places = source.places(properties.iter().map(|p| p.offset));
    for (property, place) in properties.iter_mut().zip(places) {
        property.offset = place.min(part.len());
    }
    let mut problems = problems.0;
    problems.sort_by_key(|p| p.offset);
    let places = source.places(problems.iter().map(|p| p.offset));
    for (problem, place) in problems.iter_mut().zip(places) {
        problem.offset = place.min(part.len());
    }
    Packet { properties, problems }
}

/// The problems so far, each fault once.
#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, offset: usize, fault: Fault) {
        match self.0.iter_mut().find(|p| p.fault == fault) {
            Some(problem) => problem.offset = problem.offset.min(offset),
            None => self.0.push(Problem { offset, fault }),
        }
    }
}

#[cfg(test)]
mod broken;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
