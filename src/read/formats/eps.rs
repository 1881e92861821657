//! PostScript and EPS (Adobe Document Structuring Conventions 3.0), and what
//! Illustrator made of it before it wrote PDF: XMP as a packet in plain text,
//! and Photoshop's image resources in comments.
//! PostScript that does not claim to follow the conventions is not read.
//!
//! The comments `%%Title` and `%%Creator` name the file and the program, and
//! are not read.

use super::{Format, Found, Input, Stop};
use crate::model::BlockKind;
use crate::read::Cap;
use crate::read::containers::ifd;

pub(super) static FORMAT: Format = Format {
    id: "eps",
    media_type: "application/postscript",
    extensions: &["eps", "epsf", "epsi", "ps"],
    pronom: &["fmt/122", "fmt/123", "fmt/124", "x-fmt/91", "x-fmt/407", "x-fmt/408"],
    sniff: |input| {
        let head = input.head();
        head.starts_with(b"%!PS-Adobe") || head.starts_with(PREVIEW)
    },
    walk,
};

/// The header of an EPS file with a preview for screens: Encapsulated PostScript
/// File Format Specification 3.0, 5.2.
const PREVIEW: &[u8] = b"\xC5\xD0\xD3\xC6";
const BEGIN: &[u8] = b"<?xpacket begin=";
const END: &[u8] = b"<?xpacket end=";
/// How much of the file is looked at at a time.
const WINDOW: usize = 64 << 10;

fn walk(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    let (start, end) = postscript(input, found)?;
    preview(input, found)?;
    let head = input.bytes(start, (end - start).min(super::super::HEAD as u64))?;
    let holds = |what: &[u8]| memchr::memmem::find(&head, what).is_some();
    // Other packets are those of pictures inside: XMP Specification Part 3,
    // 2.6.2.
    let is_last = holds(b"%ADO_ContainsXMP: MainLast");
    let is_none = holds(b"%ADO_ContainsXMP: NoMain");
    let is_said = is_last || holds(b"%ADO_ContainsXMP: MainFirst");
    photoshop(input, found, start, end)?;
    let mut packet = None;
    let mut at = start;
    let mut is_whole = false;
    let limits = input.limits();
    for n in 0..=limits.packets {
        if is_none {
            break;
        }
        let Some(begins) = find(input, BEGIN, at, end)? else { break };
        if n == limits.packets {
            return Err(limits.over(Cap::Packets));
        }
        let ends = find(input, END, begins, end)?;
        packet = Some((begins, ends));
        match ends {
            Some(ends) if is_last => at = ends,
            _ => break,
        }
    }
    match packet {
        Some((begins, Some(ends))) => {
            // `<?xpacket end="w"?>`
            let len = (ends + END.len() as u64 + 5).min(end) - begins;
            let bytes = input.bytes(begins, len)?;
            found.block(BlockKind::Xmp, begins, bytes);
            is_whole = !is_last;
        }
        Some((begins, None)) => {
            let bytes = input.bytes(begins, (end - begins).min(input.limits().block))?;
            found.block(BlockKind::Xmp, begins, bytes);
        }
        None if is_said => {
            found.skip(Stop::Malformed(
                "the packet that the header tells of is not there",
            ));
        }
        None => {}
    }
    let tail = (end - start).min(TAIL);
    // Behind the packet that was looked for, nothing is lost.
    if !is_whole && !has_end(&input.bytes(end - tail, tail)?) {
        let what = "the file ends without %%EOF, a trailer or showpage";
        found.skip_at(end, Stop::Malformed(what));
    }
    Ok(())
}

/// Whether a script seems to be whole by its last bytes. `%%EOF` may be left
/// out: Photoshop ends with binary data, and older programs with the last page or
/// the comments of the trailer.
fn has_end(tail: &[u8]) -> bool {
    let signs: [&[u8]; 5] =
        [b"%%EOF", b"%%Trailer", b"%%EndBinary", b"%%EndData", b"showpage"];
    signs.into_iter().any(|sign| memchr::memmem::find(tail, sign).is_some())
}

/// Image resources, in comments of hexadecimal digits. Photoshop writes them
/// behind the header.
const RESOURCES: &[u8] = b"%BeginPhotoshop:";
const RESOURCES_END: &[u8] = b"%EndPhotoshop";
/// How far they are looked for.
const REACH: u64 = 1 << 20;

