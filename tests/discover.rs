//! Which assets are found, in which order, under which names.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod common;

use std::path::PathBuf;

use common::Tree;
use tasl::discover::{Options, RootError, discover};
use tasl::model::{Asset, Subject};

/// One line for each asset below `roots` of a tree.
fn found(tree: &Tree, roots: &[&str], options: Options) -> Vec<String> {
    let roots: Vec<PathBuf> = roots.iter().map(|r| tree.path(r)).collect();
    discover(&roots, options).unwrap().map(|a| told(&a)).collect()
}

fn all(tree: &Tree) -> Vec<String> {
    found(tree, &[""], Options::default())
}

fn told(asset: &Asset) -> String {
    let mut line = asset.path.as_str().to_owned();
    for sidecar in &asset.sidecars {
        line += &format!(" + {}", sidecar.path);
    }
    for ambiguous in &asset.ambiguous {
        line += &format!(" ? {ambiguous}");
    }
    for (unopened, what) in &asset.unopened {
        line += &format!(" ! {unopened}, {what}");
    }
    match &asset.subject {
        Subject::File => {}
        Subject::AmbiguousSidecar(masters) => {
            line += &format!(" ambiguous: {}", masters.join(" "));
        }
        other => line += &format!(" {}", other.as_str()),
    }
    line
}

#[test]
fn order_is_by_component_and_by_bytes() {
    let tree = Tree::of(&["a.tif", "a/z", "a/b/c", "B", "a-b/x", "é"]);
    assert_eq!(all(&tree), ["B", "a/b/c", "a/z", "a-b/x", "a.tif", "é"]);
    let roots = [tree.root().to_owned()];
    let mut paths: Vec<_> =
        discover(&roots, Options::default()).unwrap().map(|a| a.path).collect();
    assert!(paths.is_sorted());
    paths.dedup();
    assert_eq!(paths.len(), 6);
}

#[test]
fn sidecars_stand_with_their_masters_and_the_others_by_themselves() {
    let tree = Tree::of(&[
        "1/a.jpg",
        "1/a.jpg.xmp",
        "1/a.XMP",
        "2/a.jpg",
        "2/a.tif",
        "2/a.txt",
        "2/a.xmp",
        "3/gone.xmp",
        "3/other.jpg",
        "4/a.jpg/inside",
        "4/a.xmp",
    ]);
    assert_eq!(
        all(&tree),
        [
            "1/a.jpg + 1/a.XMP + 1/a.jpg.xmp",
            "2/a.jpg ? 2/a.xmp",
            "2/a.tif ? 2/a.xmp",
            "2/a.txt",
            "2/a.xmp ambiguous: a.jpg a.tif",
            "3/gone.xmp orphan-sidecar",
            "3/other.jpg",
            "4/a.jpg/inside",
            "4/a.xmp orphan-sidecar",
        ]
    );
}

#[test]
fn hidden_files_are_read_and_system_files_are_left_out() {
    let tree = Tree::of(&[
        ".hidden/a.jpg",
        ".a.jpg",
        ".DS_Store",
        "._a.jpg",
        ".git/config",
        "Thumbs.db",
        "a.jpg",
    ]);
    let roots = [tree.root().to_owned()];
    let mut assets = discover(&roots, Options::default()).unwrap();
    let paths: Vec<String> = assets.by_ref().map(|a| told(&a)).collect();
    assert_eq!(paths, [".a.jpg", ".hidden/a.jpg", "a.jpg"]);
    assert_eq!(assets.left_out(), 4);
    let seen = Options { hidden: false, ..Options::default() };
    assert_eq!(found(&tree, &[""], seen), ["a.jpg"]);
}

#[test]
fn one_root_gives_relative_paths_and_several_their_names() {
    let tree = Tree::of(&["x/img/a.jpg", "y/img/a.jpg", "y/b.jpg", "z/c.jpg"]);
    let found = |roots: &[&str]| found(&tree, roots, Options::default());
    assert_eq!(found(&["x"]), ["img/a.jpg"]);
    assert_eq!(found(&["x/img/a.jpg"]), ["a.jpg"]);
    assert_eq!(found(&["z", "x"]), ["z/c.jpg", "x/img/a.jpg"]);
    assert_eq!(
        found(&["x/img", "y/img", "z"]),
        ["x/img/a.jpg", "y/img/a.jpg", "z/c.jpg"]
    );
    assert_eq!(found(&["y/b.jpg", "z"]), ["b.jpg", "z/c.jpg"]);
    assert_eq!(found(&["x/img/a.jpg", "y/img/a.jpg"]), ["x/img/a.jpg", "y/img/a.jpg"]);
}

