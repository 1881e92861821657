//! Whether files are far away, on another machine.

use std::fs;
use std::path::{Path, PathBuf};

/// File systems that ask another machine for each answer.
const NETWORK: &[&str] = &[
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "davfs",
    "fuse.cephfs",
    "fuse.davfs2",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.smbnetfs",
    "fuse.sshfs",
    "gfs2",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "orangefs",
    "smb3",
    "smbfs",
    "virtiofs",
];

/// Whether one of `paths` is on a network, as far as the system tells. Linux
/// does; elsewhere nothing is taken to be.
pub(crate) fn any(paths: &[PathBuf]) -> bool {
    let Ok(mounts) = fs::read_to_string("/proc/self/mountinfo") else { return false };
    // Lists can be long; where their first files are is where the rest will be.
    let reals = paths.iter().take(64).filter_map(|path| path.canonicalize().ok());
    reals.into_iter().any(|path| is_network(&mounts, &path))
}

/// What `mounts` tells of `path`, in the format of proc_pid_mountinfo(5).
fn is_network(mounts: &str, path: &Path) -> bool {
    let mounts = mounts.lines().filter_map(|line| {
        let (mount, source) = line.split_once(" - ")?;
        let point = PathBuf::from(unescaped(mount.split(' ').nth(4)?));
        let kind = source.split(' ').next()?;
        path.starts_with(&point).then(|| (point.components().count(), kind))
    });
    // Of two on one point, the later one hides the other.
    mounts
        .max_by_key(|(depth, _)| *depth)
        .is_some_and(|(_, kind)| NETWORK.contains(&kind))
}

/// Spaces stand as `\040`.
fn unescaped(point: &str) -> String {
    point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_mount_tells() {
        let mounts = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/photo\\040archive rw - nfs4 nas:/photos rw,vers=4.2
41 40 8:17 / /mnt/photo\\040archive/local rw - xfs /dev/sdb1 rw
42 22 0:36 / /srv rw - ext4 /dev/sdc1 rw
43 22 0:37 / /srv rw - cifs //nas/srv rw
a line of another kind
";
        for (path, expected) in [
            ("/home/a.jpg", false),
            ("/mnt/photo archive/a.jpg", true),
            ("/mnt/photo archives/a.jpg", false),
            ("/mnt/photo archive/local/a.jpg", false),
            ("/srv/a.jpg", true),
        ] {
            assert_eq!(is_network(mounts, Path::new(path)), expected, "{path}");
        }
    }
}
