//! `tasl policy`, and which policy an audit keeps to.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use tasl::license::HouseTexts;
use tasl::policy::{
    self, Date, PRESETS, Policies, Policy, PolicyError, Selector, Setting,
};
use tasl::report::counted;
use tasl::rules;

use crate::args::{self, Audit, PolicyCommand};
use crate::failure::Failure;
use crate::stdout;

/// The name of the file that holds a policy.
const NAME: &str = "tasl.toml";

/// How long a policy may be, in bytes. The longest part of one are the rights texts
/// of a house; the 87,000 that DPLA once counted would take 10 MB.
const LONGEST: u64 = 1 << 24;

/// What marks the root of a repository, above which no policy is looked for.
const REPOSITORY: [&str; 4] = [".git", ".hg", ".jj", ".svn"];

/// Checks, shows or begins a policy.
///
/// # Errors
///
/// [`Failure`] where there is none, or it has mistakes.
pub(crate) fn run(args: &args::Policy) -> Result<ExitCode, Failure> {
    match &args.command {
        PolicyCommand::Check { file, today } => check(file.as_deref(), *today),
        PolicyCommand::Show { path, policy, today } => {
            show(path.as_deref(), policy.as_deref(), *today)
        }
        PolicyCommand::Init { preset } => init(preset.as_deref()),
        PolicyCommand::Schema => {
            let schema = serde_json::to_string_pretty(&policy::schema(&rules::ids()));
            let schema = schema.map_err(|error| Failure::new(error.to_string()))?;
            stdout::print(&(schema + "\n"))
        }
    }
}

/// The policy of an audit, and what to call it.
pub(crate) struct Used {
    pub(crate) policies: Policies,
    pub(crate) words: Option<String>,
    /// As it was written; empty where there is none.
    pub(crate) text: String,
}

/// The policy that an audit keeps to.
///
/// # Errors
///
/// [`Failure`] where it has mistakes, or the roots do not have the same.
pub(crate) fn for_audit(args: &Audit) -> Result<Used, Failure> {
    let today = args.today.unwrap_or_else(Date::today);
    let mut none = Policies::default();
    none.base.today = Some(today);
    if args.no_policy {
        return Ok(Used { policies: none, words: None, text: String::new() });
    }
    if let Some(preset) = &args.preset {
        known_preset(preset)?;
        let text = format!("preset = \"{preset}\"\n");
        let policies = parse(&text, "--preset", today)?;
        return Ok(Used { policies, words: Some(format!("preset {preset}")), text });
    }
    if let Some(file) = &args.policy {
        let text = read_text(file)?;
        let name = file.display().to_string();
        let policies = parse(&text, &name, today)?;
        let words = words(&name, &policies);
        return Ok(Used { policies, words: Some(words), text });
    }
    // A root that is not there is for others to tell.
    // Of the files on a list, it is that of the directory from which they count.
    let here = [PathBuf::from(".")];
    let paths = if args.files_from.is_some() { &here[..] } else { &args.paths };
    let roots: Vec<(&Path, PathBuf)> = paths
        .iter()
        .filter_map(|given| Some((given.as_path(), given.canonicalize().ok()?)))
        .collect();
    let found: Vec<Option<PathBuf>> = roots.iter().map(|(_, real)| find(real)).collect();
    if found.windows(2).any(|pair| matches!(pair, [a, b] if a != b)) {
        return Err(Failure::new(
            "the paths do not have the same policy; audit them apart, or say which with \
             --policy or --no-policy",
        ));
    }
    let Some(file) = found.into_iter().next().flatten() else {
        return Ok(Used { policies: none, words: None, text: String::new() });
    };
    let text = read_text(&file)?;
    let mut policies = parse(&text, &file.display().to_string(), today)?;
    let directory = file.parent().unwrap_or(Path::new("/"));
    let mut up = 0;
    for (given, real) in roots {
        let below = real.strip_prefix(directory).unwrap_or(Path::new(""));
        let parts: Vec<String> = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        up = parts.len().saturating_sub(usize::from(real.is_file()));
        let prefix = parts.iter().fold(String::new(), |text, part| text + part + "/");
        policies.roots.push((given.to_owned(), prefix));
    }
    let words = words(&format!("{}{NAME}", "../".repeat(up)), &policies);
    Ok(Used { policies, words: Some(words), text })
}

/// What the rights texts of the house mean for one file after another: each
/// policy is read once.
pub(crate) struct House<'a> {
    named: Option<&'a Path>,
    no_policy: bool,
    read: BTreeMap<PathBuf, Arc<HouseTexts>>,
}

