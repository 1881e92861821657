//! How fast packets are decoded: `cargo bench --bench xmp`.
//!
//! The packet is made here, of the size and the kind that a camera and an
//! editor leave behind: settings as attributes, a history, and a few properties
//! that are wanted.

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use tasl::model::BlockKind;
use tasl::read::Limits;
use tasl::read::blocks::{Decoded, decode};

/// A packet of about 4 KB, without its padding.
fn typical() -> String {
    let mut packet = String::from(
        "<?xpacket begin='\u{FEFF}' id='W5M0MpCehiHzreSzNTczkc9d'?>\n\
         <x:xmpmeta xmlns:x='adobe:ns:meta/'>\n <rdf:RDF \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n  \
         <rdf:Description rdf:about=''\n   xmlns:dc='http://purl.org/dc/elements/1.1/'\n   \
         xmlns:cc='http://creativecommons.org/ns#'\n   \
         xmlns:xmp='http://ns.adobe.com/xap/1.0/'\n   \
         xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/'\n   \
         xmlns:xmpMM='http://ns.adobe.com/xap/1.0/mm/'\n   \
         xmlns:stEvt='http://ns.adobe.com/xap/1.0/sType/ResourceEvent#'\n   \
         xmlns:crs='http://ns.adobe.com/camera-raw-settings/1.0/'",
    );
    for n in 0..80 {
        write!(packet, "\n   crs:Setting{n}='{}'", n * 3).unwrap();
    }
    packet.push_str(
        ">\n   <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Low tide</rdf:li>\
         <rdf:li xml:lang='de'>Ebbe</rdf:li></rdf:Alt></dc:title>\n   \
         <dc:creator><rdf:Seq><rdf:li>Ana &amp; Zoë</rdf:li></rdf:Seq></dc:creator>\n   \
         <dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© 2021 Ana</rdf:li></rdf:Alt>\
         </dc:rights>\n   <xmpRights:Marked>True</xmpRights:Marked>\n   \
         <cc:license rdf:resource='https://creativecommons.org/licenses/by/4.0/'/>\n   \
         <xmpMM:History><rdf:Seq>",
    );
    for n in 0..5 {
        write!(
            packet,
            "\n    <rdf:li rdf:parseType='Resource'><stEvt:action>saved</stEvt:action>\
             <stEvt:instanceID>xmp.iid:{n:032x}</stEvt:instanceID>\
             <stEvt:when>2021-05-0{n}T10:00:00+02:00</stEvt:when></rdf:li>"
        )
        .unwrap();
    }
    packet.push_str(
        "\n   </rdf:Seq></xmpMM:History>\n  </rdf:Description>\n </rdf:RDF>\n\
         </x:xmpmeta>\n<?xpacket end='w'?>",
    );
    packet
}

fn main() {
    let limits = Limits::default();
    let plain = typical();
    let wide: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let broken = plain.replace("&amp;", "&").replace("'\n   xmlns:cc", "'xmlns:cc");
    for (name, bytes) in [
        ("UTF-8", plain.as_bytes()),
        ("UTF-16", &wide),
        ("not well-formed", broken.as_bytes()),
    ] {
        let mut count = 0_u32;
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(1) {
            for _ in 0..100 {
                let mut out = Decoded::default();
                decode(BlockKind::Xmp, black_box(bytes), &limits, &mut out).unwrap();
                assert_eq!(out.pairs.len(), 6, "{name}");
                count += 1;
            }
        }
        let rate = f64::from(count) / start.elapsed().as_secs_f64();
        let megabytes = rate * bytes.len() as f64 / 1e6;
        println!(
            "{name}: {} bytes, {rate:.0} packets/s, {megabytes:.0} MB/s",
            bytes.len()
        );
    }
}
