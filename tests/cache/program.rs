//! The cache of the program as it is used: killed, on a full disk, inside the
//! collection.

use super::*;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Instant;

fn tasl(arguments: &[&str], tree: &Tree, dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tasl"));
    command.args(["audit", "--format", "jsonl", "--fail-on", "never", "--cache"]);
    command.arg(dir).args(arguments).arg(tree.root());
    command
}

/// How many files were known and how many read.
fn told(output: &Output) -> (usize, usize) {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    let line = text.lines().find(|line| line.contains("known from the cache"));
    let words: Vec<&str> = line.unwrap().split([' ', ',']).collect();
    let number = |at: usize| words[at].parse().unwrap();
    (number(1), words.iter().position(|w| *w == "read").map(|n| number(n - 1)).unwrap())
}

#[test]
fn an_audit_that_was_killed_is_gone_on_with() {
    const FILES: usize = 600;
    let (tree, dir) = (Tree::of(&[]), Tree::of(&[]));
    for n in 0..FILES {
        tree.write(format!("{n:03}.jpg"), &licensed_jpeg());
    }
    // Only what was changed two seconds ago is kept.
    sleep(Duration::from_millis(2100));
    let mut killed = tasl(&[], &tree, dir.root());
    // Nobody reads what it prints: once the pipe is full, it waits.
    let mut killed = killed.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    let mut last = 0;
    loop {
        sleep(Duration::from_millis(150));
        let files = fs::read_dir(dir.root()).unwrap();
        let written: u64 = files.map(|e| e.unwrap().metadata().unwrap().len()).sum();
        if written > 8192 && written == last {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{written} bytes");
        last = written;
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(fs::metadata(cache_file(dir.root(), "new")).unwrap().len() > 8192);

    let output = tasl(&[], &tree, dir.root()).output().unwrap();
    let (known, read) = told(&output);
    assert!(known > 10 && read < FILES, "{known} known, {read} read");
    assert_eq!(known + read, FILES);
    assert_eq!(output.stdout.iter().filter(|b| **b == b'\n').count(), FILES);
    let again = tasl(&[], &tree, dir.root()).output().unwrap();
    assert_eq!(told(&again), (FILES, 0));
    assert!(again.stdout == output.stdout);
}

#[test]
fn a_full_disk_under_the_cache_is_a_warning() {
    let (tree, dir) = (mixed(), Tree::of(&[]));
    for n in 0..100 {
        tree.write(format!("{n:03}.jpg"), &licensed_jpeg());
    }
    sleep(Duration::from_millis(2100));
    let whole = tasl(&[], &tree, &dir.path("other")).output().unwrap();
    // No file may be longer than 4 blocks.
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""]);
    let direct = tasl(&[], &tree, dir.root());
    limited.arg(direct.get_program()).args(direct.get_args());
    let output = limited.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("the cache cannot be written"), "{said}");
    assert!(output.stdout == whole.stdout);
    // Half a cache would take the room that others need.
    let left: u64 = fs::read_dir(dir.root())
        .unwrap()
        .filter_map(|entry| entry.unwrap().metadata().ok())
        .filter(|found| found.is_file())
        .map(|found| found.len())
        .sum();
    assert!(left < 1024, "{left} bytes");
}

#[test]
fn a_cache_in_the_collection_is_not_audited() {
    let tree = mixed();
    let dir = tree.path("0/cache");
    let first = tasl(&[], &tree, &dir).output().unwrap();
    let second = tasl(&[], &tree, &dir).output().unwrap();
    assert!(first.status.success() && second.status.success());
    assert!(first.stdout == second.stdout);
    let root = tasl(&[], &tree, tree.root()).output().unwrap();
    assert_eq!(root.status.code(), Some(2));
}
