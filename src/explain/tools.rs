//! Pages of legal tools and of units.

use super::{Page, credit};
use crate::license::{LegalTool, Unit};

/// The page of one legal tool.
pub(super) fn tool(tool: LegalTool) -> String {
    let mut page = Page::new(&format!("{}: {}", tool.identifier(), tool.title()));
    page.blank();
    page.entry("address", tool.url());
    page.entry("deed", &tool.deed_url());
    match tool.legal_code_url() {
        Some(url) => page.entry("legal code", &url),
        None => page.entry("legal code", "none: it states a fact and grants nothing"),
    }
    page.entry("SPDX", tool.spdx().unwrap_or("no id"));
    if tool.title_native() != tool.title() {
        page.entry("in its port", tool.title_native());
    }
    page.paragraph(kind(tool));
    standing(&mut page, tool);
    powers(&mut page, tool);

    page.heading("What a credit must contain");
    page.blank();
    for (text, clause) in credit::duties(tool) {
        page.item(&format!("{text} [{clause}]"));
    }
    if credit::is_unread_port(tool) {
        page.paragraph(
            "The legal code of this port was not read for this page. The list is that of \
             version 2.0, whose sections stand in brackets: read it as what to expect, \
             and look into the legal code.",
        );
    } else if tool.version() == "2.1" {
        page.paragraph(
            "The sections in brackets are those of version 2.0, since 2.1 exists in ports \
             only; the port may number them otherwise.",
        );
    } else if tool.port() == Some("igo") {
        // That of 3.0 for intergovernmental organisations is numbered as the unported.
    } else if tool.port().is_some() && tool.requires_attribution() {
        page.paragraph(
            "The sections in brackets are those of the unported license. The port has a \
             legal code of its own, which may number them otherwise and ask for a little \
             more or less.",
        );
    }
    if let Some(remark) = credit::remark(tool) {
        if !credit::duties(tool).is_empty() {
            page.blank();
        }
        page.fill("", "", remark);
    }
    if tool.requires_attribution() {
        page.paragraph(
            "Everything that counts “if it is supplied” has to be supplied by whoever \
             publishes the work. That is what tasl looks for.",
        );
    }
    page.heading("How to write it down");
    page.blank();
    page.entry("cc:license", tool.url());
    let marked = if tool.is_public_domain() { "False" } else { "True" };
    page.entry("Marked", &format!("{marked} (xmpRights:Marked)"));
    page.0
}

fn kind(tool: LegalTool) -> &'static str {
    match tool.unit().as_str() {
        "zero" => {
            "With CC0, whoever holds the rights in a work gives them up, as far as the \
             law allows, in the whole world. It is for those who hold the rights: not for \
             labelling the works of others, nor what is in the public domain already."
        }
        "mark" => {
            "The Public Domain Mark says that a work is known to be free of copyright \
             everywhere, mostly because it is old. It is a label and changes nothing. It \
             is not for works that are free in some countries only, nor for one's own: \
             for those there is CC0."
        }
        "sampling" => {
            "An early license for taking parts of a work into a new one. Parts may be \
             sampled and transformed, for money too, but not for advertising; the whole \
             work may not be copied or passed on."
        }
        "sampling+" => {
            "An early license for taking parts of a work into a new one. Parts may be \
             sampled and transformed, for money too, but not for advertising; the whole \
             work may be passed on without commercial intent only."
        }
        "nc-sampling+" => {
            "An early license for taking parts of a work into a new one. Parts may be \
             sampled and transformed, and the whole work passed on, all of it without \
             commercial intent only."
        }
        "devnations" => {
            "An early license for the developing nations: what it permits, it permits in \
             countries that the World Bank does not call rich, and nowhere else."
        }
        "certification" => {
            "An early tool that did two things at once: give a work up, and certify that \
             one is in the public domain. CC0 and the Public Domain Mark took its place."
        }
        _ if tool.port() == Some("igo") => {
            "A license in the form that was written for intergovernmental organisations, \
             which stand outside of the law of any one country. Disputes go to mediation \
             and arbitration."
        }
        _ if tool.port().is_some() => {
            "A license in the form that was written for the law of one jurisdiction. It \
             holds in the whole world all the same. Since version 4.0 there are no ports."
        }
        _ => {
            "A license: whoever holds the rights in a work lets everybody use it, for as \
             long as those rights last, on the conditions below. It cannot be taken back \
             from those who keep to them."
        }
    }
}

fn standing(page: &mut Page, tool: LegalTool) {
    if let Some(day) = tool.deprecated_on() {
        page.paragraph(&format!(
            "Retired on {day}. Works that are under it stay under it; do not choose it \
             for new ones."
        ));
    } else if let Some(next) = tool.superseded_by() {
        page.paragraph(&format!(
            "There is a newer version, {}. Only whoever holds the rights can move a work \
             to it.",
            next.identifier()
        ));
    }
}

