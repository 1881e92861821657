//! PDF (ISO 32000-2): the information dictionary and the XMP of the catalog.

use super::{Format, Found, Input, Stop};

pub(super) static FORMAT: Format = Format {
    id: "pdf",
    media_type: "application/pdf",
    extensions: &["pdf"],
    pronom: &[],
    sniff: |_input| false,
    walk,
};

fn walk(_input: &mut Input<'_>, _found: &mut Found) -> Result<(), Stop> {
    Ok(())
}
