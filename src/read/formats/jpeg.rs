//! JPEG (ITU-T T.81): metadata in marker segments before the first scan.

use super::{Format, Found, Input, Stop};

pub(super) static FORMAT: Format = Format {
    id: "jpeg",
    media_type: "image/jpeg",
    extensions: &["jpg", "jpeg", "jpe", "jfif"],
    pronom: &[],
    sniff: |_input| false,
    walk,
};

fn walk(_input: &mut Input<'_>, _found: &mut Found) -> Result<(), Stop> {
    Ok(())
}