#[test]
fn dots_in_a_root_are_no_names() {
    let tree = Tree::of(&["x/img/a.jpg", "y/b.jpg"]);
    let found = found(&tree, &["x/img/..", "y/."], Options::default());
    assert_eq!(found, ["x/img/a.jpg", "y/b.jpg"]);
}

#[test]
fn a_root_named_twice_or_inside_another_is_audited_once() {
    let tree = Tree::of(&["a/b/c.jpg", "a/.h/d.jpg", "a/x.jpg"]);
    let roots = ["a/b", "a", "a/", "a/x.jpg"].map(|r| tree.path(r));
    let mut assets = discover(&roots, Options::default()).unwrap();
    assert_eq!(assets.covered().len(), 3);
    let paths: Vec<String> = assets.by_ref().map(|a| told(&a)).collect();
    assert_eq!(paths, [".h/d.jpg", "b/c.jpg", "x.jpg"]);
    // What the walk from the outer root would pass over was named on purpose.
    let seen = Options { hidden: false, ..Options::default() };
    let paths = found(&tree, &["a", "a/.h"], seen);
    assert_eq!(paths, ["a/b/c.jpg", "a/x.jpg", ".h/d.jpg"]);
}

#[test]
fn a_file_named_by_itself_has_its_sidecar() {
    let tree = Tree::of(&["a.jpg", "a.xmp", "b.jpg", "b.tif", "b.xmp", "c.xmp"]);
    let found = |roots: &[&str]| found(&tree, roots, Options::default());
    assert_eq!(found(&["a.jpg"]), ["a.jpg + a.xmp"]);
    assert_eq!(found(&["b.jpg"]), ["b.jpg ? b.xmp"]);
    assert_eq!(found(&["a.jpg", "a.xmp"]), ["a.jpg + a.xmp"]);
    assert_eq!(found(&["a.xmp"]), ["a.xmp"]);
    assert_eq!(found(&["b.xmp"]), ["b.xmp ambiguous: b.jpg b.tif"]);
    assert_eq!(found(&["c.xmp"]), ["c.xmp orphan-sidecar"]);
}

#[test]
fn a_root_that_is_not_there_is_an_error() {
    let tree = Tree::of(&[]);
    let error = discover(&[tree.path("gone")], Options::default()).unwrap_err();
    assert!(matches!(&error, RootError::Missing(path) if path.ends_with("gone")));
}

