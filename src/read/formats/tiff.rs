//! TIFF 6.0 and BigTIFF: metadata in the fields of image file directories.

use super::{Format, Found, Input, Stop};

pub(super) static FORMAT: Format = Format {
    id: "tiff",
    media_type: "image/tiff",
    extensions: &["tif", "tiff"],
    pronom: &[],
    sniff: |_input| false,
    walk,
};

fn walk(_input: &mut Input<'_>, _found: &mut Found) -> Result<(), Stop> {
    Ok(())
}
