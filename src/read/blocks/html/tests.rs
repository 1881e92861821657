use super::*;
use crate::read::Pair;

fn read(page: &str) -> (Vec<Pair>, Vec<String>) {
    let mut out = Decoded::default();
    let stop = decode(page.as_bytes(), &Limits::default(), &mut out).err();
    let problems = out.problems.into_iter().map(|(_, stop)| stop).chain(stop);
    let pairs = out.pairs.into_iter().map(|(_, pair)| pair).collect();
    (pairs, problems.map(|stop| stop.to_string()).collect())
}

fn said(page: &str) -> Vec<String> {
    let (pairs, problems) = read(page);
    assert_eq!(problems, [""; 0], "{page}");
    pairs.iter().map(|p| format!("{} {}", p.key, p.value)).collect()
}

#[test]
fn a_page_speaks_of_itself_in_many_ways() {
    for (page, expected) in [
        ("<title>A &amp; B</title>", &["title A & B"][..]),
        ("<title>A</title><svg><title>B</title></svg><title>C</title>", &["title A"]),
        ("<svg><title>B</title></svg><title>A</title>", &["title A"]),
        ("<meta name=Author content=Ada>", &["author Ada"]),
        ("<meta name='DC.Rights' content='CC0'>", &["dc.rights CC0"]),
        ("<meta name='dcterms:license' content='u'>", &["dcterms.license u"]),
        ("<meta name='title' content='A'>", &["meta.title A"]),
        ("<meta name='viewport' content='A'><meta name=author>", &[]),
        ("<a rel='nofollow LICENSE' href='u'>x</a>", &["rel=license u"]),
        (
            "<link rel=license href=u><area rel=license href=v>",
            &["rel=license u", "rel=license v"],
        ),
        ("<a rel=license>x</a><p rel=license href=u>x</p><a href=u>license</a>", &[]),
        ("<a rel='cc:license' href=u>x</a>", &["cc:license u"]),
        (
            "<a rel='a b c d e f g h i j k l m n o p license License' href=u>x</a>",
            &["rel=license u"],
        ),
        ("<span rel='dct:license' resource=u></span>", &["dcterms:license u"]),
        ("<link rel='DCTERMS.license' href=u>", &["dcterms:license u"]),
        (
            "<a property='http://purl.org/dc/terms/license' href=u>x</a>",
            &["dcterms:license u"],
        ),
        (
            "<b property='cc:attributionName'>A <i>B</i><b>C</b></b>",
            &["cc:attributionName A BC"],
        ),
        ("<meta property='dct:rights' content='CC0'>", &["dcterms:rights CC0"]),
        (
            "<a property='dct:title' rel='cc:attributionURL' href=u>A</a>",
            &["cc:attributionURL u", "dcterms:title A"],
        ),
        (
            "<!-- <a rel=license href=u> --><style><a rel=license href=u></style>",
            &["title A"],
        ),
    ] {
        let page = match expected {
            ["title A"] if page.starts_with("<!--") => format!("{page}<title>A</title>"),
            _ => page.to_owned(),
        };
        assert_eq!(said(&page), expected, "{page}");
    }
}

#[test]
fn what_is_about_something_else_is_left_out() {
    let link = "<a rel=license href=u>x</a>";
    for (page, count) in [
        (format!("<div about='a.jpg'>{link}</div>"), 0),
        (format!("<div about='a.jpg'><div></div>{link}</div>{link}"), 1),
        (format!("<div about='a.jpg'><div about=''>{link}</div>{link}</div>"), 1),
        (format!("<div about=''>{link}</div>"), 1),
        (format!("<img about='a.jpg'>{link}"), 1),
        ("<a about='a.jpg' rel=license href=u>x</a>".to_owned(), 0),
        (format!("{}{link}", "<p about=x>".repeat(100)), 0),
    ] {
        let (pairs, _) = read(&page);
        assert_eq!(pairs.len(), count, "{page}");
    }
}

