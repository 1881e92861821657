//! PNG (W3C, third edition): metadata in chunks before and after the pixels.

use super::{Format, Found, Input, Stop};

pub(super) static FORMAT: Format = Format {
    id: "png",
    media_type: "image/png",
    extensions: &["png"],
    pronom: &[],
    sniff: |_input| false,
    walk,
};

fn walk(_input: &mut Input<'_>, _found: &mut Found) -> Result<(), Stop> {
    Ok(())
}
