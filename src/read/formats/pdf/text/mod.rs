//! What pages show in words (ISO 32000-2, 9).
//!
//! The layers: tokens ([`lexer`]), codes to Unicode ([`encoding`], [`cmap`],
//! [`font`]), strings to lines ([`lines`]), content streams ([`page`]), and the
//! passages of a text that may be about rights ([`passages()`]).

mod cmap;
mod encoding;
mod font;
mod lexer;
mod lines;
mod page;
mod passages;
mod resources;

pub(super) use page::{Reader, Shown};
pub(super) use passages::passages;
