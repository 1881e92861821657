//! What is told of the collection as a whole, of the records beside it, and of
//! what exceptions accept.

use std::collections::BTreeMap;

use super::{BOLD, EXAMPLES, INDENT, Page, Tally, color, counted, cut, thousands};
use crate::model::{CollectionFinding, Totals, Verdict};
use crate::report::{on_one_line, visible_path};
use crate::rules;

impl Page<'_> {
    /// What was found about the collection, by rule.
    pub(super) fn collection(&mut self, totals: &Totals) {
        let mut by_rule: BTreeMap<_, Vec<&CollectionFinding>> = BTreeMap::new();
        for finding in totals.collection.iter().filter(|f| f.waived.is_none()) {
            by_rule.entry(finding.rule).or_default().push(finding);
        }
        if by_rule.is_empty() && !totals.collection_is_cut {
            return;
        }
        self.heading("Across the collection");
        if totals.collection_is_cut {
            self.line(
                "  There are more names, titles or licenses than can be kept apart, so that\n  \
                 something may be missing here. Audit the folders one by one to find it.",
            );
        }
        for (rule, findings) in by_rule {
            let Some(first) = findings.first() else { continue };
            let severity =
                self.paint(color(first.severity), &format!("{:<7}", first.severity));
            let name = self.paint(BOLD, rule);
            let summary = rules::find(rule).map_or("", |r| r.summary);
            let count = counted(findings.len() as u64, "finding", "findings");
            self.line(&format!("  {severity}  {name}  {count}  {summary}"));
            for finding in findings.iter().take(EXAMPLES) {
                self.wrapped(&finding.message);
                for path in finding.paths.iter().take(EXAMPLES) {
                    self.line(&format!("{INDENT}  {}", visible_path(path)));
                }
                let rest = finding.paths.len().saturating_sub(EXAMPLES) as u64;
                if rest > 0 {
                    self.line(&format!(
                        "{INDENT}  and {} more",
                        counted(rest, "file", "files")
                    ));
                }
            }
            let rest = findings.len().saturating_sub(EXAMPLES) as u64;
            self.more_of(rest, "finding", "findings");
        }
    }

    /// How the files compare with the records given.
    pub(super) fn records(&mut self, totals: &Totals) {
        let Some(records) = &totals.records else { return };
        self.heading(&format!(
            "Records of the catalogue: {}",
            thousands(records.entries)
        ));
        for (name, counts) in
            [("license", records.license), ("creators", records.creators)]
        {
            let words: Vec<String> = Verdict::ALL
                .into_iter()
                .filter(|v| counts[*v as usize] > 0)
                .map(|v| {
                    format!(
                        "{} {}",
                        words(v),
                        counted(counts[v as usize], "file", "files")
                    )
                })
                .collect();
            if !words.is_empty() {
                self.line(&format!("  {name:<8}  {}", words.join(", ")));
            }
        }
        let without = records.without_file.len() as u64;
        for (count, one, many) in [
            (records.files_without_record, "file has no record", "files have no record"),
            (
                records.files_with_several,
                "file has several records",
                "files have several records",
            ),
            (without, "record has no file", "records have no file"),
        ] {
            if count > 0 {
                self.line(&format!("  {}", counted(count, one, many)));
            }
        }
    }

    /// What exceptions accept.
    pub(super) fn waived(&mut self, tally: &Tally, totals: &Totals) {
        if totals.waived == 0 {
            return;
        }
        let count = counted(totals.waived, "finding", "findings");
        self.heading(&format!("Accepted by exceptions of the policy: {count}"));
        for (rule, accepted) in &tally.waived {
            let name = self.paint(BOLD, rule);
            let files = counted(accepted.files, "finding", "findings");
            self.line(&format!("  {name}  {files}"));
            let waiver = &accepted.waiver;
            let reason = on_one_line(&waiver.reason);
            self.wrapped(&format!(
                "{reason} ({}, until {})",
                on_one_line(&waiver.owner),
                waiver.expires
            ));
            for path in &accepted.examples {
                self.line(&format!("{INDENT}  {path}"));
            }
            let rest = accepted.files.saturating_sub(accepted.examples.len() as u64);
            self.more_of(rest, "finding", "findings");
        }
        for finding in
            totals.collection.iter().filter(|f| f.waived.is_some()).take(EXAMPLES)
        {
            let name = self.paint(BOLD, finding.rule);
            self.line(&format!("  {name}  {}", on_one_line(&finding.message)));
        }
    }

    /// A sentence below a line of a list, on as many lines as it takes.
    fn wrapped(&mut self, text: &str) {
        let left = self.style.width.saturating_sub(INDENT.len()).max(20);
        for line in super::wrapped(&cut(&on_one_line(text), 3 * left), left) {
            self.line(&format!("{INDENT}{line}"));
        }
    }
}

fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agree => "agree:",
        Verdict::FileOnly => "only in the file:",
        Verdict::RecordOnly => "only in the record:",
        Verdict::Contradict => "contradict:",
        Verdict::Neither => "in neither:",
        Verdict::Unclear => "cannot be told:",
    }
}