impl<'a> House<'a> {
    pub(crate) fn new(args: &'a args::Show) -> Self {
        let (named, no_policy) = (args.policy.as_deref(), args.no_policy);
        Self { named, no_policy, read: BTreeMap::new() }
    }

    /// The texts of the policy named, or of the one that holds for `file`.
    ///
    /// # Errors
    ///
    /// [`Failure`] where it has mistakes.
    pub(crate) fn texts(&mut self, file: &Path) -> Result<Arc<HouseTexts>, Failure> {
        let policy = match self.named {
            _ if self.no_policy => None,
            Some(named) => Some(named.to_owned()),
            None => file.canonicalize().ok().and_then(|real| find(&real)),
        };
        let Some(policy) = policy else { return Ok(Arc::default()) };
        if let Some(texts) = self.read.get(&policy) {
            return Ok(Arc::clone(texts));
        }
        let texts = read(&policy, Date::today())?.base.statements;
        self.read.insert(policy, Arc::clone(&texts));
        Ok(texts)
    }
}

fn words(name: &str, policies: &Policies) -> String {
    match policies.base.preset {
        Some(preset) => format!("{name}, on preset {preset}"),
        None => name.to_owned(),
    }
}

/// The policy that holds for `path`, which is absolute and without links.
fn find(path: &Path) -> Option<PathBuf> {
    let directory = if path.is_dir() { path } else { path.parent()? };
    for directory in directory.ancestors() {
        let file = directory.join(NAME);
        // A link to nothing is a policy that is lost, which reading it will tell.
        let is_lost = || file.is_symlink() && !file.exists();
        if file.is_file() || is_lost() {
            return Some(file);
        }
        if REPOSITORY.iter().any(|name| directory.join(name).exists()) {
            return None;
        }
    }
    None
}

/// The policy named, or the one that holds for `path`.
fn file_or_for(file: Option<&Path>, path: &Path) -> Result<PathBuf, Failure> {
    if let Some(file) = file {
        return Ok(file.to_owned());
    }
    let here = Path::new(".").canonicalize();
    let here = here.map_err(|error| Failure::new(error.to_string()))?;
    let path = real(path)?;
    // What is not there would lie in the nearest directory that is.
    let there = path.ancestors().find(|path| path.exists()).unwrap_or(&path);
    match find(there) {
        // In this directory, its name alone is enough.
        Some(file) if file.parent() == Some(&here) => Ok(PathBuf::from(NAME)),
        Some(file) => Ok(file),
        None if there == here => Err(Failure::new(format!(
            "there is no {NAME} here or above; `tasl policy init` writes one"
        ))),
        None => Err(Failure::new(format!(
            "there is no {NAME} in {} or above",
            if there.is_dir() { there } else { there.parent().unwrap_or(there) }
                .display()
        ))),
    }
}

/// `path` without `.`, `..` and, as far as it is there, without links.
fn real(path: &Path) -> Result<PathBuf, Failure> {
    let absolute = std::path::absolute(path);
    let absolute = absolute.map_err(|error| Failure::new(error.to_string()))?;
    let mut real = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(real.pop()),
            part => {
                real.push(part);
                real = real.canonicalize().unwrap_or(real);
            }
        }
    }
    Ok(real)
}

fn read(file: &Path, today: Date) -> Result<Policies, Failure> {
    parse(&read_text(file)?, &file.display().to_string(), today)
}

fn read_text(file: &Path) -> Result<String, Failure> {
    let name = file.display().to_string();
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|f| f.take(LONGEST + 1).read_to_end(&mut bytes));
    read.map_err(|error| {
        Failure::new(match error.kind() {
            ErrorKind::NotFound => format!("{name}: there is no such file"),
            _ => format!("{name}: {error}"),
        })
    })?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::new(format!("{name}: longer than 16 MiB, and no policy")));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("{name}: this is not UTF-8")))?;
    // Windows editors begin UTF-8 with a byte order mark.
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned())
}

fn parse(text: &str, name: &str, today: Date) -> Result<Policies, Failure> {
    Policies::parse(text, &rules::ids(), today)
        .map_err(|errors| Failure::new(mistakes(name, &errors)))
}

fn mistakes(name: &str, errors: &[PolicyError]) -> String {
    let count = counted(errors.len() as u64, "mistake", "mistakes");
    errors.iter().fold(format!("{name} has {count}"), |mut text, error| {
        let _ = write!(text, "\n\n{name}:{error}");
        text
    })
}

