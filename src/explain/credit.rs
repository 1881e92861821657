//! What a credit owes in each version, from the legal codes themselves.

use crate::license::LegalTool;

/// What somebody who shares the work owes.
pub(super) struct Duty {
    /// In a sentence that begins with a capital.
    pub(super) text: &'static str,
    /// The section of the legal code; `4(b)` stands for the paragraph of the
    /// credit, which is `4(b)` where no other condition comes before it.
    pub(super) clause: &'static str,
}

const fn duty(text: &'static str, clause: &'static str) -> Duty {
    Duty { text, clause }
}

const LINK: Duty =
    duty("Give the address of the license, or its text, with every copy.", "4(a)");
const NOTICES: Duty = duty(
    "Keep the notices that refer to the license and to the disclaimer of warranties.",
    "4(a)",
);
const COPYRIGHT: Duty = duty("Keep all copyright notices intact.", "4(b)");
const NAME: Duty = duty("Name the author, or the pseudonym, if it is supplied.", "4(b)");
const TITLE: Duty = duty("Give the title of the work, if it is supplied.", "4(b)");
const URI: Duty = duty(
    "Give the address that the licensor asks to have with the work, as far as \
     practicable and if it leads to the copyright notice or the license.",
    "4(b)",
);
const PARTIES: Duty = duty(
    "Name others too that the author or the licensor wants named: a sponsor, a \
     publisher, a journal.",
    "4(b)",
);
const DERIVED: Duty = duty(
    "If you made something from it, say what use you made: “French translation of the \
     work by the author”.",
    "4(b)",
);
const LABELLED: Duty =
    duty("If you made something from it, mark clearly that changes were made.", "3(b)");
const REMOVED: Duty = duty(
    "In a collection or an adaptation, take the credit out again if the licensor asks \
     for that, as far as practicable.",
    "4(a)",
);
const UNENDORSED: Duty = duty(
    "Do not suggest that those whom you credit have to do with you or endorse your use.",
    "4(b)",
);

const V1: &[Duty] = &[NAME, TITLE, COPYRIGHT, DERIVED, NOTICES, LINK, REMOVED];
const V1_WITHOUT_BY: &[Duty] = &[NOTICES, LINK];
const V2: &[Duty] = &[NAME, TITLE, URI, COPYRIGHT, DERIVED, NOTICES, LINK, REMOVED];
/// The port of 2.0 for England and Wales: its clause 2.2 asks for no title.
const V2_UK: &[Duty] = &[NAME, URI, COPYRIGHT, DERIVED, NOTICES, LINK];
const V2_5: &[Duty] =
    &[NAME, PARTIES, TITLE, URI, COPYRIGHT, DERIVED, NOTICES, LINK, REMOVED];
const V3: &[Duty] = &[
    NAME, PARTIES, TITLE, URI, COPYRIGHT, DERIVED, LABELLED, NOTICES, LINK, REMOVED,
    UNENDORSED,
];
const V3_IGO: &[Duty] = &[
    duty("Give the attribution that the licensor asks for in its notice.", "4(b)"),
    TITLE,
    URI,
    COPYRIGHT,
    DERIVED,
    LABELLED,
    NOTICES,
    LINK,
    REMOVED,
    UNENDORSED,
];
const V4: &[Duty] = &[
    duty(
        "Name the creators and all others who are to be credited, in any reasonable way \
         that the licensor asks for, if they are supplied.",
        "3(a)(1)(A)(i)",
    ),
    duty("Keep the copyright notice, if it is supplied.", "3(a)(1)(A)(ii)"),
    duty("Keep the notice about the license, if it is supplied.", "3(a)(1)(A)(iii)"),
    duty(
        "Keep the notice about the disclaimer of warranties, if it is supplied.",
        "3(a)(1)(A)(iv)",
    ),
    duty("Link to the work, as far as reasonably practicable.", "3(a)(1)(A)(v)"),
    duty("Say whether you changed it, and keep word of earlier changes.", "3(a)(1)(B)"),
    duty("Name the license, and give its text or its address.", "3(a)(1)(C)"),
    duty(
        "Take out what the licensor asks you to take out, as far as reasonably \
         practicable.",
        "3(a)(3)",
    ),
    duty(
        "Do not suggest that those whom you credit have to do with you or endorse your \
         use.",
        "2(a)(6)",
    ),
];

const UNREAD: &[Duty] = &[duty("Credit the author, and keep the notices.", "ccREL")];

