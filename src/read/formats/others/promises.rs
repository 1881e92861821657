//! What the extensions of formats that are not read promise, and those that
//! formats share.

/// Media types that an extension allows; the first is what it promises.
struct Promise {
    extensions: &'static [&'static str],
    media_types: &'static [&'static str],
}

const fn promise(
    extensions: &'static [&'static str],
    media_types: &'static [&'static str],
) -> Promise {
    Promise { extensions, media_types }
}

/// An extension that several formats share in earnest is not here.
static PROMISES: &[Promise] = &[
    promise(&["heic", "heics"], &["image/heic", "image/heif"]),
    promise(&["heif", "heifs", "hif"], &["image/heif", "image/heic", "image/avif"]),
    promise(&["avif", "avifs"], &["image/avif", "image/heif"]),
    promise(&["jp2", "jpg2"], &["image/jp2", "image/jpx", "image/jph"]),
    promise(&["jpx", "jpf"], &["image/jpx", "image/jp2"]),
    promise(&["jpm"], &["image/jpm"]),
    promise(&["mj2", "mjp2"], &["video/mj2"]),
    promise(&["jph"], &["image/jph"]),
    promise(&["j2c", "j2k", "jpc"], &["image/j2c"]),
    promise(&["bmp"], &["image/bmp"]),
    promise(&["ico"], &["image/vnd.microsoft.icon", "image/png"]),
    promise(&["crw"], &["image/x-canon-crw"]),
    promise(
        &["mp4", "m4v"],
        &["video/mp4", "audio/mp4", "video/quicktime", "video/3gpp"],
    ),
    promise(&["m4a", "m4b", "m4p"], &["audio/mp4", "video/mp4"]),
    promise(&["mov", "qt"], &["video/quicktime", "video/mp4"]),
    promise(&["mkv", "webm", "mka"], &["video/matroska"]),
    promise(&["djvu", "djv"], &["image/vnd.djvu"]),
];

/// The media type that an extension promises, where `actual` is none that it
/// allows.
pub(in crate::read::formats) fn broken_promise(
    extension: &str,
    actual: Option<&str>,
) -> Option<&'static str> {
    let promise = PROMISES.iter().find(|p| p.extensions.contains(&extension))?;
    let kept = actual.is_some_and(|a| promise.media_types.contains(&a));
    if kept { None } else { promise.media_types.first().copied() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Content;
    use crate::read::formats::{self, FORMATS};

    #[test]
    fn every_extension_is_promised_once() {
        let ours = FORMATS.iter().flat_map(|f| f.extensions);
        let others = PROMISES.iter().flat_map(|p| p.extensions);
        let mut seen = std::collections::BTreeSet::new();
        for extension in ours.chain(others) {
            assert!(seen.insert(*extension), "{extension}");
        }
    }

    #[test]
    fn a_promise_is_broken_by_any_other_content() {
        let format = |id, media_type| Content::Format { id, media_type };
        let jpeg = format("jpeg", "image/jpeg");
        let tiff = format("tiff", "image/tiff");
        let text = Content::NotMedia { name: "plain text" };
        for (extension, content, promised) in [
            ("jpg", jpeg, None),
            ("mpo", jpeg, None),
            ("png", jpeg, Some("image/png")),
            ("jpg", text, Some("image/jpeg")),
            ("jpg", Content::NotMedia { name: "empty file" }, Some("image/jpeg")),
            ("jpg", Content::Unknown, None),
            ("txt", jpeg, None),
            ("txt", text, None),
            ("dng", tiff, None),
            ("nef", tiff, None),
            ("cr2", tiff, None),
            ("arw", tiff, None),
            ("pef", tiff, None),
            ("srw", tiff, None),
            ("orf", tiff, Some("image/x-olympus-orf")),
            ("webp", format("webp", "image/webp"), None),
            ("webp", jpeg, Some("image/webp")),
            ("heif", format("heic", "image/heic"), None),
            ("avif", format("heic", "image/heic"), Some("image/avif")),
            ("jp2", format("jpx", "image/jpx"), None),
            ("mov", format("mp4", "video/mp4"), None),
            ("m4a", jpeg, Some("audio/mp4")),
        ] {
            let is = formats::broken_promise(Some(extension), content);
            assert_eq!(is, promised, "{extension} {content:?}");
        }
        assert_eq!(formats::broken_promise(None, jpeg), None);
    }
}
