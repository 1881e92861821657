//! Writes `docs/accuracy.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::compare::{Differences, Tally};
use crate::truth::{CORE, FIELDS};

/// The page: what was compared, how it came out, and why it differs.
pub fn write(files: usize, tally: &Tally, known: &Differences) -> String {
    let mut page = String::from(HEAD);
    let _ = writeln!(page, "Files compared: {files}.\n");
    page.push_str(
        "| field | values | outside | agree | to the letter | share | beyond the truth |\n",
    );
    page.push_str("|---|--:|--:|--:|--:|--:|--:|\n");
    let core = |field: &&str| CORE.contains(field);
    let names: Vec<_> = FIELDS.iter().map(|(field, _)| *field).collect();
    for field in names.iter().filter(|f| core(f)).chain(names.iter().filter(|f| !core(f)))
    {
        let count = tally.of(field);
        let outside = known.outside(field);
        let values = count.values - outside;
        let share = if values == 0 {
            "–".to_owned()
        } else {
            format!("{:.1} %", 100.0 * count.agreeing as f64 / values as f64)
        };
        let _ = writeln!(
            page,
            "| {field} | {} | {outside} | {} | {} | {share} | {} |",
            count.values, count.agreeing, count.exact, count.beyond
        );
    }
    let languages: usize = names.iter().map(|field| tally.of(field).other_language).sum();
    let _ = writeln!(page, "\nValues that agree and have another language: {languages}.");
    page.push_str(DIFFERENCES);
    let mut by_cause: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (row, cause) in known.with_causes() {
        let side =
            if row.kind == "missed" { "not read" } else { "read, not in the truth" };
        let place = if cause.outside { " (outside)" } else { "" };
        by_cause.entry(format!("{}{place}", cause.text)).or_default().push(format!(
            "| `{}` | {} ({}) | {side} | {} |\n",
            row.path,
            row.field,
            row.block,
            row.value.replace('|', "\\|")
        ));
    }
    if by_cause.is_empty() {
        page.push_str("\nThere are none.\n");
    }
    for (cause, rows) in by_cause {
        let _ = write!(
            page,
            "\n### {cause}\n\n| file | field | | value begins |\n|---|---|---|---|\n"
        );
        page.extend(rows);
    }
    page
}

const HEAD: &str = "\
# Accuracy

*Written by the test `tests/corpus`; the causes stand in `tests/corpus/differences.tsv`.*

What `tasl` reads from real files, held against what ExifTool 13.58 reads from the same files (and exiv2,
pdfinfo, pikepdf and lxml confirm). The files are 400 from eleven public test collections, many of them damaged
on purpose; they are not part of this package. Compared are those in a format that is read: JPEG, TIFF with the
raw formats that are TIFF files, PNG, WebP, GIF, SVG, PSD, HEIF and AVIF, JPEG XL, JPEG 2000, CR3 and other raw
formats, EPS, sound, MPEG-4 and QuickTime, PDF, XMP sidecars, EPUB, Office Open XML, OpenDocument and HTML.
Less hard files, and many more of them, are in [accuracy-collections.md](accuracy-collections.md).

A value agrees if a statement of the same property stands in the same kind of block with the same text but for
white space at its ends. Where a file does not declare its charset, each reading that the truth names is right.
Values that other readers recover from damage, and ExifTool does not, count neither way. *Outside* are values in parts
of a file that are not read: maker notes, private data of an application inside a PDF, metadata of a single page of
a PDF, trailers behind another trailer. The share is of the rest. *Beyond the truth* are
values that were read and that ExifTool does not give. The first thirteen fields are those of which 99 values in
a hundred must agree.

";

const DIFFERENCES: &str = "
## What differs, and why
";
