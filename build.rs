//! Puts a fingerprint of everything that reading consists of into the program.
//!
//! The cache keeps what the readers found. Evidence that other sources found may
//! be other evidence, so a cache with another fingerprint is not used. Nobody
//! has to remember to raise a number.

use std::path::Path;
use std::{env, fs, io};

/// What the evidence about the same bytes depends on.
const READER: &[&str] = &["src/model", "src/read", "src/xmp", "Cargo.lock"];

fn main() -> io::Result<()> {
    let mut hash = Fnv::new();
    for part in READER {
        println!("cargo::rerun-if-changed={part}");
        add(Path::new(part), &mut hash)?;
    }
    // Which parts are compiled, and how numbers behave.
    for name in ["TARGET", "PROFILE", "CARGO_PKG_VERSION"] {
        hash.add(env::var(name).unwrap_or_default().as_bytes());
    }
    println!("cargo::rustc-env=TASL_READER={:016x}", hash.0);
    Ok(())
}

fn add(path: &Path, hash: &mut Fnv) -> io::Result<()> {
    if path.is_dir() {
        let mut entries: Vec<_> =
            fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(entry, hash));
    }
    match fs::read(path) {
        Ok(bytes) => {
            hash.add(path.to_string_lossy().as_bytes());
            hash.add(&bytes);
            Ok(())
        }
        // There is no lock file where the crate is a dependency.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// FNV-1a with 64 bits.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&(bytes.len() as u64).to_le_bytes()) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}