#[test]
fn json_ld_speaks_of_the_page_or_its_only_work() {
    let license = r#""license": "u""#;
    for (json, expected) in [
        (format!(r#"{{"@type": "WebPage", {license}}}"#), &["schema:license u"][..]),
        (format!(r#"{{"@type": ["Thing", "schema:Book"], {license}}}"#), &["schema:license u"]),
        (format!(r#"{{"@type": "ImageObject", {license}}}"#), &["schema:license u"]),
        (
            r#"{"@graph": [{"@type": "Article", "https://schema.org/license": {"@id": "u"},
                "author": [{"@type": "Person", "name": "Ada"}, "Bela"]}]}"#
                .to_owned(),
            &["schema:author Ada", "schema:author Bela", "schema:license u"],
        ),
        (
            r#"{"@type": "ItemPage", "mainEntity": {"@type": "Book", "creditText": "A"}}"#
                .to_owned(),
            &["schema:creditText A"],
        ),
        // Of others: a picture in a page, one of several works, a person.
        (
            format!(r#"[{{"@type": "WebPage"}}, {{"@type": "ImageObject", {license}}}]"#),
            &[],
        ),
        (format!(r#"{{"@type": "WebPage", "image": {{"@type": "Map", {license}}}}}"#), &[]),
        (format!(r#"[{{"@type": "Book", {license}}}, {{"@type": "Book"}}]"#), &[]),
        (format!(r#"{{"@type": "Organization", {license}}}"#), &[]),
        (format!("{{{license}}}"), &[]),
    ] {
        let page = format!("<script type='application/ld+json'>{json}</script>");
        assert_eq!(said(&page), expected, "{json}");
    }
}

#[test]
fn a_value_has_its_place_in_the_file() {
    let page = "<title>Zoë</title><meta name=author content='Ada'><a rel='license' \
        href=\"https://a.example/\">x</a><i property='dct:rights'>CC0</i>";
    let latin: Vec<u8> = page.chars().map(|c| c as u8).collect();
    for bytes in [page.as_bytes(), &latin] {
        let mut out = Decoded::default();
        decode(bytes, &Limits::default(), &mut out).unwrap();
        assert_eq!(out.pairs.len(), 4);
        for (_, pair) in out.pairs {
            let at = &bytes[pair.offset as usize..];
            assert!(at.starts_with(&pair.value.as_bytes()[..2]), "{pair:?}");
        }
    }
}

#[test]
fn a_page_cut_short_is_told() {
    for (page, problem) in [
        ("<!DOCTYPE html>", "the page has no element"),
        ("<title>Half of", "the page ends inside an element"),
        ("<html><p>x", "the page ends before its end tag"),
        ("<script type='application/ld+json'>{", "the page ends inside an element"),
        (
            "<script type='application/ld+json'>{</script>",
            "JSON-LD is not well-formed JSON",
        ),
    ] {
        let (pairs, problems) = read(page);
        assert_eq!(problems, [problem], "{page}");
        assert_eq!(pairs, []);
    }
    for page in ["<html><p>x</html>", "<html><body><p>x</body>", "<p>x"] {
        assert_eq!(read(page), (vec![], vec![]), "{page}");
    }
}

#[test]
fn what_is_built_to_do_harm_is_held_to_the_limits() {
    const DEEP: &str = "more than 16 properties inside each other in a page";
    let json = |json: &str| format!("<script type='application/ld+json'>{json}</script>");
    let (long, value) = ("a".repeat(2 << 20), Some("a value longer than 1 MiB"));
    for (page, problem) in [
        (format!("<p {}>", "a=b ".repeat(200_000)), None),
        ("<div>".repeat(200_000), None),
        ("<p property=dc:title>".repeat(50_000), Some(DEEP)),
        (format!("<title>{long}</title>"), value),
        (format!("<meta name=author content={long}>"), value),
        (json(&"[".repeat(100_000)), Some("JSON-LD is not well-formed JSON")),
        (json(&format!("[{}0]", "0,".repeat(300_000))), Some("JSON-LD over 512 KiB")),
        (json(&format!("[{}0]", "{\"\":0},".repeat(60_000))), None),
        ("<a rel=license href=u>".repeat(50_000), None),
    ] {
        let begin = std::time::Instant::now();
        let (_, problems) = read(&page);
        let start = &page[..40.min(page.len())];
        assert!(begin.elapsed().as_secs() < 5, "{start}: {:?}", begin.elapsed());
        assert!(
            problem.is_none_or(|p| problems.contains(&p.to_owned())),
            "{start} {problems:?}"
        );
    }
}