fn powers(page: &mut Page, tool: LegalTool) {
    let words = |words: &[String]| -> Vec<&'static str> {
        let known = WORDS.iter().filter(|word| words.iter().any(|w| w == *word));
        known.map(|word| meaning(word, tool)).collect()
    };
    // What these permit depends on what is done with it, which the words of
    // ccREL do not tell: the first paragraph does.
    if !credit::is_unread(tool) || tool.unit().as_str() == "devnations" {
        list(page, "What you may do", &words(tool.permits()));
    }
    if tool.unit().as_str() == "mark" {
        page.paragraph(
            "All of it without asking, since nobody holds a right that could forbid it. \
             Other rights may exist: those of the people shown, or moral rights.",
        );
    }
    list(page, "What you must do", &words(tool.requires()));
    let mut forbidden = words(tool.prohibits());
    if tool.unit().as_str().split('-').any(|part| part == "nd") {
        forbidden.push(match tool.version() {
            "4.0" => "Share what you make from it. Changing it for yourself is allowed.",
            _ => {
                "Make anything from it that is a work of its own, such as a translation."
            }
        });
    }
    list(page, "What you may not do", &forbidden);
}

fn list(page: &mut Page, heading: &str, items: &[&str]) {
    if !items.is_empty() {
        page.heading(heading);
        page.blank();
        items.iter().for_each(|item| page.item(item));
    }
}

/// The words of ccREL, in the order in which they are explained.
const WORDS: [&str; 9] = [
    "Reproduction",
    "Distribution",
    "Sharing",
    "DerivativeWorks",
    "Attribution",
    "Notice",
    "ShareAlike",
    "CommercialUse",
    "HighIncomeNationUse",
];

/// A word of ccREL in plain words.
fn meaning(word: &str, tool: LegalTool) -> &'static str {
    match word {
        "Reproduction" => "Copy the work, in any medium and number.",
        "Distribution" => "Pass copies on, show it, perform it, put it online.",
        "DerivativeWorks" => {
            "Change it, translate it, build on it, and share the result."
        }
        "Sharing" => "Pass whole copies on, without commercial intent.",
        "Notice" => "Keep the notices about copyright and license.",
        "Attribution" => "Credit those who made it, as that version asks for.",
        "ShareAlike" if tool.version() == "1.0" => {
            "Share what you make from it under exactly this license."
        }
        "ShareAlike" if tool.version() == "3.0" && tool.unit().as_str() == "by-sa" => {
            "Share what you make from it under this license, a later version of it, the \
             same license of another port, or one that Creative Commons calls compatible."
        }
        "ShareAlike" if tool.version() < "4.0" => {
            "Share what you make from it under this license, a later version of it, or \
             the same license of another port."
        }
        "ShareAlike" => {
            "Share what you make from it under this license, a later version of it, or \
             one that Creative Commons calls compatible."
        }
        "CommercialUse" => {
            "Use it primarily for commercial advantage or for money. What counts is the \
             use, not who uses it."
        }
        "HighIncomeNationUse" => "Use it in a country that the World Bank calls rich.",
        _ => "See the legal code.",
    }
}

/// The page of a unit: what its versions have in common, and which there are.
pub(super) fn unit(unit: Unit) -> String {
    let mut page = Page::new(&format!("{unit}: a unit of Creative Commons"));
    page.paragraph(
        "A unit says which permissions and conditions a license has. Without a version it \
         is no license: which credit is owed depends on the version, so tasl does not \
         guess it.",
    );
    page.heading("Its versions");
    page.blank();
    for version in unit.versions() {
        let mut unported = None;
        let mut ports = Vec::new();
        for tool in unit.tools().filter(|t| t.version() == version) {
            match tool.port() {
                Some(port) => ports.push(port),
                None => unported = Some(tool),
            }
        }
        let mut text = match unported {
            Some(tool) => tool.url().to_owned(),
            None => "ports only".to_owned(),
        };
        if !ports.is_empty() {
            let and = if unported.is_some() { ", ports: " } else { ": " };
            text.push_str(&format!("{and}{}", ports.join(" ")));
        }
        page.entry(version, &text);
    }
    let newest = unit.tools().last();
    if let Some(newest) = newest {
        powers(&mut page, newest);
        page.paragraph(&format!(
            "The lists are those of {}. See `tasl explain {}/{}` for what its credit must \
             contain.",
            newest.identifier(),
            unit,
            newest.version()
        ));
    }
    page.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_some_licenses_know_compatible_ones() {
        for (unit, version, port, knows) in [
            ("by-sa", "2.5", "", false),
            ("by-sa", "3.0", "", true),
            ("by-nc-sa", "3.0", "", false),
            ("by-nc-sa", "3.0", "igo", false),
            ("by-nc-sa", "4.0", "", true),
        ] {
            let page = tool(LegalTool::find(unit, version, port).unwrap());
            assert_eq!(page.contains("compatible"), knows, "{page}");
        }
    }

    #[test]
    fn what_was_not_read_of_a_port_is_said() {
        for (port, said) in [
            ("es", "was not read"),
            ("au", "was not read"),
            ("ca", "was not read"),
            ("jp", "2.1 exists in ports only"),
        ] {
            let page = tool(LegalTool::find("by", "2.1", port).unwrap());
            let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(said), "{port}: {page}");
            assert!(!words.contains("those of the unported license"), "{port}: {page}");
        }
    }
}
