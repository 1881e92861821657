//! Pages of presets.

use super::Page;
use crate::policy::{Preset, Verified};

/// The page of a preset.
pub(super) fn page(preset: &Preset) -> String {
    let mut page = Page::new(&format!("{}: {}", preset.name, preset.title));
    page.paragraph(&preset.about);
    page.paragraph(match preset.status {
        Verified::Verified => "Taken from the sources below, which were read.",
        Verified::Partial => {
            "Taken from a copy or a part of the sources below. Check it against the \
             original before you rely on it."
        }
        Verified::Template => "A form to fill in. It states no policy of anybody.",
    });
    if let Some(notes) = &preset.notes {
        page.paragraph(notes);
    }
    if !preset.source.is_empty() {
        page.heading("Where it is laid down");
        page.blank();
        for source in &preset.source {
            page.item(source);
        }
    }
    page.heading("The policy");
    page.blank();
    for line in preset.text.lines() {
        let words = line
            .split_once(" = ")
            .map_or(line.to_owned(), |(key, value)| format!("{key} = {value}"));
        page.fill("    ", "        ", &words);
    }
    page.paragraph(&format!(
        "To keep to it, write `preset = \"{}\"` into tasl.toml, or run \
         `tasl policy init --preset {}`.",
        preset.name, preset.name
    ));
    page.0
}
