//! TIFF (revision 6.0) and BigTIFF: metadata in the fields of directories.
//!
//! Digital negatives and most raw formats are TIFF by their content, and what
//! is wanted of them is where TIFF keeps it.

use super::{Format, Found, Input, Stop};
use crate::read::blocks::Decoded;
use crate::read::containers::ifd::{self, Next};

pub(super) static FORMAT: Format = Format {
    id: "tiff",
    media_type: "image/tiff",
    extensions: &[
        "tif", "tiff", "btf", "tf8", "ptif", "svs", "ndpi", "lsm", "dng", "nef", "nrw",
        "cr2", "arw", "sr2", "srf", "pef", "srw", "3fr", "fff", "iiq", "erf", "mef",
        "mos", "dcr", "kdc", "k25", "gpr", "cap", "eip", "xif",
    ],
    pronom: &["fmt/353", "fmt/154", "fmt/155"],
    sniff: |input| ifd::header(input.head()).is_some(),
    walk,
};

pub(super) fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let mut decoded = Decoded::default();
    let limits = input.limits();
    let end = ifd::read(input, Next::Page, limits, &mut decoded);
    found.decoded(decoded);
    end
}
