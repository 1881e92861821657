//! XMP sidecar: a file that is one XMP packet.

use super::{Format, Found, Input, Stop};

pub(super) static FORMAT: Format = Format {
    id: "xmp",
    media_type: "application/rdf+xml",
    extensions: &["xmp"],
    pronom: &[],
    sniff: |_input| false,
    walk,
};

fn walk(_input: &mut Input<'_>, _found: &mut Found) -> Result<(), Stop> {
    Ok(())
}
