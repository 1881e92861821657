//! Marked content (14.6), and the text that stands for it (14.9.4).

use super::super::super::object::Object;
use super::super::super::strings;
use super::super::font::get;
use super::super::resources::Resources;
use super::{Operand, Run};
use crate::read::{Cap, Stop};

/// Where in marked content (14.6) the run is.
#[derive(Default)]
pub(super) struct Marked {
    pub(super) depth: usize,
    /// In which depth a replacement text stands for all that is shown (14.9.4).
    pub(super) replaced: Option<usize>,
    /// That text, until it has been shown.
    pub(super) text: Option<String>,
}

impl Run<'_, '_, '_, '_> {
    /// The text that stands for marked content with these operands.
    pub(super) fn replacement(
        &mut self,
        resources: &Resources,
        given: &[Operand],
    ) -> Result<Option<String>, Stop> {
        const KEY: &[u8] = b"ActualText";
        let inline = given.windows(2).find_map(|pair| match pair {
            [Operand::Name(key), Operand::String(text)] if **key == *KEY => Some(text),
            _ => None,
        });
        if let Some(text) = inline {
            return Ok(Some(strings::decode(text).text));
        }
        let [Operand::Name(tag), Operand::Name(list)] = given else { return Ok(None) };
        if **tag == *b"OC" {
            return Ok(None);
        }
        let Some(left) = self.reader.lists.checked_sub(1) else {
            self.over(Cap::PdfLists);
            return Ok(None);
        };
        self.reader.lists = left;
        let Some(Some(list)) = self.hard(|d| resources.list(d, list))? else {
            return Ok(None);
        };
        let Some(Object::Dict(list)) = self.hard(|d| d.resolve(&list))? else {
            return Ok(None);
        };
        Ok(match get(self.document, &list, "ActualText")? {
            Object::String(text) => Some(strings::decode(&text.bytes).text),
            _ => None,
        })
    }

    /// Leaves marked content. A text that stood for a picture is shown now.
    pub(super) fn unmark(&mut self) {
        if self.marked.replaced == Some(self.marked.depth) {
            self.marked.replaced = None;
            if let Some(text) = self.marked.text.take() {
                self.lines.push(&text);
            }
        }
        self.marked.depth = self.marked.depth.saturating_sub(1);
    }
}
