//! The bare walk that `compare.py` measures an audit against: opens every
//! file below a directory, reads its first 64 KiB and closes it.

#![allow(clippy::print_stdout)]

use std::fs::File;
use std::io::{self, Read};

fn main() -> io::Result<()> {
    let Some(root) = std::env::args().skip(1).find(|argument| !argument.starts_with('-'))
    else {
        // `cargo test --benches` and `cargo bench` come without a directory.
        return Ok(());
    };
    let (mut files, mut bytes) = (0_u64, 0_u64);
    let mut head = vec![0; 64 << 10];
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let mut file = File::open(entry.path())?;
        bytes += file.read(&mut head)? as u64;
        files += 1;
    }
    println!("{files} files, {bytes} bytes");
    Ok(())
}
