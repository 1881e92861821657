//! Documents and pages that are cut short or built to do harm.

use super::super::testing::{damage, deflated, evidence, said, zip};
use super::{limits_reached, within_limits};
use crate::model::{Content, Evidence, FileRef};
use crate::read::{Input, Limits, read_input};

const OPF: &str = "<package xmlns:dc='http://purl.org/dc/elements/1.1/'>\
    <dc:title>The mill</dc:title><dc:rights>CC0</dc:rights></package>";
const CONTAINER: &str = "<container><rootfile full-path='a.opf'/></container>";
const MIMETYPE: (&str, &str) = ("mimetype", "application/epub+zip");

fn epub(opf: &str) -> Vec<u8> {
    zip(&[MIMETYPE, ("META-INF/container.xml", CONTAINER), ("a.opf", opf)], true)
}

fn page() -> Vec<u8> {
    b"<!DOCTYPE html><html><title>The mill</title><meta name=author content=Ada>\
      <script type='application/ld+json'>{\"@type\":\"WebPage\",\"license\":\"u\"}</script>\
      <p property='dct:rights'>CC0</p><a rel=license href=u>x</a></html>"
        .to_vec()
}

#[test]
fn a_document_cut_at_any_byte_loses_nothing_in_silence() {
    for file in [epub(OPF), page()] {
        let whole = said(&file);
        assert_eq!(damage(&file), [""; 0]);
        assert!(whole.len() >= 2, "{whole:?}");
        for cut in 0..file.len() {
            let part = evidence(&file[..cut]);
            if part.is_complete() {
                assert_eq!(part.statements.len(), whole.len(), "cut at {cut}");
            }
        }
    }
}

#[test]
fn no_change_of_bytes_makes_a_reader_of_documents_panic() {
    // A linear congruential generator: the same changes in every run.
    let mut state: u64 = 0x5DEE_CE66;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    for file in [epub(OPF), page()] {
        for _ in 0..1000 {
            let mut file = file.clone();
            for _ in 0..=random(4) {
                let at = random(file.len());
                let values = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, random(256)];
                file[at] = values[random(values.len())] as u8;
            }
            evidence(&file);
        }
    }
}

#[test]
fn an_entry_that_inflates_without_end_is_held_to_the_limit() {
    let bomb = format!("<package>{}", " ".repeat(40 << 20));
    let evidence = within_limits(&epub(&bomb));
    assert_eq!(limits_reached(&evidence), ["inflates to more than 16 MiB"]);
    assert!(matches!(evidence.content, Content::Format { id: "epub", .. }));
}

#[test]
fn entries_that_share_their_bytes_cost_no_more_than_those_that_are_wanted() {
    let content = deflated(&vec![b' '; 1 << 20]);
    let whole =
        zip(&[MIMETYPE, ("META-INF/container.xml", CONTAINER), ("a.opf", OPF)], true);
    let at = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
    let end = memchr::memmem::rfind(&whole, b"PK\x05\x06").unwrap();
    let (entries, directory, end) = (&whole[..at], &whole[at..end], &whole[end..]);
    // A million more, each with the bytes of the first.
    let other =
        [b"PK\x01\x02".as_slice(), &directory[4..46], MIMETYPE.0.as_bytes()].concat();
    let many = [directory, &other.repeat(1_000_000)].concat();
    let mut file = [entries, &content, &many].concat();
    let mut end = end.to_vec();
    end.splice(12..16, (many.len() as u32).to_le_bytes());
    end.splice(16..20, ((entries.len() + content.len()) as u32).to_le_bytes());
    file.extend(end);
    let evidence = within_limits(&file);
    assert_eq!(limits_reached(&evidence), ["more than 100,000 parts"]);
    assert_eq!(evidence.statements.len(), 2);
}

#[test]
fn of_a_page_without_end_the_start_is_read() {
    let limits = Limits { page: 64 << 10, ..Limits::default() };
    let file =
        [&page()[..page().len() - 7], &b"<p>x</p>".repeat(9000), b"</html>"].concat();
    let mut evidence = Evidence::default();
    read_input(&mut Input::from_bytes(&file, &limits), FileRef::Primary, &mut evidence);
    assert_eq!(limits_reached(&evidence), ["a page longer than 64 KiB"]);
    assert_eq!(evidence.statements.len(), said(&page()).len());
}
