//! What a page of HTML says about itself: `title` and `meta`, links with a
//! relation (HTML, 4.6.7), RDFa (RDFa Core 1.1, ccREL) and JSON-LD.
//!
//! A page may speak of others: inside an element whose `about` names another
//! resource, nothing is about the page, and it is left out. Microdata is not
//! read.

mod page;
#[cfg(test)]
mod tests;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::Decoded;
use super::charset::Text;
use crate::read::{Limits, Stop};
use page::Page;

/// Reads a page.
///
/// # Errors
///
/// [`Stop::Malformed`] where it seems to be cut short; what came before is in
/// `out`.
pub fn decode(bytes: &[u8], limits: &Limits, out: &mut Decoded) -> Result<(), Stop> {
    let source = Text::html(bytes);
    let mut page = Page::new(limits);
    let mut emitter = CallbackEmitter::new(
        |event: CallbackEvent<'_>, span: Span<usize>| -> Option<()> {
            page.event(event, span);
            None
        },
    );
    emitter.naively_switch_states(true);
    // All happens in the emitter, which has nothing to hand out.
    Tokenizer::new_with_emitter(&*source.text, emitter).for_each(drop);
    page.finish(&source, out)
}
