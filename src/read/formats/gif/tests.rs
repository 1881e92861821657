use crate::model::BlockKind;
use crate::read::testing::{blocks, damage, evidence, said};

const PACKET: &[u8] = b"<?xpacket begin=''?><x/><?xpacket end='w'?>";

/// Sub-blocks of a chain, with its end.
fn chain(data: &[u8]) -> Vec<u8> {
    let parts = data.chunks(255).map(|p| [&[p.len() as u8], p].concat());
    [parts.collect::<Vec<_>>().concat(), vec![0]].concat()
}

fn comment(text: &[u8]) -> Vec<u8> {
    [&[0x21, 0xFE][..], &chain(text)].concat()
}

fn xmp(data: &[u8]) -> Vec<u8> {
    [b"\x21\xFF\x0BXMP DataXMP", data].concat()
}

fn raw(packet: &[u8]) -> Vec<u8> {
    let magic: Vec<u8> = [1].into_iter().chain((0..=255).rev()).chain([0]).collect();
    assert_eq!(magic.len(), 258);
    xmp(&[packet, &magic].concat())
}

/// A picture of nine kilobytes with its own colours.
fn picture() -> Vec<u8> {
    let head = b"\x2C\0\0\0\0\x01\0\x01\0\x80\0\0\0\xFF\xFF\xFF\x02";
    [&head[..], &chain(&[0x21; 9000])].concat()
}

fn gif(blocks: &[Vec<u8>]) -> Vec<u8> {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF";
    [&head[..], &blocks.concat(), b";"].concat()
}

#[test]
fn comments_and_packets_are_found_before_and_behind_the_picture() {
    let long = vec![b'a'; 700];
    let file = gif(&[comment(&long), picture(), comment(b"by Jane\0"), raw(PACKET)]);
    let all = [
        format!("gif-comment Comment {}", "a".repeat(700)),
        "gif-comment Comment by Jane".to_owned(),
    ];
    assert_eq!(said(&file), all);
    assert_eq!(damage(&file), [""; 0]);
    let at = evidence(&file).statements[1].location.offset as usize;
    assert!(file[at..].starts_with(b"by Jane"));
    let [(BlockKind::Xmp, at, packet)] = &blocks(&file)[..] else { panic!() };
    assert_eq!(packet, PACKET);
    assert!(file[*at as usize..].starts_with(PACKET));
}

#[test]
fn a_packet_in_sub_blocks_is_joined() {
    let long = [&b"<?xpacket begin=''?>"[..], &[b' '; 300], b"<x/>"].concat();
    let [(BlockKind::Xmp, _, packet)] = &blocks(&gif(&[xmp(&chain(&long))]))[..] else {
        panic!()
    };
    assert_eq!(*packet, long);
}

#[test]
fn other_extensions_are_stepped_over() {
    let netscape = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0".to_vec();
    let control = b"\x21\xF9\x04\0\0\0\0\0".to_vec();
    let file = gif(&[netscape, control, picture(), vec![0], comment(b"x")]);
    assert_eq!(said(&file), ["gif-comment Comment x"]);
    assert_eq!(damage(&file), [""; 0]);
}

#[test]
fn a_packet_without_end_is_held_to_the_limit() {
    let file = [&gif(&[xmp(PACKET)])[..], &vec![b'x'; 50 << 20]].concat();
    let what = damage(&file);
    assert!(what.contains(&"metadata block over 16 MiB".to_owned()), "{what:?}");
    assert!(what.contains(&"the file ends before its trailer".to_owned()), "{what:?}");
}

#[test]
fn a_million_blocks_are_held_to_the_limit() {
    let file = gif(&[comment(b"x").repeat(1_000_000)]);
    let limits = ["more than 20,000 statements", "more than 100,000 parts"];
    assert_eq!(damage(&file), limits);
    let short = [&b"\x21\xF9"[..], &b"\x01\0".repeat(4 << 20), b"\0"].concat();
    assert_eq!(damage(&gif(&[short])), [""; 0]);
}

#[test]
fn what_is_no_block_ends_the_walk() {
    let file = gif(&[comment(b"x"), b"junk".to_vec(), comment(b"y")]);
    assert_eq!(said(&file), ["gif-comment Comment x"]);
    assert_eq!(damage(&file), ["no block where the one before it ends"]);
}
