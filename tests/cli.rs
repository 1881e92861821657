//! The program as it is used: what it prints, what it leaves, how it exits.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod common;

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::{BARE_JPEG, Tree, licensed_jpeg};

#[test]
fn sessions() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd");
}

fn tasl() -> Command {
    Command::new(env!("CARGO_BIN_EXE_tasl"))
}

fn audit(args: &[&str], root: &Path) -> Output {
    tasl().arg("audit").args(args).arg(root).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A tree whose report is larger than a pipe and the buffers before it.
fn large() -> Tree {
    let tree = Tree::of(&[]);
    for n in 0..1_500 {
        tree.write(format!("{}/{n}.jpg", n / 100), &licensed_jpeg());
    }
    tree
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_exit_status_is_the_verdict_whatever_the_format() {
    let tree = Tree::of(&[]);
    tree.write("bare.jpg", BARE_JPEG);
    for format in ["text", "csv", "json", "jsonl"] {
        let status = |fail_on: &str| {
            let args = ["-q", "--fail-on", fail_on, "-f", format];
            audit(&args, tree.root()).status.code()
        };
        assert_eq!(status("error"), Some(1), "{format}");
        assert_eq!(status("note"), Some(1), "{format}");
        assert_eq!(status("never"), Some(0), "{format}");
    }
}

#[test]
fn a_list_is_audited_in_its_order_and_what_is_gone_is_a_finding() {
    let tree = Tree::of(&["b/", "a/"]);
    let names = ["b/z.jpg", "a/gone.jpg", "a/a\nb.jpg", "b/a.jpg"];
    for name in [names[0], names[2], names[3]] {
        tree.write(name, &licensed_jpeg());
    }
    let listed = |name: &str| format!("{}\0", tree.path(name).display());
    tree.write("list", names.map(listed).concat().as_bytes());
    let list = tree.path("list").to_str().unwrap().to_owned();
    let from_file = tasl()
        .args(["audit", "-f", "jsonl", "-0", "--files-from", &list])
        .output()
        .unwrap();
    let from_stdin = tasl()
        .args(["audit", "-f", "jsonl", "-0", "--files-from", "-"])
        .stdin(fs::File::open(&list).unwrap())
        .output()
        .unwrap();
    assert_eq!(from_file.stdout, from_stdin.stdout);
    assert_eq!(from_file.status.code(), Some(1), "{}", stderr(&from_file));
    let below = tree.root().to_str().unwrap().trim_start_matches('/').to_owned();
    let told: Vec<(String, String)> = String::from_utf8(from_file.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|record| {
            let path = record["path"].as_str().unwrap();
            let path = path.strip_prefix(&below).unwrap().trim_start_matches('/');
            (path.to_owned(), record["status"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected = names.map(|name| {
        let status = if name == "a/gone.jpg" { "unreadable" } else { "ok" };
        (name.to_owned(), status.to_owned())
    });
    assert_eq!(told, expected);
    tree.write("list", b"\n\r\n");
    let empty = tasl().args(["audit", "--files-from", &list]).output().unwrap();
    assert_eq!(empty.status.code(), Some(2));
    assert_eq!(stderr(&empty), format!("tasl: {list}: the list is empty\n"));
}

#[test]
fn nothing_to_audit_is_no_verdict_and_leaves_no_report() {
    let tree = Tree::of(&["in/notes.txt", "out/"]);
    let report = tree.path("out/report.csv");
    let output = audit(&["-o", report.to_str().unwrap()], &tree.path("in"));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "tasl: nothing to audit: no image, document or sidecar among 1 file\n"
    );
    assert!(names(&tree.path("out")).is_empty());
}

#[test]
fn a_folder_of_broken_files_has_a_report_and_fails() {
    let tree = Tree::of(&["in/empty.jpg", "out/"]);
    tree.write("in/page.png", b"<p>404: the picture is not here</p>\n");
    let report = tree.path("out/report.csv");
    let output = audit(&["-o", report.to_str().unwrap()], &tree.path("in"));
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let text = fs::read_to_string(report).unwrap();
    assert_eq!(text.matches("extension-mismatch").count(), 2, "{text}");
}

#[test]
fn a_file_is_shown_with_what_the_texts_of_its_house_mean() {
    let tree = Tree::of(&["none.toml"]);
    tree.write("tasl.toml", b"statements.\"house rules\" = \"CC BY 4.0\"\n");
    let rights = "<dc:rights>house rules</dc:rights>";
    tree.write("in/a.jpg", &common::jpeg(&common::xmp(rights)));
    let (file, none) = (tree.path("in/a.jpg"), tree.path("none.toml"));
    let named = ["--policy", none.to_str().unwrap()];
    for (args, license) in
        [(&[][..], "CC BY 4.0 https://"), (&["--no-policy"], "–\n"), (&named, "–\n")]
    {
        let output = tasl().arg("show").args(args).arg(&file).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(&format!("license  {license}")), "{args:?}: {text}");
    }
}

#[test]
fn reports_are_written_to_files_by_their_extensions() {
    let tree = Tree::of(&["out/"]);
    tree.write("in/a.jpg", BARE_JPEG);
    let mut command = tasl();
    command.arg("audit").arg(tree.path("in"));
    for name in ["a.csv", "a.json", "a.jsonl", "a.ndjson", "a.txt", "a.CSV"] {
        command.arg("-o").arg(tree.path("out").join(name));
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(stderr(&output).starts_with("tasl: 1 file: 1 error, "));
    let read = |name: &str| fs::read(tree.path("out").join(name)).unwrap();
    assert_eq!(read("a.jsonl"), read("a.ndjson"));
    assert_eq!(read("a.csv"), read("a.CSV"));
    assert!(read("a.txt").starts_with(b"1 file in 1 folder"));
    assert!(read("a.json").starts_with(b"{\"schema\":\"tasl.audit/1\""));
    assert_eq!(names(&tree.path("out")).len(), 6);
}

#[test]
fn a_report_in_the_tree_is_not_audited() {
    let tree = Tree::of(&["report.jsonl"]);
    tree.write("a.jpg", BARE_JPEG);
    let report = tree.path("report.jsonl");
    for _ in 0..2 {
        audit(&["-o", report.to_str().unwrap()], tree.root());
        assert_eq!(fs::read_to_string(&report).unwrap().lines().count(), 1);
    }
    assert_eq!(names(tree.root()), ["a.jpg", "report.jsonl"]);
}

#[test]
fn a_report_that_is_not_finished_does_not_replace_an_older_one() {
    let tree = Tree::of(&["out/"]);
    tree.write("out/report.csv", b"older");
    let report = tree.path("out/report.csv");
    let output = audit(&["-o", report.to_str().unwrap()], &tree.path("gone"));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).ends_with("gone: there is no such file or directory\n"));
    assert_eq!(fs::read(&report).unwrap(), b"older");
    assert_eq!(names(&tree.path("out")), ["report.csv"]);
}

#[test]
fn outputs_that_make_no_sense_are_refused() {
    let tree = Tree::of(&["dir.csv/"]);
    tree.write("a.jpg", BARE_JPEG);
    let path = |name: &str| tree.path(name).to_str().unwrap().to_owned();
    let table: &[(&[&str], &str)] = &[
        (&["-o", &path("report")], "the extension names no report format"),
        (&["-o", &path("no/such/a.csv")], "cannot write"),
        (&["-o", &path("dir.csv")], "is a directory"),
        (&["-o", &path("a.csv"), "-o", &path("a.csv")], "named twice"),
        (&["-f", "json", "-o", &path("a.csv")], "--format json is for standard output"),
    ];
    for (args, message) in table {
        let output = audit(args, tree.root());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(message), "{args:?}: {}", stderr(&output));
    }
    assert_eq!(names(tree.root()), ["a.jpg", "dir.csv"]);
}

#[test]
fn a_table_and_a_stream_can_be_had_at_once() {
    let tree = Tree::of(&["out/"]);
    tree.write("in/a.jpg", BARE_JPEG);
    let report = tree.path("out/a.csv");
    let args = ["-f", "jsonl", "-o", "-", "-o", report.to_str().unwrap()];
    let output = audit(&args, &tree.path("in"));
    assert!(output.stdout.starts_with(b"{\"schema\":\"tasl.file/1\""));
    assert!(fs::read(report).unwrap().starts_with(b"\xEF\xBB\xBFpath,"));
}

#[test]
fn colour_is_for_terminals_or_for_those_who_ask() {
    let tree = Tree::of(&[]);
    tree.write("a.jpg", BARE_JPEG);
    let is_colored = |args: &[&str]| audit(args, tree.root()).stdout.contains(&0x1B);
    assert!(!is_colored(&[]));
    assert!(is_colored(&["--color", "always"]));
    assert!(!is_colored(&["--color", "always", "-f", "csv"]));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    fn is_root() -> bool {
        let output = Command::new("id").arg("-u").output().unwrap();
        output.stdout.trim_ascii() == b"0"
    }

    #[test]
    fn a_full_disk_is_said_and_is_no_verdict() {
        if !Path::new("/dev/full").exists() {
            println!("skipped: no /dev/full");
            return;
        }
        let tree = large();
        let output = audit(&["-f", "csv", "-o", "/dev/full"], tree.root());
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).starts_with("tasl: cannot write the report: No space left")
        );
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = tasl().arg("audit").arg(tree.root()).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("No space left"));
        for args in [&["--help"][..], &["--version"], &["audit", "--help"]] {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let output = tasl().args(args).stdout(full).output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{args:?}");
            assert!(stderr(&output).contains("No space left"), "{args:?}");
        }
        assert!(Path::new("/dev/full").exists());
    }

    #[test]
    fn a_file_that_cannot_grow_leaves_nothing_half() {
        let tree = large();
        let out = Tree::of(&[]);
        // The shell counts in units of 1,024 bytes.
        let output = Command::new("bash")
            .args(["-c", "trap '' XFSZ; ulimit -f 40; exec \"$@\"", "bash"])
            .arg(env!("CARGO_BIN_EXE_tasl"))
            .arg("audit")
            .arg(tree.root())
            .arg("-o")
            .arg(out.path("report.jsonl"))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).starts_with("tasl: cannot write the report: "));
        assert!(names(out.root()).is_empty());
    }

    #[test]
    fn a_closed_pipe_is_said_and_is_no_verdict() {
        let tree = large();
        let mut child = tasl()
            .args(["audit", "-f", "jsonl"])
            .arg(tree.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(
            stderr(&output),
            "tasl: the reader of the output went away; no verdict\n"
        );
    }

    #[test]
    fn an_interrupt_ends_the_audit_and_leaves_nothing_half() {
        for signal in ["-INT", "-TERM"] {
            let tree = large();
            let out = Tree::of(&[]);
            let mut child = tasl()
                .args(["audit", "-f", "jsonl", "-o", "-", "-o"])
                .arg(out.path("report.csv"))
                .arg(tree.root())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            // The pipe fills up and holds the audit until we read on.
            let mut stdout = child.stdout.take().unwrap();
            stdout.read_exact(&mut [0; 100]).unwrap();
            let kill =
                Command::new("kill").arg(signal).arg(child.id().to_string()).status();
            assert!(kill.unwrap().success());
            std::thread::sleep(std::time::Duration::from_millis(50));
            let mut rest = Vec::new();
            stdout.read_to_end(&mut rest).unwrap();
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{signal}");
            assert_eq!(
                stderr(&output),
                "tasl: interrupted; the report is not complete, and no file was written\n"
            );
            assert!(names(out.root()).is_empty());
        }
    }

    #[test]
    fn an_interrupt_before_the_audit_ends_the_program() {
        use std::os::unix::process::ExitStatusExt as _;
        let tree = large();
        let pipe = tree.path("records.csv");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let mut child = tasl()
            .args(["audit", "-f", "jsonl", "--records"])
            .arg(&pipe)
            .arg(tree.root())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Nobody writes to the pipe.
        std::thread::sleep(std::time::Duration::from_millis(200));
        let kill = Command::new("kill").arg("-INT").arg(child.id().to_string()).status();
        assert!(kill.unwrap().success());
        assert_eq!(child.wait().unwrap().signal(), Some(2));
    }

    #[test]
    fn a_report_has_the_permissions_of_any_new_file() {
        let tree = Tree::of(&["out/"]);
        tree.write("in/a.jpg", BARE_JPEG);
        let report = tree.path("out/a.csv");
        let status = Command::new("sh")
            .args(["-c", "umask 027; exec \"$@\" 2>/dev/null", "sh"])
            .arg(env!("CARGO_BIN_EXE_tasl"))
            .arg("audit")
            .arg(tree.path("in"))
            .arg("-o")
            .arg(&report)
            .status();
        assert_eq!(status.unwrap().code(), Some(1));
        assert_eq!(fs::metadata(report).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_report_written_through_a_link_leaves_the_link() {
        let tree = Tree::of(&["out/real.csv"]);
        tree.write("in/a.jpg", BARE_JPEG);
        symlink("real.csv", tree.path("out/link.csv")).unwrap();
        let link = tree.path("out/link.csv");
        audit(&["-o", link.to_str().unwrap()], &tree.path("in"));
        assert!(link.is_symlink());
        assert!(
            fs::read(tree.path("out/real.csv")).unwrap().starts_with(b"\xEF\xBB\xBFpath")
        );
    }

    #[test]
    fn nothing_is_missing_from_a_file_whose_sidecar_is_a_link() {
        let tree = Tree::of(&["elsewhere/"]);
        tree.write("a.jpg", BARE_JPEG);
        tree.write("elsewhere/a.xmp", b"");
        symlink("elsewhere/a.xmp", tree.path("a.jpg.xmp")).unwrap();
        let output = audit(&["-f", "csv", "--rows", "findings"], tree.root());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains("license-missing"), "{text}");
        assert!(text.contains(
            "a.jpg,unreadable-file,warning,,\
             its sidecar a.jpg.xmp was not opened: symbolic link,"
        ));
        assert!(text.contains("a.jpg.xmp,link-not-followed,note,"), "{text}");
    }

    #[test]
    fn links_fifos_and_loops_are_reported_and_never_opened() {
        let tree = Tree::of(&["dir/"]);
        tree.write("a.jpg", &licensed_jpeg());
        let made = Command::new("mkfifo").arg(tree.path("pipe.jpg")).status();
        assert!(made.unwrap().success());
        symlink(tree.root(), tree.path("dir/up")).unwrap();
        symlink("loop", tree.path("loop")).unwrap();
        for args in [&["-f", "csv"][..], &["-f", "csv", "--follow"]] {
            let output = audit(args, tree.root());
            let text = String::from_utf8(output.stdout).unwrap();
            let paths: Vec<&str> =
                text.lines().skip(1).map(|l| l.split(',').next().unwrap()).collect();
            assert_eq!(paths, ["a.jpg", "dir/up", "loop", "pipe.jpg"], "{args:?}");
        }
    }

    #[test]
    fn where_there_are_links_alone_the_option_to_follow_them_is_named() {
        let tree = Tree::of(&[]);
        symlink("nowhere", tree.path("a.jpg")).unwrap();
        let made = Command::new("mkfifo").arg(tree.path("b.jpg")).status();
        assert!(made.unwrap().success());
        let told = "tasl: nothing to audit: no image, document or sidecar among 2 files";
        for (args, hint) in [
            (&[][..], "; 1 symbolic link not followed without --follow\n"),
            (&["--follow"], "\n"),
        ] {
            let output = audit(args, tree.root());
            assert_eq!(output.status.code(), Some(2));
            assert_eq!(stderr(&output), format!("{told}{hint}"));
        }
    }

    #[test]
    fn a_directory_without_permission_is_a_finding() {
        let tree = Tree::of(&["closed/b.jpg"]);
        tree.write("a.jpg", &licensed_jpeg());
        tree.write("c.jpg", &licensed_jpeg());
        let mode = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(tree.root(), 0o755);
        mode(&tree.path("closed"), 0);
        mode(&tree.path("c.jpg"), 0);
        // Nothing is closed to root.
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
            command.arg(env!("CARGO_BIN_EXE_tasl"));
            command
        } else {
            tasl()
        };
        let output = match command.args(["audit", "-f", "csv"]).arg(tree.root()).output()
        {
            Ok(output) if ![Some(126), Some(127)].contains(&output.status.code()) => {
                output
            }
            _ => {
                println!("skipped: this is root, and setpriv does not work");
                return;
            }
        };
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split(',').collect()).collect();
        let told: Vec<_> = rows.iter().skip(1).map(|r| (r[0], r[1])).collect();
        assert_eq!(
            told,
            [("a.jpg", "ok"), ("c.jpg", "unreadable"), ("closed", "unreadable")],
            "{}",
            stderr(&output)
        );
        assert!(rows[3][13..].join(",").starts_with("1,error,unreadable-directory,"));
        assert!(stderr(&output).starts_with("tasl: 2 files: "), "{}", stderr(&output));
        assert_eq!(output.status.code(), Some(1));
        mode(&tree.path("closed"), 0o755);
    }
}