/// Whether what is said of `tool` rests on its description in ccREL, because its
/// legal code was not read for it.
pub(super) fn is_unread(tool: LegalTool) -> bool {
    let unit = tool.unit().as_str();
    unit == "devnations" || unit.contains("sampling")
}

/// Whether what is said of `tool` rests on another version, because the legal code
/// of its port was not read for it. There is no unported 2.1, and of its ports that
/// of jp was read.
pub(super) fn is_unread_port(tool: LegalTool) -> bool {
    tool.version() == "2.1" && tool.port() != Some("jp")
}

/// The duties of `tool`, each with the section of the unported legal code; empty
/// for one that asks for nothing.
pub(super) fn duties(tool: LegalTool) -> Vec<(&'static str, String)> {
    let is_derived = |duty: &Duty| duty.text.starts_with("If you made something");
    let duties =
        all(tool).iter().filter(|d| tool.permits_derivatives() || !is_derived(d));
    duties.map(|duty| (duty.text, clause(tool, duty))).collect()
}

/// Where a duty stands. Before 4.0, the conditions ShareAlike and NonCommercial
/// have paragraphs of their own before that of the credit.
fn clause(tool: LegalTool, duty: &Duty) -> String {
    if duty.clause != "4(b)" {
        return duty.clause.to_owned();
    }
    let parts = || tool.unit().as_str().split('-');
    let before = parts().filter(|part| matches!(*part, "sa" | "nc")).count();
    let letter = ["b", "c", "d"].get(before).copied().unwrap_or("b");
    format!("4({letter})")
}

fn all(tool: LegalTool) -> &'static [Duty] {
    if tool.is_public_domain() {
        return &[];
    }
    match (tool.version(), tool.port()) {
        _ if is_unread(tool) => UNREAD,
        _ if !tool.requires_attribution() => V1_WITHOUT_BY,
        ("1.0", _) => V1,
        // Of the ports of 2.1, the legal code of jp was read; it is that of 2.0.
        ("2.0", Some("uk")) => V2_UK,
        ("2.0" | "2.1", _) => V2,
        ("2.5", _) => V2_5,
        ("3.0", Some("igo")) => V3_IGO,
        ("3.0", _) => V3,
        _ => V4,
    }
}

/// What is not a duty and often taken for one, or one more thing to know.
pub(super) fn remark(tool: LegalTool) -> Option<&'static str> {
    if tool.is_public_domain() {
        return Some(
            "Nothing is owed. Saying who made the work and where it is from is good \
             practice all the same.",
        );
    }
    if is_unread(tool) {
        return Some("How to credit, its legal code tells.");
    }
    if !tool.requires_attribution() {
        return Some("The author need not be named.");
    }
    match tool.version() {
        "4.0" => Some(
            "The title is no duty any more. All of it may be given by one link to a page \
             that has it (3(a)(2)).",
        ),
        "1.0" => Some("A link to the work is no duty in this version."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_credit_has_its_own_paragraph_in_each_license() {
        for (unit, version, expected) in [
            ("by", "3.0", "4(b)"),
            ("by-nd", "2.0", "4(b)"),
            ("by-sa", "2.5", "4(c)"),
            ("by-nc", "3.0", "4(c)"),
            ("by-nd-nc", "1.0", "4(c)"),
            ("by-nc-sa", "3.0", "4(d)"),
            ("by-nc-sa", "4.0", "3(a)(1)(A)(i)"),
        ] {
            let tool = LegalTool::find(unit, version, "").unwrap();
            let (text, clause) = duties(tool).remove(0);
            assert!(text.starts_with("Name the"), "{tool}: {text}");
            assert_eq!(clause, expected, "{tool}");
        }
    }

    #[test]
    fn ports_that_ask_for_something_else_have_a_list_of_their_own() {
        let asks = |unit: &str, version: &str, port: &str, text: &str| {
            let tool = LegalTool::find(unit, version, port).unwrap();
            duties(tool).iter().any(|(duty, _)| duty.contains(text))
        };
        assert!(!asks("by-sa", "2.0", "uk", "title"));
        assert!(asks("by-sa", "2.0", "", "title"));
        assert!(asks("by", "3.0", "igo", "changes were made"));
        assert!(!asks("by-nc-nd", "3.0", "igo", "changes were made"));
    }

    #[test]
    fn no_duty_is_about_what_may_not_be_made() {
        let tool = LegalTool::find("by-nd", "3.0", "").unwrap();
        assert!(duties(tool).iter().all(|(text, _)| !text.contains("made something")));
    }
}
