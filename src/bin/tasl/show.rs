//! `tasl show`

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use tasl::discover::{self, discover};
use tasl::model::{Asset, Evidence, License, Licensing, Status, Tasl};
use tasl::read::{self, Limits};
use tasl::reconcile::reconcile;
use tasl::report::{on_one_line, visible_path};

use crate::args::Show;
use crate::failure::Failure;
use crate::policy::House;
use crate::stdout;

/// Prints what files say.
///
/// # Errors
///
/// [`Failure`] for a file that is not there, and where nothing can be printed.
pub(crate) fn run(args: &Show) -> Result<ExitCode, Failure> {
    let mut out = stdout::lock();
    let limits = Limits::default();
    let mut house = House::new(args);
    for (n, asset) in discover(&args.files, discover::Options::default())?.enumerate() {
        let evidence = read::read(&asset, &limits);
        let tasl = reconcile(&evidence, &*house.texts(&asset.file)?);
        let text = page(&asset, &evidence, &tasl);
        let gap = if n > 0 { "\n" } else { "" };
        write!(out, "{gap}{text}")
            .map_err(|error| Failure::writing("to standard output", &error))?;
    }
    out.flush().map_err(|error| Failure::writing("to standard output", &error))?;
    Ok(ExitCode::SUCCESS)
}

fn page(asset: &Asset, evidence: &Evidence, tasl: &Tasl) -> String {
    let mut text = String::new();
    let cost = evidence.cost;
    let _ = writeln!(
        text,
        "{}: {}, {} of {} bytes read, in {} read calls",
        visible_path(&asset.path),
        Status::of(&asset.subject, evidence).as_str(),
        cost.read,
        cost.stored,
        cost.calls,
    );
    for (n, sidecar) in asset.sidecars.iter().enumerate() {
        let number = if n == 0 { String::new() } else { n.to_string() };
        let _ = writeln!(text, "sidecar{number}: {}", visible_path(&sidecar.path));
    }
    let _ = write!(text, "\n{}\n", evidence.to_notation());
    let creators = tasl.creators.values.iter().map(|v| v.value.join("; "));
    let rows = [
        ("title", several(tasl.title.values.iter().map(|v| v.value.clone()))),
        ("author", several(creators)),
        ("source", several(tasl.source.values.iter().map(|v| v.value.clone()))),
        ("license", licensing(&tasl.license)),
    ];
    for (name, value) in rows {
        let _ = writeln!(text, "{name:<8} {value}");
    }
    text
}

/// The values, or a dash where there are none.
fn several(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.map(|v| on_one_line(&v)).collect();
    match values.as_slice() {
        [] => "–".to_owned(),
        [value] => value.clone(),
        several => format!("{} (these differ)", several.join(" | ")),
    }
}

fn licensing(license: &Licensing) -> String {
    let all =
        |licenses: &[License]| licenses.iter().map(named).collect::<Vec<_>>().join(" | ");
    match license {
        Licensing::None => "–".to_owned(),
        Licensing::Settled(license) => named(license),
        Licensing::Choice(several) => format!("{} (a choice)", all(several)),
        Licensing::VersionConflict(several) | Licensing::Conflict(several) => {
            format!("{} (these contradict each other)", all(several))
        }
        Licensing::Unclear => "named, but not exactly".to_owned(),
    }
}

fn named(license: &License) -> String {
    match license {
        License::Tool(tool) => format!("{tool} {}", tool.url()),
        License::RightsStatement(rights) => format!("{rights} {}", rights.uri()),
        License::Other(text) => on_one_line(text),
    }
}
