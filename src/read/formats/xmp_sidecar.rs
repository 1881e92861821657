//! XMP sidecar: a file that is one XMP packet (ISO 16684-1, 7.3.2).

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::Cap;
use crate::xmp;

pub(super) static FORMAT: Format = Format {
    id: "xmp",
    media_type: "application/rdf+xml",
    extensions: &["xmp"],
    pronom: &[],
    sniff: |input| xmp::is_packet(input.head()),
    walk,
};

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let len = input.len().min(input.limits().block);
    found.block(BlockKind::Xmp, 0, input.bytes(0, len)?);
    if len < input.len() {
        return Err(input.limits().over(Cap::Block));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DamageKind, Evidence, FileRef, Property};
    use crate::read::{Limits, read_input};

    fn read(bytes: &[u8], limits: &Limits) -> Evidence {
        let mut evidence = Evidence::default();
        let mut input = Input::from_bytes(bytes, limits);
        read_input(&mut input, FileRef::Primary, &mut evidence);
        evidence
    }

    const SIDECAR: &str = "<?xml version='1.0' encoding='UTF-8'?>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'
  xmlns:cc='http://creativecommons.org/ns#'><rdf:Description cc:attributionName='Zoë'>
<cc:license rdf:resource='https://creativecommons.org/licenses/by/4.0/'/>
</rdf:Description></rdf:RDF>";

    #[test]
    fn a_sidecar_is_one_block_and_its_offsets_are_those_of_the_file() {
        let marked: Vec<u8> = format!("\u{FEFF}{SIDECAR}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, width, mark) in [(SIDECAR.as_bytes(), 1, 0), (&marked[..], 2, 2)] {
            let evidence = read(bytes, &Limits::default());
            assert!(evidence.is_complete(), "{:?}", evidence.damage);
            assert_eq!(evidence.blocks, [(FileRef::Primary, BlockKind::Xmp)]);
            let (_, name) = evidence.about(Property::AttributionName).next().unwrap();
            assert_eq!(name.value, "Zoë");
            let at = SIDECAR.find("Zoë").unwrap() * width + mark;
            assert_eq!(name.location.offset, at as u64);
            assert_eq!(bytes[at], b'Z');
            assert_eq!(evidence.about(Property::License).count(), 1);
        }
    }

    #[test]
    fn of_a_sidecar_over_the_limit_the_start_is_read() {
        let limits = Limits { block: SIDECAR.len() as u64 - 20, ..Limits::default() };
        let evidence = read(SIDECAR.as_bytes(), &limits);
        assert_eq!(evidence.about(Property::License).count(), 1);
        let kinds: Vec<_> = evidence.damage.iter().map(|d| d.kind).collect();
        assert!(kinds.contains(&DamageKind::Limit), "{kinds:?}");
    }
}