#[test]
fn the_reports_being_written_are_no_assets() {
    let tree = Tree::of(&["a/report.csv", "report.csv", "x.jpg"]);
    let real = tree.root().canonicalize().unwrap();
    let options = Options { except: vec![real.join("report.csv")], ..Options::default() };
    assert_eq!(found(&tree, &[""], options), ["a/report.csv", "x.jpg"]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_are_named_and_followed_only_if_asked() {
        let tree = Tree::of(&["real/a.jpg", "b.jpg"]);
        symlink(tree.path("real"), tree.path("to-dir")).unwrap();
        symlink(tree.path("b.jpg"), tree.path("to-file.jpg")).unwrap();
        symlink(tree.path("nowhere"), tree.path("to-nothing")).unwrap();
        symlink(tree.root(), tree.path("real/up")).unwrap();
        assert_eq!(
            all(&tree),
            [
                "b.jpg",
                "real/a.jpg",
                "real/up symlink",
                "to-dir symlink",
                "to-file.jpg symlink",
                "to-nothing symlink",
            ]
        );
        let options = Options { follow: true, ..Options::default() };
        assert_eq!(
            found(&tree, &[""], options),
            [
                "b.jpg",
                "real/a.jpg",
                "real/up loop",
                "to-dir symlink",
                "to-file.jpg",
                "to-nothing symlink",
            ]
        );
        let roots = ["to-dir", "to-file.jpg"];
        assert_eq!(
            found(&tree, &roots, Options::default()),
            ["to-dir/a.jpg", "to-dir/up symlink", "to-file.jpg"]
        );
    }

    #[test]
    fn a_master_is_told_of_sidecars_that_are_not_opened() {
        let tree = Tree::of(&["a.jpg", "b.jpg", "b.tif", "c.jpg", "real"]);
        symlink("real", tree.path("a.jpg.xmp")).unwrap();
        symlink("nowhere", tree.path("b.xmp")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(tree.path("c.xmp")).status();
        assert!(made.unwrap().success());
        let rest = [
            "b.jpg ! b.xmp, symbolic link",
            "b.tif ! b.xmp, symbolic link",
            "b.xmp symlink",
            "c.jpg ! c.xmp, FIFO",
            "c.xmp special",
            "real",
        ];
        let first = ["a.jpg ! a.jpg.xmp, symbolic link", "a.jpg.xmp symlink"];
        assert_eq!(all(&tree), [&first[..], &rest].concat());
        let options = Options { follow: true, ..Options::default() };
        let followed = ["a.jpg + a.jpg.xmp"];
        assert_eq!(found(&tree, &[""], options), [&followed[..], &rest].concat());
    }

    #[test]
    fn no_link_leads_to_the_same_directory_twice() {
        let tree = Tree::of(&["a0/x.jpg", "a1/a.jpg", "b0/y.jpg", "b1/b.jpg", "z/z.jpg"]);
        symlink("..", tree.path("b1/loop")).unwrap();
        symlink("../a1", tree.path("b0/beside")).unwrap();
        symlink("../z", tree.path("b0/out")).unwrap();
        let options = Options { follow: true, ..Options::default() };
        // `z` is entered through `b0/out`, and not again below `b1/loop`.
        assert_eq!(
            found(&tree, &["b0", "b1", "a1"], options),
            [
                "b0/beside symlink",
                "b0/out/z.jpg",
                "b0/y.jpg",
                "b1/b.jpg",
                "b1/loop/a0/x.jpg",
                "a1/a.jpg",
            ]
        );
    }

    #[test]
    fn a_link_to_a_directory_that_is_left_out_is_followed() {
        let tree = Tree::of(&[".hidden/in/a.jpg"]);
        symlink(".hidden/in", tree.path("link")).unwrap();
        let options = Options { follow: true, hidden: false, ..Options::default() };
        assert_eq!(found(&tree, &[""], options), ["link/a.jpg"]);
    }

    #[test]
    fn links_cannot_multiply_a_tree() {
        let tree = Tree::of(&["0/"]);
        for n in 1..=30 {
            let below = tree.path((n - 1).to_string());
            std::fs::create_dir(tree.path(n.to_string())).unwrap();
            symlink(&below, tree.path(format!("{n}/one"))).unwrap();
            symlink(&below, tree.path(format!("{n}/two"))).unwrap();
        }
        let options = Options { follow: true, ..Options::default() };
        assert!(found(&tree, &["30"], options).len() < 100);
    }

    #[test]
    fn fifos_and_sockets_are_named_and_not_opened() {
        let tree = Tree::of(&[]);
        let _socket =
            std::os::unix::net::UnixListener::bind(tree.path("socket")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(tree.path("fifo")).status();
        assert!(made.unwrap().success());
        assert_eq!(all(&tree), ["fifo special", "socket special"]);
        let found = found(&tree, &["fifo"], Options::default());
        assert_eq!(found, ["fifo special"]);
    }

    #[test]
    fn names_that_are_not_utf8_stay_apart() {
        let tree = Tree::of(&[]);
        for name in [&b"caf\xE8.jpg"[..], b"caf\xE9.jpg", b"caf\xE9.jpg.xmp", b"a\nb.jpg"]
        {
            tree.write(OsStr::from_bytes(name), b"");
        }
        assert_eq!(
            all(&tree),
            ["a\nb.jpg", r"caf\xE8.jpg", r"caf\xE9.jpg + caf\xE9.jpg.xmp"]
        );
    }

    #[test]
    fn a_path_longer_than_the_system_allows_is_reported() {
        let tree = Tree::of(&["a.jpg"]);
        // Deeper than any path the system takes, made step by step.
        let name = "d".repeat(200);
        let mut script = String::from("set -e; cd \"$1\"; ");
        for _ in 0..25 {
            script += &format!("mkdir {name}; cd -P {name}; ");
        }
        let made = std::process::Command::new("bash")
            .args(["-c", &script, "bash"])
            .arg(tree.root())
            .status();
        if !made.unwrap().success() {
            println!("skipped: the shell cannot make so deep a tree");
            return;
        }
        let found = all(&tree);
        assert_eq!(found.len(), 2);
        assert!(found[1].ends_with("unlistable"), "{}", found[1]);
    }
}

#[test]
fn files_on_a_list_come_in_its_order_under_its_names() {
    let tree = Tree::of(&["b/a.jpg", "a/a.jpg", "a/a.jpg.xmp", "a/z.jpg"]);
    let list = ["b/a.jpg", "a/gone.jpg", "a/z.jpg", "b/a.jpg", "a/a.jpg"];
    let options = Options { is_list: true, ..Options::default() };
    let below = tree.root().to_str().unwrap().trim_start_matches('/').to_owned() + "/";
    let found = found(&tree, &list, options);
    let found: Vec<String> = found.iter().map(|line| line.replace(&below, "")).collect();
    assert_eq!(
        found,
        ["b/a.jpg", "a/gone.jpg", "a/z.jpg", "a/a.jpg + a/a.jpg.xmp"],
        "below {below}"
    );
}
