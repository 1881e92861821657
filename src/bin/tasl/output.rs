//! Where reports go: standard output, and files that appear when they are whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tasl::report::{self, ReportFormat};
use tempfile::NamedTempFile;

use crate::args::Audit;
use crate::failure::Failure;
use crate::stdout;

/// A place for a report, in its format.
pub(crate) struct Output {
    pub(crate) format: &'static ReportFormat,
    place: Place,
}

enum Place {
    Stdout,
    /// A device or FIFO, which is written as it is.
    Device(PathBuf),
    /// A file that takes the place of `path` at the end.
    File {
        path: PathBuf,
        temporary: NamedTempFile,
    },
}

impl Output {
    /// The outputs that `args` asks for.
    ///
    /// # Errors
    ///
    /// [`Failure`] for a format that is unknown or contradicts an extension, a
    /// file named twice, and a directory that cannot be written.
    pub(crate) fn all(args: &Audit) -> Result<Vec<Self>, Failure> {
        let asked = args.format.as_deref().and_then(report::find);
        let default = || asked.or_else(|| report::find("text"));
        let mut is_used = args.output.is_empty();
        let mut outputs = Vec::new();
        let mut paths = Vec::new();
        if let (true, Some(format)) = (args.output.is_empty(), default()) {
            outputs.push(Self { format, place: Place::Stdout });
        }
        for path in &args.output {
            let is_stdout = path.as_os_str() == "-";
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            let by_extension = report::by_extension(extension).filter(|_| !is_stdout);
            is_used |= by_extension.is_none()
                || by_extension.map(|f| f.id) == asked.map(|f| f.id);
            let format = match by_extension {
                Some(format) => Some(format),
                None if is_stdout => default(),
                None => asked,
            };
            let format = format.ok_or_else(|| {
                Failure::new(format!(
                    "{}: the extension names no report format; say which with --format",
                    path.display(),
                ))
            })?;
            let place = if is_stdout { Place::Stdout } else { open(path)? };
            let name = match &place {
                Place::Stdout => PathBuf::from("-"),
                Place::Device(path) | Place::File { path, .. } => path.clone(),
            };
            if paths.contains(&name) {
                return Err(Failure::new(format!("{}: named twice", path.display())));
            }
            paths.push(name);
            outputs.push(Self { format, place });
        }
        match asked {
            Some(format) if !is_used => Err(Failure::new(format!(
                "--format {} is for standard output, and the extensions of the files named \
                 tell other formats; add `-o -`, or leave one out",
                format.id,
            ))),
            _ => Ok(outputs),
        }
    }

    /// Whether it is a file, and not a place where something else reads along.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self.place, Place::File { .. })
    }

    /// Whether it is standard output.
    pub(crate) fn is_stdout(&self) -> bool {
        matches!(self.place, Place::Stdout)
    }

    /// The files that exist for the sake of this output, by absolute path.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        match &self.place {
            Place::Stdout | Place::Device(_) => Vec::new(),
            Place::File { path, temporary } => {
                vec![path.clone(), temporary.path().to_owned()]
            }
        }
    }

    /// A writer of it.
    ///
    /// # Errors
    ///
    /// [`Failure`] where it cannot be opened.
    pub(crate) fn writer(&self) -> Result<Box<dyn Write>, Failure> {
        let failed =
            |path: &Path, error| Failure::writing(&path.display().to_string(), &error);
        Ok(match &self.place {
            Place::Stdout => Box::new(stdout::lock()),
            Place::Device(path) => {
                let device = OpenOptions::new().write(true).open(path);
                buffered(device.map_err(|e| failed(path, e))?)
            }
            Place::File { path, temporary } => {
                let file = temporary.as_file().try_clone();
                buffered(file.map_err(|e| failed(path, e))?)
            }
        })
    }

    /// Puts a file that has been written in its place.
    ///
    /// # Errors
    ///
    /// [`Failure`] where that fails; what was there before is there still.
    pub(crate) fn keep(self) -> Result<(), Failure> {
        let Place::File { path, temporary } = self.place else { return Ok(()) };
        let failed = |error| Failure::writing(&path.display().to_string(), &error);
        temporary.as_file().sync_all().map_err(failed)?;
        temporary.persist(&path).map_err(|e| failed(e.error))?;
        Ok(())
    }
}

fn buffered(file: File) -> Box<dyn Write> {
    Box::new(BufWriter::with_capacity(1 << 16, file))
}

/// A file of any other kind than regular is written as it is: nothing can take
/// the place of `/dev/stderr`.
fn open(path: &Path) -> Result<Place, Failure> {
    let failed = |error: io::Error| {
        Failure::new(format!("cannot write {}: {error}", path.display()))
    };
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            return Err(Failure::new(format!("{}: is a directory", path.display())));
        }
        Ok(found) if !found.is_file() => return Ok(Place::Device(path.to_owned())),
        _ => {}
    }
    // A link stays a link.
    let path = match path.canonicalize() {
        Ok(real) => real,
        Err(_) => absolute(path).map_err(failed)?,
    };
    let directory = path.parent().unwrap_or(Path::new("/"));
    let temporary = builder().tempfile_in(directory).map_err(failed)?;
    Ok(Place::File { path, temporary })
}

/// The path of a file that is not there yet, in a directory that is.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let directory = match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        _ => Path::new("."),
    };
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    Ok(directory.canonicalize()?.join(name))
}

fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tasl-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As for any new file; the umask takes its part away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}