fn photoshop(
    input: &mut Input<'_>,
    found: &mut Found,
    start: u64,
    end: u64,
) -> Result<(), Stop> {
    let reach = end.min(start.saturating_add(REACH));
    let Some(begins) = find(input, RESOURCES, start, reach)? else { return Ok(()) };
    let Some(ends) = find(input, RESOURCES_END, begins, end)? else {
        found.skip_at(begins, Stop::Malformed("image resources without an end"));
        return Ok(());
    };
    let text = input.bytes(begins, ends - begins)?;
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for line in text.split(|b| matches!(b, b'\n' | b'\r')).skip(1) {
        let digits = line.strip_prefix(b"%").unwrap_or(line).trim_ascii();
        for pair in digits.chunks(2) {
            let digit = |n: usize| char::from(*pair.get(n)?).to_digit(16);
            let Some((high, low)) = digit(0).zip(digit(1)) else {
                let what = "image resources are not in hexadecimal digits";
                found.skip_at(begins, Stop::Malformed(what));
                return Ok(());
            };
            bytes.push((high << 4 | low) as u8);
        }
    }
    found.assembled(BlockKind::Irb, begins, bytes);
    Ok(())
}

/// How far before the end such a sign may stand: some writers put a picture for
/// screens behind it, and a trailer can be long.
const TAIL: u64 = 8 << 10;

/// From where to where the PostScript of a file stands.
fn postscript(input: &mut Input<'_>, found: &mut Found) -> Result<(u64, u64), Stop> {
    if !input.head().starts_with(PREVIEW) {
        return Ok((0, input.len()));
    }
    let [a, b, c, d, len @ ..] = input.array::<8>(4)?;
    let start = u64::from(u32::from_le_bytes([a, b, c, d]));
    let len = u64::from(u32::from_le_bytes(len));
    let Some(rest) = input.len().checked_sub(start) else {
        return Err(Stop::Malformed("the PostScript is past the end of the file"));
    };
    if len > rest {
        found.skip(Stop::Malformed("the PostScript runs past the end of the file"));
    }
    Ok((start, start + len.min(rest)))
}

/// The preview, where it is a TIFF file (5.2): Photoshop puts IIM and image resources
/// into it.
fn preview(input: &mut Input<'_>, found: &mut Found) -> Result<(), Stop> {
    if !input.head().starts_with(PREVIEW) {
        return Ok(());
    }
    let [a, b, c, d, len @ ..] = input.array::<8>(20)?;
    let start = u64::from(u32::from_le_bytes([a, b, c, d]));
    let len = u64::from(u32::from_le_bytes(len));
    if len == 0 {
        return Ok(());
    }
    if start.checked_add(len).is_none_or(|end| end > input.len()) {
        let what = "the preview runs past the end of the file";
        found.skip_at(start, Stop::Malformed(what));
    } else if ifd::header(&input.array::<4>(start)?).is_some() {
        match input.bytes(start, len) {
            Ok(bytes) => found.block(BlockKind::Exif, start, bytes),
            Err(stop) => found.skip_at(start, stop),
        }
    }
    Ok(())
}

