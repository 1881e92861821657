//! Opening the files of a collection.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::ReadAt;

/// How a file is opened: its bytes, and how many there are.
pub type Open = fn(&Path) -> io::Result<(Box<dyn ReadAt>, u64)>;

/// Opens a regular file.
///
/// What has become a FIFO since its directory was listed does not hold us up:
/// opening it would wait for somebody to write.
///
/// # Errors
///
/// Those of the file system, and one for anything but a regular file.
pub fn open(path: &Path) -> io::Result<(Box<dyn ReadAt>, u64)> {
    let file = match without_waiting().open(path) {
        // A file that another program holds a lease on (Samba does) can only be
        // waited for.
        Err(error)
            if error.kind() == io::ErrorKind::WouldBlock
                && path.symlink_metadata()?.is_file() =>
        {
            File::open(path)?
        }
        file => file?,
    };
    let found = file.metadata()?;
    if !found.is_file() {
        return Err(io::Error::other("it is no regular file any more"));
    }
    Ok((Box::new(file), found.len()))
}

#[cfg(unix)]
fn without_waiting() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(libc::O_NONBLOCK);
    options
}

#[cfg(not(unix))]
fn without_waiting() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    options
}

/// The SHA-256 of a whole file, and how long it was.
///
/// # Errors
///
/// Those of the file system.
pub fn digest(path: &Path, open: Open) -> io::Result<([u8; 32], u64)> {
    let (file, _) = open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    let mut at = 0;
    loop {
        match file.read_at(&mut buffer, at) {
            Ok(0) => return Ok((hash.finalize().into(), at)),
            Ok(n) => {
                hash.update(buffer.get(..n).unwrap_or_default());
                at += n as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_whole_file() {
        fn abc(_: &Path) -> io::Result<(Box<dyn ReadAt>, u64)> {
            Ok((Box::new(&b"abc"[..]), 3))
        }
        let (digest, len) = digest(Path::new("abc"), abc).unwrap();
        // FIPS 180-4, the example of one block.
        assert_eq!((&digest[..4], len), (&[0xBA, 0x78, 0x16, 0xBF][..], 3));
    }

    #[cfg(unix)]
    #[test]
    fn what_has_become_a_fifo_is_an_error_at_once() {
        let directory = tempfile::tempdir().unwrap();
        let fifo = directory.path().join("a.jpg");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status().unwrap();
        assert!(made.success());
        for path in [&*fifo, directory.path()] {
            let error = open(path).err().unwrap();
            assert_eq!(error.to_string(), "it is no regular file any more");
        }
    }
}