fn check(file: Option<&Path>, today: Option<Date>) -> Result<ExitCode, Failure> {
    let file = file_or_for(file, Path::new("."))?;
    let policies = read(&file, today.unwrap_or_else(Date::today))?;
    let expired = policies.exceptions.iter().filter(|e| e.expired).count();
    let mut text = format!("{}: no mistakes\n", file.display());
    if let Some(preset) = policies.base.preset {
        let _ = writeln!(text, "  on preset {preset}");
    }
    for (count, one, many) in [
        (policies.base.settings().count(), "rule is set", "rules are set"),
        (policies.sections(), "section for some paths", "sections for some paths"),
        (policies.exceptions.len(), "exception", "exceptions"),
        (expired, "of them has expired", "of them have expired"),
    ] {
        if count > 0 {
            let _ = writeln!(text, "  {}", counted(count as u64, one, many));
        }
    }
    for hint in policies.hints() {
        let _ = writeln!(text, "  {hint}");
    }
    stdout::print(&text)
}

fn show(
    path: Option<&Path>,
    file: Option<&Path>,
    today: Option<Date>,
) -> Result<ExitCode, Failure> {
    let file = file_or_for(file, path.unwrap_or(Path::new(".")))?;
    let policies = read(&file, today.unwrap_or_else(Date::today))?;
    let path = match path {
        Some(path) => below(path, &file)?,
        None => String::new(),
    };
    let about = if path.is_empty() { "any other path" } else { &path };
    let mut text = format!("What {} says of {about}\n\n", file.display());
    text.push_str(&page(&policies.at(&path)));
    for exception in policies.exceptions.iter().filter(|e| e.covers(&path, e.rule)) {
        let end = if exception.expired { "expired on" } else { "until" };
        let _ = writeln!(
            text,
            "exception       {} {end} {}: {} ({})",
            exception.rule, exception.expires, exception.reason, exception.owner
        );
    }
    stdout::print(&text)
}

/// Where `path` lies below the directory of the policy, as its patterns see it.
fn below(path: &Path, file: &Path) -> Result<String, Failure> {
    let (path, file) = (real(path)?, real(file)?);
    let directory = file.parent().unwrap_or(Path::new("/"));
    let below = path.strip_prefix(directory).map_err(|_| {
        Failure::new(format!("{}: this is not below the policy", path.display()))
    })?;
    let parts: Vec<_> =
        below.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    Ok(parts.join("/"))
}

/// What a policy comes to, a line a thing.
fn page(policy: &Policy) -> String {
    let selectors = |list: &[Selector]| {
        list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    let licenses = &policy.licenses;
    let fields: Vec<&str> = policy.require.iter().map(|f| f.as_str()).collect();
    let statements = match policy.statements.len() as u64 {
        0 => String::new(),
        n => counted(n, "text of the house", "texts of the house"),
    };
    let scheme = licenses.uri_scheme.unwrap_or_default();
    let rows = [
        ("preset", policy.preset.unwrap_or_default().to_owned()),
        ("allow", selectors(&licenses.allow)),
        ("discouraged", selectors(&licenses.discouraged)),
        ("needs-exception", selectors(&licenses.needs_exception)),
        ("deny", selectors(&licenses.deny)),
        ("ports", if licenses.unported_only { "none" } else { "any" }.to_owned()),
        ("uri-scheme", scheme.to_owned()),
        ("require", fields.join(", ")),
        ("institutions", policy.institutions.join(", ")),
        ("statements", statements),
    ];
    let mut text = String::new();
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "{name:<15} {value}");
    }
    for (rule, setting) in policy.settings() {
        let setting = match setting {
            Setting::Off => "off",
            Setting::On => "on",
            Setting::Severity(severity) => severity.as_str(),
        };
        let _ = writeln!(text, "{:<15} {rule} = {setting}", "rule");
    }
    text
}

fn init(preset: Option<&str>) -> Result<ExitCode, Failure> {
    if let Some(preset) = preset {
        known_preset(preset)?;
    }
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(NAME).map_err(|error| {
            Failure::new(match error.kind() {
                ErrorKind::AlreadyExists => {
                    format!("{NAME} is there already, and was left as it is")
                }
                _ => format!("cannot write {NAME}: {error}"),
            })
        })?;
    file.write_all(policy::template(preset).as_bytes())
        .map_err(|error| Failure::writing(NAME, &error))?;
    stdout::print(&format!(
        "{NAME} is written. Take out what you do not need, then run `tasl policy check`.\n"
    ))
}

fn known_preset(name: &str) -> Result<(), Failure> {
    if PRESETS.iter().any(|preset| preset.name == name) {
        return Ok(());
    }
    let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
    Err(Failure::new(format!(
        "there is no preset “{name}”; there are {}",
        names.join(", ")
    )))
}