/// The next place of `what` from `at` on.
fn find(
    input: &mut Input<'_>,
    what: &[u8],
    at: u64,
    end: u64,
) -> Result<Option<u64>, Stop> {
    let mut at = at;
    // What begins the file has been read.
    let head = input.head();
    let head = head.get(..end.min(head.len() as u64) as usize).unwrap_or_default();
    if let Some(part) = usize::try_from(at).ok().and_then(|at| head.get(at..)) {
        if let Some(n) = memchr::memmem::find(part, what) {
            return Ok(Some(at + n as u64));
        }
        if head.len() as u64 == end {
            return Ok(None);
        }
        at = at.max((head.len() as u64).saturating_sub(what.len() as u64 - 1));
    }
    let mut window = vec![0; WINDOW];
    while at < end {
        let got = input.pass(at, &mut window)? as u64;
        let got = got.min(end - at);
        let part = window.get(..got as usize).unwrap_or_default();
        if let Some(n) = memchr::memmem::find(part, what) {
            return Ok(Some(at + n as u64));
        }
        // What lies across two windows is seen in the second.
        let step = got.saturating_sub(what.len() as u64 - 1);
        if step == 0 {
            break;
        }
        at += step;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use crate::read::testing::{blocks, damage, said, tiff};

    const PACKET: &[u8] = b"<?xpacket begin='' id='a'?><x/><?xpacket end='w'?>";
    const OTHER: &[u8] = b"<?xpacket begin='' id='b'?><y/><?xpacket end='w'?>";

    fn eps(parts: &[&[u8]]) -> Vec<u8> {
        let parts = parts.concat();
        [b"%!PS-Adobe-3.0 EPSF-3.0\n", &parts[..], b"\nshowpage\n%%EOF\n"].concat()
    }

    #[test]
    fn the_packet_is_the_one_that_the_header_names() {
        let fill = vec![b' '; (64 << 10) - 60];
        for (mark, packet) in [
            (&b""[..], Some(OTHER)),
            (b"%ADO_ContainsXMP: MainFirst\n", Some(OTHER)),
            (b"%ADO_ContainsXMP: MainLast\n", Some(PACKET)),
            (b"%ADO_ContainsXMP: NoMain\n", None),
        ] {
            let file = eps(&[mark, &fill, OTHER, &fill, PACKET]);
            let found = blocks(&file);
            assert_eq!(found.first().map(|b| &b.2[..]), packet);
            if let Some((_, at, bytes)) = found.first() {
                assert!(file[*at as usize..].starts_with(bytes));
            }
            assert_eq!(damage(&file), [""; 0]);
        }
    }

    #[test]
    fn postscript_stands_between_previews() {
        let inner = eps(&[PACKET]);
        let len = (inner.len() as u32).to_le_bytes();
        let head = [&b"\xC5\xD0\xD3\xC6\x1E\0\0\0"[..], &len, &[0; 18]].concat();
        let file = [&head[..], &inner, &[0; 20_000]].concat();
        assert_eq!(blocks(&file)[0].2, PACKET);
        assert_eq!(damage(&file), [""; 0]);
        let cut = &file[..60];
        let what = "the PostScript runs past the end of the file";
        assert!(damage(cut).contains(&what.to_owned()));
    }

    #[test]
    fn a_preview_that_is_a_tiff_file_is_read() {
        let script = eps(&[PACKET]);
        let picture = tiff(&[(0x013B, b"Jane Doe\0")]);
        let number = |n: usize| (n as u32).to_le_bytes();
        let places = [number(30), number(script.len()), [0; 4], [0; 4]].concat();
        let place = [number(30 + script.len()), number(picture.len())].concat();
        let head = [&b"\xC5\xD0\xD3\xC6"[..], &places, &place, &[0xFF; 2]].concat();
        let file = [&head[..], &script, &picture].concat();
        assert_eq!(said(&file), ["exif Artist Jane Doe"]);
        assert_eq!(damage(&file), [""; 0]);
        let cut = &file[..file.len() - 1];
        assert_eq!(said(cut), [""; 0]);
        assert_eq!(damage(cut), ["the preview runs past the end of the file"]);
    }

    #[test]
    fn image_resources_stand_in_comments() {
        let hex =
            b"%BeginPhotoshop: 14\r% 3842494D040A0000\r% 000000010100\r%EndPhotoshop\r";
        let file = eps(&[hex, PACKET]);
        assert_eq!(said(&file), ["photoshop copyright-flag True"]);
        assert_eq!(damage(&file), [""; 0]);
        let odd = eps(&[b"%BeginPhotoshop: 1\n% 3\n%EndPhotoshop\n"]);
        assert_eq!(damage(&odd), ["image resources are not in hexadecimal digits"]);
        let cut = eps(&[b"%BeginPhotoshop: 1\n% 38\n"]);
        assert_eq!(damage(&cut), ["image resources without an end"]);
    }

    #[test]
    fn what_is_missing_is_reported() {
        let cut = eps(&[b"%ADO_ContainsXMP: MainFirst\n"]);
        assert_eq!(damage(&cut), ["the packet that the header tells of is not there"]);
        let what = "the file ends without %%EOF, a trailer or showpage".to_owned();
        assert!(damage(&eps(&[PACKET])[..40]).contains(&what));
        let whole = eps(&[PACKET]);
        for end in ["", "%%EndBinary\ngrestore", "%%Trailer\n%%Pages: 1", "showpage"] {
            let file = [b"%!PS-Adobe-3.0 EPSF-3.0\n%%EndComments\n", end.as_bytes()];
            let told = if end.is_empty() { vec![what.clone()] } else { vec![] };
            assert_eq!(damage(&file.concat()), told, "{end}");
        }
        let behind = whole.len() - b"\nshowpage\n%%EOF\n".len();
        assert_eq!(damage(&whole[..behind]), [""; 0]);
        let mut far = b"\xC5\xD0\xD3\xC6".to_vec();
        far.extend([0xFF; 26]);
        assert_eq!(damage(&far), ["the PostScript is past the end of the file"]);
    }
}
